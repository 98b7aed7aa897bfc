"""Why a notebook could not be executed, as a finding at its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.span import Span

_TRACEBACK_LINES = 12
_OUT_OF_MEMORY = ("MemoryError", "OutOfMemoryError")
_WRITING = re.compile(r"""["'][wax][bt+]*["']|\b(?:write|save|sink|to_)|\bmkdir|\btouch|\bunlink""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What stopped a notebook. `kind` is error, timeout, died or input; cells count from 1.

    Cell 0 means that the kernel did not start. `first_line` is the first written line of the
    cell. `denied` is a path that the confinement refused, relative to the compendium where it
    lies in it; `written` says whether it was to be written, `network` whether a connection was
    refused.
    """

    kind: str
    cell: int
    name: str
    text: str
    traceback: str
    line: int | None
    first_line: int | None
    denied: str | None
    written: bool
    network: bool


def explain(path: str, failure: Failure, seconds: int) -> Diagnostic:
    """The finding for what stopped a notebook."""
    where = Span(path=path, cell=failure.cell or None, line=failure.line or failure.first_line)
    notes = _traceback(failure)
    if failure.cell == 0:
        return diagnose("ANA215", where, notes=notes)
    if failure.kind == "timeout":
        return diagnose("ANA204", where, seconds=seconds)
    if failure.kind == "died":
        return diagnose("ANA205", where, notes=notes)
    if failure.kind == "input":
        return diagnose("ANA206", where)
    if failure.network:
        return diagnose("ANA203", where, notes=notes)
    if failure.denied is not None:
        code = "ANA209" if failure.written else "ANA202"
        return diagnose(code, where, notes=notes, path=failure.denied)
    reason = " ".join(failure.text.split())[:300] or failure.name
    hint = note("memory-limit") if failure.name in _OUT_OF_MEMORY else None
    return diagnose("ANA201", where, notes=notes, hint=hint, kind=failure.name, reason=reason)


def writes(line: str) -> bool:
    """Whether a line of code that was refused a file looks like one that writes."""
    return _WRITING.search(line) is not None


def _traceback(failure: Failure) -> tuple[Note, ...]:
    lines = [line for line in failure.traceback.splitlines() if line.strip()]
    if not lines:
        return ()
    if len(lines) > _TRACEBACK_LINES:
        first = _TRACEBACK_LINES // 2
        lines = [*lines[:first], "...", *lines[first - _TRACEBACK_LINES :]]
    return (note("traceback", text="\n    ".join(lines)),)
