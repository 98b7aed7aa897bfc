"""Where what lies in an archive, and how its files are described while it is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CRATE = "ro-crate-metadata.json"
"""The RO-Crate's own description of every file."""
SUMS = "SHA256SUMS"
"""The digest of every file but this one, as `sha256sum -c` reads it."""
README = "README.md"
"""For the people who get the archive, in the form that data editors ask for."""
OWN_README = "README.compendium.md"
"""The compendium's own, which its authors wrote."""
CITATION = "CITATION.cff"
ENGINE = "engine"
"""The folder of the wheel that holds the engine."""
WHEELS = f"{ENGINE}/wheels"
"""The folder of the wheels of all that the engine needs, where the archive carries them."""
LOCK = "requirements.lock"
BUILD_LOCK = "requirements-build.lock"
STARTER = "bukti"
"""The program that sets up the engine and starts it; the only file that is one."""
PROGRAMS = frozenset({STARTER})
ARCHIVES = "outputs/archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive that was opened: where it lies, what it holds, what it says of itself.

    `files` are the SHA-256 of every file by its path, `digest` that of the whole archive; `crate`
    is the content of `ro-crate-metadata.json`. `name` and `version` are those of the paper; an
    archive of a draft may have no version, which is empty then.
    """

    root: Path
    name: str
    version: str
    digest: str
    files: Mapping[str, str]
    crate: Mapping[str, Any]

    @property
    def wheel(self) -> str:
        """The path of the engine's wheel; empty where the archive has none."""
        return next((name for name in sorted(self.files) if is_engine(name)), "")

    @property
    def wheels(self) -> tuple[str, ...]:
        """The paths of the wheels of the engine's dependencies, where the archive carries them."""
        return tuple(name for name in sorted(self.files) if name.startswith(f"{WHEELS}/"))


def is_engine(name: str) -> bool:
    """Whether a path of an archive is that of the engine's wheel."""
    return name.startswith(f"{ENGINE}/bukti-") and name.endswith(".whl")


def archive_file(name: str, version: str | None) -> str:
    """Where the archive of a paper lies; one without a version is called a draft."""
    return f"{ARCHIVES}/{name}-{version or 'draft'}.zip"
