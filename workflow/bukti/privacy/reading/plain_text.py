"""Texts in files of no known kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bukti.privacy.finds import Piece, joined

_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_SINGLE = re.compile(rb"[\x20-\x7e\xa0-\xff]{6,}")
_DOUBLE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){4,}")
_HIGH = re.compile(rb"(?:\x00[\x20-\x7e\xa0-\xff]){4,}")


def decoded(data: bytes) -> str | None:
    """The text of a file in UTF-8, or in UTF-16 with its mark; None where it is no text."""
    for mark, encoding in _WIDE.items():
        if data.startswith(mark):
            try:
                return data[2:].decode(encoding)
            except UnicodeDecodeError:
                return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def letters_in(data: bytes) -> Iterator[Piece]:
    """Whatever in bytes looks like a text; numbers in it are too likely to be chance."""
    found = [_bytes_as_text(match.group()) for match in _SINGLE.finditer(data)]
    found += [match.group().decode("utf-16-le") for match in _DOUBLE.finditer(data)]
    found += [match.group().decode("utf-16-be") for match in _HIGH.finditer(data)]
    yield Piece(text=joined(found), numbers=False)


def _bytes_as_text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
