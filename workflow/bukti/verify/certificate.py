"""Drafts for the reviewer's own signature: CODECHECK's two files, and action items for authors.

The fields are those of the CODECHECK configuration file specification 1.0
(https://codecheck.org.uk/spec/config/1.0/); the action items have the form that the AEA Data
Editor's reports use.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from bukti.base.diagnostic import Note, Severity
from bukti.project.products import figure_file
from bukti.verify.groups import groups_of
from bukti.verify.verdict import Verdict
from bukti.verify.verification import Verification
from bukti.verify.wording import Wording

SPECIFICATION = "https://codecheck.org.uk/spec/config/1.0/"
_OPEN = "TO BE FILLED IN BY THE CODECHECKER"
_COULD_BE_SHOWN = {
    "verify-not-restricted",
    "verify-not-given",
    "verify-not-transcribed",
    "verify-not-located",
    "verify-not-bare",
}
_RECREATED = ("figure", "table", "paper")


def codecheck_yml(verification: Verification) -> str:
    """The draft of `codecheck.yml`; it belongs beside the archive's own files."""
    subject = verification.subject
    wording = Wording("en")
    lines = ["%YAML 1.1", "---", f"version: {SPECIFICATION}", "", "manifest:"]
    for file, comment in _manifest(verification, wording):
        lines += [f"  - file: {_quoted(file)}", f"    comment: {_quoted(comment)}"]
    title = next(iter(subject.titles.values()), subject.name)
    lines += ["", "paper:", f"  title: {_quoted(title)}", "  authors:"]
    for name, orcid in subject.authors or (("-", ""),):
        lines.append(f"    - name: {_quoted(name)}")
        lines += [f"      ORCID: {orcid}"] if orcid else []
    lines += [
        f"  reference: {_quoted(_OPEN)}",
        "",
        "codechecker:",
        f"  - name: {_quoted(_OPEN)}",
        f"    ORCID: {_quoted(_OPEN)}",
        f"report: {_quoted(_OPEN)}",
        f"summary: {_quoted(_summary(verification, wording))}",
        f"check_time: {_quoted(verification.day or _OPEN)}",
        f"certificate: {_quoted(_OPEN)}",
        f"source: {_quoted(f'{subject.file}, SHA-256 {subject.sha256}')}",
    ]
    return "\n".join([*lines, ""])


def certificate(verification: Verification) -> str:
    """The draft of the certificate, in English, as CODECHECK's certificates are."""
    return "\n".join([*_certificate(verification, Wording("en")), ""])


def _certificate(verification: Verification, wording: Wording) -> Iterator[str]:
    subject = verification.subject
    title = next(iter(subject.titles.values()), subject.name)
    yield f"# CODECHECK certificate (draft): {_line(title)}"
    yield ""
    yield f"- Authors: {_line(', '.join(name for name, _ in subject.authors) or '-')}"
    yield f"- Codechecker: {_OPEN}"
    yield f"- Certificate: {_OPEN}"
    for name, text in wording.circumstances(verification):
        yield f"- {name}: {_line(text)}"
    yield from ["", "## Summary", "", _line(_summary(verification, wording))]
    yield from ["", "## Not checked", ""]
    for note in verification.unchecked:
        yield f"- {_line(wording.note(note))}"
    yield from ["", "## Files that were made again", "", "| file | result |", "|---|---|"]
    for file, comment in _manifest(verification, wording):
        yield f"| {_cell(file)} | {_cell(comment)} |"
    yield from ["", "## Claims", "", "| group | holds | how |", "|---|---|---|"]
    for group in groups_of(verification.verdicts):
        yield f"| {' | '.join(map(_cell, wording.group(group)))} |"
    yield from ["", "## Signature", ""]
    yield "I have read this draft, and corrected it where it was wrong."
    yield from ["", f"Name, date: {_OPEN}"]


def actions(verification: Verification, language: str) -> str:
    """What the authors must and should do, one item a line, as data editors write it."""
    wording = Wording(language)
    required = [each for each in verification.findings if each.severity is Severity.ERROR]
    suggested = [each for each in verification.findings if each.severity is Severity.WARNING]
    lines = [f"# {wording.say('action-title')}", ""]
    for tag, findings in (("REQUIRED", required), ("SUGGESTED", suggested)):
        for finding in findings:
            lines.append(f"- [{tag}] {_line(wording.finding(finding))}")
            lines.append(f"  {_line(wording.hint(finding))}.")
    shown = map(wording.note, filter(_could_be_shown, verification.unchecked))
    lines += [f"- [SUGGESTED] {_line(wording.say('action-show', what=text))}" for text in shown]
    if not required:
        lines.insert(2, f"{wording.say('action-none')}\n")
    return "\n".join([*lines, ""])


def _could_be_shown(note: Note) -> bool:
    return note.key in _COULD_BE_SHOWN


def _summary(verification: Verification, wording: Wording) -> str:
    groups = [wording.group(group) for group in groups_of(verification.verdicts)]
    counts = "; ".join(f"{name}: {held}" for name, held, _ in groups)
    return f"{wording.overall(verification)} {counts}."


def _manifest(verification: Verification, wording: Wording) -> Iterator[tuple[str, str]]:
    """Each file that was made again, and what in it came out how."""
    language = next(iter(verification.subject.titles), verification.subject.languages[0])
    found: dict[str, list[str]] = {}
    for verdict in verification.verdicts:
        if verdict.kind in _RECREATED:
            said = f"{verdict.kind} {verdict.id}: {wording.verdict(verdict)}"
            found.setdefault(_file(verdict, language), []).append(said)
    for file, comments in found.items():
        yield file, "; ".join(comments)


def _file(verdict: Verdict, language: str) -> str:
    """The file that a reader would open to see a thing; a notebook's page shows its tables."""
    if verdict.kind == "paper":
        return verdict.place
    stem = verdict.place.rpartition(", ")[0].rpartition("/")[2].removesuffix(".ipynb")
    if verdict.kind == "figure":
        return figure_file(stem, verdict.id, language, "svg")
    return f"outputs/results/{stem}.html"


def _quoted(text: str) -> str:
    """A text as a double-quoted scalar of YAML."""
    return json.dumps(_line(text), ensure_ascii=False)


def _line(text: str) -> str:
    """A text in one line, without what Markdown would read as HTML."""
    return " ".join(text.split()).replace("<", "\u2039").replace(">", "\u203a")


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")
