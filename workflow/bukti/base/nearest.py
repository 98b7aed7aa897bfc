"""The passage of a source that is most like words which it does not hold, and what differs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from bukti.base.matching import BREAK, folded

_WORD = re.compile(r"\w+(?:[-\u2010\u2011]\w+)*")
_ENOUGH = 0.4
_MOST_WORDS = 600
_MOST_DIFFERENCES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """A passage: its offsets in the source, its words, and what differs (source, quotation)."""

    start: int
    end: int
    text: str
    differences: tuple[tuple[str, str], ...]


def nearest_passage(quotation: str, source: str) -> Nearest | None:
    """The most similar passage; None where not even 4 words in 10 are the same.

    Of longer quotations the first 600 words are compared.
    """
    origins, source, words, folds = _running(source)
    wanted = list(_WORD.finditer(quotation))[:_MOST_WORDS]
    if not wanted or not words:
        return None
    first = _window([each[0].casefold() for each in wanted], folds)
    if first is None:
        return None
    margin = 3
    part = words[max(0, first - margin) : first + len(wanted) + margin]
    found = _compared(quotation, wanted, source, part)
    if found is None:
        return None
    return replace(found, start=origins[found.start], end=origins[found.end - 1] + 1)


@lru_cache(maxsize=4)
def _running(source: str) -> tuple[list[int], str, list[re.Match[str]], list[str]]:
    """A source without the hyphens of its line ends: where its characters stand, itself, its words.

    The words come as they stand and in small letters.
    """
    within = folded(source, signs=False, source=True)
    kept = [place for place, letter in enumerate(within.text) if letter != BREAK]
    text = "".join(within.text[place] for place in kept)
    words = list(_WORD.finditer(text))
    return [within.origins[at] for at in kept], text, words, [each[0].casefold() for each in words]


def _window(wanted: list[str], words: list[str]) -> int | None:
    """Where as many words as are wanted have most in common with them."""
    left = Counter(wanted)
    size, shared, best = len(wanted), 0, (0, 0)
    for end, word in enumerate(words):
        left[word] -= 1
        shared += left[word] >= 0
        if end >= size:
            gone = words[end - size]
            shared -= left[gone] >= 0
            left[gone] += 1
        best = max(best, (shared, -(end - size + 1)))
    return max(0, -best[1]) if best[0] >= max(1, _ENOUGH * size) else None


def _compared(
    quotation: str, wanted: list[re.Match[str]], source: str, part: list[re.Match[str]]
) -> Nearest | None:
    matcher = SequenceMatcher(
        None, [each[0] for each in part], [each[0] for each in wanted], autojunk=False
    )
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    low = max(0, blocks[0].a - blocks[0].b)
    last = blocks[-1]
    high = min(len(part), last.a + last.size + len(wanted) - last.b - last.size)
    differences = [
        (_cut(source, part, max(low, a), min(high, b)), _cut(quotation, wanted, c, d))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal" and (c < d or (min(high, b) > max(low, a)))
    ]
    start, end = part[low].start(), part[high - 1].end()
    return Nearest(
        start=start,
        end=end,
        text=_shown(source[start:end]),
        differences=tuple(differences[:_MOST_DIFFERENCES]),
    )


def _cut(text: str, words: list[re.Match[str]], first: int, after: int) -> str:
    return _shown(text[words[first].start() : words[after - 1].end()]) if first < after else ""


def _shown(text: str) -> str:
    """Words as a message shows them: on one line."""
    return " ".join(text.split())
