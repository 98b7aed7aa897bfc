"""Styles of Word: ours, or those of a reference document with ours for what it lacks."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bukti.render.docx_xml import w

_USES = ("pStyle", "rStyle", "tblStyle")
_LINKS = ("basedOn", "next", "link")
_OF_THE_TEXT = ("BodyText", "FirstParagraph")
_LOOK = ("rFonts", "color")  # left to the reference document, whose letters ours follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The ids of styles: `ours` by those of a reference document, and `theirs` by ours."""

    ours: Mapping[str, str]
    theirs: Mapping[str, str]


def merge_styles(theirs: Any, ours: Any, reference: Any) -> Names:
    """Add to the styles of a document those of ours that its reference document lacks, by name.

    `theirs` are changed in place: of what pandoc added to the reference, ours take the place.
    """
    from_reference = {_name(each) for each in reference.iter(w("style"))}
    wanted = {_name(each) for each in ours.iter(w("style"))}
    written: dict[str, str] = {}
    for style in list(theirs.iter(w("style"))):
        written[_name(style)] = str(style.get(w("styleId")))
        if _name(style) in wanted - from_reference:
            theirs.remove(style)
    taken = {str(each.get(w("styleId"))) for each in theirs.iter(w("style"))}
    ids: dict[str, str] = {}
    names: dict[str, str] = {}
    added = []
    for style in ours.iter(w("style")):
        own, name = str(style.get(w("styleId"))), _name(style)
        names[written.get(name, own)] = own
        if name in from_reference:
            ids[own] = written[name]
        else:
            ids[own] = own if own not in taken else f"Bukti{own}"
            added.append(style)
    for style in added:
        theirs.append(_fitting(style, ids))
    return Names(ours=names, theirs=ids)


def rename_styles(part: Any, ids: Mapping[str, str]) -> None:
    """Change the ids of the styles that a part uses, in place; unknown ones stay."""
    for use in _USES:
        for each in part.iter(w(use)):
            name = each.get(w("val"))
            each.set(w("val"), ids.get(name, name))


def _name(style: Any) -> str:
    found = style.find(w("name"))
    name = "" if found is None else str(found.get(w("val")))
    return f"{style.get(w('type'))}:{name.lower()}"


def _fitting(style: Any, ids: Mapping[str, str]) -> Any:
    """A copy of a style of ours that follows the letters of the reference document."""
    own = str(style.get(w("styleId")))
    style = copy.deepcopy(style)
    style.set(w("styleId"), ids[own])
    style.attrib.pop(w("default"), None)
    for link in _LINKS:
        for each in style.findall(w(link)):
            each.set(w("val"), ids.get(each.get(w("val")), each.get(w("val"))))
    if own in _OF_THE_TEXT:
        for each in [*style.findall(w("pPr")), *style.findall(w("rPr"))]:
            style.remove(each)
    for look in _LOOK if own != "VerbatimChar" else ():
        for each in style.findall(f"{w('rPr')}/{w(look)}"):
            each.getparent().remove(each)
    return style
