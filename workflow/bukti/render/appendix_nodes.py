"""Nodes of pandoc's tree that the evidence appendix is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bukti.base.tree import Node, Nodes, attributes
from bukti.manuscript.tree import words as words
from bukti.render.nodes import paragraph, plain

NOTHING = "\u2014"


def heading(level: int, identifier: str, inlines: Nodes) -> Node:
    """A heading without a number."""
    return {"t": "Header", "c": [level, attributes(identifier, ["unnumbered"]), inlines]}


def strong(inlines: Nodes) -> Node:
    """Words in bold."""
    return {"t": "Strong", "c": inlines}


def emphasis(inlines: Nodes) -> Nodes:
    """Words in italics."""
    return [{"t": "Emph", "c": inlines}]


def code(text: str) -> Node:
    """An identifier or name of a file."""
    return {"t": "Code", "c": [attributes(), text]}


def link(inlines: Nodes, target: str, title: str = "", *, outside: bool = False) -> Node:
    """A link to an identifier of the paper, or to an address outside of it."""
    return {"t": "Link", "c": [attributes(), inlines, [target if outside else f"#{target}", title]]}


def dotted(parts: Iterable[Nodes]) -> Nodes:
    """Parts of a line with a raised dot between them."""
    found: Nodes = []
    for part in parts:
        found += [*(words(" \u00b7 ") if found else []), *part]
    return found


def bullets(items: Iterable[Nodes]) -> Node:
    """A list without numbers."""
    return {"t": "BulletList", "c": list(items)}


def defined(lines: Sequence[tuple[str, Nodes]]) -> Node:
    """Terms, each with its blocks."""
    return {"t": "DefinitionList", "c": [[words(term), [blocks]] for term, blocks in lines]}


def close_together(lines: Sequence[tuple[str, Nodes]]) -> Nodes:
    """Terms, each with its blocks, the first of them on the line of the term where it is one."""
    found: Nodes = []
    for term, blocks in lines:
        if len(blocks) == 1 and blocks[0]["t"] == "BulletList" and len(blocks[0]["c"]) == 1:
            blocks = blocks[0]["c"][0]
        lead: Nodes = [strong(words(f"{term}:"))]
        if blocks and blocks[0]["t"] in ("Para", "Plain"):
            lead += [{"t": "Space"}, *blocks[0]["c"]]
            blocks = blocks[1:]
        found += [paragraph(lead), *blocks]
    return found


def table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str], row: str
) -> Node:
    """A table of words; the rows have their numbers in a first column, where these are known."""
    numbered = len(numbers) == len(rows)
    heads = [*([row] if numbered else []), *columns]
    lines = [[*(numbers[at : at + 1] if numbered else []), *each] for at, each in enumerate(rows)]
    specs = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in heads]
    return {
        "t": "Table",
        "c": [
            attributes(),
            [None, []],
            specs,
            [attributes(), [_row(heads)]],
            [[attributes(), 0, [], [_row(line) for line in lines]]],
            [attributes(), []],
        ],
    }


def row_lines(
    columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str], row: str
) -> Node:
    """The same as a list, for pages on which a table of many columns has no room."""
    items: list[Nodes] = []
    for at, cells in enumerate(rows):
        lead = words(f"{row} {numbers[at]}: ") if at < len(numbers) else []
        said = zip(columns, cells, strict=True)
        parts = (words(f"{column} {cell}") for column, cell in said if cell != NOTHING)
        items.append([plain([*lead, *dotted(parts)])])
    return bullets(items)


def _row(cells: Sequence[str]) -> list[Any]:
    return [attributes(), [_cell(each) for each in cells]]


def _cell(text: str) -> list[Any]:
    return [attributes(), {"t": "AlignDefault"}, 1, 1, [plain(words(text))]]
