"""Tables for Word: three lines, repeated heads, numbers by their decimal signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from bukti.base.tree import Node, Nodes
from bukti.render.docx_xml import child, twips, w
from bukti.render.nodes import raw_block
from bukti.render.tables import Cell, Row, TableModel

SETTING = "bukti"  # an attribute of a cell's or table's properties: how it is set
LONG = "long"
_INK = 'w:space="0" w:color="262626"'
_TWIPS = {"digit": 100, "sign": 50, "mark": 62}  # of Arial, 9 points high
_SIGNS = ".,:;!()[]* \u00a0\u202f"
_INDENT = 220
_SPACE = 100


def docx_table(
    table: TableModel, width_mm: float, scale: float = 1.0, *, long: bool = False
) -> Nodes:
    """A table as tags around pandoc's own blocks; a long one may go on over several pages.

    `scale` is the size of its letters beside those of 9 points.
    """
    widths = [scale * width for width in table.widths_mm(width_mm / scale)]
    grid = "".join(f'<w:gridCol w:w="{twips(each)}"/>' for each in widths)
    total = twips(sum(widths))
    mark = f' {SETTING}="{LONG}"' if long else ""
    properties = f"<w:tblPr{mark}>{_properties(total)}</w:tblPr>"
    blocks = [_raw(f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>")]
    parts = (("head", table.head), ("body", table.body), ("foot", table.foot))
    for name, rows in parts:
        for number, row in enumerate(rows):
            above = name == "foot" and number == 0
            below = name == "head" and number == len(rows) - 1
            blocks += _row(row, _covered(rows, number), widths, name, above=above, below=below)
    return [*blocks, _raw("</w:tbl>")]


def set_cells(document: Any) -> None:
    """Give the paragraphs of cells the settings that the tables' tags ask for."""
    for properties in document.iter(w("tcPr")):
        setting = properties.attrib.pop(SETTING, None)
        if setting is None:
            continue
        style, align, left, right, spanner = setting.split()
        cell = properties.getparent()
        _drop_needless_end(cell)
        for words in cell.findall(w("p")):
            inner = child(words, "pPr")
            if inner.find(w("numPr")) is not None:
                child(inner, "pStyle", val=style)
                child(inner, "ind", len(inner), left="220", hanging="220")
                continue
            inner.clear()
            child(inner, "pStyle", val=style)
            if spanner == "1":
                _line_below(inner)
            if (left, right) != ("0", "0"):
                child(inner, "ind", len(inner), left=left, right=right)
            if align != "left":
                child(inner, "jc", len(inner), val=align)


def _drop_needless_end(cell: Any) -> None:
    """Take away the empty paragraph that ends a cell, where another paragraph does so too."""
    words = list(cell)[-2:]
    if [each.tag for each in words] == [w("p"), w("p")] and not len(words[1]):
        cell.remove(words[1])


def _line_below(properties: Any) -> None:
    borders = etree.SubElement(properties, w("pBdr"))
    child(borders, "bottom", val="single", sz="4", space="1", color="262626")


def _properties(width: str) -> str:
    lines = "".join(f'<w:{side} w:val="single" w:sz="8" {_INK}/>' for side in ("top", "bottom"))
    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tblStyle w:val="Table"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )


def _row(
    row: Row,
    covered: dict[int, int],
    widths: Sequence[float],
    part: str,
    *,
    above: bool,
    below: bool,
) -> Nodes:
    repeated = "<w:tblHeader/>" if part == "head" else ""
    blocks = [_raw(f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>")]
    places = {cell.place: cell for cell in row}
    for place in sorted({*places, *covered}):
        cell = places.get(place)
        columns = cell.columns if cell else covered[place]
        size = twips(sum(widths[place : place + columns]))
        width = f'<w:tcW w:w="{size}" w:type="dxa"/>'
        width += f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        lines = _lines(above, below) + _margins(place, columns, len(widths))
        if cell is None:
            blocks.append(_raw(f"<w:tc><w:tcPr>{width}<w:vMerge/>{lines}</w:tcPr><w:p/></w:tc>"))
            continue
        width += '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
        down = '<w:vAlign w:val="bottom"/>' if part == "head" else ""
        opening = f'<w:tc><w:tcPr {SETTING}="{_setting(cell, part)}">{width}{lines}{down}</w:tcPr>'
        blocks += [_raw(opening), *_content(cell), _raw("</w:tc>")]
    return [*blocks, _raw("</w:tr>")]


def _covered(rows: Sequence[Row], number: int) -> dict[int, int]:
    """The columns that a cell of an earlier row covers in a row, with its width."""
    return {
        cell.place: cell.columns
        for earlier, row in enumerate(rows[:number])
        for cell in row
        if earlier + cell.rows > number
    }


def _lines(above: bool, below: bool) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" {_INK}/>'
        for side, drawn in (("top", above), ("bottom", below))
        if drawn
    )
    return f"<w:tcBorders>{sides}</w:tcBorders>" if sides else ""


def _margins(place: int, columns: int, number: int) -> str:
    """The space beside a cell's words; none at the table's own sides."""
    sides = (("left", place > 0), ("right", place + columns < number))
    spaces = "".join(f'<w:{side} w:w="{_SPACE * room}" w:type="dxa"/>' for side, room in sides)
    return f"<w:tcMar>{spaces}</w:tcMar>"


def _setting(cell: Cell, part: str) -> str:
    style = "TableHead" if part == "head" else "TableText"
    left = _INDENT if cell.indented else 0
    right = _lacking(cell)
    spanner = int(cell.heads == "col" and cell.columns > 1)
    return f"{style} {cell.align} {left} {right} {spanner}"


def _lacking(cell: Cell) -> int:
    """The width of the decimals and marks that a number lacks, in twentieths of a point."""
    if cell.pad is None:
        return 0
    letters = sum(_TWIPS["sign" if each in _SIGNS else "digit"] for each in cell.pad.text)
    return letters + cell.pad.marks * _TWIPS["mark"]


def _content(cell: Cell) -> Nodes:
    if not cell.blocks or not (cell.text or list(_kinds(cell.blocks))):
        return [_raw("<w:p/>")]
    if cell.heads == "colgroup" and len(cell.blocks) == 1 and cell.blocks[0]["t"] == "Plain":
        return [{"t": "Plain", "c": [{"t": "Emph", "c": cell.blocks[0]["c"]}]}]
    last = cell.blocks[-1]["t"]
    return cell.blocks if last in ("Plain", "Para") else [*cell.blocks, _raw("<w:p/>")]


def _kinds(blocks: Nodes) -> Iterator[Any]:
    """What a cell holds besides text."""
    for block in blocks:
        if block["t"] not in ("Plain", "Para") or block["c"]:
            yield block


def _raw(text: str) -> Node:
    return raw_block("openxml", text)
