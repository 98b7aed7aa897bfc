"""Font files: what family and style they are, and how they are cut down to the signs of a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

SUFFIXES = (".ttf", ".otf")
_BOLD = 600
_FEATURES = ("calt", "ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "pnum", "sups", "tnum")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One style of a font family; `weight` is from 100 to 900, 400 is regular."""

    family: str
    weight: int
    italic: bool

    @property
    def style(self) -> tuple[bool, bool]:
        """Whether it is bold, and whether it is italic."""
        return self.weight >= _BOLD, self.italic


def face_of(data: bytes) -> Face:
    """What a TrueType or OpenType font is; ValueError where the bytes are none.

    The names and flags are those of the tables `name` and `OS/2` (ISO/IEC 14496-22).
    """
    try:
        font = _opened(data)
        names, metrics = font["name"], font["OS/2"]
        family = names.getBestFamilyName()
        weight, italic = metrics.usWeightClass, bool(metrics.fsSelection & 0b1000000001)
    except Exception as error:  # a broken file fails in as many ways as there are tables
        raise ValueError(str(error) or type(error).__name__) from error
    if not family:
        raise ValueError("no name")
    return Face(family=str(family), weight=int(weight), italic=italic)


def subset(data: bytes, characters: Iterable[str]) -> bytes:
    """The font as WOFF with the glyphs of some characters only; the same input, the same bytes."""
    from fontTools import subset as cutting

    options = cutting.Options(
        layout_features=list(_FEATURES),
        hinting=False,
        notdef_outline=True,
        name_IDs=[1, 2],
        recalc_timestamp=False,
    )
    font = _opened(data)
    cutter = cutting.Subsetter(options)
    cutter.populate(text="".join(sorted(set(characters))))
    cutter.subset(font)
    font.flavor = "woff"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _opened(data: bytes) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(data), lazy=True, recalcTimestamp=False)
