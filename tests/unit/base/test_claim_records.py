"""Claims, marks and their evidence: ids, families, and the way to JSON and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.claims import (
    Claim,
    Evidence,
    Kind,
    Mark,
    Status,
    Value,
    claim_from_json,
    claim_to_json,
    is_claim_id,
    mark_from_json,
    mark_to_json,
    shown_value,
)
from bukti.base.digest import canonical_json
from bukti.base.evidence import evidence_notes
from bukti.base.span import Span

TEXT = st.text(max_size=8)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXT,
    st.lists(TEXT, max_size=3).map(tuple),
)
EVIDENCE = st.builds(
    Evidence,
    notebook=st.none() | TEXT,
    cell=st.none() | st.integers(1, 99),
    table=st.none() | TEXT,
    rows=st.lists(st.dictionaries(TEXT, st.integers() | TEXT, max_size=2), max_size=2).map(tuple),
    row_numbers=st.lists(st.integers(1, 9), max_size=3).map(tuple),
    sources=st.lists(TEXT, max_size=2).map(tuple),
    locator=st.none() | TEXT,
)
CLAIMS = st.builds(
    Claim,
    id=TEXT,
    kind=st.sampled_from(Kind),
    value=VALUES,
    unit=st.none() | TEXT,
    evidence=EVIDENCE,
)
SPANS = st.builds(
    Span,
    path=TEXT,
    line=st.none() | st.integers(1, 9),
    column=st.none() | st.integers(1, 9),
    end_line=st.none() | st.integers(1, 9),
    end_column=st.none() | st.integers(1, 9),
)
MARKS = st.builds(
    Mark,
    index=st.integers(0, 10**6),
    scheme=st.sampled_from(["claim", "given"]),
    claims=st.lists(TEXT, min_size=1, max_size=3).map(tuple),
    options=st.dictionaries(TEXT, TEXT, max_size=2),
    text=TEXT,
    span=SPANS,
    section=TEXT,
    status=st.sampled_from(Status),
)


@given(CLAIMS)
def test_a_claim_comes_back_from_json(claim: Claim) -> None:
    assert claim_from_json(json.loads(canonical_json(claim_to_json(claim)))) == claim


@given(MARKS)
def test_a_mark_comes_back_from_json(mark: Mark) -> None:
    assert mark_from_json(json.loads(canonical_json(mark_to_json(mark)))) == mark


@pytest.mark.parametrize("text", ["a", "rate.2020", "cl_a.b_1.x", "a1"])
def test_ids(text: str) -> None:
    assert is_claim_id(text)


@pytest.mark.parametrize(
    "text", ["", "1a", "Rate", "rate.", ".rate", "a..b", "a-b", "a b", "a\n", "naïf", "_a"]
)
def test_what_is_no_id(text: str) -> None:
    assert not is_claim_id(text)


def test_a_family_is_the_first_part_and_keys_are_the_rest() -> None:
    claim = Claim(id="rate.2020.girls", kind=Kind.VALUE)
    assert (claim.family, claim.keys) == ("rate", ("2020", "girls"))
    assert Claim(id="total", kind=Kind.VALUE).keys == ()


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (2.3, "percent", "2.3 percent"),
        (True, None, "true"),
        (("a", "b"), None, "a, b"),
        (["a", "b"], None, "a, b"),
        (None, None, "None"),
    ],
)
def test_a_value_as_messages_show_it(value: Value, unit: str | None, shown: str) -> None:
    assert shown_value(value, unit) == shown


@pytest.mark.parametrize(
    ("evidence", "key"),
    [
        (Evidence(notebook="n", cell=1, table="t", row_numbers=(2, 3)), "evidence-row"),
        (Evidence(notebook="n", cell=1, table="t"), "evidence-cell"),
        (Evidence(sources=("S_A", "S_B"), locator="page 4"), "evidence-source"),
        (Evidence(), None),
    ],
)
def test_the_nearest_evidence_is_told(evidence: Evidence, key: str | None) -> None:
    claim = Claim(id="a", kind=Kind.VALUE, value=1, evidence=evidence)
    assert [note.key for note in evidence_notes(claim)] == ([key] if key else [])


def test_all_rows_and_sources_are_named() -> None:
    evidence = Evidence(notebook="n", cell=1, table="t", row_numbers=(2, 3))
    (note,) = evidence_notes(Claim(id="a", kind=Kind.VALUE, value=1, evidence=evidence))
    assert note.arguments["rows"] == "2, 3"
    evidence = Evidence(sources=("S_A", "S_B"))
    (note,) = evidence_notes(Claim(id="a", kind=Kind.GIVEN, value=1, evidence=evidence))
    assert dict(note.arguments) == {"source": "S_A, S_B", "locator": "-"}
