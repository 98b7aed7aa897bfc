"""Why a cleaning script gave no table, as a finding at its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.span import Span

# what faulthandler writes when a script has used up its time
OUT_OF_TIME = re.compile(r"^Timeout \(\d", re.MULTILINE)
SAID_LINES = 3
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a script's process ended: its status, the limit it met if any, and what it printed.

    `denied` is a path that confinement refused, `exists` says whether there is such a file, and
    `network` whether a connection was refused.
    """

    status: int
    ended_by: str | None
    said: str
    denied: str | None = None
    exists: bool = False
    network: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a script may run, in seconds, and how much memory it may take, in MiB."""

    seconds: int
    memory: int


def failed(script: str, failure: Mapping[str, Any], ending: Ending, limits: Limits) -> Diagnostic:
    """The finding for a script that stopped with an error of its own."""
    where = Span(path=script, line=failure["line"])
    if failure["kind"] == "MemoryError":
        return diagnose("CLN184", where, memory=limits.memory)
    if ending.network:
        return diagnose("CLN182", where)
    if ending.denied is not None:
        code = "CLN180" if ending.exists else "CLN181"
        return diagnose(code, where, path=ending.denied)
    reason = " ".join(failure["reason"].split())[:_LONGEST] or failure["kind"]
    return diagnose("CLN102", where, kind=failure["kind"], reason=reason)


def ended(script: str, ending: Ending, limits: Limits) -> Diagnostic:
    """The finding for a script whose process ended before it gave anything back."""
    where = Span(path=script, line=last_line(script, ending.said))
    if ending.ended_by == "time":
        return diagnose("CLN183", where, seconds=limits.seconds)
    if ending.ended_by == "memory":
        return diagnose("CLN184", where, memory=limits.memory)
    return diagnose("CLN185", where, status=ending.status)


def printed(script: str, said: str) -> tuple[Diagnostic, ...]:
    """A notice of what a script printed, which nobody sees where papers are built."""
    lines = [line for line in said.splitlines() if line.strip()]
    if not lines:
        return ()
    shown = "\n    ".join(line[:_LONGEST] for line in lines[:SAID_LINES])
    notes = [note("script-said", text=shown)]
    return (diagnose("CLN186", Span(path=script), notes=notes, lines=len(lines)),)


def last_line(script: str, said: str) -> int | None:
    """The line of a script at which Python says it was; None where it says nothing of it."""
    found = re.search(rf'File "{re.escape(script)}", line (\d+)', said)
    return int(found[1]) if found else None
