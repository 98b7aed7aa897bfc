"""The program that runs one cleaning script, in a process of its own that others confine.

A task comes in as JSON; a line of JSON goes out, then the frame as an Arrow IPC file.
What the script itself prints goes to the error output.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import wraps
from inspect import getmembers, isfunction, signature
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, Problem
from bukti.clean.changes import change_of
from bukti.clean.layout import Layout
from bukti.clean.raw import ROW, Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to run: the script's path and text, and its raw files by name.

    `source_columns` maps a raw file to its column of source ids; `seconds` is when to give up.
    """

    script: str
    text: str
    files: Mapping[str, str]
    source_columns: Mapping[str, str]
    seconds: float

    def to_json(self) -> bytes:
        """The task as the program reads it."""
        return json.dumps(asdict(self)).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a script: its frame, or why there is none.

    `failure` holds `kind`, `reason`, `line` and `trace`; `returned` names the type of what came
    back; `sources` maps a raw file to its source ids, each with the first raw row that names it,
    and `lacking` are raw files without the column that should hold them.
    """

    frame: pl.DataFrame | None
    returned: str
    raw: Raw
    sources: Mapping[str, Mapping[str, int]]
    lacking: tuple[str, ...]
    failure: Mapping[str, Any] | None
    problems: tuple[Diagnostic, ...]


def main() -> None:
    """Run the task on standard input; what it becomes goes to standard output."""
    with os.fdopen(os.dup(1), "wb") as result:
        os.dup2(2, 1)
        task = Task(**json.loads(sys.stdin.buffer.read()))
        faulthandler.dump_traceback_later(task.seconds, exit=True, file=sys.stderr)
        header, body = _attempt(task)
        faulthandler.cancel_dump_traceback_later()
        sys.stdout.flush()
        result.write(json.dumps(header).encode() + b"\n" + body)


def _attempt(task: Task) -> tuple[dict[str, Any], bytes]:
    files = {name: Path(path).read_bytes() for name, path in task.files.items()}
    raw = _Noting(files=files, script=task.script)
    raw.columns, raw.sources, raw.lacking = dict(task.source_columns), {}, []
    header: dict[str, Any] = {"returned": "", "failure": None, "problems": []}
    body = b""
    try:
        frame = _cleaned(task, raw)
        header["returned"] = type(frame).__name__
        if isinstance(frame, pl.DataFrame):
            body = _packed(frame)
            raw.settle(frame)
    except Problem as problem:
        header["problems"] = [finding.to_json() for finding in problem.diagnostics]
    except (Exception, SystemExit) as error:
        header["failure"] = _failure(task.script, error)
    record: dict[str, Any] = {
        "rows_in": raw.rows_in,
        "looked_up": raw.looked_up,
        "changes": [asdict(change) for change in raw.changes],
    }
    record["findings"] = [finding.to_json() for finding in raw.findings]
    record["layout"] = raw.layout.to_json() if raw.layout else None
    return {**header, **record, "sources": raw.sources, "lacking": raw.lacking}, body


def _cleaned(task: Task, raw: Raw) -> Any:
    module = ModuleType("cleaning")
    module.__file__ = task.script
    exec(compile(task.text, task.script, "exec"), module.__dict__)  # noqa: S102 the author's own
    return module.clean(raw)


def _packed(frame: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.write_ipc(buffer)
    return buffer.getvalue()


def _failure(script: str, error: BaseException) -> dict[str, Any]:
    if isinstance(error, SyntaxError):
        line = error.lineno
    else:
        frames = traceback.extract_tb(error.__traceback__)
        line = next((frame.lineno for frame in reversed(frames) if frame.filename == script), None)
    trace = "".join(traceback.format_exception(error))
    return {"kind": type(error).__name__, "reason": str(error), "line": line, "trace": trace}


class _Noting(Raw):
    """Raw files that remember the source ids of the frames they were read into."""

    columns: dict[str, str]
    sources: dict[str, dict[str, int]]
    lacking: list[str]

    def note(self, name: str, frame: object) -> None:
        if name not in self.columns or not isinstance(frame, pl.DataFrame):
            return
        column = self.columns[name]
        if not {column, ROW} <= set(frame.columns):
            self.lacking.append(name)
            return
        found = self.sources.setdefault(name, {})
        for source, row in frame.select(pl.col(column).cast(pl.String), ROW).iter_rows():
            if source and source.strip():
                found.setdefault(source.strip(), int(row))


def _noted(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def read(self: _Noting, name: str, *given: Any, **named: Any) -> Any:
        frame = method(self, name, *given, **named)
        self.note(name, frame)
        return frame

    return read


_TABLES_OF_ITS_OWN = "coding"  # whose columns are not those of the file

for _name, _method in getmembers(Raw, isfunction):
    if _name.startswith("_") or _name == _TABLES_OF_ITS_OWN:
        continue
    if [*signature(_method).parameters][1:2] == ["name"]:
        setattr(_Noting, _name, _noted(_method))


def outcome_of(task: Task, output: bytes) -> Outcome | None:
    """What the program wrote, read back; None where it ended before it could write it all."""
    line, end, body = output.partition(b"\n")
    if not end:
        return None
    header = json.loads(line)
    raw = Raw(files={}, script=task.script)
    raw.rows_in.update(header["rows_in"])
    raw.looked_up.update(header["looked_up"])
    raw.layout = Layout(**header["layout"]) if header["layout"] else None
    raw.changes.extend(map(change_of, header["changes"]))
    raw.findings.extend(map(Diagnostic.from_json, header["findings"]))
    is_frame = header["returned"] == "DataFrame" and not header["failure"]
    return Outcome(
        frame=pl.read_ipc(BytesIO(body)) if is_frame else None,
        returned=header["returned"],
        raw=raw,
        sources=header["sources"],
        lacking=tuple(header["lacking"]),
        failure=header["failure"],
        problems=tuple(Diagnostic.from_json(problem) for problem in header["problems"]),
    )


if __name__ == "__main__":
    main()
