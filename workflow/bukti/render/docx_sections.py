"""Pages across in a document of Word: a section of its own for each wide table or figure."""

from __future__ import annotations

import copy
from typing import Any

from bukti.base.tree import Nodes
from bukti.render.docx_xml import child, w
from bukti.render.nodes import raw_block

_TURNED = "bukti"  # an attribute: how the section that ends here lies
_BREAK = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    f'<w:sectPr {_TURNED}="{{turned}}"/></w:pPr></w:p>'
)


def across(blocks: Nodes) -> Nodes:
    """Blocks on pages of their own that lie across."""
    before, after = (
        raw_block("openxml", _BREAK.format(turned=each)) for each in ("upright", "across")
    )
    return [before, *blocks, after]


def complete_sections(document: Any) -> None:
    """Give each section the measures, head and foot of the last, turned where it lies across."""
    last = document.find(w("body")).find(w("sectPr"))
    for section in list(document.iter(w("sectPr"))):
        turned = section.attrib.pop(_TURNED, None)
        if turned is None:
            continue
        section.extend(copy.deepcopy(list(last)))
        if turned == "across":
            _turn(child(section, "pgSz"), section.find(w("pgMar")))


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
