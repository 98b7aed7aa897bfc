"""The verdicts in groups, counted: the lines of every summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bukti.verify.verdict import Ground, Outcome, Verdict

NAMES = (
    "computed",
    "transcribed",
    "documented",
    "quotation",
    "figure",
    "table",
    "paper",
    "not-checkable",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Verdicts of one kind or ground: how many, how many hold, and how they came out.

    `unstated` counts things that came out again while a sentence says otherwise.
    """

    name: str
    total: int
    holds: int
    outcomes: Mapping[Outcome, int]
    unstated: int


def groups_of(verdicts: Sequence[Verdict]) -> tuple[Group, ...]:
    """The groups that have any verdict, in order."""
    sorted_in = {name: [each for each in verdicts if group_name(each) == name] for name in NAMES}
    return tuple(_group(name, found) for name, found in sorted_in.items() if found)


def group_name(verdict: Verdict) -> str:
    """The group that a verdict is counted in."""
    if verdict.ground is Ground.UNCHECKED:
        return "not-checkable"
    return str(verdict.ground) if verdict.kind in ("claim", "given") else verdict.kind


def _group(name: str, verdicts: Sequence[Verdict]) -> Group:
    counts = Counter(each.outcome for each in verdicts)
    return Group(
        name=name,
        total=len(verdicts),
        holds=sum(each.holds for each in verdicts),
        outcomes={outcome: counts[outcome] for outcome in Outcome if counts[outcome]},
        unstated=sum(
            any(statement.states is False for statement in each.statements) for each in verdicts
        ),
    )
