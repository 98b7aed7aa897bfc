"""What pandoc drops from an OpenDocument text, carried through it by links that are no links.

A citation is put into such a link, a comment or tracked change becomes one; what is behind each
stands in a list, and pandoc's tree gets it back from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bukti.base.tree import Node, Nodes, walk
from bukti.draft import signs
from bukti.draft.csl import UNREAD
from bukti.draft.trees import is_mute, kinds_of
from bukti.manuscript.tree import transform, words

SCHEME = "bukti-mark:"
POINT = "\U000f0012"
"""The sign within a link that stands for a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A `citation` (CSL), or a `comment-start`, `inserted`, `deletion`, `unread` with its words."""

    kind: str
    author: str = ""
    text: str = ""
    citation: Mapping[str, Any] = field(default_factory=dict)


def restored(blocks: Nodes, marks: Sequence[Mark], described: Mapping[str, str]) -> Nodes:
    """The tree with its citations, comments and changes, quotations and alternative texts.

    `described` are the alternative texts of pictures by their addresses.
    """

    def change(node: Node) -> Node | list[Node] | None:
        if node["t"] == "Link" and node["c"][2][0].startswith(SCHEME):
            mark = marks[int(node["c"][2][0].removeprefix(SCHEME))]
            return list(_marked(mark, node["c"][1]))
        if node["t"] == "Image" and not node["c"][1]:
            attribute, _, target = node["c"]
            return {"t": "Image", "c": [attribute, words(described.get(target[0], "")), target]}
        if node["t"] in ("Para", "Plain"):
            return _in_line(node)
        return None

    changed: Nodes = transform(blocks, change)
    return [_quoted(block) for block in changed]


def _marked(mark: Mark, shown: Nodes) -> Iterator[Node]:
    if mark.kind != "citation":
        attribute = ["", [mark.kind], [["author", mark.author]]]
        yield {"t": "Span", "c": [attribute, words(mark.text)]}
        return
    works = mark.citation.get("citationItems") or [{"id": UNREAD}]
    yield {"t": "Cite", "c": [[_cited(work) for work in works], shown]}


def _cited(work: Mapping[str, Any]) -> Node:
    mode = "SuppressAuthor" if work.get("suppress-author") else "NormalCitation"
    locator, suffix = str(work.get("locator") or ""), str(work.get("suffix") or "")
    behind: Nodes = []
    if locator:
        behind = words(f", {work.get('label') or 'page'} {locator}")
    return {
        "citationId": str(work.get("id", "")),
        "citationPrefix": words(str(work.get("prefix") or "").strip()),
        "citationSuffix": [*behind, *([{"t": "Space"}] if suffix else []), *words(suffix.strip())],
        "citationMode": {"t": mode},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def _in_line(paragraph: Node) -> Node | None:
    """A paragraph whose formulas stand between words: as such, not each on a line of its own."""
    loud = [node for node in paragraph["c"] if not is_mute(node)]
    if len(loud) < 2 or not any(node["t"] == "Math" for node in walk(paragraph["c"])):
        return None

    def change(node: Node) -> Node | None:
        if node["t"] != "Math":
            return None
        return {"t": "Math", "c": [{"t": "InlineMath"}, node["c"][1]]}

    return {"t": paragraph["t"], "c": transform(paragraph["c"], change)}


def _quoted(block: Node) -> Node:
    if "quotation" not in kinds_of(block):
        return block
    clean = transform(
        block["c"],
        lambda node: _without_sign(node) if node["t"] == "Str" else None,
    )
    return {"t": "BlockQuote", "c": [{"t": "Para", "c": clean}]}


def _without_sign(node: Node) -> Node | list[Node]:
    text = node["c"].replace(signs.STYLES["quotation"], "")
    return {"t": "Str", "c": text} if text else []
