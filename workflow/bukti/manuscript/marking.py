"""Whether Markdown lets a mark stand where one is written."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from bukti.base.tree import Node
from bukti.manuscript.anchors import shape
from bukti.manuscript.marks import ALT_MARK
from bukti.manuscript.tree import transform


def same_but_for_marks(
    before: Mapping[str, Any], after: Mapping[str, Any], addresses: Collection[str]
) -> bool:
    """Whether two trees say the same, and only the second has marks at some addresses.

    They are pandoc's trees before and after marks were written. It is not so where a mark moves
    the columns of a table, or stands where it is read as plain text.
    """
    kept = {key: after[key] for key in ("meta", "blocks")}
    return bool(_plain(kept, addresses) == _plain({key: before[key] for key in kept}, addresses))


def _plain(tree: Any, addresses: Collection[str]) -> Any:
    def unlinked(node: Node) -> list[Node] | None:
        if node["t"] == "Link" and node["c"][2][0] in addresses:
            return list(node["c"][1])
        return None

    return _without_alternative_marks(shape(transform(tree, unlinked)), addresses)


def _without_alternative_marks(value: Any, addresses: Collection[str]) -> Any:
    """Marks in alternative texts, which pandoc leaves as text."""
    if isinstance(value, str):
        return ALT_MARK.sub(lambda match: _words(match, addresses), value)
    if isinstance(value, tuple):
        return tuple(_without_alternative_marks(item, addresses) for item in value)
    if isinstance(value, list):
        return [_without_alternative_marks(item, addresses) for item in value]
    if isinstance(value, dict):
        return {key: _without_alternative_marks(item, addresses) for key, item in value.items()}
    return value


def _words(match: re.Match[str], addresses: Collection[str]) -> str:
    return match[1] if match[2] in addresses else match[0]
