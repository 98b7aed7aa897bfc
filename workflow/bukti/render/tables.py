"""pandoc's tables as rows of cells that know their alignment and what they head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bukti.base.tree import Node, Nodes

_ALIGNMENTS = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: how it is aligned, and its share of the width where the author gave one."""

    align: str
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its blocks, alignment and spans, and whether it heads a column or a row."""

    blocks: Nodes
    align: str
    rows: int
    columns: int
    heads: str


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableModel:
    """A table as rows; groups within the body begin with a row that heads its columns."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    foot: tuple[Row, ...]


def read_table(node: Node) -> TableModel:
    """The model of a table node."""
    _, _, specs, (_, head), bodies, (_, foot) = node["c"]
    columns = tuple(_column(spec) for spec in specs)
    body: list[Row] = []
    for _, row_heads, groups, rows in bodies:
        body.extend(_rows(groups, columns, heads="colgroup"))
        body.extend(_rows(rows, columns, row_heads=row_heads))
    return TableModel(
        columns=columns,
        head=tuple(_rows(head, columns, heads="col")),
        body=tuple(body),
        foot=tuple(_rows(foot, columns)),
    )


def _column(spec: list[Any]) -> Column:
    align, width = spec
    share = float(width["c"]) if width["t"] == "ColWidth" else None
    return Column(align=_ALIGNMENTS.get(align["t"], "left"), share=share)


def _rows(
    rows: list[Any], columns: tuple[Column, ...], *, heads: str = "", row_heads: int = 0
) -> Iterator[Row]:
    taken = [0] * len(columns)
    for _, cells in rows:
        yield tuple(_row(cells, columns, taken, heads, row_heads))
        taken = [max(0, left - 1) for left in taken]


def _row(
    cells: list[Any], columns: tuple[Column, ...], taken: list[int], heads: str, row_heads: int
) -> Iterator[Cell]:
    """The cells of a row; `taken` counts for each column the rows that are still spanned."""
    place = 0
    for _, align, rows, width, blocks in cells:
        while place < len(columns) - 1 and taken[place]:
            place += 1
        yield Cell(
            blocks=blocks,
            align=_ALIGNMENTS.get(align["t"], columns[place].align if width == 1 else "center"),
            rows=rows,
            columns=width,
            heads=heads or ("row" if place < row_heads else ""),
        )
        for covered in range(place, min(place + width, len(columns))):
            taken[covered] = rows
        place = min(place + width, len(columns) - 1) if columns else 0
