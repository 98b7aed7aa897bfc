"""The page of a document of Word: by the settings, or as a journal's reference document has it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import etree

from bukti.project.page_settings import GUTTER, SANS, SERIF, Margins, PageSettings
from bukti.render.docx_xml import child, twips, w

_PLAIN_MM = 25.0
_PLAIN_PT, _PLAIN_LINE = 11.0, 269
_BODY_PT = 10.5
_HEAD_MM = 12.5
_OF_WORD = {SERIF: "Times New Roman", SANS: "Arial"}
"""Fonts that every Word has, for those that bukti brings."""

_CLOSE = (
    "Caption",
    "SourceLine",
    "FootnoteText",
    "Imprint",
    "Author",
    "Affiliation",
    "ArticleNote",
    "Keywords",
    "Header",
    "Footer",
)
"""Styles that stay at single spacing whatever the spacing of the text."""


def word_page(page: PageSettings, reference: Any = None) -> PageSettings:
    """The page in Word: margins of 25 mm where none are given, or all as in a reference document.

    `reference` is the last section of that document, None without one.
    """
    if reference is not None:
        return replace(page, **_measured(reference))
    if "margins" in page.given:
        return page
    plain = Margins(top_mm=_PLAIN_MM, bottom_mm=_PLAIN_MM, inner_mm=_PLAIN_MM, outer_mm=_PLAIN_MM)
    return replace(page, margins=plain)


def _measured(section: Any) -> dict[str, Any]:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    columns = section.find(w("cols"))
    found: dict[str, Any] = {"columns": 1}
    if columns is not None and columns.get(w("num")) == "2":
        found["columns"] = 2
    if size is not None:
        found |= {"width_mm": _mm(size, "w", 210.0), "height_mm": _mm(size, "h", 297.0)}
    if margins is not None:
        found["margins"] = Margins(
            top_mm=abs(_mm(margins, "top", _PLAIN_MM)),
            bottom_mm=abs(_mm(margins, "bottom", _PLAIN_MM)),
            inner_mm=_mm(margins, "left", _PLAIN_MM) + _mm(margins, "gutter", 0.0),
            outer_mm=_mm(margins, "right", _PLAIN_MM),
        )
    return found


def _mm(element: Any, name: str, plain: float) -> float:
    try:
        return float(element.get(w(name), "")) * 25.4 / 1440
    except ValueError:
        return plain


def section_of(page: PageSettings) -> Any:
    """The section of a page by the settings, without its head and foot."""
    section = etree.Element(w("sectPr"))
    margins = page.margins
    size = {"w": twips(page.width_mm), "h": twips(page.height_mm)}
    sides = {
        "top": twips(margins.top_mm),
        "right": twips(margins.outer_mm),
        "bottom": twips(margins.bottom_mm),
        "left": twips(margins.inner_mm),
        "header": twips(min(_HEAD_MM, margins.top_mm / 2)),
        "footer": twips(min(_HEAD_MM, margins.bottom_mm / 2)),
        "gutter": "0",
    }
    child(section, "pgSz", 0, **size)
    child(section, "pgMar", 1, **sides)
    if page.line_numbers:
        child(section, "lnNumType", len(section), countBy="1", restart="continuous")
    if page.columns > 1:
        child(section, "cols", len(section), num=str(page.columns), space=twips(GUTTER))
    return section


def set_styles(styles: Any, page: PageSettings) -> None:
    """Give the styles the fonts, sizes and spacing of the settings, in place."""
    families = {"Times New Roman": page.text_font, "Arial": page.heading_font}
    for fonts in styles.iter(w("rFonts")):
        for name, family in fonts.attrib.items():
            chosen = families.get(family, family)
            fonts.set(name, _OF_WORD.get(chosen, chosen))
    default = styles.find(w("docDefaults"))
    if "size" in page.given:
        _resize(styles, page.size_pt)
    if "spacing" in page.given:
        line = str(round(240 * page.spacing))
        child(child(child(default, "pPrDefault"), "pPr"), "spacing", line=line, lineRule="auto")
        for style in styles.iter(w("style")):
            if style.get(w("styleId")) in _CLOSE:
                spacing = child(child(style, "pPr", _place(style)), "spacing")
                spacing.set(w("line"), "240")
                spacing.set(w("lineRule"), "auto")


def _place(style: Any) -> int:
    """Where the properties of a style's paragraphs go: before those of its letters."""
    letters = style.find(w("rPr"))
    return len(style) if letters is None else style.index(letters)


def _resize(styles: Any, size_pt: float) -> None:
    body = {str(round(2 * _PLAIN_PT)): size_pt}
    for name in ("sz", "szCs"):
        for each in styles.iter(w(name)):
            value = each.get(w("val"))
            points = body.get(value, float(value) / 2 * size_pt / _BODY_PT)
            each.set(w("val"), str(round(2 * points)))
