"""Words divided where Typst has no patterns: soft hyphens that are taken back where unused.

Each place where a word may be divided is a call with a number. Typst sets the paper, says which
places ended a line, and sets it again with only these; so no soft hyphen stays in the text.
"""

from __future__ import annotations

import re

from bukti.base.hyphenation import divisions
from bukti.base.tree import Node, Nodes
from bukti.render.nodes import raw_inline, string

FILE = "hyphens.typ"
QUERY = "<divided>"
START = b"#let used = none\n"


_ADDRESS = re.compile(r"[/@_]|\w\.\w")
_RANGE = re.compile(r"\d[\d.,]*\u2013\d[\d.,]*\d|\d\u2013\d")


def unbroken(text: str) -> Nodes | None:
    """The text with its ranges of numbers in boxes, since a line may end after a dash."""
    if not _RANGE.search(text):
        return None
    pieces: Nodes = []
    start = 0
    for found in _RANGE.finditer(text):
        pieces += [string(text[start : found.start()])] if found.start() > start else []
        pieces += [raw_inline("typst", "#box["), string(found[0]), raw_inline("typst", "]")]
        start = found.end()
    return [*pieces, *([string(text[start:])] if start < len(text) else [])]


class Hyphens:
    """Counts the places where words may be divided, over one paper."""

    def __init__(self, typeset: str) -> None:
        self._typeset = typeset.split()
        self._count = 0

    def divide(self, text: str, language: str) -> Nodes | None:
        """The text in pieces with calls between them; None where nothing is to be divided."""
        if language.partition("-")[0] in self._typeset or not language:
            return None
        if _ADDRESS.search(text):
            return None
        places = divisions(text, language)
        if not places:
            return None
        first = self._count
        pieces: Nodes = []
        start = 0
        for place in places:
            pieces += [string(text[start:place]), self._call("soft", self._next())]
            start = place
        # the end is told before the last letters: what ends a paragraph counts as behind it
        end = self._call("whole", first, self._count)
        return [*pieces, string(text[start : start + 1]), end, string(text[start + 1 :])]

    def _next(self) -> int:
        self._count += 1
        return self._count - 1

    def _call(self, function: str, *numbers: int) -> Node:
        listed = ", ".join(map(str, numbers))
        return raw_inline("typst", f"#paper.{function}({listed});")
