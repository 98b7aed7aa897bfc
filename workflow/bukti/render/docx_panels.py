"""Several pictures of one figure for Word: rows of cells without lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bukti.base.diagnostic import Diagnostic
from bukti.base.tree import Nodes, walk
from bukti.render.docx_xml import twips
from bukti.render.nodes import attr_of, has_class, raw_block
from bukti.render.pictures import PANEL, Exhibit, Panel, read_panels
from bukti.render.plan import Invocation


def panel_ids(blocks: Nodes) -> frozenset[str]:
    """The ids of the pictures of figures of several."""
    return frozenset(attr_of(each)[0] for each in walk(blocks) if has_class(each, PANEL, "Image"))


def docx_panels(
    exhibit: Exhibit,
    invocation: Invocation,
    found: list[Diagnostic],
    cell: Callable[[Panel], Nodes],
) -> Nodes:
    """The pictures of a figure in a table of their own; nothing for any other figure."""
    layout = invocation.layout
    width = layout.exhibit_width_mm(wide=exhibit.wide, spans=True)
    rows = [read_panels(block, invocation, found, width) for block in exhibit.blocks]
    if not rows or not all(rows):
        return []
    return [block for row in rows for block in _row(row, width, cell)]


def _row(row: tuple[Panel, ...], width: float, cell: Callable[[Panel], Nodes]) -> Nodes:
    share = twips(width / len(row))
    grid = f'<w:gridCol w:w="{share}"/>' * len(row)
    properties = f'<w:tblW w:w="{twips(width)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    opening = f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>"
    blocks = [raw_block("openxml", opening)]
    for panel in row:
        start = f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="dxa"/></w:tcPr>'
        blocks += [raw_block("openxml", start), *cell(_sized(panel))]
        blocks.append(raw_block("openxml", "</w:tc>"))
    return [*blocks, raw_block("openxml", "</w:tr></w:tbl>")]


def _sized(panel: Panel) -> Panel:
    if panel.picture is None:
        return panel
    return replace(panel, picture=replace(panel.picture, width_mm=panel.width_mm))
