"""Tables for Typst: three lines, numbers by their decimal signs, heads on each page."""

from __future__ import annotations

from bukti.base.tree import Node, Nodes
from bukti.render.nodes import raw_block, raw_inline
from bukti.render.numerals import Pad
from bukti.render.tables import Cell, Row, TableModel
from bukti.render.typst_code import array, content, quoted

_NO_PAD = Pad()


def typst_table(table: TableModel, available_mm: float, continued: str = "") -> Nodes:
    """The lines of code and cells of a table, as the argument `body` of an exhibit.

    `continued` is what stands above the head on each page but the first.
    """
    columns = array(_widths(table, available_mm))
    aligns = array([column.align for column in table.columns])
    insets = f"inset: paper.insets({len(table.columns)})"
    gutter = f"column-gutter: {array(_gutters(table))}"
    opening = f"body: table(columns: {columns}, align: {aligns}, {insets}, {gutter},"
    blocks = [raw_block("typst", opening)]
    blocks += _head(table.head, continued)
    for row in table.body:
        blocks += _cells(row)
    if table.foot:
        blocks.append(raw_block("typst", "table.hline(stroke: paper.thin),"))
        blocks += [block for row in table.foot for block in _cells(row)]
    return [*blocks, raw_block("typst", "table.hline(stroke: paper.heavy)),")]


def _head(rows: tuple[Row, ...], continued: str) -> Nodes:
    if not rows:
        return [raw_block("typst", "table.hline(stroke: paper.heavy),")]
    blocks = [raw_block("typst", "table.header(repeat: true, table.hline(stroke: paper.heavy),")]
    for number, row in enumerate(rows):
        for cell in row:
            first = number == 0 and cell.place == 0
            above = f"#paper.continued({quoted(continued)})" if first and continued else ""
            blocks += _cell(cell, above)
        blocks += [_line_below(cell) for cell in row if cell.spans]
    return [*blocks, raw_block("typst", "table.hline(stroke: paper.thin)),")]


def _cells(row: Row) -> Nodes:
    return [block for cell in row for block in _cell(cell)]


def _cell(cell: Cell, above: str = "") -> Nodes:
    spans = f"colspan: {cell.columns}, " if cell.columns > 1 else ""
    spans += f"rowspan: {cell.rows}, " if cell.rows > 1 else ""
    down = " + bottom" if cell.heads == "col" else ""
    before = f"table.cell(align: {cell.align}{down}, {spans})"
    if cell.heads == "col":
        return content(cell.blocks, f"{before}[{above}#paper.head", "],")
    if cell.heads == "colgroup":
        return content(cell.blocks, f"{before}[#paper.group-head", "],")
    if cell.indented:
        return content(cell.blocks, f"{before}[#paper.grouped", "],")
    if cell.pad not in (None, _NO_PAD) and len(cell.blocks) == 1:
        return content(_padded(cell), before)
    return content(cell.blocks, before)


def _line_below(cell: Cell) -> Node:
    """The line under a head above several columns; it ends at the gaps beside them."""
    end = cell.place + cell.columns
    code = f"table.hline(start: {cell.place}, end: {end}, stroke: paper.thin),"
    return raw_block("typst", code)


def _gutters(table: TableModel) -> list[str]:
    """The gaps between the columns: some room where heads above several begin and end."""
    spanning = [cell for row in table.head for cell in row if cell.spans]
    ends = {place for cell in spanning for place in (cell.place, cell.place + cell.columns)}
    return ["paper.gap" if place in ends else "0pt" for place in range(1, len(table.columns))]


def _padded(cell: Cell) -> Nodes:
    assert cell.pad is not None
    (block,) = cell.blocks
    pad = f"#paper.lacking({quoted(cell.pad.text)}, {cell.pad.marks})"
    return [{"t": block["t"], "c": [*block["c"], raw_inline("typst", pad)]}]


def _widths(table: TableModel, available: float) -> list[str]:
    """The columns' widths: the author's shares, else those that leave room for the gaps."""
    widths = table.widths_mm(available)
    if table.has_shares:
        return [f"{width / available * 100:.4g}%" for width in widths]
    if sum(widths) < available:
        return ["auto"] * len(widths)
    return [f"{width / available * 100:.4g}fr" for width in widths]
