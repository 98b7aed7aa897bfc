"""The wheels of all packages that a lock names, fetched for this platform."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

from bukti.base.diagnostic import Problem, diagnose

_SECONDS = 3600


def installed_versions() -> list[tuple[str, str]]:
    """The name and version of every installed package."""
    return [(each.name, each.version) for each in distributions() if each.name]


def fetch_wheels(locks: Iterable[str]) -> dict[str, bytes]:
    """The files that these lock files name, by name, each with a digest of its lock.

    Goes to the network. Raises Problem where one cannot be had.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for number, lock in enumerate(locks):
            (place / f"{number}.lock").write_text(lock, encoding="utf-8")
            _download(place / f"{number}.lock", place / "wheels")
        found = sorted(place.glob("wheels/*"))
        return {path.name: path.read_bytes() for path in found if path.is_file()}


def _download(lock: Path, into: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--require-hashes", "--dest", str(into), "-r", str(lock)]
    try:
        done = subprocess.run(
            [*command, *options], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Problem(diagnose("ARC138", reason=f"{_SECONDS} s")) from error
    if done.returncode:
        reason = " ".join(done.stderr.split())[-300:]
        raise Problem(diagnose("ARC138", reason=reason))
