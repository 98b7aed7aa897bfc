"""Sheets of workbooks: several rows of headings, merged cells, notes below the table."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, Problem, diagnose, note
from bukti.base.span import Span
from bukti.clean.reading.frames import frame_of
from bukti.clean.reading.opendocument import merged_cells

LARGEST = 512 * 1024**2
_ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA")
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")
_LISTED = 50
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")

Merged = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The cells of a sheet from A1 on, and which of them are merged.

    `epoch` is the year from which its workbook counts days, 1900 or 1904; None if not known.
    """

    name: str
    cells: tuple[tuple[Any, ...], ...]
    merged: tuple[Merged, ...] = ()
    epoch: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """The table of a sheet; `notes` are the texts below it, each with its row.

    `places` are the numbers of its columns in the sheet, counted from 1.
    """

    frame: pl.DataFrame
    places: Mapping[str, int]
    notes: tuple[tuple[int, str], ...]


def open_sheet(data: bytes, path: str, name: str | None) -> Sheet:
    """A sheet of a workbook (XLSX, XLSM, XLS, ODS), by name; None is the only one there is.

    Raises Problem where the file cannot be read, is too large, or has no such sheet.
    """
    _refuse_large(data, path)
    modern = path.lower().endswith((".xlsx", ".xlsm"))
    try:
        return (_openpyxl if modern else _calamine)(data, path, name)
    except Problem:
        raise
    except Exception as error:  # the libraries raise whatever a broken file leads them to
        reason = " ".join(str(error).split()) or type(error).__name__
        if "password" in reason.lower() or (data.startswith(b"\xd0\xcf\x11\xe0") and modern):
            raise Problem(diagnose("CLN117", Span(path=path))) from error
        raise Problem(diagnose("CLN116", Span(path=path), reason=reason[:200])) from error


