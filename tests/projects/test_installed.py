"""The engine as another paper gets it: from a wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.projects.conftest import Compendium, environment

ROOT = Path(__file__).resolve().parents[2]


def test_another_paper_builds_with_the_installed_wheel(fresh: Compendium, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = wheels.iterdir()
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    assert (installed / "bukti/_workflow/engine.smk").is_file()
    done = subprocess.run(
        Compendium.command("build"),
        cwd=fresh.root,
        env={**environment(), "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert fresh.path("outputs/papers/paper.en.pdf").is_file()
    where = "import bukti; print(bukti.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where],
        env={**environment(), "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip().startswith(str(installed))
