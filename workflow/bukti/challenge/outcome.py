"""What became of a fault, and the table of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bukti.base.diagnostic import Diagnostic
from bukti.challenge.fault import TRANSLATION, Fault


class Outcome(StrEnum):
    """What became of a fault."""

    AT_LINE = "at its line"
    ELSEWHERE = "elsewhere"
    MISSED = "missed"
    WITHOUT_EFFECT = "without effect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """A fault that was seeded into a paper, with what was reported."""

    paper: str
    fault: Fault
    outcome: Outcome
    findings: tuple[Diagnostic, ...]

    def __str__(self) -> str:
        edit = self.fault.edits[0]
        said = "; ".join(f"{each.code} {each.span}" for each in self.findings[:6]) or "nothing"
        places = " and ".join(
            " or ".join(f"{each.path}:{each.first}-{each.last}" for each in one)
            for one in self.fault.places
        )
        return (
            f"{self.paper}: {self.fault.kind}: {edit.path} at {edit.start}-{edit.end}: "
            f"{edit.new!r}: {self.outcome}; wanted {places}; reported {said}"
        )


def outcome_of(fault: Fault, found: Iterable[Diagnostic]) -> Outcome:
    """Whether what was found names a fault's places, something else, or nothing."""
    counted = [each for each in found if fault.translation or each.code != TRANSLATION]
    if not counted:
        return Outcome.MISSED
    told = all(
        any(place.holds(each) for place in places for each in counted) for places in fault.places
    )
    return Outcome.AT_LINE if told else Outcome.ELSEWHERE


def table(seeded: Sequence[Seeded]) -> str:
    """The outcomes by kind, as a table in Markdown."""
    kinds = sorted({each.fault.kind for each in seeded})
    counted = (Outcome.AT_LINE, Outcome.ELSEWHERE, Outcome.MISSED)
    rows = [
        "| kind of fault | seeded | found at its line | found elsewhere | missed |",
        "|---|---|---|---|---|",
    ]
    for kind in [*kinds, "all"]:
        of_kind = [each for each in seeded if kind in (each.fault.kind, "all")]
        numbers = [sum(each.outcome is outcome for each in of_kind) for outcome in counted]
        rows.append(f"| {' | '.join([kind, *map(str, [len(of_kind), *numbers])])} |")
    return "\n".join(rows)
