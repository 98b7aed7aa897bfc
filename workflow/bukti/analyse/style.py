"""How figures look unless a notebook says otherwise: fonts, sizes, lines and colours."""

from __future__ import annotations

from typing import Any

FONT = "Source Sans 3"
TEXT, SMALL = 9.0, 8.5  # points, beside body text of 10.5
INK, GRID = "#444444", "#dddddd"
# Okabe and Ito (2008), "Color Universal Design": told apart with every kind of colour vision. The
# order is ours: the first four are at least eleven steps of lightness apart (CIE L*), so that they
# differ in grey; from the second on, lines differ by their dashes too.
COLOURS = ("#0072B2", "#E69F00", "#000000", "#009E73", "#D55E00", "#56B4E9", "#CC79A7")
DASHES = ("-", "--", "-.", ":", "-", ":", "-.")
# Nuñez, Anderton and Renslow (2018), doi:10.1371/journal.pone.0199239: even in every vision.
RAMP = "cividis"

MATPLOTLIB: dict[str, Any] = {
    "font.family": FONT,
    "font.size": TEXT,
    "axes.titlesize": TEXT,
    "axes.labelsize": TEXT,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "axes.edgecolor": INK,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.5,
    "image.cmap": RAMP,
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

_LABELS = {
    "labelFontSize": SMALL,
    "labelColor": INK,
    "titleFontSize": TEXT,
    "titleFontWeight": "normal",
}
VEGA_LITE: dict[str, Any] = {
    "font": FONT,
    "background": "white",
    "padding": 2,
    "mark": {"color": COLOURS[0]},
    "line": {"strokeWidth": 1.6},
    "point": {"size": 22, "filled": True},
    "text": {"fontSize": SMALL},
    "view": {"stroke": None, "continuousHeight": 180, "discreteHeight": {"step": 18}},
    "axis": {
        **_LABELS,
        "domainColor": INK,
        "domainWidth": 0.6,
        "tickColor": INK,
        "tickWidth": 0.6,
        "tickSize": 3.5,
        "gridColor": GRID,
        "gridWidth": 0.5,
    },
    "axisX": {"grid": False},
    "legend": {**_LABELS, "symbolSize": 50},
    "header": _LABELS,
    "title": {"anchor": "start", "fontSize": TEXT, "fontWeight": "bold", "color": "#000000"},
    "range": {
        "category": list(COLOURS),
        "ordinal": {"scheme": RAMP},
        "ramp": {"scheme": RAMP},
        "heatmap": {"scheme": RAMP},
    },
}
