"""Counts of a coded corpus as claims."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.base.claims import claim_from_json, claim_to_json
from bukti.base.evidence import evidence_notes
from bukti.manuscript.counts import CorpusTables, Counts, counts_of

CODES: list[dict[str, Any]] = [
    {"code": "a", "path": "Capacity", "parent": None},
    {"code": "b", "path": "Capacity / Staff", "parent": "a"},
    {"code": "c", "path": "Money / Staff", "parent": None},
]
SEGMENTS: list[dict[str, Any]] = [
    {"segment": "1", "document": "x", "code": "a", "code_path": "Capacity"},
    {"segment": "1", "document": "x", "code": "b", "code_path": "Capacity / Staff"},
    {"segment": "2", "document": "y", "code": "b", "code_path": "Capacity / Staff"},
    {"segment": "3", "document": "y", "code": None, "code_path": None},
]
DOCUMENTS = [{"document": "x"}, {"document": "y"}, {"document": "z"}]


@pytest.fixture
def counts() -> Counts:
    names = ("segments", "codes", "documents")
    tables = CorpusTables(segments=SEGMENTS, codes=CODES, documents=DOCUMENTS, names=names)
    return counts_of(tables)


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("code.capacity.n", 1),
        ("code.capacity.n_with_below", 2),
        ("code.capacity.documents", 1),
        ("code.capacity.documents_with_below", 2),
        ("code.capacity.staff.n", 2),
        ("code.b.n", 2),
        ("code.money.staff.n", 0),
        ("corpus.segments", 2),
        ("corpus.codes", 3),
        ("corpus.documents", 3),
    ],
)
def test_each_segment_and_document_counts_once(counts: Counts, claim: str, value: int) -> None:
    found = counts.find(claim)
    assert found is not None
    assert (found.id, found.value) == (claim, value)


@pytest.mark.parametrize("claim", ["code.staff.n", "code.capacity", "code.capacity.m", "rate.n"])
def test_what_means_no_code_or_several_is_no_count(counts: Counts, claim: str) -> None:
    assert counts.find(claim) is None


def test_several_codes_are_listed_with_what_to_write(counts: Counts) -> None:
    assert counts.several("code.staff.n") == (
        "code.capacity.staff.n (Capacity / Staff); code.money.staff.n (Money / Staff)"
    )
    assert counts.several("code.capacity.n") == ""
    assert counts.several("code.staff.m") == ""


def test_the_rows_behind_a_count_are_kept(counts: Counts) -> None:
    claim = counts.claims["code.capacity.n_with_below"]
    assert claim.evidence.table == "segments"
    assert claim.evidence.row_numbers == (1, 2, 3)
    assert claim.evidence.count is not None and claim.evidence.count.below
    assert claim_from_json(claim_to_json(claim)) == claim


def test_it_is_said_whether_codes_below_are_included(counts: Counts) -> None:
    keys = [
        evidence_notes(counts.claims[f"code.capacity.{measure}"])[0].key
        for measure in ("n", "n_with_below", "documents", "documents_with_below")
    ]
    assert keys == [
        "evidence-segments",
        "evidence-segments-below",
        "evidence-documents",
        "evidence-documents-below",
    ]
    assert evidence_notes(counts.claims["corpus.codes"])[0].key == "evidence-whole-table"


def test_of_codes_without_any_below_one_count_is_offered(counts: Counts) -> None:
    offered = {claim.id for claim in counts.offered}
    assert "code.capacity.n_with_below" in offered
    assert "code.capacity.staff.n_with_below" not in offered


def test_a_corpus_without_a_table_of_documents_does_not_count_them() -> None:
    names = ("segments", "codes", "")
    found = counts_of(
        CorpusTables(segments=SEGMENTS, codes=CODES, documents=None, names=names)
    ).claims
    assert "corpus.documents" not in found
    assert found["code.capacity.documents"].value == 1
