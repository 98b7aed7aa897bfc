"""pandoc's tables as rows of cells that know how they are set and what they head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bukti.base.tree import Node, Nodes
from bukti.render.nodes import plain_text
from bukti.render.numerals import Entry, Pad, pads

WIDE = "wide"
_ALIGNMENTS = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}
_MARKS = ("Superscript", "Note")
_MM_PER_LETTER = 1.9  # of the letters of tables, 9 points high
_MM_BESIDE = 3.5
_BOLD = 1.15
_SHORT_MM = 45.0
_EQUAL = 0.01  # shares of the width that differ by less are equal


_Text = tuple[str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: how it is aligned, and its share of the width where the author gave one."""

    align: str
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its blocks, its first column and spans, and how it is set.

    `heads` says what it heads: `col`, `row`, `colgroup` (the rows below) or nothing. `pad` is
    what a number lacks on its right, None for words; `indented` cells belong to a group of rows.
    """

    blocks: Nodes
    align: str
    place: int
    rows: int
    columns: int
    heads: str
    pad: Pad | None = None
    indented: bool = False

    @property
    def spans(self) -> bool:
        """Whether it heads several columns, so that a line stands under it."""
        return self.heads == "col" and self.columns > 1

    @property
    def text(self) -> str:
        """Its words."""
        return plain_text(self.blocks)


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableModel:
    """A table as rows; groups within the body begin with a row that heads its columns."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    foot: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, from head to foot."""
        return (*self.head, *self.body, *self.foot)

    @property
    def has_shares(self) -> bool:
        """Whether the author gave the columns their widths."""
        return any(column.share for column in self.columns)

    def needed_mm(self) -> float:
        """About how wide the table is when each column is as wide as its longest word."""
        return sum(_needed(place, texts) for place, texts in enumerate(self._texts()))

    def least_mm(self) -> float:
        """About the least width in which no word runs out of its column."""
        words = [[(word, bold) for text, bold in each for word in _words(text)]
                 for each in self._texts()]  # fmt: skip
        least = [width_mm(max(map(_letters, each), default=0)) for each in words]
        if not self.has_shares:
            return sum(least)
        shares = [column.share or 0.1 for column in self.columns]
        return max(width / share for width, share in zip(least, shares, strict=True))

    def widths_mm(self, available: float) -> list[float]:
        """About what each column gets of a width.

        That is its share, all it wants, or what it needs and a part of what is left.
        """
        if self.has_shares:
            return [(column.share or 0.1) * available for column in self.columns]
        texts = self._texts()
        wanted = [width_mm(max(map(_letters, each), default=0)) for each in texts]
        needed = [_needed(place, each) for place, each in enumerate(texts)]
        if sum(wanted) <= available:
            return wanted
        if sum(needed) >= available:
            return [width * available / sum(needed) for width in needed]
        share = (available - sum(needed)) / (sum(wanted) - sum(needed))
        return [low + (high - low) * share for low, high in zip(needed, wanted, strict=True)]

    def _texts(self) -> list[list[_Text]]:
        texts: list[list[_Text]] = [[] for _ in self.columns]
        for row in self.rows:
            for cell in row:
                if cell.columns == 1 and cell.place < len(texts):
                    words = cell.text + (cell.pad.text if cell.pad else "")
                    texts[cell.place].append((words, bool(cell.heads)))
        return texts


def _words(text: str) -> list[str]:
    """What of a text stays whole at the end of a line."""
    return re.split(r"(?<=-)|[ /]", text)


def _letters(text: _Text) -> float:
    """The length of words, those of heads longer for their weight."""
    words, bold = text
    return len(words) * (_BOLD if bold else 1)


def width_mm(letters: float) -> float:
    """About how wide a column of so many letters is, with the space beside them."""
    return letters * _MM_PER_LETTER + _MM_BESIDE


def _needed(place: int, texts: Sequence[_Text]) -> float:
    """The width of a column's longest word; names of rows that are not long stay on one line."""
    pieces = [(word, bold) for words, bold in texts for word in re.split(r"[ -]", words)]
    least = width_mm(max(map(_letters, pieces), default=0))
    whole = width_mm(max(map(_letters, texts), default=0))
    return max(least, whole) if place == 0 and whole <= _SHORT_MM else least


def read_table(node: Node, language: str) -> TableModel:
    """The model of a table node; columns of numbers are those written so in the language."""
    _, _, specs, (_, head), bodies, (_, foot) = node["c"]
    columns = _columns(specs)
    body: list[Row] = []
    for _, row_heads, groups, rows in bodies:
        body.extend(_rows(groups, columns, heads="colgroup"))
        read = _rows(rows, columns, row_heads=row_heads)
        body.extend(_indented(row) if groups else row for row in read)
    body, total = _grouped_by_hand(body)
    table = TableModel(
        columns=columns,
        head=tuple(_rows(head, columns, heads="col")),
        body=tuple(body),
        foot=(*total, *_rows(foot, columns)),
    )
    return _with_numbers(table, specs, language)


def _columns(specs: list[Any]) -> tuple[Column, ...]:
    """The columns; pandoc gives equal shares to a table with long lines, which nobody asked for."""
    shares = [float(width["c"]) if width["t"] == "ColWidth" else 0.0 for _, width in specs]
    asked = max(shares, default=0) - min(shares, default=0) > _EQUAL
    return tuple(
        Column(align=_ALIGNMENTS.get(align["t"], "left"), share=share if asked else None)
        for (align, _), share in zip(specs, shares, strict=True)
    )


