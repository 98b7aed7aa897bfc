"""A program in an enclosure: it writes one folder, has no network, and its use of the machine is
watched.

The kernel refuses what the policy does not allow; time, memory, processes and disk are looked at
several times a second, for all that the program started, since no limit of the kernel covers a
whole family of processes without privileges.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bukti.tools.confine import Policy, compiled
from bukti.tools.files import write_text
from bukti.tools.process import end, guarded

Limit = Literal["time", "memory", "processes", "disk"]
_EVERY = 0.2
_LAST = 4000
_PAGE = os.sysconf("SC_PAGE_SIZE")
_ALWAYS_FREE = 256 * 1024**2
_PROCESSES, _SYSTEM = Path("/proc"), Path("/usr")  # what a guard inside needs to guard in turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a program and all that it starts may use together."""

    seconds: float
    memory_bytes: int
    disk_bytes: int
    processes: int = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """How an enclosed program ended: its status, and the limit it ran into, if any.

    `printed` is the end of its output, `said` that of its error output.
    """

    status: int
    printed: str
    said: str
    seconds: float
    ended_by: Limit | None = None


def run_enclosed(
    argv: Sequence[str | Path],
    *,
    folder: Path,
    cwd: Path,
    read: Sequence[Path],
    run: Sequence[Path] = (),
    environment: Mapping[str, str],
    bounds: Bounds,
    hear: Callable[[str], None] | None = None,
) -> Enclosed:
    """Run a program that may write in `folder` alone and read that, the engine, `read` and `run`.

    Only programs of the system, of the interpreter's environment and of `run` may be started.

    `environment` is all that it finds in its environment; `hear` is told each line that it writes
    to its error output. Whatever ends the wait, no process is left.
    """
    readable = (_PROCESSES, *read)
    policy = Policy(read=readable, write=(folder,), listed=(_SYSTEM,), run=tuple(run))
    rules, output, log = (folder / name for name in ("policy.json", "printed.log", "said.log"))
    write_text(rules, compiled(policy))
    command = guarded(list(map(str, argv)), policy=rules, file_bytes=bounds.disk_bytes)
    begun = time.monotonic()
    with output.open("wb") as prints, log.open("wb") as errors:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=prints,
            stderr=errors,
            start_new_session=True,
        )
        try:
            ended_by = _watch(process, folder, bounds, begun, _Listener(log, hear))
        finally:
            end(process)
    return Enclosed(
        status=process.returncode,
        printed=_end_of(output),
        said=_end_of(log),
        seconds=time.monotonic() - begun,
        ended_by=ended_by,
    )


def _watch(
    process: subprocess.Popen[bytes],
    folder: Path,
    bounds: Bounds,
    begun: float,
    listener: _Listener,
) -> Limit | None:
    """Wait for the end; the limit at which the wait was given up."""
    while True:
        try:
            process.wait(_EVERY)
        except subprocess.TimeoutExpired:
            listener.listen()
            limit = _overdone(process.pid, folder, bounds, begun)
            if limit is not None:
                return limit
            continue
        listener.listen()
        return _overdone(process.pid, folder, bounds, begun) if process.returncode else None


def _overdone(guard: int, folder: Path, bounds: Bounds, begun: float) -> Limit | None:
    if time.monotonic() - begun > bounds.seconds:
        return "time"
    family = descendants(guard)
    if len(family) > bounds.processes:
        return "processes"
    if sum(map(_memory_of, family)) > bounds.memory_bytes:
        return "memory"
    full = shutil.disk_usage(folder).free < _ALWAYS_FREE
    return "disk" if full or disk_used(folder) > bounds.disk_bytes else None


def descendants(pid: int) -> tuple[int, ...]:
    """The processes that a process and its own have started, where the system tells; itself too."""
    if sys.platform != "linux":
        return (pid,)
    children: dict[int, list[int]] = defaultdict(list)
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                fields = (place / "stat").read_text(errors="replace").rpartition(")")[2]
                children[int(fields.split()[1])].append(int(place.name))
    found = [pid]
    for each in found:
        found.extend(children[each])
    return tuple(found)


def _memory_of(pid: int) -> int:
    """The bytes of a process's memory that are its own; 0 where it has ended or nobody tells."""
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * _PAGE


def disk_used(folder: Path) -> int:
    """The bytes that the files below a folder take on the disk."""
    return sum(_sizes(folder))


def _sizes(folder: Path) -> Iterator[int]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    yield from _sizes(Path(entry.path))
                else:
                    yield entry.stat(follow_symlinks=False).st_blocks * 512


class _Listener:
    """Reads the lines of a growing file and passes them on, without what steers a terminal."""

    def __init__(self, path: Path, hear: Callable[[str], None] | None) -> None:
        self.path, self.hear, self.read, self.rest = path, hear, 0, ""

    def listen(self) -> None:
        """Pass on what has been added since the last time."""
        if self.hear is None:
            return
        with self.path.open("rb") as stream:
            stream.seek(self.read)
            data = stream.read(64 * 1024)
        self.read += len(data)
        *lines, rest = (self.rest + data.decode("utf-8", "replace")).split("\n")
        self.rest = rest[-_LAST:]
        for line in lines:
            self.hear(printable(line))


def printable(text: str) -> str:
    """A text without signs that steer a terminal; each becomes a question mark."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _end_of(path: Path) -> str:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _LAST))
        text = stream.read().decode("utf-8", "replace")
    return "\n".join(map(printable, text.splitlines()))
