"""About how high the rows of a table are, before any writer has set them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from bukti.base.tree import walk
from bukti.render.nodes import plain_text
from bukti.render.tables import Cell, Row, TableModel, width_mm

_MM_PER_LINE = 4.0  # of letters 9 points high
_MM_BETWEEN = 2.6
_FIRST_ROWS = 2  # of the body: they stand on the page of the table's title
_SPANS = ("Plain", "Para", "LineBreak", "CodeBlock")


def table_mm(table: TableModel, available_mm: float) -> float:
    """The height of a table that is set on a line of this width."""
    return _height(table.rows, table.widths_mm(available_mm))


def opening_mm(table: TableModel, available_mm: float) -> float:
    """The height of a table's head and first rows."""
    opening = (*table.head, *table.body[:_FIRST_ROWS])
    return _height(opening, table.widths_mm(available_mm))


def _height(rows: Sequence[Row], widths: Sequence[float]) -> float:
    lines = [max((_lines(cell, widths) for cell in row), default=1) for row in rows]
    return sum(lines) * _MM_PER_LINE + len(lines) * _MM_BETWEEN


def _lines(cell: Cell, widths: Sequence[float]) -> int:
    """The lines of a cell; what spans several rows adds none to its first."""
    if cell.rows > 1:
        return 1
    room = sum(widths[cell.place : cell.place + cell.columns])
    blocks = [each for each in walk(cell.blocks) if each["t"] in _SPANS]
    return sum(max(1, ceil(width_mm(len(plain_text(each))) / max(room, 1))) for each in blocks)
