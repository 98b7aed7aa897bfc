"""Notebooks in confined kernels: the same bytes each time, and each way to fail."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from bukti.tools.confine import Policy, level
from bukti.tools.kernel import CellFailure, Execution, execute

FORMAT: Any = nbformat
ENGINE = str(Path(__file__).resolve().parents[3] / "workflow")
SECONDS = 60


def code(source: str, **fields: Any) -> dict[str, Any]:
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
    return {**cell, "execution_count": None, **fields}


def notebook(*cells: dict[str, Any]) -> Any:
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}
    return FORMAT.from_dict(whole)


class Place:
    """A scratch folder and a file outside it."""

    def __init__(self, root: Path) -> None:
        self.scratch = root / "scratch"
        self.scratch.mkdir()
        self.secret = root / "secret.csv"
        self.secret.write_text("a\n1\n")

    def execute(
        self,
        *sources: str,
        seconds: int = SECONDS,
        memory_bytes: int | None = None,
        read: tuple[Path, ...] = (),
    ) -> Execution:
        path = f"path = {str(self.secret)!r}"
        return execute(
            notebook(*map(code, (path, *sources))),
            scratch=self.scratch,
            policy=Policy(read=read),
            environment={"PYTHONPATH": ENGINE},
            seconds_per_cell=seconds,
            memory_bytes=memory_bytes,
        )

    def failure(self, *sources: str, seconds: int = SECONDS) -> CellFailure:
        failure = self.execute(*sources, seconds=seconds).failure
        assert failure is not None
        return failure


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def confined() -> bool:
    """Whether this machine confines; where not, it has to say so."""
    if level() == "landlock+seccomp":
        return True
    assert level() in ("landlock", "unconfined")
    return False


NOISY = """
import subprocess, sys, warnings
print("one")
subprocess.run("echo two; echo first >&2", shell=True)
print("three")
print("second", file=sys.stderr)
warnings.warn("careful")
object()
"""


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    written = set()
    for name in ("first", "a-second-place"):
        (tmp_path / name).mkdir()
        done = Place(tmp_path / name).execute(NOISY, "!echo four", "import os; os.getcwd()")
        assert done.failure is None
        done.notebook.cells[0].source = "path"
        written.add(FORMAT.writes(done.notebook))
    assert len(written) == 1
    text = written.pop()
    assert str(tmp_path) not in text
    assert "one\\ntwo\\nthree\\n" in text.replace('\\n",\n      "', "\\n")


def test_outputs_stand_where_they_were_caused(place: Place) -> None:
    cell = place.execute(NOISY).notebook.cells[1]
    assert [each.output_type for each in cell.outputs] == ["stream", "stream", "execute_result"]
    assert cell.outputs[0].text == "one\ntwo\nthree\n"
    assert cell.outputs[1].text.startswith("first\nsecond\n<cell>:6: UserWarning: careful\n")
    assert cell.outputs[2].data["text/plain"] == "<object at 0x0>"


def test_the_given_notebook_is_cleaned_and_kept(place: Place) -> None:
    old = {"output_type": "stream", "name": "stdout", "text": "old"}
    given = notebook(
        {"cell_type": "markdown", "source": "# Title", "metadata": {}, "id": "same"},
        code("1 + 1", outputs=[old], execution_count=9, id="same"),
        code(""),
    )
    before = str(given)
    done = execute(
        given,
        scratch=place.scratch,
        policy=Policy(),
        environment={},
        seconds_per_cell=SECONDS,
    )
    assert str(given) == before
    assert [cell.id for cell in done.notebook.cells] == ["same", "cell-2", "cell-3"]
    assert done.notebook.cells[1].execution_count == 1
    assert done.notebook.cells[1].outputs[0].data["text/plain"] == "2"
    assert "execution" not in done.notebook.cells[1].metadata


def test_the_environment_of_a_kernel(place: Place) -> None:
    source = "import os, bukti; print(sorted(os.environ), os.environ['HOME'], os.getcwd())"
    done = place.execute(source)
    assert done.failure is None
    text = done.notebook.cells[1].outputs[0].text
    assert "./.home ." in text
    assert "'SHELL'" not in text


def test_what_is_given_is_read(place: Place) -> None:
    source = "import polars; print(polars.read_csv(path).item())"
    done = place.execute(source, read=(place.secret,))
    assert done.failure is None
    assert done.notebook.cells[1].outputs[0].text == "1\n"
    assert done.confinement == level()


@pytest.mark.parametrize(
    ("source", "ename", "line"),
    [
        ("\nopen(path)", "PermissionError", 2),
        ("import polars\n\npolars.read_csv(path)", "PermissionError", 3),
        ("import polars\npolars.read_csv('../secret.csv')", "PermissionError", 2),
        ("import subprocess\nsubprocess.run(['cat', path])", "PermissionError", None),
        ("import subprocess\nsubprocess.run(['cat', path], check=True)", "CalledProcessError", 2),
        ("!cat {path}", "PermissionError", None),
        ("def f():\n    open(path, 'w')\nf()", "PermissionError", 2),
        ("try:\n    open(path)\nexcept OSError:\n    raise ValueError", "ValueError", 4),
    ],
)
def test_a_refused_file_is_named(place: Place, source: str, ename: str, line: int | None) -> None:
    if not confined():
        return
    failure = place.failure(source)
    assert (failure.kind, failure.cell, failure.ename) == ("error", 2, ename)
    assert failure.denied_path == str(place.secret)
    assert failure.line == line
    assert not failure.denied_network
    assert place.secret.read_text() == "a\n1\n"


@pytest.mark.parametrize(
    "source",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "import urllib.request; urllib.request.urlopen('http://example.org')",
    ],
)
def test_a_refused_connection_is_told(place: Place, source: str) -> None:
    if not confined():
        return
    failure = place.failure(source)
    assert (failure.kind, failure.denied_path, failure.denied_network) == ("error", None, True)


def test_an_error_and_its_place(place: Place) -> None:
    failure = place.failure("def f(x):\n    return 1 / x", "a = 1\n\nf(0)")
    assert (failure.kind, failure.cell, failure.line) == ("error", 3, 3)
    assert (failure.ename, failure.evalue) == ("ZeroDivisionError", "division by zero")
    assert failure.traceback.startswith("Cell In[3], line 3\n")
    assert "\x1b" not in failure.traceback
    assert (failure.denied_path, failure.denied_network) == (None, False)


def test_a_syntax_error(place: Place) -> None:
    failure = place.failure("x = = 1")
    assert (failure.ename, failure.evalue) == ("SyntaxError", "invalid syntax (line 1)")
    assert failure.line == 1


def test_a_cell_without_end(place: Place) -> None:
    failure = place.failure("x = 1\nwhile True:\n    pass", seconds=1)
    assert (failure.kind, failure.cell) == ("timeout", 2)
    assert failure.line in (2, 3)


def test_a_cell_that_cannot_be_interrupted(place: Place) -> None:
    source = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass"
    assert place.failure(source, seconds=1).kind == "timeout"


def test_a_question_that_nobody_answers(place: Place) -> None:
    failure = place.failure("input('name? ')")
    assert (failure.kind, failure.cell, failure.line) == ("input", 2, 1)


def test_a_kernel_that_dies(place: Place) -> None:
    failure = place.failure("import os; os.write(2, b'goodbye'); os._exit(3)")
    assert (failure.kind, failure.cell, failure.ename) == ("died", 2, "exit status 3")


def test_a_kernel_that_does_not_start(place: Place) -> None:
    failure = place.execute("1", memory_bytes=1_000_000).failure
    assert failure is not None
    assert (failure.kind, failure.cell) == ("died", 0)


def test_memory_is_limited(place: Place) -> None:
    failure = place.execute("x = bytearray(10**10)", memory_bytes=2_000_000_000).failure
    assert failure is not None
    assert failure.ename == "MemoryError"


def test_an_unknown_kernel(place: Place) -> None:
    with pytest.raises(LookupError):
        execute(
            notebook(),
            kernel="none-such",
            scratch=place.scratch,
            policy=Policy(),
            environment={},
            seconds_per_cell=SECONDS,
        )


def test_no_kernel_is_left_when_we_are_killed(place: Place) -> None:
    told = place.scratch / "told"
    os.mkfifo(told)
    cell = (
        "import os, subprocess\n"
        "child = subprocess.Popen(['sleep', '300'], start_new_session=True)\n"
        "open('told', 'w').write(f'{os.getpid()} {child.pid}')\n"
        "while True:\n    pass"
    )
    program = (
        "import sys; from pathlib import Path; from nbformat.v4 import *\n"
        "from bukti.tools.confine import Policy; from bukti.tools.kernel import execute\n"
        "execute(new_notebook(cells=[new_code_cell(sys.argv[1])]), scratch=Path(sys.argv[2]),\n"
        "        policy=Policy(), environment={}, seconds_per_cell=300)"
    )
    ours = subprocess.Popen(
        [sys.executable, "-c", program, cell, str(place.scratch)],
        env={**os.environ, "PYTHONPATH": ENGINE, "TMPDIR": str(place.scratch.parent)},
    )
    handles = [os.pidfd_open(int(pid)) for pid in told.read_text().split()]
    ours.kill()
    ours.wait()
    for handle in handles:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        assert poll.poll(10_000)
        os.close(handle)