def _refuse_large(data: bytes, path: str) -> None:
    if data.startswith(b"PK") and zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as package:
            size = sum(entry.file_size for entry in package.infolist())
        if size > LARGEST:
            limit = LARGEST // 1024**2
            raise Problem(diagnose("CLN122", Span(path=path), size=size // 1024**2, limit=limit))


def _openpyxl(data: bytes, path: str, name: str | None) -> Sheet:
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = load_workbook(BytesIO(data), data_only=True)
    chosen = _chosen([sheet.title for sheet in book.worksheets], path, name)
    sheet = book[chosen]
    cells = tuple(tuple("" if cell is None else cell for cell in row) for row in sheet.values)
    merged = tuple(
        (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
        for area in sorted(sheet.merged_cells.ranges, key=lambda area: area.bounds)
    )
    epoch = 1904 if book.epoch == CALENDAR_MAC_1904 else 1900
    return Sheet(name=chosen, cells=cells, merged=merged, epoch=epoch)


def _calamine(data: bytes, path: str, name: str | None) -> Sheet:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    chosen = _chosen(list(book.sheet_names), path, name)
    sheet = book.get_sheet_by_name(chosen)
    known = sheet.merged_cell_ranges
    merged = tuple((*first, *last) for first, last in known or ())
    if known is None and path.lower().endswith(".ods"):
        merged = merged_cells(data, chosen)
    rows = sheet.to_python(skip_empty_area=False)
    return Sheet(name=chosen, cells=tuple(map(tuple, rows)), merged=merged)


def _chosen(names: Sequence[str], path: str, name: str | None) -> str:
    if name is None and len(names) == 1:
        return names[0]
    if name in names:
        return str(name)
    known = ", ".join(f'"{each}"' for each in names)
    raise Problem(diagnose("CLN118", Span(path=path), sheet=name or "?", known=known))


def read_table(
    sheet: Sheet,
    path: str,
    header: tuple[int, int],
    columns: Mapping[str, str],
    last: int | None,
) -> SheetTable:
    """The table below the rows of headings `header` (first and last, counted from 1).

    `columns` names columns by their letter; the others bear their headings, joined with " / ".
    Rows at the end in which one cell alone is filled are notes, and so is what stands below the
    row `last`. Raises Problem with every cell that holds an error of the spreadsheet.
    """
    first, end = header
    width = max((len(row) for row in sheet.cells), default=0)
    if first < 1 or end < first or len(sheet.cells) < end or not width:
        where = Span(path=path)
        raise Problem(diagnose("CLN119", where, sheet=sheet.name, first=first, last=end))
    rows = [(number, _padded(row, width)) for number, row in enumerate(sheet.cells, start=1)]
    names = _names(sheet, header, width, columns)
    body, notes = _split(rows[end:], last)
    used = [place for place in range(width) if names[place] or _filled(body, place)]
    shown = [names[place] or letter(place) for place in used]
    cells = [f"{sheet_shown(sheet.name)}!{letter(place)}{end}" for place in used]
    faults = (*_repeated(shown, path, end, cells), *_errors(body, used, path, sheet.name))
    if faults:
        raise Problem(*faults)
    named = {name: [row[place] for _, row in body] for name, place in zip(shown, used, strict=True)}
    return SheetTable(
        frame=frame_of(named, [number for number, _ in body]),
        places={name: place + 1 for name, place in zip(shown, used, strict=True)},
        notes=tuple((number, _said(row)) for number, row in notes),
    )


Row = tuple[int, tuple[Any, ...]]


def _padded(row: tuple[Any, ...], width: int) -> tuple[Any, ...]:
    trimmed = (cell.strip() if isinstance(cell, str) else cell for cell in row)
    return (*trimmed, *[""] * (width - len(row)))


def _names(
    sheet: Sheet, header: tuple[int, int], width: int, columns: Mapping[str, str]
) -> list[str]:
    first, end = header
    levels = [list(_padded(row, width)) for row in sheet.cells[first - 1 : end]]
    for top, left, bottom, right in sheet.merged:
        for row in range(max(top, first - 1), min(bottom, end - 1) + 1):
            for place in range(left, right + 1):
                levels[row - first + 1][place] = _padded(sheet.cells[top], width)[left]
    names = []
    for place in range(width):
        parts = [_heading(level[place]) for level in levels]
        joined = " / ".join(dict.fromkeys(part for part in parts if part))
        names.append(columns.get(letter(place), joined))
    return names


def _heading(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def _split(rows: Sequence[Row], last: int | None) -> tuple[list[Row], list[Row]]:
    """The rows of the table and those of notes; empty rows and numbers of columns are neither."""
    filled = [row for row in rows if _count(row)]
    if (
        filled
        and _count(filled[0]) > 1
        and all(
            _COLUMN_NUMBER.fullmatch(_heading(cell))
            for cell in filled[0][1]
            if cell not in ("", None)
        )
        and any(str(cell).startswith("(") for cell in filled[0][1])
    ):
        filled = filled[1:]
    end = len(filled)
    if last is not None:
        end = sum(1 for number, _ in filled if number <= last)
    else:
        while end and _count(filled[end - 1]) == 1 and _is_text(filled[end - 1]):
            end -= 1
    return filled[:end], filled[end:]


def _count(row: Row) -> int:
    return sum(cell not in ("", None) for cell in row[1])


def _is_text(row: Row) -> bool:
    return any(isinstance(cell, str) and cell for cell in row[1])


def _filled(rows: Sequence[Row], place: int) -> bool:
    return any(row[place] not in ("", None) for _, row in rows)


def _said(row: tuple[Any, ...]) -> str:
    return " ".join(str(cell) for cell in row if cell not in ("", None))


def _repeated(
    names: Sequence[str], path: str, line: int, cells: Sequence[str]
) -> Iterator[Diagnostic]:
    where = Span(path=path, line=line)
    for number, name in enumerate(names, start=1):
        if name in names[: number - 1]:
            at = note("at-cell", cell=cells[number - 1])
            yield diagnose("CLN115", where, notes=(at,), column=number, name=name)


def _errors(
    rows: Sequence[Row], used: Sequence[int], path: str, sheet: str
) -> tuple[Diagnostic, ...]:
    found = [
        diagnose(
            "CLN120",
            Span(path=path, line=number),
            sheet=sheet,
            cell=f"{letter(place)}{number}",
            value=row[place],
        )
        for number, row in rows
        for place in used
        if row[place] in _ERRORS
    ]
    return tuple(found[:_LISTED])


def sheet_shown(name: str) -> str:
    """A sheet as spreadsheets write it before a cell: `Sheet1`, `'Tabel 1'`."""
    return name if _PLAIN_NAME.fullmatch(name) else "'" + name.replace("'", "''") + "'"


def letter(place: int) -> str:
    """The letter of a column, counted from 0: A, B, ... Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
