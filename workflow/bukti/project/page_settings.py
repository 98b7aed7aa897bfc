"""The page as `bukti.yaml` sets it: paper, margins, columns, fonts; profiles, and single keys."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.tools.yaml_files import Document

_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4}
_PAPERS = {
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "b4": (250.0, 353.0),
    "b5": (176.0, 250.0),
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
}
"""The sizes of papers in millimetres, upright (ISO 216; ANSI/ASME Y14.1)."""

_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?x ?(\d+(?:\.\d+)?) ?(mm|cm|in)")
_SPACINGS = {"single": 1.0, "double": 2.0}
_LEAST_WIDTH, _LEAST_HEIGHT = 60.0, 90.0
_LEAST_COLUMN, GUTTER = 55.0, 7.0
SERIF, SANS = "Libertinus Serif", "Source Sans 3"
ANNEXED = ("docx", "pdf")
"""The formats that have the evidence appendix only where the paper asks for it."""

BUNDLED = {"serif": SERIF, "sans": SANS}
"""The words for the fonts that bukti brings, and their families."""

PROFILES: dict[str, Mapping[str, Any]] = {
    "article": {},
    "manuscript": {
        "margins": "30mm",
        "columns": 1,
        "size": 12,
        "spacing": "double",
        "line-numbers": True,
    },
    "compact": {"margins": "20mm", "size": 9.5, "spacing": 1.05},
    "journal": {"margins": "19mm", "columns": 2, "size": 9.5, "spacing": 1.05},
}
"""The profiles: what each sets, written as in `bukti.yaml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The margins of the page in millimetres.

    Where `mirrored`, left pages have the inner margin at their right.
    """

    top_mm: float = 27.0
    bottom_mm: float = 25.0
    inner_mm: float = 29.0
    outer_mm: float = 29.0
    mirrored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings:
    """How a paper is laid out, in every edition and format.

    `text_font` and `heading_font` are families, `size_pt` is the size of the body in points,
    `spacing` the distance of its lines as a multiple of single spacing. `given` are the keys of
    `bukti.yaml` that the paper or its profile sets, in order; all else is left to the format.
    `annex` are the formats besides HTML that have the evidence appendix.
    """

    profile: str = "article"
    width_mm: float = 210.0
    height_mm: float = 297.0
    margins: Margins = field(default_factory=Margins)
    columns: int = 1
    text_font: str = SERIF
    heading_font: str = SANS
    size_pt: float = 10.5
    spacing: float = 1.15
    line_numbers: bool = False
    running_heads: bool = True
    annex: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    @property
    def text_width_mm(self) -> float:
        """The width between the margins."""
        return self.width_mm - self.margins.inner_mm - self.margins.outer_mm

    @property
    def text_height_mm(self) -> float:
        """The height between the margins."""
        return self.height_mm - self.margins.top_mm - self.margins.bottom_mm

    @property
    def column_width_mm(self) -> float:
        """The width of one column of the text."""
        return (self.text_width_mm - (self.columns - 1) * GUTTER) / self.columns


def page_of(data: Mapping[str, Any]) -> PageSettings:
    """The record of a `page:` block that is as its schema says: its profile, then its own keys."""
    plain = PageSettings()
    profile = data.get("profile", plain.profile)
    keys = {**PROFILES[profile], **data}
    width, height = _paper(keys.get("paper", "a4"))
    fonts = keys.get("fonts", {})
    return PageSettings(
        profile=profile,
        width_mm=width,
        height_mm=height,
        margins=_margins(keys.get("margins", {})),
        columns=int(keys.get("columns", plain.columns)),
        text_font=_family(fonts.get("text", "serif")),
        heading_font=_family(fonts.get("headings", "sans")),
        size_pt=float(keys.get("size", plain.size_pt)),
        spacing=_spacing(keys.get("spacing", plain.spacing)),
        line_numbers=keys.get("line-numbers", plain.line_numbers),
        running_heads=keys.get("running-heads", plain.running_heads),
        annex=_annex(keys.get("annex", False)),
        given=tuple(sorted(keys.keys() - {"profile", "annex"})),
    )


def check_page(document: Document) -> tuple[Diagnostic, ...]:
    """Whether paper, margins and columns leave room for a text."""
    data = document.data.get("page", {})
    page = page_of(data)
    width = _LEAST_WIDTH if page.columns == 1 else 2 * _LEAST_COLUMN + GUTTER
    if page.text_width_mm >= width and page.text_height_mm >= _LEAST_HEIGHT:
        return ()
    span = document.span(("page", "margins" if "margins" in data else "paper"))
    return (
        diagnose(
            "CFG153",
            span,
            width=f"{page.text_width_mm:g}",
            height=f"{page.text_height_mm:g}",
            least_width=f"{width:g}",
            least_height=f"{_LEAST_HEIGHT:g}",
        ),
    )


def millimetres(length: str) -> float:
    """A length as it is written, such as `2.5cm`, in millimetres."""
    unit = length[-2:]
    return round(float(length[:-2]) * _MILLIMETRES[unit], 2)


def _paper(paper: str) -> tuple[float, float]:
    known = _PAPERS.get(paper.lower())
    if known:
        return known
    size = _SIZE.fullmatch(paper)
    if size is None:  # not possible by the schema
        return _PAPERS["a4"]
    width, height, unit = size.groups()
    return millimetres(width + unit), millimetres(height + unit)


def _margins(margins: str | Mapping[str, str]) -> Margins:
    if isinstance(margins, str):
        all_around = millimetres(margins)
        return Margins(
            top_mm=all_around, bottom_mm=all_around, inner_mm=all_around, outer_mm=all_around
        )
    plain = Margins()
    given = {name: millimetres(length) for name, length in margins.items()}
    return Margins(
        top_mm=given.get("top", plain.top_mm),
        bottom_mm=given.get("bottom", plain.bottom_mm),
        inner_mm=given.get("inner", given.get("left", plain.inner_mm)),
        outer_mm=given.get("outer", given.get("right", plain.outer_mm)),
        mirrored=not {"inner", "outer"}.isdisjoint(given),
    )


def _annex(chosen: bool | Sequence[str]) -> tuple[str, ...]:
    if isinstance(chosen, bool):
        return ANNEXED if chosen else ()
    return tuple(sorted(set(chosen)))


def _family(font: str) -> str:
    return BUNDLED.get(font, font)


def _spacing(spacing: str | float) -> float:
    return _SPACINGS[spacing] if isinstance(spacing, str) else float(spacing)
