"""Markdown with everything blanked out that is no prose, character for character."""

from __future__ import annotations

import re

_BLANKED = (
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"`[^`\n]*`"),
    re.compile(r"\$[^$]+\$"),
    re.compile(r"^#+ .*(?:\n(?!\n).+)*", re.MULTILINE),
    re.compile(r"\[(?:[^\]\[]*[\s;-])?@[^\]\[]*\]"),
    re.compile(r"(?<![\w\\])-?@[\w:.-]*\w"),
    re.compile(r"(?<=\])\([^)\s]*\)(?:\{[^}]*\})?", re.DOTALL),
    re.compile(r"(?<!\\)\{[^{}]*\}"),
    re.compile(r"\[\^\d+\]:?"),
    re.compile(r"(?:https?://|www\.)\S+"),
    re.compile(r"\b10\.\d{4,9}/\S+"),
    re.compile(r"^[ >]*(?:\(?\w{1,4}[.)]|[-*+])(?= )", re.MULTILINE),
)


def prose_of(text: str) -> str:
    """The text with notation, headings, addresses, code and formulas as spaces.

    Line ends stay, so that offsets and lines are those of the text.
    """
    for pattern in _BLANKED:
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text


def without_tables(text: str) -> str:
    """The text with the rows of tables as spaces too."""
    return re.sub(r"^[|+].*$", lambda match: " " * len(match[0]), text, flags=re.MULTILINE)


def line_of(text: str, offset: int) -> int:
    """The line of an offset, counted from 1."""
    return text.count("\n", 0, offset) + 1
