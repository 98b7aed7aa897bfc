"""pandoc's tree as plain data: walking it, reading its text, making its nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bukti.base.tree import Node, attributes, is_node

Transform = Callable[[Node], "Node | list[Node] | None"]


def transform(value: Any, change: Transform) -> Any:
    """A copy in which every node has been changed, children first.

    `change` returns a node, a list of nodes that takes its place, or None for the node as it is.
    """
    if isinstance(value, list):
        items: list[Any] = []
        for item in value:
            changed = transform(item, change)
            if is_node(item) and isinstance(changed, list):
                items.extend(changed)
            else:
                items.append(changed)
        return items
    if isinstance(value, dict):
        copy = {key: transform(item, change) for key, item in value.items()}
        if is_node(copy):
            changed = change(copy)
            return copy if changed is None else changed
        return copy
    return value


def strings(value: Any) -> Iterator[str]:
    """Every string anywhere in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)


def plain_text(value: Any) -> str:
    """The words of inlines or blocks, as a reader sees them; notes are left out."""
    parts: list[str] = []
    _collect(value, parts)
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
    elif kind == "Quoted" or kind in ("Link", "Span", "Image", "Cite"):
        _collect(content[1], parts)
    elif kind not in ("Note", "RawInline", "RawBlock"):
        _collect(content, parts)


def words(text: str) -> list[Node]:
    """Inlines for a text: words and spaces."""
    inlines: list[Node] = []
    for number, word in enumerate(text.split(" ")):
        if number:
            inlines.append({"t": "Space"})
        if word:
            inlines.append({"t": "Str", "c": word})
    return inlines


def span(inlines: list[Node], attribute: list[Any]) -> Node:
    """A span of inlines."""
    return {"t": "Span", "c": [attribute, inlines]}


def link(inlines: list[Node], target: str, classes: Iterable[str] = ()) -> Node:
    """A link to an address."""
    return {"t": "Link", "c": [attributes(classes=classes), inlines, [target, ""]]}


def meta_string(text: str) -> Node:
    """A metadata string that is taken as it is."""
    return {"t": "MetaString", "c": text}


def meta_inlines(inlines: list[Node]) -> Node:
    """Metadata made of inlines."""
    return {"t": "MetaInlines", "c": inlines}


def meta_list(items: Iterable[Node]) -> Node:
    """A list in the metadata."""
    return {"t": "MetaList", "c": list(items)}


def meta_map(items: dict[str, Node]) -> Node:
    """A map in the metadata."""
    return {"t": "MetaMap", "c": items}
