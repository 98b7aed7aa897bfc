"""Pictures made of lines, drawn as pixels for programs that show no others."""

from __future__ import annotations

from functools import cache

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.tools.environment import ENGINE

_DOTS_PER_INCH = 300


def pixels_of(svg: bytes, path: str) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """A PNG of an SVG, with the engine's fonts; None with a finding where it cannot be drawn."""
    import vl_convert

    _use_fonts()
    try:
        text = svg.decode("utf-8-sig")
        return bytes(vl_convert.svg_to_png(text, scale=1.0, ppi=_DOTS_PER_INCH)), ()
    except ValueError:
        return None, (diagnose("REN104", Span(path=path), picture=path),)


@cache
def _use_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(ENGINE / "fonts"))
