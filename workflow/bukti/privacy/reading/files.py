"""The texts of a file by what it holds, and of the files inside it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bukti.base.digest import digest_bytes
from bukti.privacy.finds import Piece
from bukti.privacy.reading import documents, markup, packages, pictures, records, tables
from bukti.privacy.reading.plain_text import decoded, letters_in

DEEPEST = 5
LARGEST = 256 * 1024**2
_FONTS = (b"wOFF", b"wOF2", b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
_UNREADABLE = (ValueError, KeyError, OSError, RecursionError, MemoryError, EOFError, zlib.error)


@dataclass(slots=True)
class Reading:
    """Reads files once: the same bytes inside several papers are read a single time.

    `unread` are the files, and parts of them, that could not be read, each with the reason.
    """

    unread: list[tuple[str, str, str]] = field(default_factory=list)
    _known: dict[str, list[Piece]] = field(default_factory=dict)
    _left: int = LARGEST

    def pieces(self, data: bytes, path: str) -> list[Piece]:
        """The texts of an output and of all files in it."""
        self._left = LARGEST
        return list(self._pieces(data, path, "", 0))

    def _pieces(self, data: bytes, path: str, part: str, depth: int) -> Iterator[Piece]:
        for piece in self._remembered(data, path, part, depth):
            joint = "/" if part and piece.part and not piece.part.startswith("#") else ""
            yield Piece(text=piece.text, part=f"{part}{joint}{piece.part}", numbers=piece.numbers)

    def _remembered(self, data: bytes, path: str, part: str, depth: int) -> list[Piece]:
        key = digest_bytes(data.strip())
        if key not in self._known:
            self._left -= len(data)
            if depth > DEEPEST or self._left < 0:
                self.unread.append((path, part, "depth" if depth > DEEPEST else "size"))
                return []
            self._known[key] = self._read(data, path, part, depth)
        return self._known[key]

    def _read(self, data: bytes, path: str, part: str, depth: int) -> list[Piece]:
        found: list[Piece] = []
        try:
            for item in reader_of(data, part or path)(data):
                if isinstance(item, Piece):
                    found.append(item)
                else:
                    name, inner = item
                    found += self._pieces(inner, path, name, depth + 1)
        except (*_UNREADABLE, zipfile.BadZipFile, *documents.FAULTS, *tables.faults()) as error:
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            self.unread.append((path, part, reason))
            found += letters_in(data)
        return found


Reader = Callable[[bytes], Iterator["Piece | tuple[str, bytes]"]]


def reader_of(data: bytes, name: str) -> Reader:
    """What reads a file, by its first bytes or else by its name."""
    for start, reader in _STARTS:
        if data.startswith(start):
            return reader
    if data.startswith(_FONTS):
        return _nothing
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return pictures.any_picture
    text = decoded(data)
    if text is None:
        return letters_in
    return _text_reader(text, name.rpartition("#")[0] or name)


_STARTS: tuple[tuple[bytes, Reader], ...] = (
    (b"%PDF-", documents.pdf),
    (b"PK\x03\x04", packages.package),
    (b"PK\x05\x06", packages.package),
    (b"\x89PNG\r\n\x1a\n", pictures.png),
    (b"\xff\xd8\xff", pictures.jpeg),
    (b"GIF8", pictures.any_picture),
    (b"II*\x00", pictures.any_picture),
    (b"MM\x00*", pictures.any_picture),
    (b"PAR1", tables.parquet),
    (b"\x1f\x8b", packages.compressed),
)


def _text_reader(text: str, name: str) -> Reader:
    head = text[:4096].lstrip().lower()
    ending = name.rpartition(".")[2].lower()
    if ending in ("csv", "tsv"):
        return tables.delimited
    if head.startswith(("{", "[")) or ending in ("json", "ipynb"):
        return records.json_record
    if head.startswith(("<!doctype html", "<html")):
        return markup.web_page
    if head.startswith(("<?xml", "<!doctype svg", "<svg", "<!--")) or ending in ("xml", "svg"):
        return markup.document
    return markup.text_or_fragment


def _nothing(data: bytes) -> Iterator[Piece]:
    return iter(())
