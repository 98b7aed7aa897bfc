"""Which findings are waived, and which ones the paper's level does not let pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Diagnostic, Severity, diagnose, sort_key
from bukti.base.digest import canonical_json
from bukti.base.span import Span

VERSION = 1
ELSEWHERE = {"QUA302"}
"""Findings that depend on what a machine has besides the compendium: a waiver may be unused."""
FAILING = {
    "draft": {Severity.ERROR},
    "ready": {Severity.ERROR, Severity.WARNING},
    "submit": {Severity.ERROR, Severity.WARNING, Severity.NOTICE},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A finding, and the reason why it is waived (None where it is not)."""

    finding: Diagnostic
    waived: str | None = None


def judge(
    findings: Iterable[Diagnostic], waivers: Sequence[Mapping[str, Any]]
) -> tuple[Judged, ...]:
    """Every finding once, by place, with its waiver; waivers that fit none become findings."""
    unique = {canonical_json(finding.to_json()): finding for finding in findings}
    used: set[int] = set()
    judged = []
    for finding in sorted(unique.values(), key=sort_key):
        fitting = [n for n, waiver in enumerate(waivers) if _covers(waiver, finding)]
        used.update(fitting)
        reason = waivers[fitting[0]]["reason"] if fitting else None
        judged.append(Judged(finding=finding, waived=reason))
    for number, waiver in enumerate(waivers):
        if number not in used and waiver["code"] not in ELSEWHERE:
            where = _place(waiver)
            unused = diagnose("CFG116", where, code=waiver["code"], at=waiver["at"] or "-")
            judged.append(Judged(finding=unused))
    return tuple(judged)


def _place(waiver: Mapping[str, Any]) -> Span:
    line, column = waiver.get("line"), waiver.get("column")
    end = None if column is None else column + 1
    return Span(path="bukti.yaml", line=line, column=column, end_line=line, end_column=end)


def _covers(waiver: Mapping[str, Any], finding: Diagnostic) -> bool:
    if waiver["code"] != finding.code:
        return False
    span, at = finding.span, waiver["at"]
    named = (finding.arguments.get(key, "") for key in ("id", "ids", "item", "key", "form"))
    places = {"", *named}
    if span is not None:
        places |= {span.path, f"{span.path}:{span.line}"}
    return at in places


def failing(judged: Iterable[Judged], level: str) -> tuple[Diagnostic, ...]:
    """The findings that end a build of this level with exit status 1."""
    return tuple(
        item.finding
        for item in judged
        if item.waived is None and item.finding.severity in FAILING[level]
    )


def findings_record(judged: Sequence[Judged], level: str) -> dict[str, Any]:
    """All findings as they are stored."""
    return {
        "version": VERSION,
        "level": level,
        "findings": [{**item.finding.to_json(), "waived": item.waived} for item in judged],
    }


def judged_from(data: Mapping[str, Any]) -> tuple[Judged, ...]:
    """The findings of a stored record."""
    return tuple(
        Judged(finding=Diagnostic.from_json(item), waived=item.get("waived"))
        for item in data["findings"]
    )
