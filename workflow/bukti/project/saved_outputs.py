"""Outputs and execution counts taken out of a notebook's file, with every other byte kept."""

from __future__ import annotations

from collections.abc import Iterator
from json.decoder import JSONDecodeError, JSONDecoder
from json.decoder import scanstring as string_at  # type: ignore[attr-defined]

EMPTY = {"outputs": "[]", "execution_count": "null"}
_SPACES = " \t\r\n"
_DECODER = JSONDecoder(strict=False)


def without_outputs(text: str) -> str:
    """The notebook's text with empty outputs and no counts; as it was where it is no notebook."""
    try:
        places = list(_places(text))
    except (JSONDecodeError, IndexError):
        return text
    for start, end, empty in reversed(places):
        if _DECODER.decode(text[start:end]) != _DECODER.decode(empty):
            text = text[:start] + empty + text[end:]
    return text


def _places(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the values to be emptied stand in the cells, with what is to stand there."""
    for key, start, _ in _members(text, _skip(text, 0)):
        if key == "cells" and text[start] == "[":
            for cell in _items(text, start):
                for name, first, last in _members(text, cell):
                    if name in EMPTY:
                        yield first, last, EMPTY[name]


def _members(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    """The keys of the object at a place and where their values stand; none for another value."""
    if text[at] != "{":
        return
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, at = string_at(text, at + 1, False)
        start = _skip(text, _skip(text, at) + 1)
        _, end = _DECODER.raw_decode(text, start)
        yield key, start, end
        at = _behind_comma(text, end)


def _items(text: str, at: int) -> Iterator[int]:
    """Where the items of the list at a place stand."""
    at = _skip(text, at + 1)
    while text[at] != "]":
        yield at
        _, end = _DECODER.raw_decode(text, at)
        at = _behind_comma(text, end)


def _behind_comma(text: str, at: int) -> int:
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    while text[at] in _SPACES:
        at += 1
    return at
