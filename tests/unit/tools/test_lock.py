"""One build at a time in a folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bukti.base.diagnostic import Problem
from bukti.tools.lock import build_lock

HOLD = """
import sys
from pathlib import Path
from bukti.tools.lock import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(root: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_second_process_is_refused_and_the_first_is_named(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(Problem) as caught, build_lock(tmp_path):
            pass
        (finding,) = caught.value.diagnostics
        assert finding.code == "CFG111"
        assert finding.arguments == {"process": str(process.pid)}


def test_the_lock_goes_with_a_process_that_is_killed(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with build_lock(tmp_path):
            assert (tmp_path / ".bukti/lock").read_text() == str(os.getpid())


def test_the_lock_is_free_after_use_and_after_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), build_lock(tmp_path):
        raise RuntimeError
    with build_lock(tmp_path):
        pass


def test_folders_do_not_hinder_each_other(tmp_path: Path) -> None:
    with build_lock(tmp_path / "a"), build_lock(tmp_path / "b"):
        pass
