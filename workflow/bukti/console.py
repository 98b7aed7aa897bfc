"""Diagnostics as people, editors and CI read them. Nothing else in bukti formats a message."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from bukti.base.codes import code_of, note_text, word
from bukti.base.diagnostic import Diagnostic, Note
from bukti.base.span import Span

FORMATS = ("full", "concise", "json", "github")
COLOURS = {"error": "red", "warning": "yellow", "notice": "cyan"}
_WIDTH = 96
SourceLine = Callable[[Span], "str | None"]


class Console:
    """Writes diagnostics in one language and format; `source_line` gives the text of a place."""

    def __init__(self, *, language: str, form: str, source_line: SourceLine) -> None:
        self.language = language
        self.form = form
        self._source_line = source_line

    def word(self, key: str, **arguments: object) -> str:
        """A sentence of the interface."""
        return word(key, self.language, **arguments)

    def render(self, findings: Sequence[Diagnostic]) -> str:
        """All findings, as the format has them."""
        if self.form == "json":
            return json.dumps(
                [self.as_json(item) for item in findings], ensure_ascii=False, indent=2
            )
        lines = {"full": self._full, "concise": self._concise, "github": self._github}[self.form]
        return "\n".join(lines(item) for item in findings)

    def message(self, finding: Diagnostic) -> str:
        """The headline of a finding."""
        return code_of(finding.code).texts[self.language]["message"].format(**finding.arguments)

    def hint(self, finding: Diagnostic) -> str:
        """What to do about a finding; empty where that is plain from the message."""
        if finding.hint is not None:
            return self._note(finding.hint)
        return code_of(finding.code).texts[self.language]["hint"].format(**finding.arguments)

    def _note(self, item: Note) -> str:
        return note_text(item.key, self.language).format(**item.arguments)

    def as_json(self, finding: Diagnostic) -> dict[str, Any]:
        """A finding as the format `json` has it."""
        span = finding.span
        place = {
            key: getattr(span, key) if span else None
            for key in ("path", "cell", "line", "column", "end_line", "end_column")
        }
        return {
            "code": finding.code,
            "name": finding.name,
            "severity": str(finding.severity),
            **place,
            "message": self.message(finding),
            "notes": [self._note(item) for item in finding.notes],
            "hint": self.hint(finding),
        }

    def _headline(self, finding: Diagnostic) -> str:
        severity = str(finding.severity)
        label = click.style(f"{severity}[{finding.code}]", fg=COLOURS[severity], bold=True)
        place = f"{finding.span}: " if finding.span else ""
        name = click.style(finding.name, bold=True)
        return f"{place}{label} {name}: {self.message(finding)}"

    def _concise(self, finding: Diagnostic) -> str:
        return self._headline(finding)

    def _full(self, finding: Diagnostic) -> str:
        lines = [self._headline(finding), *self._excerpt(finding)]
        lines += [f"  {self.word('note')}: {self._note(item)}" for item in finding.notes]
        hint = self.hint(finding)
        if hint:
            lines.append(f"  {self.word('hint')}: {hint}")
        return "\n".join(lines) + "\n"

    def _excerpt(self, finding: Diagnostic) -> Iterable[str]:
        span = finding.span
        told = code_of(finding.code).excerpt
        text = self._source_line(span) if told and span and span.line else None
        if text is None or span is None:
            return []
        column = span.column or 1
        same_line = span.end_line in (None, span.line)
        end = span.end_column if same_line and span.end_column else column + 1
        if not same_line:
            end = len(text) + 1
        start, shown = _window(text, column - 1, end - 1)
        margin = str(span.line)
        lines = [f"  {margin} | {shown}"]
        if span.column:
            first = column - 1 - start
            gap = " " * _cells(shown[:first])
            arrows = "^" * max(1, _cells(shown[first : end - 1 - start]))
            lines.append(f"  {' ' * len(margin)} | {gap}{click.style(arrows, bold=True)}")
        return lines

    def _github(self, finding: Diagnostic) -> str:
        span = finding.span
        level = str(finding.severity)
        places = []
        if span is not None:
            in_file = span.cell is None  # the lines of a cell are not those of its file
            names = {"file": span.path}
            lines = {"line": span.line, "col": span.column} if in_file else {}
            ends = {"endLine": span.end_line, "endColumn": span.end_column} if in_file else {}
            places = [
                f"{key}={_property(str(value))}"
                for key, value in {**names, **lines, **ends}.items()
                if value is not None
            ]
        places.append(f"title={_property(f'{finding.code} {finding.name}')}")
        text = self.message(finding)
        hint = self.hint(finding)
        body = f"{text}\n{hint}" if hint else text
        return f"::{level} {','.join(places)}::{_data(body)}"


def _window(text: str, start: int, end: int) -> tuple[int, str]:
    """The part of a long line around a place, and where its first character stands in the line.

    The offset is such that column minus offset is right, the dots included.
    """
    text = text.replace("\t", " ")
    if len(text) <= _WIDTH:
        return 0, text
    first = max(0, min(start - _WIDTH // 3, len(text) - _WIDTH))
    last = min(len(text), first + _WIDTH)
    head = "…" if first else ""
    tail = "…" if last < len(text) else ""
    return first - len(head), f"{head}{text[first:last]}{tail}"


def _cells(text: str) -> int:
    """How many columns of a terminal a text fills: two for wide signs, none for combining ones."""
    return sum(
        0
        if unicodedata.category(sign) in ("Mn", "Me", "Cf")
        else 1 + (unicodedata.east_asian_width(sign) in ("W", "F"))
        for sign in text
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
