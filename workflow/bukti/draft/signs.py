"""Signs that stand in a text between two of the import's steps, and never in a file.

They are characters of Unicode's private plane 15, which no word processor writes by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

STYLES = {
    "title": "\U000f0001",
    "subtitle": "\U000f0002",
    "author": "\U000f0003",
    "date": "\U000f0004",
    "abstract": "\U000f0005",
    "abstract title": "\U000f0006",
    "caption": "\U000f0007",
    "centred": "\U000f0008",
    "quotation": "\U000f0009",
}
"""What is known of a paragraph beyond pandoc's tree; the sign opens the paragraph."""

STYLE_KINDS = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "date": "date",
    "abstract": "abstract",
    "abstract title": "abstract title",
    "caption": "caption",
    "image caption": "caption",
    "table caption": "caption",
}
"""The kind of paragraph that a style of this name is for."""

_KINDS = {sign: kind for kind, sign in STYLES.items()}
_FOREIGN, _FOREIGN_END = "\U000f0010", "\U000f0011"
_PLACE, _PLACE_END = "\U000f0020", "\U000f0021"
_DIGITS = 0xF0030
_LETTERS = 0xF0040
_ANY_STYLE = re.compile(f"[{''.join(STYLES.values())}]")
_ANY_PLACE = re.compile(f"{_PLACE}([\U000f0030-\U000f0039]+){_PLACE_END}")
_ANY = re.compile("[\U000f0001-\U000f00ff]")
_KEPT = {
    character: chr(0xF0080 + number)
    for number, character in enumerate("\u201c\u201d\u2018\u2019\u2013\u2014\u2026\"'")
}
_BACK = {sign: character for character, sign in _KEPT.items()}


def styled(kinds: list[str]) -> str:
    """The signs for what a paragraph is."""
    return "".join(STYLES[kind] for kind in kinds)


def styles_in(text: str) -> frozenset[str]:
    """What the signs in a text say of its paragraph."""
    return frozenset(_KINDS[sign] for sign in _ANY_STYLE.findall(text))


def without_styles(text: str) -> str:
    """A text without the signs for what a paragraph is."""
    return _ANY_STYLE.sub("", text)


def foreign(code: str) -> tuple[str, str]:
    """The signs that open and close words in another language, given by its two letters."""
    letters = "".join(chr(_LETTERS + ord(letter) - ord("a")) for letter in code)
    return _FOREIGN + letters, _FOREIGN_END


_OPENING = re.compile(f"{_FOREIGN}([\U000f0040-\U000f0059]{{2}})")


def foreign_in(text: str) -> tuple[str, frozenset[str]]:
    """A text without the signs for other languages, and the languages they named."""
    found = frozenset(
        "".join(chr(ord(sign) - _LETTERS + ord("a")) for sign in letters)
        for letters in _OPENING.findall(text)
    )
    return _OPENING.sub("", text).replace(_FOREIGN_END, ""), found


def place(number: int) -> str:
    """The sign of a place to be found again in the written text."""
    digits = "".join(chr(_DIGITS + int(digit)) for digit in str(number))
    return f"{_PLACE}{digits}{_PLACE_END}"


def places_in(text: str) -> Iterator[tuple[int, int]]:
    """The number of each place in a text, and its offset."""
    for match in _ANY_PLACE.finditer(text):
        number = "".join(str(ord(sign) - _DIGITS) for sign in match[1])
        yield int(number), match.start()


def without_places(text: str) -> str:
    """A text without the signs of places, nor the lines that held nothing else."""
    alone = re.compile(rf"^(?:{_ANY_PLACE.pattern})+[ \t]*\n(?:[ \t]*\n)?", re.MULTILINE)
    ending = re.compile(rf"[ \t]*(?:{_ANY_PLACE.pattern})+[ \t]*$", re.MULTILINE)
    return _ANY_PLACE.sub("", ending.sub("", alone.sub("", text)))


def shielded(text: str) -> str:
    """A text whose quotation marks and dashes pandoc's writer will not touch."""
    return "".join(_KEPT.get(character, character) for character in text)


def unshielded(text: str) -> str:
    """A text with its quotation marks and dashes again."""
    return "".join(_BACK.get(character, character) for character in text)


def without_any(text: str) -> str:
    """A text without signs of any kind; for those that its author's program left there."""
    return _ANY.sub("", text)
