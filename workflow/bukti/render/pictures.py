"""Figures and tables with all that belongs to them: number, caption, source, picture, alt text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.base.tree import Node, Nodes, walk
from bukti.manuscript.node_record import PICTURE, TABLE, table_name
from bukti.manuscript.unsettable import NOT_SHOWN
from bukti.render.nodes import attr_of, has_class, plain, plain_text
from bukti.render.picture_sizes import natural_size_mm, pixels_across
from bukti.render.plan import FigureFiles, Invocation, Layout
from bukti.render.row_heights import table_mm
from bukti.render.tables import WIDE, TableModel, read_table

NOTES, SOURCE = "notes", "source-line"
PANEL, PANEL_GAP_MM = "panel", 5.0
_SCHEME = "figure:"
_TIGHTER = 0.85  # letters of a table take less than the most that is reckoned
_SHRUNK = 1.2  # a picture that is wider than a column by more than this goes over both
_DOTS = 300  # an inch: what journals ask of photographs (e.g. Elsevier, artwork instructions)
_FEWEST_DOTS = 200  # an inch: with fewer, pixels show in print
_LEAST = 0.74  # of what is reckoned; with less, words of neighbouring columns touch
_LONG = 24  # rows; a shorter table stays on one page
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(%|mm|cm|in|pt|px)?")
_MILLIMETRES = {
    "mm": 1.0,
    "cm": 10.0,
    "in": 25.4,
    "pt": 25.4 / 72,
    "px": 25.4 / 96,
    None: 25.4 / 96,
}
_SIGNATURES = (
    (b"\x89PNG\r\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"GIF8", "gif", "image/gif"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture: its bytes as vectors and as pixels, what it shows, and its width if known."""

    name: str
    vector: bytes | None
    pixels: bytes | None
    alt: str
    width_mm: float | None

    def best(self, *, vector: bool) -> tuple[bytes, str, str]:
        """The bytes to use, with their suffix and media type."""
        if self.vector is not None and (vector or self.pixels is None):
            return self.vector, "svg", "image/svg+xml"
        data = self.pixels or b""
        for signature, suffix, media in _SIGNATURES:
            if data.startswith(signature):
                return data, suffix, media
        return data, "png", "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A figure or table; one of `picture`, `table` and `blocks` holds what it shows.

    One that is `wide` has a page across for itself, one that `spans` goes over both columns; a
    `tall` table has no room on one page.
    """

    identifier: str
    number: str
    label: str
    caption: Nodes
    notes: Nodes
    source: Nodes
    wide: bool = False
    spans: bool = False
    tall: bool = False
    picture: Picture | None = None
    table: TableModel | None = None
    blocks: Nodes

    @property
    def is_table(self) -> bool:
        """Whether it is a table, whose title stands above."""
        return self.table is not None

    @property
    def is_long(self) -> bool:
        """Whether it is a table that may go on over several pages."""
        if self.table is None or self.tall:
            return self.tall
        return not self.spans and len(self.table.body) > _LONG

    def continued(self, words: Mapping[str, str]) -> str:
        """What stands above the head of its further pages; nothing without a number."""
        word = words.get("continued", "")
        return f"{self.label} ({word})" if self.label and word else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One picture of several in a figure: its id, its letter, its words; None where it is missing.

    `width_mm` is the width that it has beside the others of its row.
    """

    identifier: str
    letter: str
    caption: Nodes
    picture: Picture | None
    width_mm: float


def read_panels(
    block: Node, invocation: Invocation, found: list[Diagnostic], room_mm: float
) -> tuple[Panel, ...]:
    """The pictures of a row in a figure of several; none for any other block."""
    images = block["c"] if block["t"] == "Plain" else []
    if not images or not all(has_class(each, PANEL, "Image") for each in images):
        return ()
    room = (room_mm - (len(images) - 1) * PANEL_GAP_MM) / len(images)
    return tuple(_panel(each, invocation, found, room) for each in images)


def _panel(image: Node, invocation: Invocation, found: list[Diagnostic], room: float) -> Panel:
    identifier, _, pairs = attr_of(image)
    picture = read_picture(image, invocation, found, [plain(image["c"][1])])
    return Panel(
        identifier=identifier,
        letter=pairs.get("panel", ""),
        caption=image["c"][1],
        picture=picture,
        width_mm=min(picture.width_mm or room, room) if picture else room,
    )


def read_exhibit(node: Node, invocation: Invocation, found: list[Diagnostic]) -> Exhibit:
    """The figure or table that a division of class `exhibit` holds."""
    inner, *rest = node["c"][1]
    identifier, _, pairs = attr_of(inner)
    caption: Nodes = inner["c"][1][1]
    images = [each for each in walk(inner["c"][2]) if each["t"] == "Image"]
    is_table = inner["t"] == "Table"
    table = read_table(inner, invocation.language) if is_table else None
    single = not is_table and len(images) == 1 and _only_picture(inner["c"][2])
    picture = read_picture(images[0], invocation, found, caption) if single else None
    layout = invocation.layout
    wide = _is_wide(inner, table, layout.text_width_mm / layout.scale)
    spans = not wide and _spans(picture, table, layout)
    return Exhibit(
        identifier=identifier,
        number=pairs.get("number", ""),
        label=pairs.get("label", ""),
        caption=caption if plain_text(caption) else [],
        notes=_below(rest, NOTES),
        source=_below(rest, SOURCE),
        wide=wide,
        spans=spans,
        tall=table is not None and _is_tall(table, layout, wide=wide, spans=spans),
        picture=picture,
        table=table,
        blocks=[] if single or is_table else inner["c"][2],
    )


