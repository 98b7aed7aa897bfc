"""Tables for Typst: three lines, heads that come again on each page."""

from __future__ import annotations

from bukti.base.tree import Nodes
from bukti.render.nodes import raw_block
from bukti.render.tables import Cell, Column, Row, TableModel
from bukti.render.typst_code import array, content


def typst_table(table: TableModel) -> Nodes:
    """The lines of code and cells of a table, as the argument `body` of an exhibit."""
    columns = array([_width(column) for column in table.columns])
    aligns = array([column.align for column in table.columns])
    blocks = [raw_block("typst", f"body: table(columns: {columns}, align: {aligns},")]
    blocks += _head(table.head)
    for row in table.body:
        blocks += _cells(row)
    if table.foot:
        blocks.append(raw_block("typst", "table.hline(stroke: paper.thin),"))
        blocks += [block for row in table.foot for block in _cells(row)]
    return [*blocks, raw_block("typst", "table.hline(stroke: paper.heavy)),")]


def _head(rows: tuple[Row, ...]) -> Nodes:
    if not rows:
        return [raw_block("typst", "table.hline(stroke: paper.heavy),")]
    blocks = [raw_block("typst", "table.header(repeat: true, table.hline(stroke: paper.heavy),")]
    for row in rows:
        blocks += _cells(row)
    return [*blocks, raw_block("typst", "table.hline(stroke: paper.thin)),")]


def _cells(row: Row) -> Nodes:
    return [block for cell in row for block in _cell(cell)]


def _cell(cell: Cell) -> Nodes:
    spans = f"colspan: {cell.columns}, " if cell.columns > 1 else ""
    spans += f"rowspan: {cell.rows}, " if cell.rows > 1 else ""
    before = f"table.cell(align: {cell.align}, {spans})"
    if cell.heads:
        return content(cell.blocks, f"{before}[#paper.head", "],")
    return content(cell.blocks, before)


def _width(column: Column) -> str:
    return f"{column.share * 100:.4g}%" if column.share else "auto"
