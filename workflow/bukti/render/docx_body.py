"""What pandoc leaves to be done in the body: table lines and widths, kept captions, pictures."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from lxml import etree

from bukti.render.docx_xml import child, twips, w
from bukti.render.plan import Layout

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_CHARACTER = 108  # twips that a letter of the tables takes, and of the space beside a cell's text
_PADDING = 200


def improve(document: Any, layout: Layout) -> None:
    """Change the document in place."""
    for table in document.iter(w("tbl")):
        _table(table, layout)
    _neighbours(document)
    for number, shown in enumerate(document.iter(f"{{{_WP}}}docPr"), start=1):
        shown.set("id", str(number))
        shown.set("name", f"Picture {number}")
        shown.attrib.pop("title", None)
        for picture in shown.getparent().iter(f"{{{_PIC}}}cNvPr"):
            picture.set("descr", shown.get("descr", ""))  # pandoc puts the whole address here


def _table(table: Any, layout: Layout) -> None:
    properties = child(table, "tblPr")
    borders = etree.Element(w("tblBorders"))
    for side in ("top", "bottom"):
        _line(borders, side, "8")
    look = properties.find(w("tblLook"))
    properties.insert(len(properties) if look is None else properties.index(look), borders)
    rows = table.findall(w("tr"))
    heads = [row for row in rows if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None]
    for row in rows:
        _row(row, is_head=row in heads, is_last_head=bool(heads) and row is heads[-1])
    width = properties.find(w("tblW"))
    if width is not None and width.get(w("type")) == "auto":
        _fit_columns(table, rows, layout)


def _row(row: Any, *, is_head: bool, is_last_head: bool) -> None:
    settings = child(row, "trPr")
    settings.insert(0, etree.Element(w("cantSplit")))
    for cell in row.findall(w("tc")):
        if is_last_head:
            borders = etree.Element(w("tcBorders"))
            _line(borders, "bottom", "4")
            _insert_borders(child(cell, "tcPr"), borders)
        for words in cell.iter(w("p")):
            style = "TableHead" if is_head else "TableText"
            child(child(words, "pPr"), "pStyle", val=style)


def _line(borders: Any, side: str, eighths: str) -> None:
    child(borders, side, len(borders), val="single", sz=eighths, space="0", color="262626")


def _insert_borders(properties: Any, borders: Any) -> None:
    before = [properties.find(w(each)) for each in ("tcW", "gridSpan", "hMerge", "vMerge")]
    properties.insert(len([each for each in before if each is not None]), borders)


def _fit_columns(table: Any, rows: list[Any], layout: Layout) -> None:
    """Give each column the width of its longest text, or on a full page at least of its words."""
    columns = table.findall(f"{w('tblGrid')}/{w('gridCol')}")
    texts: list[list[str]] = [[""] for _ in columns]
    for row in rows:
        cells = row.findall(w("tc"))
        if len(cells) == len(columns):
            for place, cell in enumerate(cells):
                texts[place].append("".join(cell.itertext()))
    wanted = [_width(max(map(len, column))) for column in texts]
    needed = [
        _width(max(len(word) for text in column for word in f"{text} -".split()))
        for column in texts
    ]
    available = int(twips(layout.width_mm - 50))
    for column, width in zip(columns, _shared_out(needed, wanted, available), strict=True):
        column.set(w("w"), str(round(width)))


def _width(characters: int) -> float:
    return characters * _CHARACTER + _PADDING


def _shared_out(needed: list[float], wanted: list[float], available: float) -> list[float]:
    """What each column gets: all it wants, else what it needs and a fair share of the rest."""
    if sum(wanted) <= available:
        return wanted
    if sum(needed) >= available:
        return [width * available / sum(needed) for width in needed]
    share = (available - sum(needed)) / (sum(wanted) - sum(needed))
    return [low + (high - low) * share for low, high in zip(needed, wanted, strict=True)]


def _neighbours(document: Any) -> None:
    """Keep captions with what they name, and set the spaces that depend on what follows."""
    body = document.find(w("body"))
    shown = [each for each in body if each.tag in (w("p"), w("tbl"))]
    for first, second in pairwise(shown):
        pair = (_style(first), "table" if second.tag == w("tbl") else _style(second))
        if pair in (("Caption", "table"), ("Figure", "Caption"), ("Caption", "SourceLine")):
            child(_properties(first), "keepNext", 1)
        elif pair[0] == "Caption":
            child(_properties(first), "spacing", len(_properties(first)), after="240")
        elif pair == ("StatementHeading", "BodyText"):
            child(_properties(second), "pStyle", val="FirstParagraph")
        if first.tag == w("tbl") and pair[1] == "SourceLine":
            for words in first.findall(w("tr"))[-1].iter(w("p")):
                child(_properties(words), "keepNext", 1)
        elif first.tag == w("tbl") and pair[1] in ("BodyText", "FirstParagraph"):
            child(_properties(second), "spacing", 1, before="240")


def _properties(block: Any) -> Any:
    return child(block, "pPr")


def _style(block: Any) -> str:
    found = block.find(f"{w('pPr')}/{w('pStyle')}")
    return str(found.get(w("val"))) if found is not None else ""
