"""Tables for HTML, with the scope of every head and numbers by their decimal signs."""

from __future__ import annotations

from html import escape

from bukti.base.tree import Node, Nodes
from bukti.render.nodes import plain, raw_block, raw_inline
from bukti.render.tables import Cell, Row, TableModel

_SCOPES = {"col": "col", "colgroup": "colgroup", "row": "row"}


def html_table(table: TableModel, label: str) -> Nodes:
    """A table as tags around pandoc's own blocks."""
    region = f' role="region" aria-label="{escape(label)}"' if label else ""
    frame = f'<div class="table-frame" tabindex="0"{region}><table>{_columns(table)}'
    blocks = [_raw(frame)]
    marked = _marked(table)
    for name, rows in (("thead", table.head), ("tbody", table.body), ("tfoot", table.foot)):
        if rows:
            lines = [block for row in rows for block in _row(row, marked, len(table.columns))]
            blocks += [_raw(f"<{name}>"), *lines, _raw(f"</{name}>")]
    return [*blocks, _raw("</table></div>")]


def _columns(table: TableModel) -> str:
    if not any(column.share for column in table.columns):
        return ""
    shares = (f"{(column.share or 0) * 100:.4g}%" for column in table.columns)
    return "<colgroup>" + "".join(f'<col style="width: {each}">' for each in shares) + "</colgroup>"


def _marked(table: TableModel) -> frozenset[int]:
    """The columns in which raised marks hang behind numbers."""
    cells = (cell for row in table.rows for cell in row)
    return frozenset(cell.place for cell in cells if cell.pad and cell.pad.marks)


def _row(row: Row, marked: frozenset[int], columns: int) -> Nodes:
    cells = [block for cell in row for block in _cell(cell, cell.place in marked, columns)]
    return [_raw("<tr>"), *cells, _raw("</tr>")]


def _cell(cell: Cell, marked: bool, columns: int) -> Nodes:
    tag = "th" if cell.heads else "td"
    opening = f'<{tag} class="{" ".join(_classes(cell, marked, columns))}"'
    opening += f' scope="{_scope(cell)}"' if cell.heads else ""
    opening += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    opening += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    opening += f' data-pad="{escape(cell.pad.text)}"' if cell.pad and cell.pad.text else ""
    opening, closing = f"{opening}>", f"</{tag}>"
    if cell.heads == "col" and cell.columns > 1:
        opening, closing = f"{opening}<div>", f"</div>{closing}"
    blocks = cell.blocks
    if len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para"):
        start, end = raw_inline("html", opening), raw_inline("html", closing)
        return [plain([start, *blocks[0]["c"], end])]
    return [_raw(opening), *blocks, _raw(closing)]


def _classes(cell: Cell, marked: bool, columns: int) -> list[str]:
    named = {
        "first": cell.place == 0,
        "last": cell.place + cell.columns == columns,
        "number": cell.pad is not None,
        "marked": marked and cell.columns == 1,
        "spanner": cell.heads == "col" and cell.columns > 1,
        "group": cell.heads == "colgroup",
        "indented": cell.indented,
    }
    return [cell.align, *(name for name, holds in named.items() if holds)]


def _scope(cell: Cell) -> str:
    return "colgroup" if cell.heads == "col" and cell.columns > 1 else _SCOPES[cell.heads]


def _raw(text: str) -> Node:
    return raw_block("html", text)
