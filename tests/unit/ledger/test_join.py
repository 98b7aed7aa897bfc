"""The ledger: every claim, its evidence, and where each edition uses it."""

from __future__ import annotations

from typing import Any

from bukti.base.claims import Claim, Evidence, Kind, Mark, Status, Value, mark_to_json
from bukti.base.digest import canonical_json
from bukti.base.span import Span
from bukti.ledger.join import (
    EditionRecord,
    approved_values,
    edition_record,
    join,
    moved,
    unused,
)
from bukti.manuscript.pool import Pool


def claim(name: str, value: Value = 1, unit: str | None = None) -> Claim:
    evidence = Evidence(notebook="n.ipynb", cell=2)
    return Claim(id=name, kind=Kind.VALUE, value=value, unit=unit, evidence=evidence)


DOCUMENTARY = Claim(id="doc", kind=Kind.DOCUMENTARY)
GIVEN = Claim(id="age", kind=Kind.GIVEN, value=18)
POOL = Pool(
    claims={
        each.id: each for each in (claim("rate.1"), claim("rate.2"), claim("one"), DOCUMENTARY)
    },
    given={"age": GIVEN},
)


def mark(
    line: int, *claims: str, scheme: str = "claim", status: str = "holds", **options: str
) -> Mark:
    return Mark(
        index=line,
        scheme=scheme,
        claims=claims,
        options=options,
        text="t",
        span=Span(path="a.md", line=line, column=1, end_line=line, end_column=2),
        section="sec:a",
        status=Status(status),
    )


def edition(language: str, *marks: Mark) -> EditionRecord:
    return EditionRecord(
        language=language, marks=marks, products=(), citations=(), references=(), sections=()
    )


def ledger(*editions: EditionRecord, **accepted: Any) -> dict[str, Any]:
    return join("paper", POOL, editions, accepted, {"n": "landlock"})


def entry(name: str, *editions: EditionRecord) -> Any:
    return next(each for each in ledger(*editions)["claims"] if each["id"] == name)


def test_every_claim_has_an_entry_sorted_and_given_values_last() -> None:
    record = ledger(edition("id"), edition("en"), one={"value": 1, "unit": None})
    entries = record["claims"]
    assert [(each["scheme"], each["id"]) for each in entries] == [
        ("claim", "doc"),
        ("claim", "one"),
        ("claim", "rate.1"),
        ("claim", "rate.2"),
        ("given", "age"),
    ]
    assert [each["accepted"] for each in entries if each["id"] == "one"] == [
        {"value": 1, "unit": None}
    ]
    assert record["languages"] == ["id", "en"]
    assert record["confinement"] == {"n": "landlock"}
    canonical_json(record)


def test_a_claim_is_as_bad_as_its_worst_mark() -> None:
    first, second = edition("id", mark(1, "one")), edition("en", mark(1, "one", status="stale"))
    assert entry("one", first)["status"] == "holds"
    assert entry("one", first, second)["status"] == "stale"
    worse = edition("de", mark(1, "one", status="contradicted"))
    assert entry("one", first, second, worse)["status"] == "contradicted"
    worst = edition("fr", mark(1, "one", status="without-evidence"))
    assert entry("one", worst, worse)["status"] == "without-evidence"
    assert entry("one")["status"] == "unused"


def test_marks_are_listed_by_language_for_their_own_scheme_only() -> None:
    editions = (
        edition("id", mark(1, "one", "rate.1"), mark(2, "one", scheme="given")),
        edition("en"),
    )
    marks = entry("one", *editions)["marks"]
    assert [each["line"] for each in marks["id"]] == [1]
    assert marks["en"] == []


def test_the_summary_counts_claims_used_and_marks_by_status() -> None:
    editions = (edition("id", mark(1, "one"), mark(2, "age", scheme="given", status="stale")),)
    assert ledger(*editions)["summary"] == {
        "claims": 5,
        "used": 2,
        "marks": {"id": 2},
        "numbers": {"id": {"bound": 0, "bare": 0, "allowed": {}}},
        "statuses": {"holds": 1, "stale": 1, "contradicted": 0, "without-evidence": 0},
    }


def test_what_no_edition_uses_is_said_where_it_is_stated() -> None:
    found = unused(POOL, [edition("id", mark(1, "one"))])
    assert [(each.arguments["id"], str(each.span)) for each in found] == [
        ("rate.1", "n.ipynb:cell 2"),
        ("rate.2", "n.ipynb:cell 2"),
        ("doc", "manuscript/claims.yaml"),
        ("age", "manuscript/claims.yaml"),
    ]


def test_a_family_is_used_where_one_member_or_a_superlative_names_it() -> None:
    for used in (mark(1, "rate.1"), mark(1, "one", of="rate")):
        names = {each.arguments["id"] for each in unused(POOL, [edition("id", used)])}
        assert names & {"rate.1", "rate.2"} == set()


def test_one_edition_is_enough_to_use_a_claim() -> None:
    marks = [mark(1, "one", "rate.1", "doc"), mark(2, "age", scheme="given")]
    assert unused(POOL, [edition("id"), edition("en", *marks)]) == ()


def test_a_value_that_moved_is_said_at_each_place_of_use() -> None:
    editions = [edition("id", mark(3, "one")), edition("en", mark(4, "one"))]
    found = moved(POOL, editions, {"one": {"value": 2, "unit": "x"}})
    assert [(each.code, str(each.span)) for each in found] == [
        ("CLM302", "a.md:3:1"),
        ("CLM302", "a.md:4:1"),
    ]
    assert (found[0].arguments["old"], found[0].arguments["new"]) == ("2 x", "1")


def test_a_moved_value_that_no_text_uses_is_said_where_it_is_stated() -> None:
    (found,) = moved(POOL, [edition("id")], {"one": {"value": 2, "unit": None}})
    assert str(found.span) == "n.ipynb:cell 2"


def test_an_approved_claim_that_is_gone() -> None:
    (found,) = moved(POOL, [], {"gone": {"value": 2, "unit": None}})
    assert (found.code, str(found.span)) == ("CLM303", "manuscript/accepted/values.json")


def test_what_was_approved_has_not_moved() -> None:
    listed = claim("top", ("a", "b"))
    pool = Pool(claims={"top": listed, "one": claim("one", 2.5, "percent")}, given={})
    accepted = approved_values(pool)
    assert accepted == {
        "top": {"value": ["a", "b"], "unit": None},
        "one": {"value": 2.5, "unit": "percent"},
    }
    assert moved(pool, [], accepted) == ()


def test_only_claims_with_a_value_are_approved() -> None:
    assert set(approved_values(POOL)) == {"rate.1", "rate.2", "one"}


def test_an_edition_comes_back_from_its_stored_marks() -> None:
    stored = {
        "language": "id",
        "marks": [mark_to_json(mark(1, "one", of="rate"))],
        "numbers": {"bound": 2, "bare": 1, "allowed": {"years": 3}},
        "patterns": ["SDG 1"],
        "products": [{"kind": "figure", "id": "f"}],
        "citations": [],
        "references": [],
        "sections": [],
        "whole": False,
        "front": {"parts": [], "keywords": [], "statements": []},
    }
    record = edition_record(stored, {"passages": []})
    assert record.marks == (mark(1, "one", of="rate"),)
    assert record.numbers["bare"] == 1
    assert record.patterns == frozenset({"SDG 1"})
    assert record.products == ({"kind": "figure", "id": "f"},)
