"""Running programs: within limits, and never leaving one behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

EndedBy = Literal["time", "memory"]

_GUARD = Path(__file__).with_name("confined.py")
_PATIENCE = 10.0
_OUT_OF_MEMORY = re.compile(
    rb"MemoryError|out of memory|cannot allocate memory|bad_alloc|heap exhausted"
    rb"|memory allocation of \d+ bytes failed",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a program ended: its status (minus the signal's number if one ended it) and output.

    `ended_by` says which limit it ran into, if any.
    """

    status: int
    stdout: bytes
    stderr: bytes
    ended_by: EndedBy | None = None


def run(
    argv: Sequence[str | Path],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    input: bytes | None = None,
    seconds: float,
    memory_bytes: int | None = None,
    policy: Path | None = None,
    log: Path | None = None,
) -> Finished:
    """Run a program to its end, or to the end of its time, with all that it started.

    `env` replaces the environment, `memory_bytes` bounds the data of each of its processes,
    `policy` is a file with restrictions as `guarded` takes it, and `log` is a file that its error
    output goes to as it comes. Raises FileNotFoundError where there is no such program.
    """
    environment = dict(os.environ if env is None else env)
    command = guarded(_resolved(argv, cwd, environment), policy=policy, memory_bytes=memory_bytes)
    with ExitStack() as stack:
        errors = stack.enter_context(log.open("wb+")) if log is not None else None
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL if input is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if errors is None else errors,
            start_new_session=True,
        )
        stack.callback(end, process)
        stdout, stderr, in_time = _communicate(process, input, seconds)
        if errors is not None:
            stderr = _whole(errors)
    status = process.returncode
    ended_by = _limit(status, stderr) if in_time else "time"
    return Finished(status=status, stdout=stdout, stderr=stderr, ended_by=ended_by)


def guarded(
    argv: Sequence[str],
    *,
    policy: Path | None = None,
    memory_bytes: int | None = None,
    file_bytes: int | None = None,
    remove: Path | None = None,
) -> list[str]:
    """The command that runs another one under a guard, which leaves no process behind.

    `policy` is a file with the restrictions to apply, `file_bytes` bounds each file that is
    written, `remove` is a folder to delete at the end, even if this process was killed meanwhile.
    """
    options = {
        "--policy": policy,
        "--memory": memory_bytes,
        "--file": file_bytes,
        "--remove": remove,
    }
    given = [text for key, value in options.items() if value for text in (key, str(value))]
    guard = [sys.executable, "-I", "-S", "-B", str(_GUARD), "--parent", str(os.getpid())]
    return [*guard, *given, "--", *argv]


def end(process: subprocess.Popen[bytes]) -> None:
    """End a guarded process and all that it started; nothing happens if it has ended."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None and not stream.closed:
            stream.close()


def _resolved(argv: Sequence[str | Path], cwd: Path, env: Mapping[str, str]) -> list[str]:
    name, *rest = map(str, argv)
    if os.sep in name:
        found = shutil.which(cwd / name)
    else:
        found = shutil.which(name, path=env.get("PATH", os.defpath))
    if found is None:
        raise FileNotFoundError(2, os.strerror(2), name)
    return [found, *rest]


def _communicate(
    process: subprocess.Popen[bytes], data: bytes | None, seconds: float
) -> tuple[bytes, bytes, bool]:
    in_time = True
    try:
        stdout, stderr = process.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired:
        in_time = False
        process.terminate()  # the guard ends everything, then itself
        stdout, stderr = _rest(process)
    return stdout or b"", stderr or b"", in_time


def _rest(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    try:
        return process.communicate(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.communicate()


def _whole(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read()


def _limit(status: int, stderr: bytes) -> EndedBy | None:
    if status == -signal.SIGKILL or (status != 0 and _OUT_OF_MEMORY.search(stderr)):
        return "memory"  # we send that signal only when the time is over; else the kernel did
    return None
