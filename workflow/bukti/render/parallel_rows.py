"""What of two editions stands beside each other: their blocks in rows, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bukti.base.span import Span
from bukti.base.tree import Node, Nodes, attributes, walk
from bukti.ledger.alignment import Side, align
from bukti.ledger.contents import Contents, Item
from bukti.ledger.join import EditionRecord
from bukti.ledger.passages import PassageRecord
from bukti.render.nodes import attr_of, has_class, plain_text, rewrite, span
from bukti.render.prepare import EXHIBIT

_CITED = "cited"
_PLACE = Span(path="")
_LISTS = ("BulletList", "OrderedList")


class RowKind(StrEnum):
    """What a row holds."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    EXHIBIT = "exhibit"
    REFERENCES = "references"


_KINDS = {
    "heading": RowKind.HEADING,
    "item": RowKind.ITEM,
    "caption": RowKind.EXHIBIT,
    "references": RowKind.REFERENCES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Blocks of two editions that say the same; one side is empty where its edition lacks them."""

    kind: RowKind
    here: Nodes
    there: Nodes


def with_citations(tree: Any) -> Any:
    """A tree whose citations keep their keys when they become ordinary words."""

    def change(node: Node) -> Nodes | None:
        if node["t"] != "Cite":
            return None
        keys = " ".join(citation["citationId"] for citation in node["c"][0])
        return [span(attributes(classes=[_CITED], pairs=[("keys", keys)]), [node])]

    return rewrite(tree, change)


def without_citations(tree: Any) -> Any:
    """A tree without the keys of its citations."""

    def change(node: Node) -> Nodes | None:
        if not has_class(node, _CITED, "Span"):
            return None
        inlines: Nodes = without_citations(node["c"][1])
        return inlines

    return rewrite(tree, change)


def rows_of(here: Nodes, there: Nodes) -> tuple[Row, ...]:
    """The rows of two sequences of blocks, as the ledger aligns passages; lists by their items."""
    sides = ([*_with_items(here)], [*_with_items(there)])
    headings = tuple([block for block in side if block["t"] == "Header"] for side in sides)
    numbered = _without_id(headings[0]) == _without_id(headings[1])
    pairs = align(_side(sides[0], numbered=numbered), _side(sides[1], numbered=numbered))
    rows = [
        Row(
            kind=_KINDS.get(pair.kind, RowKind.TEXT),
            here=[sides[0][index] for index in pair.here],
            there=[sides[1][index] for index in pair.there],
        )
        for pair in pairs
    ]
    return tuple(_with_exhibits_together(rows))


def _with_exhibits_together(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, with figures and tables of one name in one row wherever they stand."""
    alone = {_exhibit_name(row.there): row for row in rows if not row.here}
    found = {_exhibit_name(row.here) for row in rows if not row.there} & alone.keys() - {""}
    for row in rows:
        if not row.there and _exhibit_name(row.here) in found:
            yield replace(row, there=alone[_exhibit_name(row.here)].there)
        elif row.here or _exhibit_name(row.there) not in found:
            yield row


def _exhibit_name(blocks: Nodes) -> str:
    exhibits = [each for each in blocks if has_class(each, EXHIBIT, "Div")]
    return attr_of(exhibits[0]["c"][1][0])[0] if exhibits else ""


def _without_id(headings: Nodes) -> int:
    return sum(1 for each in headings if not attr_of(each)[0])


def _with_items(blocks: Nodes) -> Iterator[Node]:
    """The blocks, each item of a list as a list of its own."""
    for block in blocks:
        if block["t"] == "BulletList":
            yield from ({"t": "BulletList", "c": [item]} for item in block["c"])
        elif block["t"] == "OrderedList":
            (first, style, delimiter), items = block["c"]
            for number, item in enumerate(items, start=first):
                yield {"t": "OrderedList", "c": [[number, style, delimiter], [item]]}
        else:
            yield block


def _side(blocks: Sequence[Node], *, numbered: bool) -> Side:
    """Blocks as the ledger knows passages; headings without an id are known by their number."""
    passages: list[PassageRecord] = []
    sections: list[Mapping[str, Any]] = []
    section, unnamed = "", 0
    for block in blocks:
        name = section
        if block["t"] == "Header":
            name = attr_of(block)[0]
            if not name and numbered:
                unnamed += 1
                name = f"#{unnamed}"
            section = name or section
            sections.append({"id": name})
        text = plain_text(block)
        passages.append(PassageRecord(kind=_kind(block), section=name, text=text, span=_PLACE))
    items = {place: tuple(_items(block, place)) for place, block in enumerate(blocks)}
    return Side(
        edition=EditionRecord(
            language="",
            marks=(),
            products=(),
            citations=(),
            references=(),
            sections=tuple(sections),
            passages=tuple(passages),
        ),
        contents=Contents(items=(), by_passage=items),
    )


def _kind(block: Node) -> str:
    if block["t"] == "Header":
        return "heading"
    if block["t"] in _LISTS:
        return "item"
    if block["t"] == "BlockQuote":
        return "quote"
    if block["t"] == "DefinitionList":
        return "definition"
    if has_class(block, EXHIBIT, "Div"):
        return "caption"
    if block["t"] in ("Para", "Plain") and len(block["c"]) == 1:
        return "equation" if has_class(block["c"][0], "equation", "Span") else "paragraph"
    return "references" if attr_of(block)[0] == "refs" else "paragraph"


def _items(block: Node, place: int) -> Iterator[Item]:
    """What a block has that is the same in every language."""
    if attr_of(block)[0] == "refs":
        return
    if has_class(block, EXHIBIT, "Div"):
        name = attr_of(block["c"][1][0])[0]
        if name:
            yield Item(kind="product", name=name, span=_PLACE, passage=place)
    for node in walk(block):
        for kind, name in _uses(node):
            yield Item(kind=kind, name=name, span=_PLACE, passage=place)


def _uses(node: Node) -> Iterator[tuple[str, str]]:
    _, classes, pairs = attr_of(node)
    if node["t"] == "Span" and "mark" in classes:
        yield from (("claim", name) for name in pairs.get("claims", "").split("+"))
    elif node["t"] == "Span" and _CITED in classes:
        yield from (("citation", key) for key in pairs["keys"].split())
    elif node["t"] == "Link" and str(node["c"][2][0]).startswith("#"):
        yield "reference", str(node["c"][2][0])
    elif node["t"] == "Math":
        yield "formula", ""