def too_wide(exhibit: Exhibit, node: Node, invocation: Invocation) -> Iterator[Diagnostic]:
    """Whether a table has columns that no page can hold; `node` is its division.

    The letters of a word are not divided in tables, so its columns would run into each other.
    """
    if exhibit.table is None:
        return
    layout, table = invocation.layout, exhibit.table
    room = layout.exhibit_width_mm(wide=exhibit.wide, spans=exhibit.spans)
    needed = layout.scale * _LEAST * table.least_mm()
    if needed > room:
        name = table_name(node["c"][1][0])
        yield diagnose(
            "FIG124",
            invocation.place(TABLE, name),
            table=exhibit.label or name,
            needed=f"{needed:.0f}",
            room=f"{room:.0f}",
        )


def _below(divisions: Nodes, name: str) -> Nodes:
    found = [each for each in divisions if has_class(each, name, "Div")]
    return [block for each in found for block in each["c"][1]]


def _is_wide(node: Node, table: TableModel | None, available: float) -> bool:
    """Whether it goes on a page of its own across: as the author says, or by its words."""
    pictures = [each for each in walk(node["c"][2]) if each["t"] == "Image"]
    if any(WIDE in attr_of(each)[1] for each in (node, *pictures)):
        return True
    return table is not None and not table.has_shares and table.needed_mm() * _TIGHTER > available


def _is_tall(table: TableModel, layout: Layout, *, wide: bool, spans: bool) -> bool:
    """Whether a table has no room on one page with its title and sources."""
    room = layout.across_height_mm if wide else layout.picture_height_mm
    width = layout.exhibit_width_mm(wide=wide, spans=spans)
    return layout.scale * table_mm(table, width / layout.scale) > room


def _spans(picture: Picture | None, table: TableModel | None, layout: Layout) -> bool:
    """Whether it does not fit in one of several columns."""
    if layout.page.columns == 1:
        return False
    if table is not None:
        return layout.scale * table.needed_mm() * _TIGHTER > layout.column_width_mm
    return picture is None or (picture.width_mm or 0) > _SHRUNK * layout.column_width_mm


def read_picture(
    image: Node, invocation: Invocation, found: list[Diagnostic], caption: Nodes | None = None
) -> Picture | None:
    """The picture of an image node; None with a finding where there is none."""
    _, _, pairs = attr_of(image)
    address = image["c"][2][0]
    span = invocation.place(PICTURE, address)
    if address.startswith(NOT_SHOWN):  # the stage manuscript says why
        return None
    files = _files(address, invocation)
    if files is None:
        code = "REN121" if address.startswith(_SCHEME) else "REN104"
        found.append(diagnose(code, span, picture=address.removeprefix(_SCHEME)))
        return None
    legend = plain_text(caption or [])
    alt = pairs.get("alt") or plain_text(image["c"][1])
    alt = alt or legend or address.removeprefix(_SCHEME)
    width = _width(pairs, invocation.layout.text_width_mm) or files.width_mm
    width_mm = _fitting(files, width, _room(image, invocation.layout))
    if not address.startswith(_SCHEME):  # figures of notebooks are drawn at the size of the page
        found += _coarse(files, width_mm, address, span)
    return Picture(
        name=address.removeprefix(_SCHEME),
        vector=files.svg or None,
        pixels=files.png or None,
        alt=alt,
        width_mm=width_mm,
    )


def _coarse(
    files: FigureFiles, width_mm: float | None, address: str, span: Span | None
) -> Iterator[Diagnostic]:
    """Whether a picture of pixels has too few of them for the width at which it is printed."""
    across = 0 if files.svg else pixels_across(files.png)
    if not across or not width_mm:
        return
    dots = round(across / (width_mm / _MILLIMETRES["in"]))
    if dots < _FEWEST_DOTS:
        yield diagnose(
            "FIG123",
            span,
            picture=address,
            dots=dots,
            width=f"{width_mm:.0f}",
            pixels=across,
            wanted=round(width_mm / _MILLIMETRES["in"] * _DOTS),
        )


def _room(image: Node, layout: Layout) -> tuple[float, float]:
    """The width and height that a picture may have on its page."""
    if WIDE in attr_of(image)[1]:
        return layout.across_width_mm, layout.across_height_mm
    return layout.text_width_mm, layout.picture_height_mm


def _fitting(files: FigureFiles, width: float, room: tuple[float, float]) -> float | None:
    """The width at which a picture fits on a page with its caption; None if nothing is known."""
    size = natural_size_mm(files.svg or files.png)
    if size is None:
        return min(width, room[0]) if width else None
    return min(width or size[0], room[0], room[1] * size[0] / size[1])


def _files(address: str, invocation: Invocation) -> FigureFiles | None:
    if address.startswith(_SCHEME):
        return invocation.figures.get(address.removeprefix(_SCHEME))
    data = invocation.pictures.get(address)
    if data is None:
        return None
    if _is_svg(data):
        return FigureFiles(svg=data, png=b"", width_mm=0)
    known = any(data.startswith(signature) for signature, _, _ in _SIGNATURES)
    return FigureFiles(svg=b"", png=data, width_mm=0) if known else None


def _is_svg(data: bytes) -> bool:
    return b"<svg" in data[:4096] and data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def _only_picture(blocks: Nodes) -> bool:
    if len(blocks) != 1 or blocks[0]["t"] not in ("Plain", "Para"):
        return False
    return [each["t"] for each in blocks[0]["c"]] == ["Image"]


def _width(pairs: Mapping[str, str], text_width: float) -> float | None:
    found = _LENGTH.fullmatch(pairs.get("width", ""))
    if not found:
        return None
    size = float(found[1])
    return text_width * size / 100 if found[2] == "%" else size * _MILLIMETRES[found[2]]
