"""Builds that are killed, and builds that meet."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess

import pytest

from tests.projects.conftest import Compendium

SET_CHILD_SUBREAPER = 36


def _read_lines(process: subprocess.Popen[str], count: int) -> None:
    assert process.stderr is not None
    for _ in range(count):
        assert process.stderr.readline(), "the build ended before it could be killed"


def _reap_orphans() -> None:
    """Wait, without a clock, until everything that a killed build left behind has ended."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


@pytest.mark.parametrize("steps_done", [0, 1, 2, 4, 7])
def test_a_killed_build_goes_on_and_leaves_nobody(
    fresh: Compendium, built_once: Compendium, steps_done: int
) -> None:
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    process = fresh.start("build")
    _read_lines(process, steps_done)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.communicate()
    _reap_orphans()
    assert not list(fresh.root.rglob("*.part"))
    ended = fresh.run("build")
    assert ended.status == 0, ended.out + ended.err
    assert fresh.digests() == built_once.digests()


def test_an_interrupted_build_says_so_and_goes_on(
    fresh: Compendium, built_once: Compendium
) -> None:
    process = fresh.start("build")
    _read_lines(process, 1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 2
    assert "Interrupted" in err
    assert "Traceback" not in err
    assert fresh.run("build").status == 0
    assert fresh.digests() == built_once.digests()


def test_the_second_of_two_builds_says_who_is_at_work(
    fresh: Compendium, built_once: Compendium
) -> None:
    first = fresh.start("build")
    _read_lines(first, 1)
    second = fresh.run("build", "--format", "concise")
    assert second.status == 2
    assert (
        f"CFG111] build-running: another build is at work in this folder (process {first.pid})"
        in (second.out)
    )
    first.communicate()
    assert first.returncode == 0
    assert fresh.digests() == built_once.digests()
