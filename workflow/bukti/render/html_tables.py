"""Tables for HTML, with the scope of every head."""

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
    for name, rows in (("thead", table.head), ("tbody", table.body), ("tfoot", table.foot)):
        if rows:
            lines = [block for row in rows for block in _row(row)]
            blocks += [_raw(f"<{name}>"), *lines, _raw(f"</{name}>")]
    return [*blocks, _raw("</table></div>")]


def _columns(table: TableModel) -> str:
    if not any(column.share for column in table.columns):
        return ""
    shares = (f"{(column.share or 0) * 100:.4g}%" for column in table.columns)
    return "<colgroup>" + "".join(f'<col style="width: {each}">' for each in shares) + "</colgroup>"


def _row(row: Row) -> Nodes:
    return [_raw("<tr>"), *(block for cell in row for block in _cell(cell)), _raw("</tr>")]


def _cell(cell: Cell) -> Nodes:
    tag = "th" if cell.heads else "td"
    opening = f'<{tag} class="{cell.align}"'
    opening += f' scope="{_SCOPES[cell.heads]}"' if cell.heads else ""
    opening += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    opening += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    opening, closing = f"{opening}>", f"</{tag}>"
    blocks = cell.blocks
    if len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para"):
        start, end = raw_inline("html", opening), raw_inline("html", closing)
        return [plain([start, *blocks[0]["c"], end])]
    return [_raw(opening), *blocks, _raw(closing)]


def _raw(text: str) -> Node:
    return raw_block("html", text)
