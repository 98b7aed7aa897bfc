"""What a picture says besides what it shows: text chunks, Exif, comments, IPTC, XMP."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from bukti.privacy.finds import Piece, joined
from bukti.privacy.reading.plain_text import letters_in

_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_LONGEST = 8 * 1024**2
_START_OF_SCAN, _ALONE = 0xDA, (0x01, *range(0xD0, 0xD9))


def png(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """The text chunks and the Exif data of a PNG (W3C Portable Network Graphics, section 11.3)."""
    place = 8
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        if kind in _TEXTS:
            yield Piece(text=_chunk(kind, content), part=kind.decode())
        elif kind == b"eXIf":
            yield from _letters(content, "eXIf")
        place += 12 + length
    if place < len(data) or data.find(b"IEND") < 0:
        raise ValueError("truncated PNG")


def _chunk(kind: bytes, content: bytes) -> str:
    key, _, rest = content.partition(b"\x00")
    if kind == b"zTXt":
        rest = _inflated(rest[1:])
    if kind == b"iTXt":
        squeezed, rest = rest[:1] == b"\x01", rest[2:]
        language, _, rest = rest.partition(b"\x00")
        translated, _, rest = rest.partition(b"\x00")
        rest = _inflated(rest) if squeezed else rest
        words = [key, language, translated, rest]
        return joined(word.decode("utf-8", "replace") for word in words)
    return joined([key.decode("latin-1"), rest.decode("latin-1")])


def _inflated(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _LONGEST)


def jpeg(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """The application segments and comments of a JPEG, up to its pixels."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == _START_OF_SCAN:
            return
        if marker in _ALONE or marker == 0xFF:
            place += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        content = data[place + 4 : place + 2 + length]
        if marker == 0xFE or 0xE1 <= marker <= 0xEF:
            yield from _letters(content, "COM" if marker == 0xFE else f"APP{marker - 0xE0}")
        place += 2 + max(length, 2)


def any_picture(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """Whatever looks like a text in a picture of another kind."""
    yield from _letters(data, "")


def _letters(content: bytes, part: str) -> Iterator[Piece]:
    text = content.split(b"\x00", 1)[-1] if content.startswith(b"http://ns.adobe.com") else b""
    if text:
        yield Piece(text=text.decode("utf-8", "replace"), part=part)
    for piece in letters_in(content):
        yield Piece(text=piece.text, part=part, numbers=part == "COM")
