"""An SVG that needs no font: its texts as outlines, and nothing in it that leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath, text_to_path

from bukti.analyse.style import FONT

SVG = "http://www.w3.org/2000/svg"
_FAMILY = [FONT, "DejaVu Sans"]
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_KEPT = ("transform", "fill", "opacity", "fill-opacity", "stroke", "stroke-width", "class", "style")
_PROPERTIES = ("text-anchor", "font-size", "font-weight", "font-style")
_COMMANDS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}
_REFUSED = ("script", "foreignObject", "style")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_REFERENCE = re.compile(r"(^#|url\(['\"]?#)([^'\")]+)(['\"]?\)|$)")
_STYLE = re.compile(r"([\w-]+)\s*:\s*([^;]+)")


def outlined(text: str, width: float) -> str:
    """The SVG at a width in millimetres, with every text drawn as outlines in our font.

    Raises ValueError for what is no SVG, has no size, or holds a script or style sheet.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the SVG is broken: {error.msg}") from error
    for element in root.iter(*(f"{{{SVG}}}{name}" for name in _REFUSED)):
        raise ValueError(f"the SVG holds <{etree.QName(element).localname}>, which is not taken")
    _resize(root, width)
    for element in root.iter(etree.Element):
        for name in [name for name in element.attrib if name.startswith("aria-")]:
            del element.attrib[name]
        element.attrib.pop("role", None)
    _number_ids(root)
    for element in list(root.iter(f"{{{SVG}}}text")):
        _replace(element)
    etree.cleanup_namespaces(root)
    written: str = etree.tostring(root, encoding="unicode")
    return f"{written}\n"


def _number_ids(root: Any) -> None:
    """New ids in the order of the document: Vega counts on from one chart to the next."""
    holders = [element for element in root.iter(etree.Element) if "id" in element.attrib]
    names = {element.get("id"): f"i{number}" for number, element in enumerate(holders)}

    def renamed(match: re.Match[str]) -> str:
        return f"{match[1]}{names.get(match[2], match[2])}{match[3]}"

    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, names[value])
            elif "#" in value:
                element.set(key, _REFERENCE.sub(renamed, value))


def _resize(root: Any, width: float) -> None:
    box = [float(each) for each in _NUMBER.findall(root.get("viewBox", ""))]
    if len(box) != 4:
        sizes = [_NUMBER.match(root.get(name, "")) for name in ("width", "height")]
        box = [0.0, 0.0, *(float(size[0]) for size in sizes if size)]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        raise ValueError("the SVG has neither a viewBox nor a width and height")
    root.set("viewBox", " ".join(f"{each:g}" for each in box))
    root.set("width", f"{width:g}mm")
    root.set("height", f"{width * box[3] / box[2]:.6g}mm")


def _replace(element: Any) -> None:
    """Puts a group of outlines in the place of a text."""
    group = etree.Element(f"{{{SVG}}}g")
    for name in _KEPT:
        if name in element.attrib:
            group.set(name, element.attrib[name])
    hidden = element.get("opacity") == "0" or element.get("display") == "none"
    for x, y, words, properties in () if hidden else _lines(element):
        data = _path(words, x, y, properties)
        if data:
            etree.SubElement(group, f"{{{SVG}}}path", d=data)
    group.tail = element.tail
    element.getparent().replace(element, group)


def _lines(element: Any) -> Iterator[tuple[float, float, str, dict[str, str]]]:
    """The pieces of a text with the place where each begins."""
    properties = _properties(element, {})
    x, y = _length(element.get("x"), 0.0), _length(element.get("y"), 0.0)
    if element.text and element.text.strip():
        yield x, y, element.text, properties
    for piece in element.iterchildren(f"{{{SVG}}}tspan"):
        x = _length(piece.get("x"), x) + _length(piece.get("dx"), 0.0)
        y = _length(piece.get("y"), y) + _length(piece.get("dy"), 0.0)
        yield x, y, "".join(piece.itertext()), _properties(piece, properties)


def _properties(element: Any, inherited: dict[str, str]) -> dict[str, str]:
    found = dict(inherited)
    style = dict(_STYLE.findall(element.get("style", "")))
    for name in _PROPERTIES:
        value = style.get(name, element.get(name))
        if value is not None:
            found[name] = value.strip()
    return found


def _length(text: str | None, otherwise: float) -> float:
    found = _NUMBER.match(text.strip()) if text else None
    return float(found[0]) if found else otherwise


def _path(words: str, x: float, y: float, properties: dict[str, str]) -> str:
    weight = properties.get("font-weight", "normal")
    font = FontProperties(
        family=_FAMILY,
        size=_length(properties.get("font-size"), 10.0),
        weight=int(weight) if weight.isdigit() else weight,
        style="italic" if properties.get("font-style") in ("italic", "oblique") else "normal",
    )
    plain = words.replace("$", r"\$")
    size = font.get_size_in_points()
    wide, _, _ = text_to_path.get_text_width_height_descent(plain, font, ismath=False)
    left = x - wide * _ANCHORS.get(properties.get("text-anchor", "start"), 0.0)
    return " ".join(_commands(TextPath((0, 0), plain, size=size, prop=font), left, y))


def _commands(path: Path, left: float, baseline: float) -> Iterator[str]:
    for points, code in path.iter_segments(curves=True, simplify=False):
        if code == Path.CLOSEPOLY:
            yield "Z"
            continue
        places = zip(points[::2], points[1::2], strict=True)
        yield _COMMANDS[code] + " ".join(f"{left + x:.2f},{baseline - y:.2f}" for x, y in places)
