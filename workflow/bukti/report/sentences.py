"""Sentences of running text, found by their full stops."""

from __future__ import annotations

import re
from functools import cache

from bukti.base.language import language_of

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_])")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«]+$")
_COMMON = ("al.", "ca.", "cf.", "dkk.", "dll.", "dr.", "dsb.", "e.g.", "ed.", "eds.", "hlm.")
_MORE = ("i.e.", "jl.", "mr.", "mrs.", "ms.", "p.", "pp.", "prof.", "st.", "vs.")

_NUMBERED = ("no.", "nos.", "nomor.")


def sentences_of(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """The first character of each sentence and the one behind it, in the order of the text.

    A full stop behind an abbreviation or an initial, and one before a small letter, ends none.
    """
    known = _abbreviations(language)
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] == "." and _goes_on(text, match, known):
            continue
        found.append((start, start + len(text[start : match.end()].rstrip())))
        start = match.end()
    if text[start:].strip():
        found.append((start, start + len(text[start:].rstrip())))
    return tuple(found)


def _goes_on(text: str, match: re.Match[str], known: frozenset[str]) -> bool:
    behind = text[match.end() :].lstrip("\"'“‘«([")[:1]
    word = _LAST_WORD.search(text[: match.start() + 1])
    last = word[0].lower() if word else ""
    if not match[0][1:2].isspace():
        return behind.islower()
    if last in _NUMBERED:
        return behind.isdigit() or behind.islower()
    return behind.islower() or last in known or re.fullmatch(r"[^\W\d_]\.", last) is not None


@cache
def _abbreviations(language: str) -> frozenset[str]:
    """Words that end with a full stop where no sentence ends."""
    words = (*language_of(language).tied, *language_of(language).locators)
    return frozenset({*_COMMON, *_MORE, *(word.lower() for word in words if word.endswith("."))})
