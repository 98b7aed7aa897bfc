"""Formulas for Word: brackets as pairs, which pandoc leaves as single signs."""

from __future__ import annotations

from typing import Any

from lxml import etree

_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_OVERLINE = {"\u203e": "\u0305"}  # the bar above a letter is a combining sign


def mend_formulas(document: Any) -> None:
    """Change the document's formulas in place.

    A single bracket that carries an exponent, or is all that a sum sums up, is an error to some
    programs and ends the sum for others.
    """
    for accent in document.iter(_m("acc")):
        shown = accent.find(f"{_m('accPr')}/{_m('chr')}")
        if shown is not None:
            sign = shown.get(_m("val"))
            shown.set(_m("val"), _OVERLINE.get(sign, sign))
    for formula in document.iter(_m("oMath")):
        for operator in list(formula.iter(_m("nary"))):
            _fill(operator)
        for sequence in [formula, *formula.iter(_m("e"), _m("num"), _m("den"))]:
            _pair_all(sequence)


def _fill(operator: Any) -> None:
    """Give a sum or integral the whole bracket that it begins with."""
    inner = operator.find(_m("e"))
    if inner is None or len(inner) != 1 or _sign(inner[0]) not in _PAIRS:
        return
    sequence = operator.getparent()
    opening = inner[0]
    place = sequence.index(operator)
    sequence.insert(place + 1, opening)
    paired = _pair(sequence, opening)
    inner.append(opening if paired is None else paired)


def _pair_all(sequence: Any) -> None:
    for element in reversed(list(sequence)):
        if _sign(element) in _PAIRS and element.getparent() is sequence:
            _pair(sequence, element)


def _pair(sequence: Any, opening: Any) -> Any:
    """The bracket that a sign opens, in its place in the sequence; None if nothing closes it."""
    sign = _sign(opening)
    depth = 0
    inside: list[Any] = []
    for element in list(sequence)[sequence.index(opening) + 1 :]:
        closing = _closing(element)
        if closing == _PAIRS[sign] and depth == 0:
            return _built(sequence, opening, inside, element)
        depth += (_sign(element) == sign) - (closing == _PAIRS[sign])
        inside.append(element)
    return None


def _built(sequence: Any, opening: Any, inside: list[Any], closing: Any) -> Any:
    bracket = etree.Element(_m("d"))
    settings = etree.SubElement(bracket, _m("dPr"))
    sign = _sign(opening)
    for name, value in (("begChr", sign), ("endChr", _PAIRS[sign])):
        etree.SubElement(settings, _m(name)).set(_m("val"), value)
    etree.SubElement(bracket, _m("e")).extend(inside)
    if _sign(closing):
        sequence.replace(opening, bracket)
        sequence.remove(closing)
        return bracket
    base = closing.find(_m("e"))
    base.replace(base[0], bracket)
    sequence.replace(opening, closing)
    return closing


def _sign(element: Any) -> str:
    """The text of a run; empty for anything else."""
    return "".join(element.itertext()).strip() if element.tag == _m("r") else ""


def _closing(element: Any) -> str:
    """The sign that an element is, or that its exponent or index stands at."""
    if element.tag in (_m("sSup"), _m("sSub"), _m("sSubSup")):
        base = element.find(_m("e"))
        return _sign(base[0]) if base is not None and len(base) == 1 else ""
    return _sign(element)


def _m(name: str) -> str:
    return f"{{{_M}}}{name}"
