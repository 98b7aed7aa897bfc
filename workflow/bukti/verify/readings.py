"""What was read out of papers and sources, as a record that leaves the enclosure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bukti.base.diagnostic import Diagnostic
from bukti.printed.against import Compared

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The papers by path, as they were compared; the claims whose value stands in a source."""

    papers: Mapping[str, Compared] = field(default_factory=dict)
    found: frozenset[Key] = frozenset()


def readings_json(papers: Iterable[Compared], found: Iterable[Key]) -> dict[str, Any]:
    """The record."""
    return {
        "papers": [
            {
                "path": each.path,
                "marks": each.marks,
                "held": each.held,
                "numbers": dict(each.numbers),
                "findings": [finding.to_json() for finding in each.findings],
            }
            for each in papers
        ],
        "found": sorted(map(list, found)),
    }


def readings_of(data: Any) -> Readings:
    """The readings of a record; raises LookupError, TypeError or ValueError where it is none."""
    papers = {each["path"]: _compared(each) for each in data["papers"]}
    return Readings(papers=papers, found=frozenset((str(a), str(b)) for a, b in data["found"]))


def _compared(data: Mapping[str, Any]) -> Compared:
    findings = tuple(map(Diagnostic.from_json, data["findings"]))
    for finding in findings:
        _ = finding.severity  # a code that the catalogue has not is no finding
    return Compared(
        path=str(data["path"]),
        marks=int(data["marks"]),
        held=int(data["held"]),
        numbers={str(name): int(count) for name, count in data["numbers"].items()},
        findings=findings,
    )
