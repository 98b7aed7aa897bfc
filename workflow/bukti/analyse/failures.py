"""Why a notebook could not be executed, as a finding at its cell."""

from __future__ import annotations

from dataclasses import dataclass

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.span import Span

_TRACEBACK_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What stopped a notebook. `kind` is error, timeout, died or input; cells count from 1.

    `denied` is a path that the confinement refused, relative to the compendium where it lies in
    it; `denied_exists` says whether there is such a file, `network` whether it was a connection.
    """

    kind: str
    cell: int
    name: str
    text: str
    traceback: str
    line: int | None
    denied: str | None
    denied_exists: bool
    network: bool


def explain(path: str, failure: Failure, seconds: int) -> Diagnostic:
    """The finding for what stopped a notebook."""
    where = Span(path=path, cell=failure.cell or None, line=failure.line)
    notes = _traceback(failure)
    if failure.kind == "timeout":
        return diagnose("ANA204", where, seconds=seconds)
    if failure.kind == "died":
        return diagnose("ANA205", where, notes=notes)
    if failure.kind == "input":
        return diagnose("ANA206", where)
    if failure.network:
        return diagnose("ANA203", where, notes=notes)
    if failure.denied is not None:
        code = "ANA202" if failure.denied_exists else "ANA209"
        return diagnose(code, where, notes=notes, path=failure.denied)
    reason = " ".join(failure.text.split())[:300] or failure.name
    return diagnose("ANA201", where, notes=notes, kind=failure.name, reason=reason)


def _traceback(failure: Failure) -> tuple[Note, ...]:
    lines = [line for line in failure.traceback.splitlines() if line.strip()]
    if not lines:
        return ()
    return (note("traceback", text="\n    ".join(lines[-_TRACEBACK_LINES:])),)
