"""Whose engine is in an archive: the reviewer's own, or one that differs from it, and where."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from bukti.base.digest import digest_bytes

_PACKAGES = ("bukti/", "snakemake_logger_plugin_bukti/")
_RULES = "bukti/_workflow/"
_LARGEST = 200 * 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineInside:
    """The engine that an archive carries, against the reviewer's own, which rebuilds.

    `differing` are the files of either that the other has not, or has otherwise.
    """

    name: str
    version: str
    differing: tuple[str, ...]
    readable: bool = True

    @property
    def unmodified(self) -> bool:
        """Whether it is the reviewer's own engine, file by file."""
        return self.readable and not self.differing


def compared_engine(name: str, wheel: bytes, own: Mapping[str, bytes]) -> EngineInside:
    """The engine in a wheel; `own` are the files of the reviewer's, by their names in a wheel."""
    version = name.rpartition("/")[2].split("-")[1] if name.count("-") > 1 else "?"
    try:
        inside = _files(wheel)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return EngineInside(name=name, version=version, differing=(), readable=False)
    mine = {path: digest_bytes(data) for path, data in own.items()}
    differing = sorted(path for path in {*inside, *mine} if inside.get(path) != mine.get(path))
    return EngineInside(name=name, version=version, differing=tuple(differing))


def _files(wheel: bytes) -> dict[str, str]:
    found = {}
    with zipfile.ZipFile(BytesIO(wheel)) as archive:
        entries = [entry for entry in archive.infolist() if entry.filename.startswith(_PACKAGES)]
        if sum(entry.file_size for entry in entries) > _LARGEST:
            raise ValueError("too large")
        for entry in entries:
            if not entry.is_dir():
                found[entry.filename] = digest_bytes(archive.read(entry))
    return found
