"""An environment with exactly the libraries of somebody else's lock, from files at hand alone.

Wheels and sources of strangers are installed in the enclosure, and what was installed runs only
there too: nothing of it is ever imported by this process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bukti.tools.clean_environment import clean_environment
from bukti.tools.enclosed import Bounds, run_enclosed
from bukti.tools.files import write_text
from bukti.tools.work_folder import remove_folder

_COMPLETE = "complete"
_ASKED_BY_PIP = (Path("/etc/debian_version"), Path("/etc/os-release"), Path("/etc/lsb-release"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An environment: its folder and Python; `reason` says why there is none, else it is empty."""

    folder: Path
    reason: str = ""

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.folder / "env" / "bin" / "python"


def cache_folder() -> Path:
    """Where environments are kept between verifications."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (
        Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    ) / "bukti/environments"


def locked_environment(
    key: str, locks: Sequence[Path], wheels: Path, bounds: Bounds, *, within: Path | None = None
) -> Installed:
    """The environment of some locks, made of the files in a folder; made once for each key.

    `locks` are installed in their order; `within` is another place than the cache.
    """
    folder = (within or cache_folder()) / key
    if (folder / _COMPLETE).is_file():
        return Installed(folder=folder)
    if folder.exists():
        remove_folder(folder)
    folder.mkdir(parents=True)
    for command in _commands(folder, locks, wheels):
        done = run_enclosed(
            command,
            folder=folder,
            cwd=folder,
            read=(wheels, *locks, *_ASKED_BY_PIP),
            environment={**clean_environment(folder / "home"), "TMPDIR": str(_temporary(folder))},
            bounds=bounds,
        )
        if done.status or done.ended_by:
            reason = done.ended_by or done.said.strip().rpartition("\n")[2] or str(done.status)
            remove_folder(folder)
            return Installed(folder=folder, reason=reason)
    write_text(folder / _COMPLETE, "")
    return Installed(folder=folder)


def _temporary(folder: Path) -> Path:
    place = folder / "t"
    place.mkdir(exist_ok=True)
    return place


def _commands(folder: Path, locks: Sequence[Path], wheels: Path) -> Iterator[list[str]]:
    base = getattr(sys, "_base_executable", None) or sys.executable
    env = folder / "env"
    yield [str(base), "-I", "-m", "venv", str(env)]
    for lock in locks:
        yield [
            *(str(env / "bin" / "python"), "-I", "-m", "pip", "install", "--quiet"),
            *("--disable-pip-version-check", "--no-index", "--find-links", str(wheels)),
            *("--no-deps", "--require-hashes", "--no-build-isolation", "-r", str(lock)),
        ]
