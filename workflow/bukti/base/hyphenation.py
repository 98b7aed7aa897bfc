"""Where the words of a language may be divided at the end of a line."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from bukti.base.language import language_of

_SHORTEST = 6
_LEFT, _RIGHT = 2, 3
_WORD = re.compile(r"[^\W\d_]+")


def divisions(text: str, language: str) -> tuple[int, ...]:
    """The places in a text where a hyphen may be put, as offsets, in order.

    Patterns are those of the Hunspell dictionaries that pyphen carries, and the exceptions that
    the language lists; a piece without a vowel never stands alone, and neither names nor words
    in capitals are divided. Empty for a language without patterns.
    """
    dictionary = _dictionary(language.partition("-")[0])
    if dictionary is None:
        return ()
    listed = language_of(language).divided
    found: list[int] = []
    for word in _WORD.finditer(text):
        if len(word[0]) >= _SHORTEST and word[0].islower():
            places = listed.get(word[0]) or _within(word[0], dictionary)
            last = len(word[0]) - _RIGHT
            found += (word.start() + place for place in places if place <= last)
    return tuple(found)


def has_divisions(language: str) -> bool:
    """Whether words of a language can be divided at all."""
    return _dictionary(language.partition("-")[0]) is not None


@cache
def _dictionary(language: str) -> Any:
    import pyphen

    name = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=name, left=_LEFT, right=_RIGHT) if name else None


def _within(word: str, dictionary: Any) -> tuple[int, ...]:
    kept: list[int] = []
    start = 0
    for place in dictionary.positions(word):
        if _sounds(word[start:place]) and _sounds(word[place:]):
            kept.append(int(place))
            start = int(place)
    return tuple(kept)


def _sounds(piece: str) -> bool:
    """Whether a piece of a word holds a vowel, accented or not."""
    plain = unicodedata.normalize("NFD", piece)
    return any(letter in _VOWELS for letter in plain)


_VOWELS = set("aeiouy" + "аеёиоуыэюяіїє" + "αεηιουω" + "æøœ")
