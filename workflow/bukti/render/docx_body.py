"""What pandoc leaves to be done in the body: cells, kept captions, pictures."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from bukti.render.docx_tables import set_cells
from bukti.render.docx_xml import child, w

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def improve(document: Any) -> None:
    """Change the document in place."""
    set_cells(document)
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
    below_table = False
    for first, second in pairwise(shown):
        pair = (_style(first), "table" if second.tag == w("tbl") else _style(second))
        if pair in (("Caption", "table"), ("Figure", "Caption"), ("Caption", "SourceLine")):
            child(_properties(first), "keepNext", 1)
        elif pair == ("SourceLine", "SourceLine"):
            child(_properties(first), "keepNext", 1)
            child(_properties(first), "spacing", len(_properties(first)), after="0")
        elif pair[0] == "Caption":
            child(_properties(first), "spacing", len(_properties(first)), after="240")
        elif pair == ("StatementHeading", "BodyText"):
            child(_properties(second), "pStyle", val="FirstParagraph")
        if first.tag == w("tbl") and pair[1] == "SourceLine":
            for words in first.findall(w("tr"))[-1].iter(w("p")):
                child(_properties(words), "keepNext", 1)
        elif first.tag == w("tbl") and pair[1] in ("BodyText", "FirstParagraph"):
            child(_properties(second), "spacing", 1, before="240")
        below_table = first.tag == w("tbl") or (below_table and pair[0] == "SourceLine")
        if below_table and pair[1] == "BodyText":
            child(_properties(second), "pStyle", val="FirstParagraph")


def _properties(block: Any) -> Any:
    return child(block, "pPr")


def _style(block: Any) -> str:
    found = block.find(f"{w('pPr')}/{w('pStyle')}")
    return str(found.get(w("val"))) if found is not None else ""
