"""Where quoted words stand in a source, and how much had to be overlooked to find them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice

_MOST = 500
_OMITTED = 5000
_INSERTED = 80
BREAK = "\ue000"  # a hyphen of the line's end: it may belong to the word or not
_EITHER = "\ue001"  # the case of the next letter is free
_TOKEN = re.compile(
    r"(?P<soft>[\u00ad\ufffe\x02]\s*)"
    r"|(?P<broken>(?<=\w)[-\u2010][^\S\r\n]*[\r\n\f]\s*(?=\w))"
    r"|(?P<space>[\s\u200b\u2060\ufeff]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_SIGNS = {
    **dict.fromkeys(
        '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u201b\u2039\u203a`', "'"
    ),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    "\u2026": "...",
}
_CHANGES = re.compile(
    r"(?P<omitted>\[\s*(?:\.\s?\.\s?\.|\u2026)\s*\]|\(\s*(?:\.\s?\.\s?\.|\u2026)\s*\)|\u2026|\.\s?\.\s?\.)"
    r"|\[(?P<case>\w)\](?=\w)"
    r"|\[(?P<inserted>[^\[\]]*)\]"
)


class Tier(StrEnum):
    """What had to be overlooked until a quotation was found: nothing, or more and more."""

    EXACT = "exact"
    SPACING = "spacing"
    SIGNS = "signs"
    CHANGES = "changes"
    FIRST_LETTER = "first-letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The tier that was reached, and every place: offsets of the source, the end exclusive."""

    tier: Tier
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text made alike, and for each of its characters the offset in the text itself."""

    text: str
    origins: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The offsets of the text itself for those of the folded one."""
        return self.origins[start], self.origins[end - 1] + 1


@lru_cache(maxsize=32)
def folded(text: str, *, signs: bool, source: bool) -> Folded:
    """A text with one space for every white space, and with plain signs where that is asked for.

    In a source, hyphens at line ends are told from others.
    """
    letters: list[str] = []
    origins: list[int] = []
    for match in _TOKEN.finditer(text):
        piece = _folded_piece(match, signs=signs, source=source)
        if piece == " " and letters and letters[-1] == " ":
            continue
        letters += piece
        origins += [match.start()] * len(piece)
    return Folded(text="".join(letters), origins=tuple(origins))


def _folded_piece(match: re.Match[str], *, signs: bool, source: bool) -> str:
    if match["space"]:
        return " "
    if match["soft"] or match["broken"]:
        return BREAK if source else ("" if match["soft"] else "- ")
    letter = match["other"]
    if not signs:
        return letter
    return _SIGNS.get(letter) or unicodedata.normalize("NFKC", letter)


def find_quotation(quotation: str, source: str) -> Match | None:
    """The strictest tier at which a source holds a quotation; None where it does at none."""
    quotation = unicodedata.normalize("NFC", quotation).strip()
    places = [
        (start, start + len(quotation))
        for start in _starts(quotation, source)
        if _stands_alone(source, start, start + len(quotation))
    ]
    if places:
        return Match(tier=Tier.EXACT, places=tuple(places))
    for tier, signs, changes, first in (
        (Tier.SPACING, False, False, False),
        (Tier.SIGNS, True, False, False),
        (Tier.CHANGES, True, True, False),
        (Tier.FIRST_LETTER, True, False, True),
        (Tier.FIRST_LETTER, True, True, True),
    ):
        within = folded(source, signs=signs, source=True)
        asked = _EITHER + quotation if first else quotation
        found = _changed(asked, within) if changes else _plain(asked, within, signs=signs)
        if found:
            return Match(tier=tier, places=tuple(within.place(*place) for place in found))
    return None


def _starts(quotation: str, source: str) -> Iterator[int]:
    start = source.find(quotation)
    while quotation and start >= 0:
        yield start
        start = source.find(quotation, start + 1)


def _plain(quotation: str, within: Folded, *, signs: bool) -> list[tuple[int, int]]:
    wanted = folded(quotation, signs=signs, source=False).text.strip()
    return _occurrences(wanted, within.text)


def _occurrences(
    wanted: str, text: str, *, open_left: bool = False, open_right: bool = False
) -> list[tuple[int, int]]:
    """Where folded words stand, not as a part of longer words but at an open side."""
    found = islice(re.finditer(_pattern(wanted), text), _MOST)
    places = (match.span() for match in found if match.end() > match.start())
    return [
        (start, end)
        for start, end in places
        if (open_left or _begins(text, start)) and (open_right or _ends(text, end))
    ]


def _pattern(wanted: str) -> str:
    letters: list[str] = []
    free = False
    for letter in wanted:
        if letter == _EITHER:
            free = True
            continue
        if letter == "-":
            letters.append(f"[-{BREAK}]")
        elif free and letter.lower() != letter.upper():
            letters.append(f"[{re.escape(letter.lower())}{re.escape(letter.upper())}]")
        else:
            letters.append(re.escape(letter))
        free = free and not letter.isalnum()
    return f"{BREAK}?".join(letters)


def _stands_alone(text: str, start: int, end: int) -> bool:
    return _begins(text, start) and _ends(text, end)


def _begins(text: str, start: int) -> bool:
    return start == 0 or not (_joins(text[start]) and _joins(text[start - 1]))


def _ends(text: str, end: int) -> bool:
    return end >= len(text) or not (_joins(text[end - 1]) and _joins(text[end]))


def _joins(letter: str) -> bool:
    return letter.isalnum() or letter == BREAK


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Words between two changes; `gap` is how much may stand before them, in characters."""

    words: str
    gap: int
    open_left: bool
    open_right: bool


def _changed(quotation: str, within: Folded) -> list[tuple[int, int]]:
    """Where the words between marked omissions and insertions stand, one behind the other."""
    pieces = _pieces(quotation)
    if not pieces or sum(map(str.isalnum, "".join(each.words for each in pieces))) < 3:
        return []
    ways: list[tuple[int, int]] = []
    for number, piece in enumerate(pieces):
        here = _occurrences(
            piece.words, within.text, open_left=piece.open_left, open_right=piece.open_right
        )
        ways = here if number == 0 else _joined(ways, here, piece.gap)
        if not ways:
            return []
    return ways


def _joined(
    ways: list[tuple[int, int]], here: list[tuple[int, int]], gap: int
) -> list[tuple[int, int]]:
    """Each next piece with the nearest way that ends before it within the gap."""
    found: list[tuple[int, int]] = []
    for start, end in here:
        near = [way for way in ways if 0 <= start - way[1] <= gap]
        if near:
            found.append((max(near)[0], end))
    return found


def _pieces(quotation: str) -> list[_Piece]:
    quotation = _CHANGES.sub(lambda m: _EITHER + m["case"] if m["case"] else m[0], quotation)
    pieces: list[_Piece] = []
    done, gap, open_left = 0, 0, False
    for match in [*_CHANGES.finditer(quotation), None]:
        start = match.start() if match else len(quotation)
        raw = quotation[done:start]
        touches = match is not None and match["omitted"] is None and raw[-1:].isalnum()
        words = folded(raw, signs=True, source=False).text.strip()
        if words.strip(_EITHER):
            pieces.append(_Piece(words=words, gap=gap, open_left=open_left, open_right=touches))
            gap = 0
        if match is None:
            break
        done = match.end()
        gap = max(gap, _OMITTED if match["omitted"] else _INSERTED)
        open_left = match["omitted"] is None and quotation[done : done + 1].isalnum()
    return pieces
