"""The verdicts as a report in JUnit's XML, which CI services show."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from bukti.verify.groups import group_name
from bukti.verify.verdict import Outcome, Verdict
from bukti.verify.verification import Verification
from bukti.verify.wording import Wording


def junit_xml(verification: Verification, language: str) -> str:
    """One test case for each verdict, and one for each finding that is none of a verdict's."""
    wording = Wording(language)
    verdicts = verification.verdicts
    failed = sum(not each.holds for each in verdicts)
    skipped = sum(each.outcome is Outcome.UNCHECKED for each in verdicts)
    others = [each for each in verification.findings if each.code in _OF_ALL]
    counts = f'tests="{len(verdicts) + len(others)}" failures="{failed + len(others)}"'
    head = f"<testsuite name={_quoted(verification.subject.name)} {counts} skipped="
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'{head}"{skipped}" errors="0">']
    for verdict in verdicts:
        lines += _case(verdict, wording)
    for finding in others:
        text = wording.finding(finding)
        lines += _failure("rebuild", f"{finding.code} {finding.name}", text, [])
    return "\n".join([*lines, "</testsuite>", ""])


_OF_ALL = ("VER108", "VER110", "VER111", "VER112", "VER120")


def _case(verdict: Verdict, wording: Wording) -> list[str]:
    name = group_name(verdict)
    told = [wording.note(reason) for reason in verdict.reasons]
    words = wording.verdict(verdict)
    if not verdict.holds:
        text = f"{words}: {verdict.theirs} / {verdict.ours}" if verdict.theirs else words
        return _failure(name, verdict.id, text, told)
    case = f"  <testcase classname={_quoted(name)} name={_quoted(verdict.id)}"
    if verdict.outcome is Outcome.UNCHECKED:
        return [f"{case}><skipped message={_quoted('; '.join(told) or words)}/></testcase>"]
    return [f"{case}/>"]


def _failure(group: str, name: str, message: str, told: Sequence[str]) -> list[str]:
    return [
        f"  <testcase classname={_quoted(group)} name={_quoted(name)}>",
        f"    <failure message={_quoted(message)}>{escape(_plain(' '.join(told)))}</failure>",
        "  </testcase>",
    ]


def _quoted(text: str) -> str:
    return quoteattr(_plain(text))


def _plain(text: str) -> str:
    """A text without signs that XML forbids."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
