"""Figures that come out the same in every build and belong to the paper's page."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bukti.base.numbers import format_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

Words = Callable[[str], str]
Draw = Callable[[str, Words], "Figure"]
WIDTHS = {"text": 160.0, "half": 78.0}
DPI = 200
# Okabe and Ito (2008), "Color Universal Design": told apart with every kind of colour vision;
# ordered here by falling darkness, so that they stay apart in grey.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
STYLE: dict[str, Any] = {
    "font.family": "Source Sans 3",
    "font.size": 9.0,
    "axes.titlesize": 9.0,
    "axes.labelsize": 9.0,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "axes.edgecolor": "#444444",
    "axes.axisbelow": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "lines.linewidth": 1.6,
    "lines.markersize": 4.5,
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "svg.fonttype": "path",
    "svg.hashsalt": "bukti",
    "savefig.facecolor": "white",
}


def render(draw: Draw, languages: Mapping[str, Words], width: float) -> dict[str, dict[str, str]]:
    """A figure drawn for each language: SVG as text, PNG in base 64; width in millimetres."""
    import matplotlib

    matplotlib.use("agg")
    from cycler import cycler
    from matplotlib import pyplot

    _add_fonts()
    style: Any = {**STYLE, "axes.prop_cycle": cycler(color=COLOURS)}
    rendered = {}
    for language, words in languages.items():
        with matplotlib.rc_context(style):
            drawn = draw(language, words)
            if not isinstance(drawn, matplotlib.figure.Figure):
                found = type(drawn).__name__
                raise TypeError(f"draw({language!r}, t) must return its figure, not {found}")
            rendered[language] = _files(drawn, width)
        pyplot.close("all")
    return rendered


def _files(figure: Figure, width: float) -> dict[str, str]:
    inches = figure.get_size_inches()
    figure.set_size_inches(width / 25.4, width / 25.4 * float(inches[1] / inches[0]))
    svg, png = BytesIO(), BytesIO()
    figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    figure.savefig(png, format="png", dpi=DPI, metadata={"Software": None})
    return {"svg": svg.getvalue().decode("utf-8"), "png": base64.b64encode(png.getvalue()).decode()}


@cache
def _add_fonts() -> None:
    """Make our fonts known, before any of the machine that has the same name."""
    from matplotlib.font_manager import fontManager

    others = list(fontManager.ttflist)
    for font in files("bukti").joinpath("fonts").iterdir():
        if font.name.endswith(".ttf"):
            with as_file(font) as path:
                fontManager.addfont(path)
    fontManager.ttflist[:] = fontManager.ttflist[len(others) :] + others


def number_format(language: str, *, digits: int | None = None, scale: int = 0) -> FuncFormatter:
    """A formatter for an axis that writes numbers as the language does.

    `digits` are the decimals, all by default; `scale` divides by a power of ten.
    """
    from matplotlib.ticker import FuncFormatter

    def write(value: float, _position: int) -> str:
        return format_number(float(f"{value:.12g}"), language, digits=digits, scale=scale)

    return FuncFormatter(write)
