"""Lists, definitions and verse for Typst, where pandoc's own writer sets them oddly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bukti.base.tree import Node, Nodes
from bukti.render.nodes import is_task, plain, raw_block
from bukti.render.typst_code import MODULE, call, quoted

_STYLES = {"LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"}
_DELIMITERS = {"OneParen": "{})", "TwoParens": "({})"}
_PLAIN: list[Any] = [1, {"t": "Decimal"}, {"t": "Period"}]


def set_block(node: Node, rewritten: Callable[[Any], Any]) -> Nodes | None:
    """The block with the template's calls; None for a kind that pandoc sets well."""
    kind = node["t"]
    if kind == "OrderedList":
        return _numbered(node, rewritten)
    if kind == "BulletList" and all(map(is_task, node["c"])):
        return _around("tasks", [{"t": "BulletList", "c": rewritten(node["c"])}])
    if kind == "DefinitionList":
        return _definitions(node, rewritten)
    if kind == "LineBlock":
        return call("verse", {}, {"body": [{"t": "LineBlock", "c": rewritten(node["c"])}]})
    return None


def _numbered(node: Node, rewritten: Callable[[Any], Any]) -> Nodes | None:
    (first, style, delimiter), items = node["c"]
    pattern = _DELIMITERS.get(delimiter["t"], "{}.").format(_STYLES.get(style["t"], "1"))
    if (first, pattern) == (1, "1."):
        return None
    inner = [{"t": "OrderedList", "c": [_PLAIN, rewritten(items)]}]
    return _around(f"numbered.with({quoted(pattern)}, {first})", inner)


def _around(function: str, blocks: Nodes) -> Nodes:
    before, after = f"#({MODULE}.{function})[", "]"
    return [raw_block("typst", before), *blocks, raw_block("typst", after)]


def _definitions(node: Node, rewritten: Callable[[Any], Any]) -> Nodes:
    blocks: Nodes = []
    for term, meanings in node["c"]:
        body = [block for meaning in meanings for block in meaning]
        parts = {"term": [plain(rewritten(term))], "body": rewritten(body)}
        blocks += call("definition", {}, parts)
    return blocks
