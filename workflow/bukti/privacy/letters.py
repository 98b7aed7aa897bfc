"""Letters as they are compared: without accents, soft hyphens and breaks within words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

_SILENT = re.compile("[\u00ad\u0002\u200b-\u200f\u2060\ufeff\ufffe\\u0300-\\u036f]")
_SAME = {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
_OTHER = re.compile(f"[{''.join(_SAME)}]")
_DIVIDED = re.compile(r"(?<=[^\W\d_])[-\u2010][^\S\r\n]*\r?\n\s*(?=[^\W\d_])")
_WORDS = re.compile(r"[^\W\d_]+")


def plain(text: str) -> str:
    """A text without accents and without signs that nobody sees; capitals are kept."""
    if text.isascii() and "\x02" not in text:
        return text
    text = _SILENT.sub("", unicodedata.normalize("NFKD", text))
    return _OTHER.sub(lambda match: _SAME[match.group()], text)


def undivided(text: str) -> str:
    """A text with the words whole that a hyphen divides at the end of a line."""
    return _DIVIDED.sub("", text) if "\n" in text else text


def divided_offset(text: str, offset: int) -> int:
    """The offset in a text of a character of its undivided form."""
    for match in _DIVIDED.finditer(text) if "\n" in text else ():
        if match.start() > offset:
            break
        offset += len(match.group())
    return offset


def words(text: str) -> set[str]:
    """The different words of a plain text, in small letters."""
    return set(_WORDS.findall(text.casefold()))


def original_offset(text: str, offset: int) -> int:
    """The offset in a text of a character of its plain form."""
    if text.isascii() and "\x02" not in text:
        return offset
    ends = accumulate(_lengths(text))
    return next((place for place, end in enumerate(ends) if end > offset), len(text))


def _lengths(text: str) -> Iterator[int]:
    return (len(plain(sign)) for sign in text)