def _rows(
    rows: list[Any], columns: tuple[Column, ...], *, heads: str = "", row_heads: int = 0
) -> Iterator[Row]:
    taken = [0] * len(columns)
    for _, cells in rows:
        yield tuple(_row(cells, columns, taken, heads, row_heads))
        taken = [max(0, left - 1) for left in taken]


def _row(
    cells: list[Any], columns: tuple[Column, ...], taken: list[int], heads: str, row_heads: int
) -> Iterator[Cell]:
    """The cells of a row; `taken` counts for each column the rows that are still spanned."""
    place = 0
    for _, align, rows, width, blocks in cells:
        while place < len(columns) - 1 and taken[place]:
            place += 1
        across = "left" if heads == "colgroup" else "center"
        yield Cell(
            blocks=blocks,
            align=_ALIGNMENTS.get(align["t"], columns[place].align if width == 1 else across),
            place=place,
            rows=rows,
            columns=width,
            heads=heads or ("row" if place < row_heads else ""),
        )
        for covered in range(place, min(place + width, len(columns))):
            taken[covered] = rows
        place = min(place + width, len(columns) - 1) if columns else 0


def _indented(row: Row) -> Row:
    return tuple(replace(cell, indented=cell.place == 0) for cell in row)


def _grouped_by_hand(body: list[Row]) -> tuple[list[Row], tuple[Row, ...]]:
    """Rows with nothing but a bold first cell head a group; a bold last row holds totals."""
    heads = [len(row) > 1 and _bold(row[0]) and not any(c.text for c in row[1:]) for row in body]
    total: tuple[Row, ...] = ()
    if len(body) > 1 and not heads[-1] and all(_bold(c) for c in body[-1] if c.text):
        total = (body.pop(),) if any(cell.text for cell in body[-1]) else ()
    if not any(heads):
        return body, total
    begun = False
    result: list[Row] = []
    for row, is_head in zip(body, heads, strict=False):
        begun = begun or is_head
        if is_head:
            across = sum(cell.columns for cell in row)
            words = [{"t": "Plain", "c": _only_inlines(row[0].blocks)[0]["c"]}]
            head = replace(row[0], blocks=words, columns=across, heads="colgroup", align="left")
            result.append((head,))
        else:
            result.append(_indented(row) if begun and not _bold(row[0]) else row)
    return result, total


def _bold(cell: Cell) -> bool:
    inlines = _only_inlines(cell.blocks)
    return len(inlines) == 1 and inlines[0]["t"] == "Strong"


def _with_numbers(table: TableModel, specs: list[Any], language: str) -> TableModel:
    """The table with its columns of numbers to the right, by their decimal signs."""
    padded: dict[int, Pad] = {}
    columns = list(table.columns)
    for place, (align, _) in enumerate(specs):
        cells = [
            cell
            for row in (*table.body, *table.foot)
            for cell in row
            if cell.place == place and cell.columns == 1 and cell.heads != "colgroup"
        ]
        found = None if align["t"] == "AlignLeft" else pads([_entry(c) for c in cells], language)
        if found is None or (align["t"] == "AlignDefault" and _is_stub(place, cells, columns)):
            continue
        columns[place] = replace(columns[place], align="right")
        padded |= {id(cell): pad for cell, pad in zip(cells, found, strict=True)}

    def numbered(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(
            tuple(_padded(cell, columns[cell.place], padded.get(id(cell))) for cell in row)
            for row in rows
        )

    return replace(
        table,
        columns=tuple(columns),
        head=numbered(table.head),
        body=numbered(table.body),
        foot=numbered(table.foot),
    )


def _is_stub(place: int, cells: Sequence[Cell], columns: Sequence[Column]) -> bool:
    """Whether a first column of numbers names its rows: years, codes."""
    texts = [cell.text for cell in cells if cell.text]
    return place == 0 and len(columns) > 1 and all(text.isdigit() for text in texts)


def _padded(cell: Cell, column: Column, pad: Pad | None) -> Cell:
    if pad is None:
        aligned = cell.columns == 1 and cell.heads == "col" and column.align == "right"
        return replace(cell, align="right") if aligned else cell
    return replace(cell, align="right", pad=pad, blocks=_with_true_signs(cell.blocks))


def _entry(cell: Cell) -> Entry:
    inlines = _only_inlines(cell.blocks)
    marks = 0
    while inlines and inlines[-1]["t"] in _MARKS:
        last = inlines.pop()
        marks += 1 if last["t"] == "Note" else len(plain_text(last))
    return Entry(text=plain_text(inlines) if inlines else cell.text, marks=marks)


def _only_inlines(blocks: Nodes) -> Nodes:
    alone = len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para")
    return list(blocks[0]["c"]) if alone else []


def _with_true_signs(blocks: Nodes) -> Nodes:
    """A hyphen before a number as a minus, one alone as the dash of a missing number."""
    inlines = _only_inlines(blocks)
    if not inlines or inlines[0]["t"] != "Str" or not inlines[0]["c"].startswith("-"):
        return blocks
    text = inlines[0]["c"]
    sign = "\u2013" if not text.strip("-") else "\u2212" + text[1:]
    return [{"t": blocks[0]["t"], "c": [{"t": "Str", "c": sign}, *inlines[1:]]}]
