"""Where the cell of a table stands in its raw file: the sheet and its cell, or the column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from bukti.base.diagnostic import Note, note
from bukti.clean.reading.frames import ROW
from bukti.clean.reading.sheet import letter, sheet_shown

_LARGEST = 50_000
_PLACES = ("at-cell", "at-column", "at-row")

Numbers = Sequence[int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a raw file was read: the number, counted from 1, of each column by its name.

    `sheet` is that of a workbook, None for a delimited file; `epoch` is the year from which the
    workbook counts its days, 1900 or 1904, None where that is not known. `moved` holds columns
    that the script named itself: for each row of its frame, the number of the raw column.
    """

    columns: Mapping[str, int]
    sheet: str | None = None
    epoch: int | None = None
    moved: Mapping[str, Numbers] = field(default_factory=dict)

    def place(self, line: int, name: str, index: int | None = None) -> tuple[Note, ...]:
        """The note that says where a column, in the row `index` of the frame, has its cell."""
        number = self.columns.get(name)
        if number is None and index is not None and name in self.moved:
            number = self.moved[name][index]
        if number is None:
            return self.row(line)
        if self.sheet is not None:
            return (note("at-cell", cell=f"{sheet_shown(self.sheet)}!{letter(number - 1)}{line}"),)
        headings = {place: heading for heading, place in self.columns.items()}
        return (note("at-column", number=number, name=headings.get(number, name)),)

    def row(self, line: int) -> tuple[Note, ...]:
        """The note that names the row of a sheet; none for a file whose lines say it."""
        return (
            () if self.sheet is None else (note("at-row", sheet=sheet_shown(self.sheet), row=line),)
        )

    def to_json(self) -> dict[str, Any]:
        """The layout as it goes from one process to another."""
        return asdict(self)


def says_place(notes: Sequence[Note]) -> bool:
    """Whether one of the notes names a cell, a column or a row already."""
    return any(each.key in _PLACES for each in notes)


def moved_columns(
    frame: pl.DataFrame, raw: pl.DataFrame, columns: Mapping[str, int]
) -> dict[str, list[int | None]]:
    """The raw columns behind those that a script named itself, for each row of its frame.

    Told by content, and only where every cell of the column stands in the raw row that it comes
    from: a column that was renamed, or several that were laid one below the other. None for a
    cell that its raw row holds twice.
    """
    if ROW not in frame.columns or not frame.schema[ROW].is_integer() or frame.height > _LARGEST:
        return {}
    rows = frame.select(pl.col(ROW).cast(pl.Int64))
    unique = raw.with_columns(pl.col(ROW).cast(pl.Int64)).unique(ROW, keep="none")
    aligned = rows.join(unique, on=ROW, how="left", maintain_order="left")
    texts = {name: _texts(aligned.get_column(name)) for name in columns}
    found: dict[str, list[int | None]] = {}
    for name in frame.columns:
        if name == ROW or name in columns:
            continue
        cells = _texts(frame.get_column(name))
        numbers = None if cells is None else _numbers(cells, texts, columns)
        if numbers is not None:
            found[name] = numbers
    return found


def _texts(cells: pl.Series) -> pl.Series | None:
    """Cells as text without the spaces around them; None for cells that are lists or records."""
    if cells.dtype.is_nested():
        return None
    return cells.cast(pl.String, strict=False).str.strip_chars()


def _numbers(
    cells: pl.Series, texts: Mapping[str, pl.Series | None], columns: Mapping[str, int]
) -> list[int | None] | None:
    present = cells.is_not_null() & (cells != "")
    if not present.any():
        return None
    there = {columns[name]: raw for name, raw in texts.items() if raw is not None}
    same = [number for number, raw in there.items() if cells.eq_missing(raw).all()]
    if len(same) == 1:
        return [same[0]] * len(cells)
    found = pl.DataFrame(
        {str(number): (cells == raw).fill_null(value=False) for number, raw in there.items()}
    )
    count = found.select(pl.sum_horizontal(pl.all().cast(pl.Int64))).to_series()
    if not (count.filter(present) > 0).all():
        return None
    weighted = [pl.col(str(number)).cast(pl.Int64) * number for number in there]
    places = found.select(pl.sum_horizontal(weighted)).to_series()
    once = zip(places, count == 1, present, strict=True)
    return [place if alone and here else None for place, alone, here in once]
