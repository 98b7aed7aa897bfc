"""CSV and TSV: every column as text, every row with the line of the file on which it begins."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

import polars as pl

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import Span
from bukti.clean.reading.frames import ROW

Row = tuple[int, list[str]]
_SEPARATORS = (",", ";", "\t", "|")
_LISTED = 50


def read_delimited(text: str, path: str, separator: str, *, skip: int = 0) -> pl.DataFrame:
    """The table of a text whose heading stands after `skip` lines.

    Raises Problem with every row that has too many or too few cells, a heading that is empty or
    there twice, or a separator that the file does not use.
    """
    rows = _rows(text, path, separator)
    rows = [row for row in rows if row[0] > skip]
    if not rows:
        raise Problem(diagnose("CLN114", Span(path=path)))
    heading = rows[0]
    faults = _wrong_separator(rows, path, separator) or (
        *heading_faults(heading[1], Span(path=path, line=heading[0])),
        *_ragged(rows, path),
    )
    if faults:
        raise Problem(*faults)
    cells = list(zip(*(row for _, row in rows[1:]), strict=True)) or [()] * len(heading[1])
    columns = [
        pl.Series(name.strip(), list(values), pl.String)
        for name, values in zip(heading[1], cells, strict=True)
    ]
    return pl.DataFrame([pl.Series(ROW, [line for line, _ in rows[1:]], pl.UInt32), *columns])


def _rows(text: str, path: str, separator: str) -> list[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[Row] = []
    start = 1
    try:
        for row in reader:
            if row:
                found.append((start, row))
            start = reader.line_num + 1
    except csv.Error as error:
        where = Span(path=path, line=start)
        raise Problem(diagnose("CLN105", where, path=path, reason=error)) from error
    return found


def _wrong_separator(rows: list[Row], path: str, separator: str) -> tuple[Diagnostic, ...]:
    if len(rows) < 2 or any(len(row) > 1 for _, row in rows):
        return ()
    for other in _SEPARATORS:
        if other != separator and all(other in row[0] for _, row in rows):
            where = Span(path=path, line=rows[0][0])
            return (diagnose("CLN111", where, separator=_shown(separator), other=_shown(other)),)
    return ()


def _shown(separator: str) -> str:
    return separator.replace("\t", "\\t")


def heading_faults(heading: list[str], where: Span) -> Iterator[Diagnostic]:
    """Names of columns that are empty or there twice."""
    for number, name in enumerate(heading, start=1):
        if not name.strip():
            yield diagnose("CLN113", where, column=number)
        elif name.strip() in [other.strip() for other in heading[: number - 1]]:
            yield diagnose("CLN115", where, column=number, name=name.strip())


def _ragged(rows: list[Row], path: str) -> Iterator[Diagnostic]:
    expected = len(rows[0][1])
    odd = [(line, len(row)) for line, row in rows[1:] if len(row) != expected]
    for line, found in odd[:_LISTED]:
        yield diagnose("CLN112", Span(path=path, line=line), found=found, expected=expected)
