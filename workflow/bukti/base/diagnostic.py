"""The one record of what is wrong, where, why and what to do. Nothing here formats text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bukti.base.codes import code_of
from bukti.base.span import Span


class Severity(StrEnum):
    """How much a diagnostic matters; the paper's level says which ones fail a build."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A sentence of the catalogue, by its key, with the values that fill it."""

    key: str
    arguments: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The note as it is stored."""
        return {"key": self.key, "arguments": dict(self.arguments)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Note:
        """A note from how it is stored."""
        return cls(key=data["key"], arguments=dict(data["arguments"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One fault at one place: a code, the values that fill its message, notes and a hint.

    `hint` replaces the hint that the catalogue holds for the code.
    """

    code: str
    span: Span | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    hint: Note | None = None

    @property
    def severity(self) -> Severity:
        """The severity that the catalogue gives the code."""
        return Severity(code_of(self.code).severity)

    @property
    def name(self) -> str:
        """The name that the catalogue gives the code."""
        return code_of(self.code).name

    def to_json(self) -> dict[str, Any]:
        """The record as it is stored: without a language, so that it can be shown in any."""
        span = self.span
        return {
            "code": self.code,
            "path": span.path if span else None,
            "line": span.line if span else None,
            "column": span.column if span else None,
            "end_line": span.end_line if span else None,
            "end_column": span.end_column if span else None,
            "cell": span.cell if span else None,
            "arguments": dict(self.arguments),
            "notes": [note.to_json() for note in self.notes],
            "hint": self.hint.to_json() if self.hint else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Diagnostic:
        """A diagnostic from how it is stored."""
        places = ("path", "line", "column", "end_line", "end_column", "cell")
        span = Span(**{key: data[key] for key in places}) if data["path"] is not None else None
        return cls(
            code=data["code"],
            span=span,
            arguments=dict(data["arguments"]),
            notes=tuple(Note.from_json(note) for note in data["notes"]),
            hint=Note.from_json(data["hint"]) if data["hint"] else None,
        )


class Problem(Exception):
    """What makes going on senseless; the diagnostics say why. Ends as exit status 2."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(", ".join(diagnostic.code for diagnostic in diagnostics))
        self.diagnostics = diagnostics


def diagnose(
    code: str,
    span: Span | None = None,
    /,
    *,
    notes: Iterable[Note] = (),
    hint: Note | None = None,
    **arguments: object,
) -> Diagnostic:
    """A diagnostic, with its arguments as text."""
    filled = {key: str(value) for key, value in arguments.items()}
    return Diagnostic(code=code, span=span, arguments=filled, notes=tuple(notes), hint=hint)


def note(key: str, **arguments: object) -> Note:
    """A note, with its arguments as text."""
    return Note(key=key, arguments={name: str(value) for name, value in arguments.items()})


def sort_key(diagnostic: Diagnostic) -> tuple[Any, ...]:
    """The order in which diagnostics are stored and shown: by place, then by code."""
    span = diagnostic.span
    if span is None:
        return ("", 0, 0, 0, diagnostic.code, sorted(diagnostic.arguments.items()))
    place = (span.path, span.cell or 0, span.line or 0, span.column or 0)
    return (*place, diagnostic.code, sorted(diagnostic.arguments.items()))
