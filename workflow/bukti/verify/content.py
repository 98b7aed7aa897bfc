"""What is verified, opened: an archive, unpacked, or the folder of a finished compendium."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bukti.archive.step import opened as archive_opened
from bukti.base.diagnostic import Problem, diagnose
from bukti.base.digest import digest_bytes
from bukti.base.span import Span
from bukti.project import CONFIG
from bukti.verify.sources import has_outputs, is_passed_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What was opened: its files by name with their SHA-256, where they lie, and its own digest."""

    root: Path
    digests: Mapping[str, str]
    sha256: str = ""

    def read(self, name: str) -> bytes:
        """The bytes of a file, never through a link; raises Problem where it has none."""
        path = self.root / name
        try:
            if path.resolve() != self.root.resolve() / name:
                raise OSError("a link")
            return path.read_bytes()
        except OSError as error:
            raise Problem(diagnose("VER124", Span(path=name), path=name, reason=error)) from error


def opened(archive: Path, work: Path) -> Content:
    """The content of an archive, unpacked below `work`, or of a folder as it is.

    Raises Problem for an archive that is damaged, and for a folder without a finished build.
    """
    if not archive.is_dir():
        found = archive_opened(archive, work / "archive")
        return Content(root=found.root, digests=found.files, sha256=found.digest)
    content = content_of(archive)
    if CONFIG not in content.digests or not has_outputs(content.digests):
        raise Problem(diagnose("VER122", file=archive))
    lines = (f"{digest}  {name}\n" for name, digest in content.digests.items())
    whole = digest_bytes("".join(lines).encode())
    return Content(root=archive, digests=content.digests, sha256=whole)


def content_of(root: Path) -> Content:
    """The files of a folder; links are passed over."""
    found = {}
    for place, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not is_passed_over(name))
        for name in files:
            path = Path(place, name)
            if not path.is_symlink() and path.is_file():
                found[path.relative_to(root).as_posix()] = digest_bytes(path.read_bytes())
    return Content(root=root, digests=dict(sorted(found.items())))
