"""A machine that only pretends, for the tests of the set-up."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import bootstrap

PYTHON = ("3.11.7", "linux-cpython-311--x86_64", "/usr/bin/python3")
FILES = [file for file, _ in bootstrap.PARTS.values()]
MADE_BY = {
    "venv": "venv",
    "ensurepip": "ensurepip",
    "requirements-build.lock": "backend",
    "--no-cache-dir": "source",
    "requirements.lock": "packages",
    "requirements-test.lock": "tests",
    "-e": "project",
}
ALL = ["venv", "backend", "source", "packages", "project"]


class Machine(bootstrap.World):
    """A machine whose programs do nothing but leave behind what the real ones would."""

    def __init__(self, root: Path, python: tuple[str, str, str] = PYTHON, **environ: str) -> None:
        super().__init__(root, {"PATH": "", "LANG": "en_GB.UTF-8", **environ}, python)
        self.said: list[str] = []
        self.ran: list[list[str]] = []
        self.became: list[str] = []
        self.given: list[dict[str, str]] = []
        self.answers: dict[str, tuple[int, str] | BaseException] = {}
        self.free = 9000

    def run(self, command: list[str], environ: Mapping[str, str], *kept: int) -> tuple[int, str]:
        self.ran.append(command)
        self.given.append(dict(environ))
        assert {"venv", "install"}.isdisjoint(command) or os.fstat(*kept)
        answer = next((self.answers[key] for key in self.answers if key in command), (0, ""))
        if isinstance(answer, BaseException):
            raise answer
        if "venv" in command and answer[0] == 0:
            make_environment(self.folder, with_pip="uv" not in command[0])
        if "-e" in command:
            (self.folder / "lib/python3.11/site-packages/_bukti.pth").write_text("/absolute")
        return answer

    def show(self, command: list[str], environ: Mapping[str, str]) -> int:
        return self.run(command, environ)[0]

    def become(self, command: list[str]) -> int:
        self.became = command
        return 0

    def free_mb(self) -> int:
        return self.free

    def say(self, text: str) -> None:
        self.said.append(text)

    @property
    def parts(self) -> list[str]:
        """What was made or installed, in order."""
        return [MADE_BY[word] for command in self.ran for word in MADE_BY if word in command]


def make_program(folder: Path, name: str, text: str = "") -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)
    return str(folder / name)


def make_environment(folder: Path, with_pip: bool = True) -> None:
    make_program(folder / "bin", "python", '#!/bin/sh\npwd\nfor word; do echo "<$word>"; done\n')
    site = folder / "lib" / "python3.11" / "site-packages"
    (site / "pip" if with_pip else site).mkdir(parents=True, exist_ok=True)


def write_records(world: bootstrap.World) -> None:
    digests = {key: bootstrap.wanted(world, key) for key in ("packages", "project")}
    bootstrap.write_record(world.folder / bootstrap.RECORD, digests)


def start(
    root: Path, *arguments: str, python: tuple[str, str, str] = PYTHON, **environ: str
) -> Machine:
    machine = Machine(root, python, **environ)
    assert bootstrap.main(machine, list(arguments)) == 0
    return machine
