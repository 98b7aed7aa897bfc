"""Whether a source still says what was coded, and where the coded words stand now."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from bukti.base.nearest import nearest_passage
from bukti.clean.coding.offsets import ELLIPSES

_USUAL = 0.9
_ALIKE = 0.6
_MUCH_ALIKE = 0.8
_TELLING = 4
_LONGEST = 2000


def are_words(agreeing: int, recorded: int) -> bool:
    """Whether a program records the words of its segments: nine of ten agree with their source."""
    return agreeing >= 2 and agreeing >= _USUAL * recorded


def same_letters(said: str, text: str) -> bool:
    """Whether a passage begins with the letters and digits that were recorded."""
    one, other = ("".join(re.findall(r"\w+", each)) for each in (bare(said), text))
    return other.startswith(one)


def is_title(said: str, text: str, source: str) -> bool:
    """Whether what was recorded with a segment is a title of its own, and not its words.

    It is taken for the words of a source that has changed where it is much like what stands
    there or, being four words or more, like another passage.
    """
    if _likeness(said, text) >= _ALIKE:
        return False
    near = nearest_passage(bare(said), source) if len(said.split()) >= _TELLING else None
    return near is None or _likeness(said, near.text) < _MUCH_ALIKE


def _likeness(said: str, text: str) -> float:
    one, other = (" ".join(each.split())[:_LONGEST] for each in (bare(said), text))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def bare(said: str) -> str:
    """Recorded words without the sign that they were shortened."""
    words = said.strip()
    for sign in ELLIPSES:
        words = words.removesuffix(sign).rstrip()
    return words


def places_of(said: str, source: str) -> list[int]:
    """Where recorded words stand in a source, white space apart."""
    words = bare(said).split()
    pattern = r"\s+".join(map(re.escape, words))
    return [found.start() for found in re.finditer(pattern, source)] if words else []


def standing_now(said: str, source: str, start: int) -> tuple[int, str] | None:
    """Where recorded words stand now, nearest to where they stood, or what is most like them.

    The offset and the words of the source; None where nothing is like them.
    """
    places = places_of(said, source)
    if places:
        at = min(places, key=lambda place: abs(place - start))
        found = re.compile(r"\s+".join(map(re.escape, bare(said).split()))).match(source, at)
        return at, found[0] if found else ""
    near = nearest_passage(bare(said), source)
    return None if near is None else (near.start, source[near.start : near.end])
