"""What pandoc leaves to be done in the body: cells, kept captions, pictures."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from bukti.render.docx_math import mend_formulas
from bukti.render.docx_tables import LONG, SETTING, set_cells
from bukti.render.docx_xml import child, w

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_OPENING = ("Heading1", "Heading2", "Heading3", "Heading4", "StatementHeading", "Equation")
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def improve(document: Any) -> None:
    """Change the document in place."""
    set_cells(document)
    mend_formulas(document)
    _neighbours(document)
    for number, shown in enumerate(document.iter(f"{{{_WP}}}docPr"), start=1):
        shown.set("id", str(number))
        shown.set("name", f"Picture {number}")
        shown.attrib.pop("title", None)
        for picture in shown.getparent().iter(f"{{{_PIC}}}cNvPr"):
            picture.set("descr", shown.get("descr", ""))  # pandoc puts the whole address here


def _neighbours(document: Any) -> None:
    """Keep captions with what they name, and set the spaces that depend on what follows."""
    body = document.find(w("body"))
    shown = [each for each in body if each.tag in (w("p"), w("tbl"))]
    if shown and shown[-1].tag == w("tbl"):
        _keep_together(shown[-1], with_next=False)
    below_table = False
    for first, second in pairwise(shown):
        is_table = first.tag == w("tbl")
        style = _style(second)
        if is_table:
            _keep_together(first, with_next=style == "SourceLine")
            if style in ("BodyText", "FirstParagraph"):
                child(_properties(second), "spacing", 1, before="240")
        else:
            _pair(first, second)
        below_table = is_table or (below_table and _style(first) == "SourceLine")
        opens = _style(first) in _OPENING or first.find(f".//{w('sectPr')}") is not None
        if style == "BodyText" and (below_table or opens):
            child(_properties(second), "pStyle", val="FirstParagraph")


def _pair(first: Any, second: Any) -> None:
    pair = (_style(first), "table" if second.tag == w("tbl") else _style(second))
    if pair in (("Caption", "table"), ("Figure", "Caption"), ("Caption", "SourceLine")):
        child(_properties(first), "keepNext", 1)
    elif pair == ("SourceLine", "SourceLine"):
        child(_properties(first), "keepNext", 1)
        child(_properties(first), "spacing", len(_properties(first)), after="0")
    elif pair[0] == "Caption":
        child(_properties(first), "spacing", len(_properties(first)), after="240")


def _keep_together(table: Any, *, with_next: bool) -> None:
    """Keep a short table on one page, the head of a long one with its first row."""
    rows = table.findall(w("tr"))
    heads = [row for row in rows if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None]
    is_long = child(table, "tblPr").attrib.pop(SETTING, "") == LONG
    kept = rows[: len(heads) + 1] if is_long else rows[:-1]
    for row in [*kept, *(rows[-1:] if with_next else [])]:
        for words in row.iter(w("p")):
            child(_properties(words), "keepNext", 1)


def _properties(block: Any) -> Any:
    return child(block, "pPr")


def _style(block: Any) -> str:
    found = block.find(f"{w('pPr')}/{w('pStyle')}")
    return str(found.get(w("val"))) if found is not None else ""
