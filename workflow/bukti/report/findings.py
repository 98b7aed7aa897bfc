"""Findings in the languages of the page, with the reasons of those that are waived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bukti.base.codes import LANGUAGES, code_of, note_text
from bukti.base.diagnostic import Diagnostic, Note, Severity
from bukti.gate.verdict import Judged

_NAMES = ("id", "ids", "item")


def findings_data(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """Every finding with its message and hint in each language of the page."""
    return [_finding(each.finding, each.waived) for each in judged]


def _finding(finding: Diagnostic, waived: str | None) -> dict[str, Any]:
    texts = code_of(finding.code).texts
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "place": str(finding.span) if finding.span else "",
        "claims": [finding.arguments[key] for key in _NAMES if key in finding.arguments],
        "message": {
            language: texts[language]["message"].format(**finding.arguments)
            for language in LANGUAGES
        },
        "hint": {language: _hint(finding, language) for language in LANGUAGES},
        "notes": [
            {language: _note(each, language) for language in LANGUAGES} for each in finding.notes
        ],
        "waived": waived,
    }


def _hint(finding: Diagnostic, language: str) -> str:
    if finding.hint is not None:
        return _note(finding.hint, language)
    return code_of(finding.code).texts[language]["hint"].format(**finding.arguments)


def _note(item: Note, language: str) -> str:
    return note_text(item.key, language).format(**item.arguments)


def counts_of_findings(judged: Sequence[Judged]) -> dict[str, int]:
    """How many findings are open, by severity, how many of these are of parity, and waived."""
    open_ = [each.finding for each in judged if each.waived is None]
    found = {str(severity): 0 for severity in Severity}
    for finding in open_:
        found[str(finding.severity)] += 1
    parity = sum(finding.code.startswith("PAR") for finding in open_)
    return {**found, "parity": parity, "waived": len(judged) - len(open_)}
