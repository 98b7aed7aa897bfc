"""Whose engine is in an archive: the reviewer's own, or one that differs from it, and where."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from bukti.archive.wheel import wheel_digests
from bukti.base.digest import digest_bytes


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
        inside = wheel_digests(wheel)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return EngineInside(name=name, version=version, differing=(), readable=False)
    mine = {
        path: digest_bytes(data)
        for path, data in own.items()
        if not path.endswith(".dist-info/RECORD")
    }
    differing = sorted(path for path in {*inside, *mine} if inside.get(path) != mine.get(path))
    return EngineInside(name=name, version=version, differing=tuple(differing))
