"""Which Python runs what: the choice, the hand-over, the checks and the wrapper."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.bootstrap.machine import (
    ALL,
    Machine,
    make_environment,
    make_program,
    write_records,
)

import bootstrap

ROOT = Path(bootstrap.__file__).parent.parent


@pytest.mark.parametrize("version", ["3.8.18", "3.10.13", "3.14.0", "4.0.0"])
def test_an_unfit_python_gives_way_to_one_that_runs(root: Path, version: str) -> None:
    shims, real = root / "shims", root / "real"
    shim, second = make_program(shims, "python3.12"), make_program(real, "python3.12")
    machine = Machine(root, (version, "linux", "python3"), PATH=f"{shims}:{real}")
    machine.answers = {shim: (127, "3.12"), second: (0, "3.12\n")}
    assert bootstrap.main(machine, ["build", "x y"]) == 0
    assert [command[0] for command in machine.ran] == [shim, second]
    script = str(Path(bootstrap.__file__).resolve())
    assert machine.became == [second, "-I", "-S", script, "build", "x y"]
    assert version in machine.said[0]


def test_the_versions_that_fit() -> None:
    versions = ["2.7.18", "3.10.13", "3.11.0", "3.12.9", "3.13.1", "3.14.0", "4.0", ""]
    assert [version for version in versions if bootstrap.fits(version)] == versions[2:5]


def test_all_checks_run_and_pytest_comes_last(root: Path) -> None:
    machine = Machine(root)
    machine.answers["mypy"] = (1, "")
    assert bootstrap.main(machine, ["test"]) == 1
    assert machine.parts == [*ALL, "tests"]
    words = ["ruff", "ruff", "mypy", str(root / ".venv" / "bin" / "lint-imports"), "pytest"]
    assert all(word in ran for word, ran in zip(words, machine.ran[6:], strict=True))
    assert machine.said[-2:] == ["failed so far: mypy", "== pytest"]
    assert machine.given[-1]["PATH"].startswith(str(root / ".venv" / "bin") + os.pathsep)


@pytest.mark.parametrize("status", [0, 1])
def test_with_arguments_only_pytest_runs(ready: Path, status: int) -> None:
    machine = Machine(ready)
    machine.answers["pytest"] = (5 * status, "")
    assert bootstrap.main(machine, ["test", "-k", "a b"]) == status
    assert machine.ran == [[machine.interpreter, "-m", "pytest", "-k", "a b"]]


def test_the_source_starts_on_old_pythons_and_needs_nothing() -> None:
    source = Path(bootstrap.__file__).read_text(encoding="utf-8")
    assert ast.parse(source, feature_version=(3, 8))
    imported = re.findall(r"^ *(?:from|import) (\w+)", source, re.MULTILINE)
    assert set(imported) <= sys.stdlib_module_names


@pytest.mark.parametrize("way", [["sh"], []])
def test_the_wrapper_works_from_an_unpacked_zip(root: Path, tmp_path: Path, way: list[str]) -> None:
    wrapper, script = root / "bukti", root / "workflow" / "bootstrap.py"
    script.parent.mkdir()
    script.write_bytes(Path(bootstrap.__file__).read_bytes())
    wrapper.write_bytes((ROOT / "bukti").read_bytes())
    wrapper.chmod(0o644 if way else 0o755)
    make_environment(root / ".venv")
    write_records(bootstrap.this_world(root))
    arguments = ["build", "two words", "é", ""]
    environ = {"BUKTI_PYTHON": sys.executable, "PATH": os.defpath, "LC_ALL": "C"}
    command = [*way, str(wrapper), *arguments]
    ran = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, check=False)
    lines = [str(tmp_path), *(f"<{word}>" for word in ["-P", "-m", "bukti", *arguments])]
    assert (ran.returncode, ran.stderr.decode()) == (0, "")
    assert ran.stdout.decode().splitlines() == lines


def test_the_wrapper_says_when_there_is_no_python(root: Path) -> None:
    (root / "bukti").write_bytes((ROOT / "bukti").read_bytes())
    (root / "dirname").symlink_to("/usr/bin/dirname")
    command = ["/bin/sh", str(root / "bukti")]
    ran = subprocess.run(command, env={"PATH": str(root)}, capture_output=True, check=False)
    assert ran.returncode == 2
    assert b"Python 3.11-3.13" in ran.stderr
