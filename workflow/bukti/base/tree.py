"""pandoc's tree as plain data: what every stage that handles it needs to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeGuard

Node = dict[str, Any]
Nodes = list[Node]


def is_node(value: object) -> TypeGuard[Node]:
    """Whether a value in the tree is a node, not an attribute or a number."""
    return isinstance(value, dict) and "t" in value


def walk(value: Any) -> Iterator[Node]:
    """Every node of a tree, parents before children, in reading order."""
    if isinstance(value, list):
        for item in value:
            yield from walk(item)
    elif isinstance(value, dict):
        if is_node(value):
            yield value
        for item in value.values():
            yield from walk(item)


def attributes(
    identifier: str = "", classes: Iterable[str] = (), pairs: Iterable[tuple[str, str]] = ()
) -> list[Any]:
    """The attributes of a node: its identifier, its classes, its keys with their values."""
    return [identifier, list(classes), [list(pair) for pair in pairs]]
