"""How large a picture is by its own account."""

from __future__ import annotations

import io
import re
from typing import Any

from lxml import etree

_MILLIMETRES = {
    "mm": 1.0,
    "cm": 10.0,
    "in": 25.4,
    "pt": 25.4 / 72,
    "pc": 25.4 / 6,
    "px": 25.4 / 96,
    "": 25.4 / 96,
}
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*")
_SCREEN = 96.0  # dots an inch where a picture does not say
_FEWEST = 50.0  # fewer dots an inch are a slip of the program that wrote them


def natural_size_mm(data: bytes) -> tuple[float, float] | None:
    """Width and height in millimetres; None where they cannot be read."""
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _of_vectors(data)
    return _of_pixels(data)


def _of_vectors(data: bytes) -> tuple[float, float] | None:
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    box = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))[2:4]]
    width, height = _length(root, "width"), _length(root, "height")
    if width is None and len(box) == 2:
        width = box[0] * _MILLIMETRES["px"] if height is None else height * box[0] / box[1]
    if height is None and width is not None and len(box) == 2 and box[0]:
        height = width * box[1] / box[0]
    return (width, height) if width and height else None


def _length(root: Any, name: str) -> float | None:
    found = _LENGTH.fullmatch(root.get(name, ""))
    return float(found[1]) * _MILLIMETRES[found[2]] if found and found[2] in _MILLIMETRES else None


def _of_pixels(data: bytes) -> tuple[float, float] | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            across, down = picture.size
            dots = float(picture.info.get("dpi", (_SCREEN,))[0])
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    dots = dots if dots >= _FEWEST else _SCREEN
    return across / dots * 25.4, down / dots * 25.4


def pixels_across(data: bytes) -> int | None:
    """How many pixels wide a picture is; None where that cannot be read."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return int(picture.size[0])
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
