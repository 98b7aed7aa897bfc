"""Nothing lost: every word of the draft's file is looked for in what was written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bukti.base.tree import walk
from bukti.draft import signs
from bukti.draft.finds import Finds, Kind
from bukti.draft.source import UNKNOWN, Passage

_WORD = re.compile(r"\w+")
_SYMBOL = re.compile(rf"\w*{UNKNOWN}\w*")
_LISTED = {
    "box": Kind.BOXES,
    "chart": Kind.CHARTS,
    "diagram": Kind.CHARTS,
    "header": Kind.HEADERS,
    "footer": Kind.HEADERS,
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
    parts: list[str] = []
    _collect(inlines, parts)
    return "".join(parts)


def _collect(value: Any, parts: list[str]) -> None:
    if isinstance(value, list):
        for item in value:
            _collect(item, parts)
        return
    if not isinstance(value, dict):
        return
    kind, content = value.get("t"), value.get("c", [])
    if kind == "Str":
        parts.append(str(content))
    elif kind in ("Space", "SoftBreak", "LineBreak"):
        parts.append(" ")
    elif kind in ("Code", "Math"):
        parts.append(str(content[1]))
    elif kind == "Quoted":
        sign = '"' if content[0]["t"] == "DoubleQuote" else "'"
        _collect([{"t": "Str", "c": sign}, content[1], {"t": "Str", "c": sign}], parts)
    elif kind in ("Link", "Span", "Image", "Cite"):
        _collect(content[1], parts)
    elif kind not in ("Note", "RawInline"):
        _collect(content, parts)


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
