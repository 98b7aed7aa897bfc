"""Attestations stand in for a source that is absent, as long as nothing has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bukti.base.span import Span
from bukti.manuscript.appendix_items import item_of
from bukti.manuscript.attestations import Attestation, attestation_of, digest_of_quotation
from bukti.manuscript.documentary import grade_of, resolve
from bukti.manuscript.quotations import Library, check_quotations
from bukti.manuscript.source_texts import source_text
from bukti.project.register import Register
from bukti.tools.schemas import schema

QUOTATION = {"source": "S_LETTER", "locator": "page 1", "text": "nobody is paid"}
RECORD = Attestation(
    source="S_LETTER",
    file="letter.txt",
    digest="a" * 64,
    quotation=digest_of_quotation(QUOTATION),
    tier="exact",
    page="1",
    engine="0.1.0",
    name="Siti Aminah",
)
REGISTER = Register(raw={"letter.txt": {"source": "S_LETTER"}})


def place(keys: tuple[Any, ...]) -> Span:
    return Span(path=".".join(map(str, keys)))


def checked(record: Attestation = RECORD, *, accepted: str = "a", **changes: Any) -> Any:
    library = Library(
        register=REGISTER,
        present={},
        text=lambda _: None,
        accepted={"letter.txt": accepted * 64},
        attested={"paid": record},
    )
    written = {"quotations": {"paid": {**QUOTATION, **changes}}}
    proofs, findings = check_quotations(written, library, place)
    return proofs["paid"], [(each.code, str(each.span)) for each in findings]


def test_the_record_stands_in_for_the_source_and_is_no_comparison() -> None:
    proof, found = checked()
    assert found == [("QUA353", "quotations.paid.source")]
    assert (proof.holds, proof.tier, proof.attested) == (True, "", "Siti Aminah")


@pytest.mark.parametrize("changes", [{"text": "nobody was paid"}, {"locator": "page 2"}])
def test_an_edited_quotation_is_not_the_one_that_was_attested(changes: dict[str, Any]) -> None:
    proof, found = checked(**changes)
    assert found == [("QUA351", "quotations.paid.text")]
    assert not proof.holds


@pytest.mark.parametrize(
    ("record", "accepted"),
    [
        (RECORD, "b"),
        (replace(RECORD, file="other.txt"), "a"),
        (replace(RECORD, source="S_OTHER"), "a"),
    ],
)
def test_another_file_is_not_the_one_that_was_attested(record: Attestation, accepted: str) -> None:
    proof, found = checked(record, accepted=accepted)
    assert found == [("QUA352", "quotations.paid.source")]
    assert not proof.holds


def test_where_the_source_is_there_it_is_compared() -> None:
    library = Library(
        register=REGISTER,
        present={"letter.txt": "b" * 64},
        text=lambda name: source_text(b"nobody is paid", name),
        attested={"paid": RECORD},
    )
    proofs, findings = check_quotations({"quotations": {"paid": QUOTATION}}, library, place)
    assert (proofs["paid"].tier, proofs["paid"].attested) == ("exact", "")
    assert [each.code for each in findings] == ["QUA354"]


def test_the_ledger_and_the_appendix_say_who_attests() -> None:
    proof, _ = checked()
    written = {
        "quotations": {"paid": QUOTATION},
        "documentary": {
            "unpaid": {"statement": {"en": "So."}, "evidence": [{"quotation": "paid"}]}
        },
    }
    claim = resolve(written, {"paid": proof}, {}, place).claims["unpaid"]
    (row,) = claim.evidence.rows
    assert row["attested"] == "Siti Aminah" and "tier" not in row
    grade = grade_of(claim)
    assert grade is not None and grade["ground"] == "locators"
    item = item_of(row, {"paid": QUOTATION}, "en", 600, hidden=False)
    assert (item["attested"], item["tier"]) == ("Siti Aminah", None)


def test_a_record_comes_back_from_its_file() -> None:
    undated = replace(RECORD, page="")
    for record in (RECORD, undated, replace(RECORD, date="2026-03-14")):
        stored = record.to_json()
        assert attestation_of(stored) == record
        whole = {"version": 1, "attestations": {"paid": stored}}
        assert not [*Draft202012Validator(schema("accepted-attestations")).iter_errors(whole)]
