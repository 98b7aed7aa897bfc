"""Typst in a child process, within limits, its warnings and errors as records."""

from __future__ import annotations

import base64
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.tools.process import Finished, run

MAIN = "main.typ"
HYPHENS = "hyphens.typ"
STANDARDS = ("a-3a", "ua-1")
SECONDS = 120.0
PROBING = 30.0
MEMORY = 4 * 1024**3
_PACKAGES = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypstMessage:
    """What Typst said: its sentence, hints, full text, and the line of the generated file."""

    text: str
    hints: tuple[str, ...] = ()
    raw: str = ""
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """The PDF, or the error that prevented it, and the warnings.

    `unshown` are characters that no font has; an empty square is printed for each.
    """

    pdf: bytes | None
    warnings: tuple[TypstMessage, ...] = ()
    unshown: frozenset[str] = frozenset()
    error: TypstMessage | None = None


def typeset(
    sources: Mapping[str, bytes],
    *,
    fonts: Path,
    epoch: int = 0,
    standards: Sequence[str] = STANDARDS,
    seconds: float = SECONDS,
    memory_bytes: int | None = MEMORY,
) -> Typeset:
    """Set `main.typ` of the sources, alone in a folder; the same sources, the same bytes.

    Where there is a `hyphens.typ`, the paper is set until the soft hyphens that it allows are
    those that end a line.
    """
    request = {
        "main": MAIN,
        "hyphens": HYPHENS if HYPHENS in sources else None,
        "sources": {name: base64.b64encode(data).decode() for name, data in sources.items()},
        "fonts": [str(fonts)],
        "standards": list(standards),
        "timestamp": epoch,
    }
    done = _worked(request, seconds, memory_bytes)
    if done.ended_by == "time":
        raise Problem(diagnose("REN113", limit=f"{seconds:g} s"))
    if done.ended_by == "memory":
        raise Problem(diagnose("REN113", limit=f"{(memory_bytes or 0) // 1024**2} MB"))
    if done.status != 0:
        said = done.stderr.decode("utf-8", "replace")
        return Typeset(pdf=None, error=TypstMessage(text=f"status {done.status}", raw=said))
    record, _, pdf = done.stdout.partition(b"\n")
    return _typeset(json.loads(record), pdf)


def probe(
    formulas: Sequence[str],
    characters: Sequence[str],
    *,
    fonts: Sequence[Path],
    seconds: float = PROBING,
) -> tuple[frozenset[str], frozenset[str]]:
    """Which formulas, in Typst's own notation, cannot be set, and which characters no font has.

    None, where that could not be found out in time.
    """
    request = {
        "formulas": list(formulas),
        "characters": list(characters),
        "fonts": [str(folder) for folder in fonts],
        "standards": list(STANDARDS),
    }
    done = _worked(request, seconds, MEMORY)
    if done.ended_by or done.status != 0:
        return frozenset(), frozenset()
    record = json.loads(done.stdout)
    return frozenset(record["failed"]), frozenset(record["unshown"])


def _worked(request: Mapping[str, Any], seconds: float, memory_bytes: int | None) -> Finished:
    with tempfile.TemporaryDirectory(prefix="bukti-typst-") as folder:
        return run(
            [sys.executable, "-m", "bukti.tools.typst_worker"],
            cwd=Path(folder),
            env=_environment(folder),
            input=json.dumps(request).encode(),
            seconds=seconds,
            memory_bytes=memory_bytes,
        )


def _typeset(record: Mapping[str, Any], pdf: bytes) -> Typeset:
    warnings = tuple(_message(each) for each in record["warnings"])
    error = _message(record["error"]) if record["error"] else None
    return Typeset(
        pdf=None if error else pdf,
        warnings=warnings,
        unshown=frozenset(record["unshown"]),
        error=error,
    )


def _message(record: Mapping[str, object]) -> TypstMessage:
    hints, line, file = record.get("hints"), record.get("line"), record.get("file")
    return TypstMessage(
        text=str(record["text"]),
        hints=tuple(str(hint) for hint in hints) if isinstance(hints, list) else (),
        raw=str(record.get("raw", "")),
        file=file if isinstance(file, str) else None,
        line=line if isinstance(line, int) else None,
    )


def _environment(folder: str) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "HOME": folder,
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": str(_PACKAGES),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
