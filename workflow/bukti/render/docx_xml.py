"""Reading, changing and writing the XML of a word processor's package."""

from __future__ import annotations

from typing import Any

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TWIPS_PER_MM = 1440 / 25.4


def w(name: str) -> str:
    """A name of WordprocessingML with its namespace."""
    return f"{{{_W}}}{name}"


def parsed(data: bytes) -> Any:
    """The tree of an XML part; entities and the network are out of reach."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def serialised(tree: Any) -> bytes:
    """The bytes of an XML part."""
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def child(parent: Any, name: str, place: int = 0, **values: str) -> Any:
    """The child of a name, made at a place if it is missing, with these values."""
    found = parent.find(w(name))
    if found is None:
        found = etree.Element(w(name))
        parent.insert(place, found)
    for key, value in values.items():
        found.set(w(key), value)
    return found


def twips(millimetres: float) -> str:
    """A length in twentieths of a point."""
    return str(round(millimetres * _TWIPS_PER_MM))
