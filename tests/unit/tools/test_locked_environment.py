"""Environments made of wheels at hand, without any index."""

from __future__ import annotations

import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from bukti.tools.confine import level
from bukti.tools.enclosed import Bounds
from bukti.tools.locked_environment import cache_folder, locked_environment

BOUNDS = Bounds(seconds=200, memory_bytes=2 << 30, disk_bytes=1 << 30)
NAME = "demo-1.5-py3-none-any.whl"

pytestmark = pytest.mark.skipif(level() != "landlock+seccomp", reason="needs Landlock and seccomp")


def wheel(folder: Path) -> str:
    """A wheel of one module; the line of a lock that names it."""
    folder.mkdir()
    info = "demo-1.5.dist-info"
    with zipfile.ZipFile(folder / NAME, "w") as archive:
        archive.writestr("demo.py", "answer = 42\n")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: demo\nVersion: 1.5\n")
        archive.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(
            f"{info}/RECORD", f"demo.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n"
        )
    digest = sha256((folder / NAME).read_bytes()).hexdigest()
    return f"demo==1.5 \\\n    --hash=sha256:{digest}\n"


def test_what_a_lock_names_is_installed_once(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(wheel(tmp_path / "wheels"))
    made = locked_environment("k", [lock], tmp_path / "wheels", BOUNDS, within=tmp_path / "cache")
    assert made.reason == ""
    command = [str(made.python), "-c", "import demo; print(demo.answer)"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "42\n"
    (tmp_path / "wheels" / NAME).unlink()
    again = locked_environment("k", [lock], tmp_path / "wheels", BOUNDS, within=tmp_path / "cache")
    assert again == made
    lock.write_text(lock.read_text().replace("sha256:", "sha256:0", 1)[:-2] + "\n")
    other = locked_environment("o", [lock], tmp_path / "wheels", BOUNDS, within=tmp_path / "cache")
    assert other.reason
    assert not other.folder.exists()


def test_the_cache_is_in_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "bukti/environments"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache/bukti/environments"
