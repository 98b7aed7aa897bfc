"""The engine as it travels with a paper: what its wheel holds, and what sets it up elsewhere."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from bukti.base.diagnostic import Problem, diagnose
from bukti.tools.environment import ENGINE

SET_UP = ("bukti", "workflow/bootstrap.py", "workflow/bootstrap.json")
"""The files that make a folder start on its own."""
LOCKS = ("requirements.lock", "requirements-build.lock")
_INSTALLERS = {"INSTALLER", "REQUESTED", "direct_url.json"}
_SECONDS = 120


def checkout() -> Path | None:
    """The folder of the engine's source; None where it runs installed from a wheel."""
    folder = ENGINE.parent
    whole = (folder / "engine.smk").is_file() and (folder.parent / "pyproject.toml").is_file()
    return folder.parent if whole else None


def carried(name: str) -> bytes:
    """One of SET_UP or LOCKS, as the running engine carries it; Problem where it does not."""
    root = checkout()
    path = root / name if root else ENGINE / "_workflow" / Path(name).name
    try:
        return path.read_bytes()
    except OSError as error:
        raise Problem(diagnose("ARC135", reason=f"{name}: {error.strerror}")) from error


def wheel_contents() -> dict[str, bytes]:
    """What a wheel of the running engine holds, by path; Problem where that cannot be told."""
    root = checkout()
    return _built(root) if root else _installed()


def _built(root: Path) -> dict[str, bytes]:
    """From the source; hatchling alone knows what belongs in."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        done = subprocess.run(
            command, cwd=root, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        wheels = [*Path(folder).glob("*.whl")]
        if done.returncode or not wheels:
            last = " ".join(done.stderr.split())[-300:]
            raise Problem(diagnose("ARC135", reason=last))
        with zipfile.ZipFile(wheels[0]) as wheel:
            names = (entry.filename for entry in wheel.infolist() if not entry.is_dir())
            return {name: wheel.read(name) for name in names}


def _installed() -> dict[str, bytes]:
    """From the installed files, without what installing added."""
    site = ENGINE.parent
    records = [*site.glob("bukti-*.dist-info/RECORD")]
    if len(records) != 1:
        raise Problem(diagnose("ARC135", reason=f"bukti-*.dist-info/RECORD: {len(records)}"))
    lines = records[0].read_text(encoding="utf-8").splitlines()
    names = (line.rsplit(",", 2)[0].strip('"') for line in lines)
    return {name: (site / name).read_bytes() for name in names if _belongs(name)}


def _belongs(name: str) -> bool:
    parts = Path(name).parts
    outside = ".." in parts or Path(name).is_absolute()
    return not outside and "__pycache__" not in parts and parts[-1] not in _INSTALLERS


def platform_tag() -> str:
    """The kind of machine and Python that wheels fit, as the set-up names it."""
    import os

    abi = getattr(sys, "abiflags", "")
    return "-".join([sys.platform, str(sys.implementation.cache_tag), abi, os.uname().machine])
