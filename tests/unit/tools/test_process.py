"""Programs: their output, their limits, and that none is ever left behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bukti.tools.process import Finished, run

PATIENCE_MS = 10_000


def shell(script: str, cwd: Path, *, seconds: float = 20, **options: object) -> Finished:
    return run(["sh", "-c", script], cwd=cwd, seconds=seconds, **options)  # type: ignore[arg-type]


def ended(pid: int) -> bool:
    """Whether a process is gone, or goes soon."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(PATIENCE_MS))
    finally:
        os.close(handle)


def test_output_status_and_folder(tmp_path: Path) -> None:
    done = shell("pwd; echo oh >&2; exit 3", tmp_path)
    assert done == Finished(status=3, stdout=f"{tmp_path}\n".encode(), stderr=b"oh\n")


def test_input_larger_than_a_pipe(tmp_path: Path) -> None:
    data = b"0123456789" * 100_000
    assert shell("cat", tmp_path, input=data).stdout == data


def test_input_that_nobody_reads(tmp_path: Path) -> None:
    assert shell("exit 0", tmp_path, input=b"x" * 1_000_000).status == 0


def test_environment_is_replaced(tmp_path: Path) -> None:
    done = run(["/usr/bin/env"], cwd=tmp_path, env={"ONLY": "this"}, seconds=20)
    assert b"ONLY=this" in done.stdout
    assert b"HOME=" not in done.stdout


def test_a_signal_is_told_as_a_negative_status(tmp_path: Path) -> None:
    done = shell("kill -SEGV $$", tmp_path)
    assert (done.status, done.ended_by) == (-signal.SIGSEGV, None)


def test_missing_program(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no-such-program"):
        run(["no-such-program"], cwd=tmp_path, seconds=20)


def test_error_output_goes_to_the_log_too(tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    done = shell("echo out; echo err >&2", tmp_path, log=log)
    assert (done.stdout, done.stderr, log.read_bytes()) == (b"out\n", b"err\n", b"err\n")


def test_time_is_over_for_all_that_was_started(tmp_path: Path) -> None:
    script = "setsid sleep 300 & echo $!; sleep 300 & echo $!; wait"
    done = shell(script, tmp_path, seconds=0.5)
    assert done.ended_by == "time"
    pids = [int(line) for line in done.stdout.split()]
    assert len(pids) == 2
    assert all(ended(pid) for pid in pids)


def test_what_outlives_its_program_is_ended(tmp_path: Path) -> None:
    done = shell("setsid sleep 300 & echo $!", tmp_path)
    assert (done.status, done.ended_by) == (0, None)
    assert ended(int(done.stdout))


def test_memory_is_limited(tmp_path: Path) -> None:
    code = "x = bytearray(10**9)"
    done = run([sys.executable, "-c", code], cwd=tmp_path, seconds=20, memory_bytes=300_000_000)
    assert done.ended_by == "memory"
    assert done.status != 0


def test_ordinary_failure_is_no_limit(tmp_path: Path) -> None:
    assert shell("echo wrong >&2; exit 1", tmp_path, memory_bytes=300_000_000).ended_by is None


def test_nothing_is_left_when_we_are_killed(tmp_path: Path) -> None:
    told = tmp_path / "told"
    os.mkfifo(told)
    script = f"setsid sleep 300 & echo $! $$ > {told}; sleep 300"
    code = (
        "import sys; from pathlib import Path; from bukti.tools.process import run\n"
        "run(['sh', '-c', sys.argv[1]], cwd=Path('.'), seconds=300)"
    )
    ours = subprocess.Popen(
        [sys.executable, "-c", code, script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    pids = [int(each) for each in told.read_text().split()]
    ours.kill()
    ours.wait()
    assert all(ended(pid) for pid in pids)
