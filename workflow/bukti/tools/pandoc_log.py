"""What each message of pandoc's log means for an author: a code, or why it is let pass.

The kinds are those of `Text.Pandoc.Logging` of pandoc 3.9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.digest import canonical_json
from bukti.base.span import Span

TOLD: Mapping[str, tuple[str, str, str]] = {
    "UnclosedDiv": ("REN195", "name", ""),
    "NoteDefinedButNotUsed": ("REN181", "name", "key"),
    "DuplicateNoteReference": ("REN182", "name", "contents"),
    "DuplicateLinkReference": ("REN184", "name", "contents"),
    "CouldNotFetchResource": ("REN104", "picture", "path"),
    "CouldNotConvertTeXMath": ("REN105", "formula", "contents"),
}
"""The kinds with a code of their own: the code, its argument, and the field that fills it."""

_ELSEWHERE = "told at its place by the stage manuscript"
_OTHER_READER = "of a reader that manuscripts never use"
_OTHER_WRITER = "of a writer that papers never use"
_NO_PROGRAM = "of filters, defaults files or PDF programs, which are never used"
_HARMLESS = "only says what pandoc does"

IGNORED: Mapping[str, str] = {
    "DuplicateIdentifier": f"{_ELSEWHERE} (REF103)",
    "DuplicateAttribute": f"{_ELSEWHERE} (REN130)",
    "YamlWarning": f"{_ELSEWHERE} (CFG102)",
    "InlineNotRendered": f"{_ELSEWHERE} (REN107)",
    "BlockNotRendered": f"{_ELSEWHERE} (REN107)",
    "SkippedContent": _OTHER_READER,
    "IgnoredElement": _OTHER_READER,
    "CircularReference": _OTHER_READER,
    "UndefinedToggle": _OTHER_READER,
    "ReferenceNotFound": _OTHER_READER,
    "CouldNotLoadIncludeFile": _OTHER_READER,
    "CouldNotParseIncludeFile": _OTHER_READER,
    "MacroAlreadyDefined": _OTHER_READER,
    "UnexpectedXmlElement": _OTHER_READER,
    "UnknownOrgExportOption": _OTHER_READER,
    "UnsupportedCodePage": _OTHER_READER,
    "DocxParserWarning": "of drafts, whose own page of what is unclear says it",
    "CiteprocWarning": f"{_ELSEWHERE} (REF101, REF105)",
    "CouldNotParseCSS": _OTHER_WRITER,
    "NotUTF8Encoded": "every file is read as UTF-8 before (CFG106)",
    "ParsingUnescaped": _HARMLESS,
    "Fetching": _HARMLESS,
    "Extracting": _HARMLESS,
    "LoadedResource": _HARMLESS,
    "NoTitleElement": "bukti writes the page around the text itself",
    "NoLangSpecified": "bukti writes the language itself",
    "ATXHeadingInLHS": _OTHER_WRITER,
    "PowerpointTemplateWarning": _OTHER_WRITER,
    "UnusualConversion": _OTHER_WRITER,
    "CouldNotHighlight": "code is set without colours",
    "ScriptingInfo": _NO_PROGRAM,
    "ScriptingWarning": _NO_PROGRAM,
    "RunningFilter": _NO_PROGRAM,
    "FilterCompleted": _NO_PROGRAM,
    "EnvironmentVariableUndefined": _NO_PROGRAM,
    "MakePDFInfo": _NO_PROGRAM,
    "MakePDFWarning": _NO_PROGRAM,
    "MissingCharacter": _NO_PROGRAM,
    "UnsupportedPdfStandard": _NO_PROGRAM,
    "CouldNotDeduceFormat": _NO_PROGRAM,
}
"""The kinds that are let pass, each with the reason."""

UNFORESEEN = (
    "CouldNotDetermineImageSize",
    "CouldNotConvertImage",
    "CouldNotDetermineMimeType",
    "IgnoredIOError",
    "InvalidLang",
    "Deprecated",
    "NoTranslation",
    "CouldNotLoadTranslations",
)
"""Kinds that should not come from what bukti hands over: REN101 tells them, as all unknown ones."""

_LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One message of pandoc's log: its kind, how loud it is, its sentence and its fields."""

    type: str
    verbosity: str
    pretty: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_loud(self) -> bool:
        """Whether it is more than information."""
        return self.verbosity in ("WARNING", "ERROR")


def findings(log: Sequence[LogEntry], *, path: str | None = None) -> tuple[Diagnostic, ...]:
    """The warnings of a log as findings, each once; `path` is the file that they are about."""
    loud = [entry for entry in log if entry.is_loud and entry.type not in IGNORED]
    found = [_finding(entry, path) for entry in loud]
    return tuple({canonical_json(each.to_json()): each for each in found}.values())


def _finding(entry: LogEntry, path: str | None) -> Diagnostic:
    where = _place(entry, path)
    if entry.type not in TOLD:
        return diagnose("REN101", where, message=" ".join(entry.pretty.split())[:_LONGEST])
    code, argument, name = TOLD[entry.type]
    value = " ".join(str(entry.fields.get(name, "")).split())[:_LONGEST]
    return Diagnostic(code=code, span=where, arguments={argument: value})


def _place(entry: LogEntry, path: str | None) -> Span | None:
    """The line and column that the message names, where it names any."""
    place = entry.fields.get("openpos", entry.fields)
    if path and "line" in place:
        return Span(path=path, line=int(place["line"]), column=int(place["column"]))
    return Span(path=path) if path else None
