"""The ledger: every claim of the paper, its evidence, and where each edition uses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bukti.base.claims import (
    Claim,
    Mark,
    Status,
    claim_to_json,
    mark_from_json,
    shown_value,
)
from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.ledger.passages import PassageRecord, passage_records
from bukti.manuscript.documentary import grade_of
from bukti.manuscript.pool import Pool
from bukti.project.inventory import CLAIMS

VERSION = 1
_WORST_FIRST = (Status.WITHOUT_EVIDENCE, Status.CONTRADICTED, Status.STALE, Status.HOLDS)


def no_numbers() -> dict[str, Any]:
    """The numbers of an edition that has none."""
    return {"bound": 0, "bare": 0, "allowed": {}}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """What one edition uses, as the stage manuscript recorded it.

    One that is not `whole` has a title and an abstract alone; `front` says what of a front matter.
    """

    language: str
    marks: tuple[Mark, ...]
    products: tuple[Mapping[str, Any], ...]
    citations: tuple[Mapping[str, Any], ...]
    references: tuple[Mapping[str, Any], ...]
    sections: tuple[Mapping[str, Any], ...]
    passages: tuple[PassageRecord, ...] = ()
    front: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    whole: bool = True
    numbers: Mapping[str, Any] = field(default_factory=no_numbers)
    patterns: frozenset[str] = frozenset()


def edition_record(data: Mapping[str, Any], passages: Mapping[str, Any]) -> EditionRecord:
    """The record of a stored `marks.json` and `passages.json`."""
    return EditionRecord(
        language=data["language"],
        whole=data["whole"],
        front=data["front"],
        numbers=data["numbers"],
        patterns=frozenset(data["patterns"]),
        marks=tuple(mark_from_json(mark) for mark in data["marks"]),
        products=tuple(data["products"]),
        citations=tuple(data["citations"]),
        references=tuple(data["references"]),
        sections=tuple(data["sections"]),
        passages=passage_records(passages),
    )


def with_counts_in_use(pool: Pool, editions: Sequence[EditionRecord]) -> Pool:
    """The pool with those counts of the coded corpus among its claims that some edition uses."""
    used = {name for edition in editions for mark in edition.marks for name in mark.claims}
    found = {name: pool.counts.find(name) for name in sorted(used - pool.claims.keys())}
    counts = {name: claim for name, claim in found.items() if claim is not None}
    return replace(pool, claims={**pool.claims, **counts})


def join(
    name: str,
    pool: Pool,
    editions: Sequence[EditionRecord],
    accepted: Mapping[str, Any],
    confinement: Mapping[str, str],
    not_included: Sequence[Mapping[str, Any]] = (),
    readings: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The ledger as it is stored; `accepted` maps a claim to the value last approved.

    `not_included` are the tables whose raw files are absent, `readings` maps a claim to what was
    read twice behind it.
    """
    entries = [
        _entry("claim", claim, editions, accepted.get(claim.id), (readings or {}).get(claim.id))
        for _, claim in sorted(pool.claims.items())
    ]
    entries += [_entry("given", claim, editions, None) for _, claim in sorted(pool.given.items())]
    return {
        "version": VERSION,
        "name": name,
        "languages": [edition.language for edition in editions],
        "claims": entries,
        "not_included": [dict(item) for item in not_included],
        "confinement": dict(confinement),
        "summary": _summary(entries, editions),
    }


def _entry(
    scheme: str,
    claim: Claim,
    editions: Sequence[EditionRecord],
    accepted: Any,
    readings: Any = None,
) -> dict[str, Any]:
    marks = {edition.language: _marks_of(edition, scheme, claim.id) for edition in editions}
    statuses = {mark.status for found in marks.values() for mark in found}
    worst = next((str(status) for status in _WORST_FIRST if status in statuses), "unused")
    return {
        "scheme": scheme,
        **claim_to_json(claim),
        "readings": readings,
        "grade": grade_of(claim),
        "status": worst,
        "accepted": accepted,
        "marks": {
            language: [
                {
                    "path": mark.span.path,
                    "line": mark.span.line,
                    "column": mark.span.column,
                    "text": mark.text,
                    "section": mark.section,
                    "status": str(mark.status),
                }
                for mark in found
            ]
            for language, found in marks.items()
        },
    }


def _marks_of(edition: EditionRecord, scheme: str, claim_id: str) -> list[Mark]:
    return [mark for mark in edition.marks if mark.scheme == scheme and claim_id in mark.claims]


def _summary(
    entries: Sequence[Mapping[str, Any]], editions: Sequence[EditionRecord]
) -> dict[str, Any]:
    statuses = [str(mark.status) for edition in editions for mark in edition.marks]
    return {
        "claims": len(entries),
        "used": sum(entry["status"] != "unused" for entry in entries),
        "marks": {edition.language: len(edition.marks) for edition in editions},
        "numbers": {edition.language: dict(edition.numbers) for edition in editions},
        "statuses": {str(status): statuses.count(str(status)) for status in Status},
    }


def unused(pool: Pool, editions: Sequence[EditionRecord]) -> tuple[Diagnostic, ...]:
    """Claims that no edition uses; a family counts as used where one of its members is."""
    used = {
        (mark.scheme, name)
        for edition in editions
        for mark in edition.marks
        for name in mark.claims
    }
    families = {name.partition(".")[0] for scheme, name in used if scheme == "claim"}
    families |= {
        mark.options["of"] for edition in editions for mark in edition.marks if "of" in mark.options
    }
    found: list[Diagnostic] = []
    for claim in pool.claims.values():
        if ("claim", claim.id) in used or (claim.keys and claim.family in families):
            continue
        evidence = claim.evidence
        if claim.id in pool.supporting:
            continue
        path = evidence.notebook or CLAIMS
        found.append(diagnose("CLM301", Span(path=path, cell=evidence.cell), id=claim.id))
    found += [
        diagnose("CLM301", Span(path="manuscript/claims.yaml"), id=name)
        for name in pool.given
        if ("given", name) not in used
    ]
    return tuple(found)


def moved(
    pool: Pool, editions: Sequence[EditionRecord], accepted: Mapping[str, Any]
) -> tuple[Diagnostic, ...]:
    """Claims whose value is not the one that the author last approved, at each place of use."""
    found: list[Diagnostic] = []
    for name, old in accepted.items():
        claim = pool.claims.get(name)
        if claim is None:
            found.append(diagnose("CLM303", Span(path="manuscript/accepted/values.json"), id=name))
            continue
        new = list(claim.value) if isinstance(claim.value, tuple) else claim.value
        if new == old["value"] and claim.unit == old["unit"]:
            continue
        places = [mark.span for edition in editions for mark in _marks_of(edition, "claim", name)]
        before = shown_value(old["value"], old["unit"])
        now = shown_value(claim.value, claim.unit)
        cell = Span(path=claim.evidence.notebook or "", cell=claim.evidence.cell)
        found += [
            diagnose("CLM302", where, id=name, old=before, new=now) for where in places or [cell]
        ]
    return tuple(found)


def approved_values(pool: Pool) -> dict[str, Any]:
    """What `accept values` records: the value and unit of each claim that has one."""
    return {
        claim.id: {
            "value": list(claim.value) if isinstance(claim.value, tuple) else claim.value,
            "unit": claim.unit,
        }
        for claim in pool.claims.values()
        if claim.value is not None
    }
