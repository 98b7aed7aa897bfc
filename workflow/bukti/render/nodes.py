"""pandoc's tree: how its nodes are made, read and replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bukti.base.tree import Node, Nodes, attributes, is_node

Change = Callable[[Node], Nodes | None]

_ATTRIBUTED = {"Header": 1, "Div": 0, "Span": 0, "Link": 0, "Image": 0, "Figure": 0, "Table": 0}
_BOXES = ("\u2610", "\u2612")
_SPACES = ("Space", "SoftBreak", "LineBreak")


def string(text: str) -> Node:
    """A run of text."""
    return {"t": "Str", "c": text}


def plain(inlines: Nodes) -> Node:
    """A block of inlines that is no paragraph of its own."""
    return {"t": "Plain", "c": inlines}


def paragraph(inlines: Nodes) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": inlines}


def raw_block(form: str, text: str) -> Node:
    """A block that the writer of one format passes on as it is."""
    return {"t": "RawBlock", "c": [form, text]}


def raw_inline(form: str, text: str) -> Node:
    """An inline that the writer of one format passes on as it is."""
    return {"t": "RawInline", "c": [form, text]}


def div(attr: list[Any], blocks: Nodes) -> Node:
    """A division with attributes."""
    return {"t": "Div", "c": [attr, blocks]}


def span(attr: list[Any], inlines: Nodes) -> Node:
    """A span with attributes."""
    return {"t": "Span", "c": [attr, inlines]}


def styled(style: str, inlines: Nodes) -> Node:
    """A paragraph in a named style of a word processor."""
    return div(attributes(pairs=[("custom-style", style)]), [paragraph(inlines)])


def attr_of(node: Node) -> tuple[str, list[str], dict[str, str]]:
    """The identifier, classes and keys of a node; empty where its kind has none."""
    place = _ATTRIBUTED.get(node["t"])
    if place is None:
        return "", [], {}
    identifier, classes, pairs = node["c"][place]
    return identifier, classes, dict(pairs)


def set_identifier(node: Node, identifier: str) -> Node:
    """A copy of a node with another identifier."""
    content = list(node["c"])
    place = _ATTRIBUTED[node["t"]]
    content[place] = [identifier, *content[place][1:]]
    return {"t": node["t"], "c": content}


def has_class(node: Node, name: str, kind: str) -> bool:
    """Whether a node is of a kind and carries a class."""
    return bool(node["t"] == kind) and name in attr_of(node)[1]


def rewrite(value: Any, change: Change) -> Any:
    """A copy of a tree in which `change` replaced the nodes that it answered for.

    A node for which it answers None is kept, and its children are asked in turn.
    """
    if isinstance(value, list):
        result: list[Any] = []
        for item in value:
            replaced = change(item) if is_node(item) else None
            if replaced is None:
                result.append(rewrite(item, change))
            else:
                result.extend(replaced)
        return result
    if isinstance(value, dict):
        return {key: rewrite(item, change) for key, item in value.items()}
    return value


def plain_text(value: Any) -> str:
    """The words of a tree, without notes and raw passages."""
    return " ".join("".join(_pieces(value)).split())


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _pieces(item)
    elif isinstance(value, dict):
        yield from _node_pieces(value)


def _node_pieces(node: Node) -> Iterator[str]:
    kind = node.get("t")
    if kind in ("Note", "RawInline", "RawBlock"):
        return
    if kind in _SPACES:
        yield " "
    elif kind in ("Str", "MetaString"):
        yield node["c"]
    elif kind in ("Code", "Math", "CodeBlock"):
        yield node["c"][1]
    elif kind in ("Link", "Image", "Span", "Div", "Cite", "Quoted"):
        yield from _pieces(node["c"][1])
    elif kind == "Header":
        yield from _pieces(node["c"][2])
    else:
        yield from _pieces(node.get("c", []))
        if kind in ("Para", "Plain"):
            yield " "


def is_task(item: Nodes) -> bool:
    """Whether the item of a list is a task, done or not."""
    inlines = item[0]["c"] if item and item[0]["t"] in ("Plain", "Para") else []
    return bool(inlines) and inlines[0]["t"] == "Str" and inlines[0]["c"] in _BOXES
