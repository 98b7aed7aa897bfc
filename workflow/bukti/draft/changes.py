"""Comments and tracked changes: comments stay as hidden notes, changes are accepted and listed."""

from __future__ import annotations

import re
from typing import Any

from bukti.base.tree import Node, Nodes, walk
from bukti.draft.finds import Finds, Kind
from bukti.draft.trees import is_mute, text_of
from bukti.manuscript.tree import transform

_NOTED = {"inserted": Kind.INSERTIONS, "unread": Kind.CITATIONS_UNREAD}
"""Marks of OpenDocument texts at a place; the words stand behind it."""
_SYMBOL = re.compile("[\ue000-\uf8ff]")


def accepted(blocks: Nodes, finds: Finds, comment_word: str) -> Nodes:
    """Blocks in which every change is accepted and every comment is a note that is not printed."""
    merged = _joined(blocks)
    changed: Nodes = transform(merged, lambda node: _change(node, finds, comment_word))
    return [_only_signs(block) for block in changed]


def _change(node: Node, finds: Finds, comment_word: str) -> Node | list[Node] | None:
    if node["t"] != "Span":
        return None
    (_, classes, pairs), inlines = node["c"]
    author = dict(pairs).get("author", "")
    if "comment-start" in classes:
        words = text_of(inlines)
        sign = finds.here(Kind.COMMENTS, f"{author}: {words}" if author else words)
        return [sign, hidden(f"{comment_word} ({author}): {words}")]
    if "deletion" in classes:
        return [finds.here(Kind.DELETIONS, text_of(inlines), whole=True)]
    noted = next((_NOTED[name] for name in classes if name in _NOTED), None)
    if noted:
        return [finds.here(noted, text_of(inlines))]
    if "insertion" in classes:
        return [finds.here(Kind.INSERTIONS, text_of(inlines)), *inlines]
    if "mark" in classes:
        return [finds.here(Kind.HIGHLIGHTS, text_of(inlines)), *inlines]
    gone = {"comment-end", "paragraph-insertion", "paragraph-deletion"}
    return [] if gone & set(classes) else None


def printable(blocks: Nodes, finds: Finds) -> Nodes:
    """The blocks without characters that only a symbol font gives a shape."""

    def change(node: Node) -> list[Node] | None:
        if node["t"] != "Str" or not _SYMBOL.search(node["c"]):
            return None
        pieces = _SYMBOL.split(node["c"])
        kept: list[Node] = []
        for number, piece in enumerate(pieces):
            if number:
                kept.append(finds.here(Kind.SYMBOLS, node["c"]))
            if piece:
                kept.append({"t": "Str", "c": piece})
        return kept

    changed: Nodes = transform(blocks, change)
    return changed


def hidden(text: str) -> Node:
    """A note in the text that no paper prints."""
    words = " ".join(text.split()).replace("-->", "-- >").removesuffix("-")
    return {"t": "RawInline", "c": ["html", f"<!-- {words} -->"]}


def _joined(blocks: Nodes) -> Nodes:
    """Blocks in which a paragraph whose end was deleted runs on into the next one."""
    result: Nodes = []
    open_end = False
    for block in blocks:
        ends = block["t"] == "Para" and _end_is_deleted(block["c"])
        if open_end and block["t"] == "Para":
            result[-1] = {"t": "Para", "c": [*result[-1]["c"], {"t": "Space"}, *block["c"]]}
        else:
            result.append(block)
        open_end = ends
    return result


def _end_is_deleted(inlines: Nodes) -> bool:
    marks = [node for node in walk(inlines) if node["t"] == "Span"]
    return any("paragraph-deletion" in node["c"][0][1] for node in marks)


def _single_spaced(inlines: Nodes) -> Nodes:
    """Inlines without the second of two spaces that only a deletion stood between."""
    result: Nodes = []
    after_space = False
    for node in inlines:
        if node["t"] == "Space" and after_space:
            continue
        result.append(node)
        if node["t"] != "RawInline":
            after_space = node["t"] == "Space"
    return result


def _only_signs(block: Node) -> Any:
    """A paragraph that holds no word any more as a block of signs; any other as it is."""
    if block["t"] not in ("Para", "Plain"):
        return block
    if not all(map(is_mute, block["c"])):
        return {"t": block["t"], "c": _single_spaced(block["c"])}
    texts = [node["c"][1] for node in walk(block["c"]) if node["t"] == "RawInline"]
    return {"t": "RawBlock", "c": ["markdown", "".join(texts)]}
