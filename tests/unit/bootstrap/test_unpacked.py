"""The set-up in an unpacked archive: the engine is a wheel there, and so may be its packages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.bootstrap.machine import FILES, PYTHON, start

ENGINE = "engine/bukti-1.0-py3-none-any.whl"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "unpacked é"
    (folder / "engine").mkdir(parents=True)
    for name in (*FILES, ENGINE):
        if name != "pyproject.toml":
            (folder / name).write_text(f"content of {name}")
    return folder


def test_the_engine_is_installed_from_its_wheel(archive: Path) -> None:
    machine = start(archive, "build")
    assert machine.ran[-1][-3:] == ["--no-deps", "--force-reinstall", ENGINE]
    assert not any("-e" in command or "--no-index" in command for command in machine.ran)
    assert machine.became[3:] == ["bukti", "build"]
    assert start(archive, "build").ran == []


def test_another_engine_is_installed_anew_and_alone(archive: Path) -> None:
    start(archive, "build")
    (archive / ENGINE).write_text("another")
    assert [command[-1] for command in start(archive, "build").ran] == [ENGINE]


def test_a_checkout_is_preferred_to_a_wheel(archive: Path) -> None:
    (archive / "pyproject.toml").write_text("content")
    assert start(archive, "build").ran[-1][-2:] == ["-e", "."]


def test_carried_packages_are_installed_without_a_network(archive: Path) -> None:
    wheels = f"engine/wheels/{PYTHON[1]}"
    (archive / wheels).mkdir(parents=True)
    machine = start(archive, "build")
    offline = ["--no-index", "--find-links", wheels]
    installed = [command for command in machine.ran if "install" in command]
    assert len(installed) == 4
    assert all(command[7:10] == offline for command in installed)
    assert " 0 MB" in machine.said[0]


def test_packages_for_another_platform_are_passed_over(archive: Path) -> None:
    (archive / "engine/wheels/another-platform").mkdir(parents=True)
    machine = start(archive, "build")
    assert not any("--no-index" in command for command in machine.ran)
