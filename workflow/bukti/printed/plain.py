"""Texts of several formats made alike: what only typesetting tells apart is left out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bukti.printed.records import FORMULA

_SIGNS = {
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a\u02bc", "'"),
    "\u2026": "...",
    "\u2212": "-",
}
_HYPHENS = "-\u2010\u2011\u00ad"
_BOXES = "\u2610\u2611\u2612"  # of lists of tasks, which a format may draw instead
_NOTHING = frozenset("\u200b\u200c\u200d\u2060\ufeff\x02" + _BOXES + FORMULA)
_LIGATURES = range(0xFB00, 0xFB07)
_MINUS = re.compile(r"(?<![^\s(\[<>=])[-\u2010\u2011\u2212](?=\d)")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text made alike, and for each of its characters the offset in the text itself."""

    text: str
    origins: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The offsets of the text itself for those of the plain one, the end exclusive."""
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else self._length
            return at, at
        return self.origins[start], self.origins[end - 1] + 1

    @property
    def _length(self) -> int:
        return self.origins[-1] + 1 if self.origins else 0


def made_plain(text: str) -> Plain:
    """A text without spaces, hyphens and formulas, with plain quotation marks and letters.

    A space between two digits stays, for it tells two numbers apart, and so does a minus sign
    before a number.
    """
    signs = {match.start() for match in _MINUS.finditer(text)}
    letters: list[str] = []
    origins: list[int] = []
    for place, letter in enumerate(text):
        piece = _piece(letter, sign=place in signs)
        if piece == " " and not _between_digits(text, place):
            continue
        letters += piece
        origins += [place] * len(piece)
    return Plain("".join(letters), tuple(origins))


def _piece(letter: str, *, sign: bool) -> str:
    if sign:
        return "-"
    if letter.isspace():
        return " "
    if letter in _HYPHENS or letter in _NOTHING:
        return ""
    if ord(letter) in _LIGATURES:
        return unicodedata.normalize("NFKC", letter)
    return _SIGNS.get(letter, letter)


def _between_digits(text: str, place: int) -> bool:
    """Whether a space, the first of several, has a digit before and one behind."""
    before = text[place - 1] if place else ""
    behind = text[place:].lstrip()[:1] if before.isdecimal() else ""
    return before.isdecimal() and behind.isdecimal()
