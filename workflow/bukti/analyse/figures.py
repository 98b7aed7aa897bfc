"""Figures that come out the same in every build and belong to the paper's page."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bukti.analyse.style import COLOURS, DASHES, MATPLOTLIB
from bukti.base.numbers import format_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

Words = Callable[[str], str]
Draw = Callable[[str, Words], Any]
WIDTHS = {"text": 160.0, "half": 78.0}
DPI = 300


def render(draw: Draw, languages: Mapping[str, Words], width: float) -> dict[str, dict[str, str]]:
    """A figure drawn for each language: SVG as text, PNG in base 64; width in millimetres.

    `draw` returns a Matplotlib figure, an Altair chart or an SVG as text. Raises TypeError for
    anything else, ValueError for an SVG that needs something from elsewhere.
    """
    import matplotlib

    matplotlib.use("agg")
    from cycler import cycler
    from matplotlib import pyplot

    add_fonts()
    cycle = cycler(color=COLOURS) + cycler(linestyle=DASHES)
    style: Any = {**MATPLOTLIB, "axes.prop_cycle": cycle}
    rendered = {}
    for language, words in languages.items():
        with matplotlib.rc_context(style):
            rendered[language] = _files(draw(language, words), language, width)
        pyplot.close("all")
    return rendered


def _files(drawn: Any, language: str, width: float) -> dict[str, str]:
    from matplotlib.figure import Figure

    from bukti.analyse import charts

    if isinstance(drawn, Figure):
        return _of_matplotlib(drawn, language, width)
    if charts.is_chart(drawn):
        svg = charts.svg_of(drawn, language, width)
    elif isinstance(drawn, str) and "<svg" in drawn[:1000]:
        svg = charts.outlined_svg(drawn, width)
    else:
        raise TypeError(
            f"draw({language!r}, t) must return its figure: of Matplotlib, a chart of Altair or "
            f"an SVG as text, not {type(drawn).__name__}"
        )
    png = charts.png_of(svg, width, DPI)
    return {"svg": svg, "png": base64.b64encode(png).decode()}


def _of_matplotlib(figure: Figure, language: str, width: float) -> dict[str, str]:
    from bukti.analyse.axes import localise

    localise(figure, language)
    inches = figure.get_size_inches()
    figure.set_size_inches(width / 25.4, width / 25.4 * float(inches[1] / inches[0]))
    svg, png = BytesIO(), BytesIO()
    figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    figure.savefig(png, format="png", dpi=DPI, metadata={"Software": None})
    return {"svg": svg.getvalue().decode("utf-8"), "png": base64.b64encode(png.getvalue()).decode()}


@cache
def add_fonts() -> None:
    """Make our fonts known to Matplotlib, before any of the machine that has the same name."""
    from matplotlib.font_manager import fontManager

    others = list(fontManager.ttflist)
    for font in files("bukti").joinpath("fonts").iterdir():
        if font.name.endswith(".ttf"):
            with as_file(font) as path:
                fontManager.addfont(path)
    fontManager.ttflist[:] = fontManager.ttflist[len(others) :] + others


def number_format(language: str, *, digits: int | None = None, scale: int = 0) -> FuncFormatter:
    """A formatter for an axis that writes numbers as the language does.

    `digits` are the decimals, all by default; `scale` divides by a power of ten. Called with a
    number, it writes that.
    """
    from matplotlib.ticker import FuncFormatter

    def write(value: float, _position: int) -> str:
        return format_number(float(f"{value:.12g}"), language, digits=digits, scale=scale)

    return FuncFormatter(write)
