"""The record of a fault: its way to JSON and back, and the order in which faults are shown."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.codes import all_codes
from bukti.base.diagnostic import Diagnostic, Note, Problem, Severity, diagnose, note, sort_key
from bukti.base.digest import canonical_json, digest_json, digest_text
from bukti.base.span import Span

TEXT = st.text(max_size=6)
NUMBERS = st.none() | st.integers(1, 9)
SPANS = st.builds(
    Span,
    path=TEXT,
    line=NUMBERS,
    column=NUMBERS,
    end_line=NUMBERS,
    end_column=NUMBERS,
    cell=NUMBERS,
)
NOTES = st.builds(Note, key=TEXT, arguments=st.dictionaries(TEXT, TEXT, max_size=2))
DIAGNOSTICS = st.builds(
    Diagnostic,
    code=st.sampled_from([code.code for code in all_codes()]),
    span=st.none() | SPANS,
    arguments=st.dictionaries(TEXT, TEXT, max_size=2),
    notes=st.lists(NOTES, max_size=2).map(tuple),
    hint=st.none() | NOTES,
)


@given(DIAGNOSTICS)
def test_a_diagnostic_comes_back_from_json(found: Diagnostic) -> None:
    assert Diagnostic.from_json(json.loads(canonical_json(found.to_json()))) == found


@given(st.lists(DIAGNOSTICS, max_size=6))
def test_any_diagnostics_can_be_put_in_order(found: list[Diagnostic]) -> None:
    keys = [sort_key(each) for each in sorted(found, key=sort_key)]
    assert keys == sorted(keys)


def test_the_order_is_by_file_cell_line_column_and_code() -> None:
    spans = [
        None,
        Span(path="a.ipynb", cell=1, line=9),
        Span(path="a.ipynb", cell=2, line=1),
        Span(path="a.md"),
        Span(path="a.md", line=2, column=9),
        Span(path="a.md", line=10, column=1),
        Span(path="b.md", line=1),
    ]
    wanted = [diagnose("CLM102", span, id="x", scheme="claim") for span in spans]
    shuffled = [wanted[place] for place in (3, 6, 1, 0, 5, 2, 4)]
    assert sorted(shuffled, key=sort_key) == wanted
    first, second = diagnose("CLM101", spans[3], scheme="claim"), wanted[3]
    assert sorted([second, first], key=sort_key) == [first, second]


def test_severity_and_name_come_from_the_catalogue() -> None:
    found = diagnose("CLM301", id="x")
    assert (found.severity, found.name) == (Severity.NOTICE, "claim-unused")


def test_arguments_become_text() -> None:
    found = diagnose("CLM103", Span(path="a"), id="x", first=Span(path="b", cell=2))
    assert found.arguments == {"id": "x", "first": "b:cell 2"}
    assert note("evidence-cell", notebook="n", cell=3).arguments == {"notebook": "n", "cell": "3"}


def test_an_unknown_code_has_no_severity() -> None:
    with pytest.raises(KeyError):
        _ = diagnose("CLM999").severity


def test_a_problem_carries_its_diagnostics() -> None:
    found = (diagnose("CFG101", folder="."), diagnose("CLM301", id="x"))
    problem = Problem(*found)
    assert problem.diagnostics == found
    assert str(problem) == "CFG101, CLM301"


def test_canonical_json_is_one_way_of_writing() -> None:
    assert canonical_json({"b": [1], "a": "é"}) == '{\n  "a": "é",\n  "b": [\n    1\n  ]\n}\n'
    assert digest_json({"a": 1, "b": 2}) == digest_json({"b": 2, "a": 1})
    assert digest_text("é") == digest_text("\u00e9")
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(float("nan"))
