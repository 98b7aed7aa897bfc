"""Values for parameters as cells, and the numbers of the author's own cells."""

from __future__ import annotations

import ast
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from bukti.analyse.parameters import assignments, inject, numbered

SCALARS = st.one_of(
    st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()
)


@given(st.one_of(SCALARS, st.lists(SCALARS)))
def test_python_reads_back_what_is_injected(value: Any) -> None:
    name, _, written = assignments({"x": value}, "python").partition(" = ")
    read = ast.literal_eval(written)
    assert (name, read) == ("x", value)
    assert type(read) is type(value)


def test_r_is_written_as_r_has_it() -> None:
    values = {"a": 5, "b": 0.5, "c": True, "d": 'x "y"', "e": [1, 2], "f": 2**40}
    assert assignments(values, "r").splitlines() == [
        "a <- 5L",
        "b <- 0.5",
        "c <- TRUE",
        'd <- "x \\"y\\""',
        "e <- c(1L, 2L)",
        "f <- 1099511627776.0",
    ]


def test_the_cell_stands_behind_the_tagged_one_and_has_no_number_of_its_own() -> None:
    notebook = new_notebook(cells=[new_code_cell(text) for text in ("a = 1", "b", "c")])
    inject(notebook, 1, {"a": 2}, "python")
    assert notebook.cells[1].metadata.tags == ["injected-parameters"]
    found = [(number, cell.source) for number, cell in numbered(notebook, 1)]
    assert found == [(1, "a = 1"), (1, "a = 2"), (2, "b"), (3, "c")]
    assert [number for number, _ in numbered(notebook, None)] == [1, 2, 3, 4]
