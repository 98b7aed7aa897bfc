"""Archives of coded projects, opened only where nothing in them can do harm."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from bukti.base.diagnostic import Diagnostic, Note, Problem, diagnose, note
from bukti.base.span import Span

LARGEST = 512 * 1024**2
MOST = 20_000
_UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f\x7f]|\\")


class Archive:
    """A zip file whose entries were checked; what is read from it is checked again."""

    def __init__(self, data: bytes, path: str) -> None:
        """Raises Problem where the file is no whole archive or has an entry that is not safe."""
        self.path = path
        try:
            self._package = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Problem(_refused(path, path, note("archive-damaged", reason=error))) from error
        faults = tuple(_unsafe(self._package.infolist(), path))
        if faults:
            raise Problem(*faults[:20])
        self._left = LARGEST
        self.names = tuple(
            entry.filename for entry in self._package.infolist() if not entry.is_dir()
        )

    def read(self, name: str) -> bytes:
        """An entry's bytes; Problem where they are damaged or not as many as the archive says."""
        entry = self._package.getinfo(name)
        self._left -= entry.file_size
        if self._left < 0:
            raise Problem(_refused(self.path, name, note("archive-size", limit=LARGEST // 1024**2)))
        try:
            with self._package.open(entry) as stream:
                data = stream.read(entry.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:
            raise Problem(
                _refused(self.path, name, note("archive-damaged", reason=error))
            ) from error
        if len(data) != entry.file_size:
            reason = f"{len(data)} / {entry.file_size}"
            raise Problem(_refused(self.path, name, note("archive-damaged", reason=reason)))
        return data


def _unsafe(entries: list[zipfile.ZipInfo], path: str) -> Iterator[Diagnostic]:
    if len(entries) > MOST:
        yield _refused(path, path, note("archive-count", count=len(entries), limit=MOST))
        return
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if _UNSAFE.search(name):
            yield _refused(path, name, note("archive-name"))
        elif stat.S_ISLNK(entry.external_attr >> 16):
            yield _refused(path, name, note("archive-link"))
        elif entry.flag_bits & 0x1:
            yield _refused(path, name, note("archive-encrypted"))
        elif name.lower() in seen:
            yield _refused(path, name, note("archive-twice"))
        seen.add(name.lower())


def _refused(path: str, entry: str, why: Note) -> Diagnostic:
    shown = entry.encode("unicode_escape").decode() if not entry.isprintable() else entry
    return diagnose("QUA101", Span(path=path), entry=shown, notes=(why,))
