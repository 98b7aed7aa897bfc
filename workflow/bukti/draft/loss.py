"""Nothing lost: every word of the draft's file is looked for in what was written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bukti.base.tree import Node, walk
from bukti.draft import signs
from bukti.draft.finds import Finds, Kind
from bukti.draft.source import UNKNOWN, Passage
from bukti.manuscript.tree import plain_text, transform

_WORD = re.compile(r"\w+")
_SYMBOL = re.compile(rf"\w*{UNKNOWN}\w*")
_LISTED = {
    "box": Kind.BOXES,
    "chart": Kind.CHARTS,
    "diagram": Kind.CHARTS,
    "header": Kind.HEADERS,
    "footer": Kind.HEADERS,
    "contents": Kind.CONTENTS,
    "hidden": Kind.HIDDEN,
    "bibliography": Kind.REFERENCES_MADE,
}


def words_of(text: str) -> list[str]:
    """The words of a text, whatever stands between them."""
    composed = unicodedata.normalize("NFC", signs.without_any(text))
    return _WORD.findall(composed.replace("\u00ad", ""))


def everything_in(tree: Any) -> Iterator[str]:
    """Every text of a tree: of paragraphs, notes, hidden notes, alternative texts, formulas."""
    for node in walk(tree):
        if node["t"] in ("Para", "Plain", "Header"):
            yield _line(node["c"][2] if node["t"] == "Header" else node["c"])
        elif node["t"] in ("CodeBlock", "RawBlock", "RawInline"):
            yield str(node["c"][1])
        elif node["t"] == "Image":
            yield " ".join(value for _, value in node["c"][0][2])
        elif node["t"] == "LineBlock":
            yield from map(_line, node["c"])


def _line(inlines: Any) -> str:
    return plain_text(transform(inlines, _with_signs))


def _with_signs(node: Node) -> list[Node] | None:
    """A quotation with its signs, which part words as spaces do."""
    if node["t"] != "Quoted":
        return None
    kind, words = node["c"]
    sign = {"t": "Str", "c": '"' if kind["t"] == "DoubleQuote" else "'"}
    return [sign, *words, sign]


def note_losses(passages: Iterable[Passage], written: Iterable[str], finds: Finds) -> None:
    """Note in full each paragraph of the draft of which a word stands nowhere.

    What never comes into the text, such as boxes and page heads, is noted as what it is.
    """
    left = Counter(word for text in written for word in words_of(text))
    told: set[tuple[str, str]] = set()
    for passage in passages:
        text = " ".join(passage.text.replace(UNKNOWN, "?").split())
        if passage.kind in _LISTED:
            if (passage.kind, text) not in told:
                finds.whole(_LISTED[passage.kind], text)
            told.add((passage.kind, text))
            continue
        needed = Counter(words_of(_SYMBOL.sub(" ", passage.text)))
        if needed - left:
            finds.whole(Kind.LOST, text)
        left -= needed
