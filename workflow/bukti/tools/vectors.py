"""Pictures made of lines, drawn as pixels for programs that show no others."""

from __future__ import annotations

import io
from functools import cache

from bukti.tools.environment import ENGINE

_FINER = 4  # pixels for each one of the drawing, of which 96 make an inch


def pixels_of(svg: bytes) -> bytes | None:
    """A PNG of an SVG, with the engine's fonts; None where it cannot be drawn."""
    import vl_convert

    _use_fonts()
    try:
        drawn = vl_convert.svg_to_png(svg.decode("utf-8-sig"), scale=float(_FINER), ppi=72.0)
    except (ValueError, RuntimeError):
        return None
    return _with_size(drawn)


def _with_size(png: bytes) -> bytes:
    """The same picture, saying how many of its pixels make an inch."""
    from PIL import Image

    buffer = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.save(buffer, "PNG", dpi=(96 * _FINER, 96 * _FINER))
    return buffer.getvalue()


@cache
def _use_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(ENGINE / "fonts"))
