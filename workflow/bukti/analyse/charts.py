"""Altair's charts as SVG and PNG: our fonts, the language's numbers and dates, no network."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from bukti.analyse.outlines import outlined
from bukti.analyse.style import VEGA_LITE
from bukti.base.language import language_of
from bukti.base.time_words import names_in_order

_POINTS = 72 / 25.4
_FACETED = ("facet", "row", "column")


def is_chart(drawn: Any) -> bool:
    """Whether something is a chart of Altair, without importing that where nobody has."""
    altair = sys.modules.get("altair")
    return altair is not None and isinstance(drawn, altair.TopLevelMixin)


def svg_of(chart: Any, language: str, width: float) -> str:
    """A chart as SVG whose texts are outlines; `width` in millimetres, one pixel is one point.

    A chart of one view is laid out for the width; one of several is scaled to it.
    """
    import altair
    import vl_convert

    _add_fonts()
    with altair.theme.enable("none"):
        spec = chart.to_dict()
    spec["config"] = _merged(VEGA_LITE, spec.get("config", {}))
    _set_upright(spec)
    if _is_single(spec):
        _fit(spec, width * _POINTS)
    svg = vl_convert.vegalite_to_svg(
        spec,
        format_locale=format_locale(language),
        time_format_locale=time_format_locale(language),
        allowed_base_urls=[],
    )
    return outlined(svg, width)


def outlined_svg(text: str, width: float) -> str:
    """An SVG from another program, at a width in millimetres; its texts become outlines.

    Raises ValueError where it is none or names another file or address.
    """
    return outlined(text, width)


def png_of(svg: str, width: float, dpi: int) -> bytes:
    """The pixels of an SVG that holds outlines only, at a width in millimetres."""
    import vl_convert

    pixels = width / 25.4 * dpi
    png: bytes = vl_convert.svg_to_png(svg, scale=pixels / (width * 96 / 25.4), ppi=72)
    return png


def format_locale(language: str) -> dict[str, Any]:
    """How a language writes numbers, as d3-format has it (github.com/d3/d3-format)."""
    speech = language_of(language)
    sign = speech.currency[0] if speech.currency else ""
    return {
        "decimal": speech.decimal,
        "thousands": speech.group,
        "grouping": [3],
        "currency": [sign, ""],
        "minus": "\u2212",
    }


def time_format_locale(language: str) -> dict[str, Any]:
    """How a language writes dates, as d3-time-format has it (github.com/d3/d3-time-format)."""
    return {
        "dateTime": "%-d %B %Y %H:%M",
        "date": "%-d/%-m/%Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        **names_in_order(language),
    }


@cache
def _add_fonts() -> None:
    import vl_convert

    with as_file(files("bukti").joinpath("fonts")) as folder:
        vl_convert.register_font_directory(str(folder))


def _merged(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Settings in which a notebook's own win."""
    both = dict(ours)
    for key, value in theirs.items():
        inner = both.get(key)
        if isinstance(inner, Mapping) and isinstance(value, Mapping):
            value = _merged(inner, value)
        both[key] = value
    return both


def _set_upright(spec: Any) -> None:
    """Write ordered categories below an axis level, not upwards, where the notebook is silent."""
    if isinstance(spec, list):
        for item in spec:
            _set_upright(item)
    elif isinstance(spec, dict):
        x = spec.get("encoding", {}).get("x", {})
        if x.get("type") == "ordinal" and x.get("axis", {}) is not None:
            x["axis"] = {"labelAngle": 0, "labelOverlap": True, **x.get("axis", {})}
        for key in ("layer", "spec", "concat", "hconcat", "vconcat"):
            _set_upright(spec.get(key))


def _is_single(spec: Mapping[str, Any]) -> bool:
    one = "mark" in spec or "layer" in spec
    return one and not any(key in spec.get("encoding", {}) for key in _FACETED)


def _fit(spec: dict[str, Any], points: float) -> None:
    """Lay the chart out for a width, and keep the shape where the notebook gives one."""
    given, height = spec.get("width"), spec.get("height")
    if isinstance(given, int | float) and isinstance(height, int | float):
        spec["height"] = height * points / given
    spec["width"] = points
    spec.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
