"""Files that hold other files: Word documents, workbooks, archives."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from bukti.privacy.finds import Piece, joined

_LARGEST = 256 * 1024**2
_MOST = 10_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


def package(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """The entries of a zip file, their names and comments; too many or too large are refused."""
    archive = zipfile.ZipFile(BytesIO(data))
    entries = archive.infolist()
    if len(entries) > _MOST:
        raise ValueError(f"{len(entries)} entries")
    names = [entry.filename for entry in entries]
    comments = [archive.comment, *(entry.comment for entry in entries)]
    yield Piece(text=joined([*names, *(each.decode("utf-8", "replace") for each in comments)]))
    left = _LARGEST
    for entry in entries:
        if entry.is_dir():
            continue
        left -= entry.file_size
        if left < 0:
            raise ValueError(f"more than {_LARGEST >> 20} MiB")
        try:
            with archive.open(entry) as stream:
                yield entry.filename, stream.read(entry.file_size)
        except _DAMAGED as error:
            raise ValueError(f"{entry.filename}: {error}") from error


def compressed(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """The one file in gzip data."""
    stream = zlib.decompressobj(wbits=31)
    yield "gzip", stream.decompress(data, _LARGEST)
