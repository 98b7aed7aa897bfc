"""Outputs taken out of a notebook, and nothing else touched."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.project.saved_outputs import without_outputs

TEXTS = st.text(max_size=8)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXTS, st.just("outputs")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(TEXTS, st.just("outputs")), inner, max_size=3),
    ),
    max_leaves=8,
)
CELLS = st.fixed_dictionaries(
    {"cell_type": st.just("code"), "source": TEXTS, "metadata": VALUES},
    optional={"outputs": st.lists(VALUES, max_size=3), "execution_count": st.integers()},
)
INDENTS = st.sampled_from([None, 0, 1, 4, "\t"])


@given(st.lists(CELLS, max_size=4), VALUES, INDENTS, st.booleans(), st.sampled_from(["", "\n"]))
def test_only_the_two_keys_change(
    cells: list[Any], metadata: Any, indent: Any, ascii_only: bool, end: str
) -> None:
    def written(value: Any) -> str:
        return json.dumps(value, indent=indent, ensure_ascii=ascii_only) + end

    whole = {"metadata": metadata, "cells": cells, "outputs": [1]}
    bare = [
        {**cell, **{key: empty for key, empty in NOTHING.items() if key in cell}} for cell in cells
    ]
    stripped = without_outputs(written(whole))
    assert stripped == written({**whole, "cells": bare})
    assert without_outputs(stripped) == stripped


NOTHING: dict[str, Any] = {"outputs": [], "execution_count": None}


def test_what_is_empty_already_keeps_its_writing() -> None:
    text = '{ "cells": [ {"outputs": [ ],\r\n "execution_count" :null} ,{}, 1 ] }'
    assert without_outputs(text) == text


@pytest.mark.parametrize("text", ["", "[", "[]", '{"cells": [{"outputs": [1}', '{"cells": 5}', "{"])
def test_what_is_no_notebook_is_left_alone(text: str) -> None:
    assert without_outputs(text) == text
