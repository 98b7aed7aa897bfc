"""Coded passages whose source is another now."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.base.claims import Claim, Evidence, Kind
from bukti.base.span import Span
from bukti.manuscript.documentary import resolve
from bukti.manuscript.segments import queried_segments
from bukti.manuscript.shifted import compared, shifted_in, shifted_notes

SOUND: dict[str, Any] = {
    "segment": "1",
    "document": "x",
    "code": "a",
    "code_path": "Capacity",
    "start": 0,
    "end": 9,
    "text": "Two staff",
    "state": "agrees",
}
LOST = {**SOUND, "segment": "2", "state": "differs", "text": "Too staff", "recorded": "Two staff"}


def keys(row: dict[str, Any]) -> list[str]:
    return [note.key for note in shifted_notes([row])]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"nearest": "Two staff", "nearest_start": 5}, ["shifted-passage", "shifted-now"]),
        (
            {"nearest": "Too staff", "nearest_start": 0},
            ["shifted-passage", "shifted-nearest", "coded-words-differ"],
        ),
        ({"nearest": None}, ["shifted-passage", "shifted-gone"]),
        ({"start": None}, ["shifted-beyond", "shifted-gone"]),
        ({"recorded": None}, ["shifted-unrecorded"]),
    ],
)
def test_each_passage_says_where_its_words_are(now: dict[str, Any], expected: list[str]) -> None:
    assert keys({**LOST, **now}) == expected


def test_of_many_passages_five_are_told() -> None:
    notes = shifted_notes([{**LOST, "segment": str(number)} for number in range(8)])
    assert (notes[-1].key, notes[-1].arguments) == ("shifted-more", {"count": "3"})
    assert sum(note.key == "shifted-passage" for note in notes) == 5


def test_a_passage_under_two_codes_is_told_once() -> None:
    assert len(shifted_notes([LOST, {**LOST, "code": "b"}])) == 2


def test_a_claim_rests_on_the_rows_of_its_table() -> None:
    shifted = shifted_in({"segments": [SOUND, LOST], "others": None})
    evidence = Evidence(table="segments", row_numbers=(1, 2))
    claim = Claim(id="n", kind=Kind.VALUE, value=2, evidence=evidence)
    assert shifted.behind(claim) == (LOST,)
    other = Claim(id="m", kind=Kind.VALUE, evidence=Evidence(table="others", row_numbers=(2,)))
    assert shifted.behind(other) == ()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Two staff are here.", "agrees"),
        ("Two\nstaf", "differs"),
        ("Since May two staff", "differs"),
        ("", "agrees"),
    ],
)
def test_segments_are_compared_with_the_texts_of_a_table(text: str, state: str) -> None:
    (row,) = compared([SOUND], [{"document": "x", "text": text}])
    assert row["state"] == state


def test_what_differs_is_shown_with_its_words_of_before_and_now() -> None:
    (row,) = compared([SOUND], [{"document": "x", "text": "Good day. Two staff."}])
    assert (row["recorded"], row["text"]) == ("Two staff", "Good day.")
    assert (row["nearest_start"], row["nearest"]) == (10, "Two staff")


def test_a_query_that_would_find_enough_fails_for_the_shift_alone() -> None:
    _, lacks = queried_segments("c", {"code": "Capacity", "at_least": 2}, [SOUND, LOST])
    assert [(lack.why[0], lack.shifted) for lack in lacks] == [("QUA134", True)]
    _, lacks = queried_segments("c", {"code": "Capacity", "at_least": 3}, [SOUND, LOST])
    assert [lack.why[0] for lack in lacks] == ["QUA134", "CLM605"]


def test_a_query_for_other_passages_is_not_concerned() -> None:
    other = {**LOST, "code": "b", "code_path": "Money"}
    assert queried_segments("c", {"code": "Capacity"}, [SOUND, other])[1] == []


def resolved(*evidence: dict[str, Any]) -> Any:
    written = {"documentary": {"c": {"statement": {}, "evidence": list(evidence)}}}
    return resolve(written, {}, {"segments": [SOUND, LOST]}, lambda _: Span(path="claims.yaml"))


def test_claims_that_only_a_shift_shook_are_told_from_others() -> None:
    assert resolved({"segment": "2"}).shifted == {"c"}
    assert resolved({"segment": "2"}, {"segment": "gone"}).shifted == set()
    assert resolved({"segment": "1"}).shifted == set()
    assert [each.code for each in resolved({"segment": "2"}).findings] == ["CLM604"]
