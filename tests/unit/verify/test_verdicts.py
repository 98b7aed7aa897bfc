"""The verdict on a claim, by its ground and by what the rebuild gave."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.verify.builds import NOTEBOOK, built, claim, evidence

from bukti.verify.claims import Around, claim_verdicts, main_claims
from bukti.verify.grounds import ground_of, received_tables
from bukti.verify.values import TOLERANCE, compared
from bukti.verify.verdict import Ground, Outcome, Verdict

ROW = {"year": 2020, "books": 24}
SEGMENT = {"segment": "8a1f", "document": "d1", "text": "no fee"}
LOCATED = {"source": "S_PLAN", "locator": "page 2"}


def verdict(old: Any, new: Any, around: Around | None = None) -> Verdict:
    """The only verdict on two ledgers with one claim, or none, each."""
    theirs, ours = ([] if each is None else [each] for each in (old, new))
    (found,) = claim_verdicts(built(*theirs), built(*ours), around or Around())
    return found


@pytest.mark.parametrize(
    ("old", "new", "ground", "outcome"),
    [
        (claim(), claim(), "computed", "reproduced"),
        (claim(value=0.1), claim(value=0.1 * (1 + 1e-10)), "computed", "within-tolerance"),
        (claim(), claim(value=25), "computed", "differs"),
        (claim(), claim(unit="loans"), "computed", "differs"),
        (claim(value=1), claim(value=True), "computed", "differs"),
        (claim(), None, "computed", "missing"),
        (None, claim(), "computed", "differs"),
        (claim(value=True, kind="test"), claim(value=True, kind="test"), "computed", "reproduced"),
        (claim(value=["A", "B"]), claim(value=["A", "B"]), "computed", "reproduced"),
        (claim(value=["A", "B"]), claim(value=["B", "A"]), "computed", "differs"),
        (claim(rows=[ROW]), claim(rows=[ROW]), "transcribed", "matches-table-only"),
        (claim(rows=[ROW]), claim(value=25, rows=[ROW]), "transcribed", "differs"),
        (claim(rows=[ROW, ROW]), claim(rows=[ROW, ROW]), "computed", "reproduced"),
        (
            claim(scheme="given", kind="given", notebook=None),
            claim(scheme="given", kind="given", notebook=None),
            "transcribed",
            "matches-table-only",
        ),
    ],
)
def test_values(old: Any, new: Any, ground: str, outcome: str) -> None:
    found = verdict(old, new)
    assert (str(found.ground), str(found.outcome)) == (ground, outcome)
    assert found.holds == (outcome not in ("differs", "missing"))


def documentary(*rows: Any, status: str = "holds") -> Any:
    return claim(
        "free", None, kind="documentary", unit=None, rows=list(rows), notebook=None, status=status
    )


def test_a_passage_without_the_text_of_its_document_names_a_place_only() -> None:
    graded = {**documentary(SEGMENT), "grade": {"ground": "locators", "support": 1, "against": 0}}
    assert str(verdict(graded, graded).outcome) == "locator-only"


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        (documentary(SEGMENT), documentary(SEGMENT), "segments"),
        (documentary(LOCATED), documentary(LOCATED), "locator-only"),
        (
            documentary({**LOCATED, "tier": "exact"}),
            documentary({**LOCATED, "tier": "exact"}),
            "segments",
        ),
        (documentary(SEGMENT, LOCATED), documentary(LOCATED), "missing"),
        (documentary(SEGMENT), documentary(SEGMENT, status="without-evidence"), "missing"),
        (documentary(SEGMENT), documentary(SEGMENT, status="contradicted"), "contradicted"),
        (
            documentary(SEGMENT),
            documentary(SEGMENT, {**LOCATED, "against": True}, {"segment": "2", "against": True}),
            "contradicted",
        ),
        (documentary(SEGMENT), None, "missing"),
    ],
)
def test_documents(old: Any, new: Any, outcome: str) -> None:
    found = verdict(old, new)
    assert (found.ground, str(found.outcome)) == (Ground.DOCUMENTED, outcome)


def test_a_value_of_a_received_file_matches_the_included_source() -> None:
    old = claim(rows=[ROW])
    assert verdict(old, old, Around(received={"loans"})).outcome is Outcome.SOURCE
    given = claim(scheme="given", kind="given", notebook=None)
    found = verdict(given, given, Around(found={("given", given["id"])}))
    assert found.outcome is Outcome.SOURCE


def test_what_could_not_be_run_again_is_not_checkable() -> None:
    found = verdict(claim(), None, Around(broken={NOTEBOOK}))
    assert (found.ground, found.outcome, found.holds) == (Ground.UNCHECKED, Outcome.UNCHECKED, True)
    assert [reason.key for reason in found.reasons] == ["verify-notebook-stopped"]


@pytest.mark.parametrize(
    ("stands", "ground", "outcome"),
    [
        ("result", Ground.UNCHECKED, "not-checkable"),
        ("table", Ground.TRANSCRIBED, "matches-table-only"),
    ],
)
def test_restricted_data(stands: str, ground: Ground, outcome: str) -> None:
    missing = [{"table": "loans", "from": stands, "raw": [], "claims": ["loans.2020"]}]
    theirs, ours = built(claim(), not_included=missing), built(claim(), not_included=missing)
    (found,) = claim_verdicts(theirs, ours, Around())
    assert (found.ground, str(found.outcome)) == (ground, outcome)


def test_a_sentence_that_says_otherwise_fails_a_value_that_came_out_again() -> None:
    found = verdict(claim(), claim(status="contradicted"))
    assert (found.outcome, found.holds) == (Outcome.REPRODUCED, False)
    assert [(each.language, each.states) for each in found.statements] == [("en", False)]


def test_accepted_values_are_no_evidence() -> None:
    same = {"value": 24, "unit": "books"}
    found = verdict(claim(accepted=same), claim(value=25, accepted=same))
    assert (found.accepted, found.holds) == (True, False)
    assert verdict(claim(accepted={"value": 9, "unit": "books"}), claim()).accepted is False
    assert verdict(claim(), claim()).accepted is None


def test_main_claims_are_those_of_an_abstract_else_all_in_use() -> None:
    abstract, text = claim("a", path="00-abstract.md"), claim("b")
    unused = claim("c", texts={})
    entries = {("claim", each["id"]): each for each in (abstract, text, unused)}
    assert main_claims(entries) == {("claim", "a")}
    del entries["claim", "a"]
    assert main_claims(entries) == {("claim", "b")}


def test_unused_claims_are_told_only_where_they_fail() -> None:
    unused = claim(texts={})
    assert claim_verdicts(built(unused), built(unused), Around()) == ()
    assert len(claim_verdicts(built(unused), built(claim(value=1, texts={})), Around())) == 1


def test_only_the_chosen_claims_are_judged() -> None:
    both = built(claim("a"), claim("b"))
    found = claim_verdicts(both, both, Around(chosen={"b"}))
    assert [each.id for each in found] == ["b"]


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=1e-300, max_value=1e300))
def test_tolerance_is_relative(value: float) -> None:
    assert compared(value, value) is Outcome.REPRODUCED
    assert compared(value, value * (1 + TOLERANCE / 4)) in (Outcome.REPRODUCED, Outcome.WITHIN)
    assert compared(value, value * (1 + TOLERANCE * 8)) is Outcome.DIFFERS
    assert compared([{"x": value}], [{"x": -value}]) is Outcome.DIFFERS


def test_tables_that_came_as_they_are() -> None:
    cleaning = {name: {"raw": dict.fromkeys(raw, "")} for name, raw in TABLES.items()}
    kinds = {"a.csv": "received", "b.csv": "transcribed"}
    assert received_tables(cleaning, kinds) == {"one"}


TABLES = {"one": ["a.csv"], "two": ["b.csv"], "both": ["a.csv", "b.csv"], "none": [], "new": ["c"]}


def test_a_text_or_test_of_one_row() -> None:
    assert ground_of({"kind": "text", "value": "A", "evidence": evidence(rows=[{"x": "A"}])}) is (
        Ground.TRANSCRIBED
    )
    assert ground_of({"kind": "test", "value": True, "evidence": evidence(rows=[{"x": True}])}) is (
        Ground.COMPUTED
    )
