"""Sections of a document of Word: pages across, and passages over all columns."""

from __future__ import annotations

import copy
from typing import Any

from bukti.base.tree import Node, Nodes
from bukti.render.docx_xml import child, w
from bukti.render.nodes import raw_block

_KIND = "bukti"  # an attribute: how the section that ends here lies
_BREAK = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    f'<w:sectPr {_KIND}="{{kind}}"/></w:pPr></w:p>'
)
_TEXT, _WHOLE, _ACROSS = "text", "whole", "across"
_ONCE = ("titlePg", "pgNumType")  # of the first page of all, not of each section's
_BEFORE_TYPE = ("headerReference", "footerReference", "footnotePr", "endnotePr")


def across(blocks: Nodes) -> Nodes:
    """Blocks on pages of their own that lie across."""
    return [_break(_TEXT), *blocks, _break(_ACROSS)]


def over_columns(blocks: Nodes) -> Nodes:
    """Blocks within a text of several columns that go over all of them."""
    return [_break(_TEXT), *blocks, _break(_WHOLE)]


def before_columns(blocks: Nodes) -> Nodes:
    """Blocks above a text of several columns."""
    return [*blocks, _break(_WHOLE)]


def _break(kind: str) -> Node:
    return raw_block("openxml", _BREAK.format(kind=kind))


def complete_sections(document: Any) -> None:
    """Give each section the measures, head and foot of the last, turned where it lies across."""
    body = document.find(w("body"))
    last = body.find(w("sectPr"))
    plain = copy.deepcopy(list(last))
    sections = [each for each in document.iter(w("sectPr")) if _KIND in each.attrib or each is last]
    kinds = [section.attrib.pop(_KIND, _TEXT) for section in sections]
    columns = child(last, "cols", _last_place(last)).get(w("num"), "1") != "1"
    for number, (section, kind) in enumerate(zip(sections, kinds, strict=True)):
        if section is not last:
            section.extend(copy.deepcopy(plain))
        for once in _ONCE if number else ():
            for each in section.findall(w(once)):
                section.remove(each)
        if kind != _TEXT:
            child(section, "cols", _last_place(section)).attrib.clear()
        if kind == _ACROSS:
            _turn(child(section, "pgSz"), section.find(w("pgMar")))
        if columns and number and _ACROSS not in kinds[number - 1 : number + 1]:
            child(section, "type", _place_of_type(section), val="continuous")


def _place_of_type(section: Any) -> int:
    return sum(len(section.findall(w(name))) for name in _BEFORE_TYPE)


def _last_place(section: Any) -> int:
    """Where the columns go: behind measures and numbers, before what follows them."""
    before = (*_BEFORE_TYPE, "type", "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType")
    return sum(len(section.findall(w(name))) for name in (*before, "pgNumType"))


def _turn(size: Any, margins: Any) -> None:
    width, height = size.get(w("w")), size.get(w("h"))
    for name, value in (("w", height), ("h", width), ("orient", "landscape")):
        size.set(w(name), value)
    if margins is None:
        return
    sides = ("top", "right", "bottom", "left")
    values = [margins.get(w(side)) for side in sides]
    for side, value in zip(sides, [values[3], *values[:3]], strict=True):
        margins.set(w(side), value)
