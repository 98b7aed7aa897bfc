"""From text to the types of a contract; what does not fit is a finding, never a guess."""

from __future__ import annotations

from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, Note, diagnose
from bukti.base.span import Span
from bukti.clean.contract import Contract, Field
from bukti.clean.raw import ROW
from bukti.clean.values import Cell, Misfit, reader, retyper

DTYPES: dict[str, Any] = {
    "integer": pl.Int64,
    "number": pl.Float64,
    "string": pl.String,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "year": pl.Int64,
    "yearmonth": pl.String,
    "quarter": pl.String,
}


def place(contract: Contract, frame: pl.DataFrame, index: int) -> Span:
    """Where a row came from: its raw line where that is known, else the contract."""
    row = frame.get_column(ROW)[index] if ROW in frame.columns else None
    return raw_place(contract, row)


def cell_place(contract: Contract, frame: pl.DataFrame, index: int, name: str) -> tuple[Note, ...]:
    """The note that names the cell of a column in the raw file, where that is known."""
    row = frame.get_column(ROW)[index] if ROW in frame.columns else None
    if row is None or contract.layout is None:
        return ()
    return contract.layout.place(int(row), name, index)


def raw_place(contract: Contract, row: int | None) -> Span:
    """A row of the raw file that the table comes from; the contract where that is not known."""
    if row is None or contract.rows_file is None:
        return Span(path=contract.path)
    return Span(path=f"data/raw/{contract.rows_file}", line=int(row))


def cast(frame: pl.DataFrame, contract: Contract) -> tuple[pl.DataFrame, tuple[Diagnostic, ...]]:
    """The frame with the contract's columns and types, `_row` kept where it is there."""
    findings: list[Diagnostic] = []
    flags: dict[str, list[str | None]] = {}
    columns: dict[str, pl.Series] = {}
    for field in sorted(contract.fields, key=lambda field: field.flag_of is not None):
        if field.flag_of is not None:
            columns[field.name] = _flags(frame, field, flags.get(field.flag_of, []))
        elif field.name in frame.columns:
            cells = _cells(frame, contract, field, findings)
            flags[field.name] = [cell.flag for cell in cells]
            values = [cell.value for cell in cells]
            columns[field.name] = pl.Series(field.name, values, dtype=DTYPES[field.type])
        else:
            found = ", ".join(name for name in frame.columns if name != ROW)
            where = Span(path=contract.path)
            findings.append(diagnose("CLN106", where, column=field.name, found=found))
    ordered = [columns[field.name] for field in contract.fields if field.name in columns]
    if ROW in frame.columns:
        ordered.append(frame.get_column(ROW))
    return pl.DataFrame(ordered), tuple(findings)


def _cells(
    frame: pl.DataFrame, contract: Contract, field: Field, findings: list[Diagnostic]
) -> list[Cell]:
    series = frame.get_column(field.name)
    read = (reader if series.dtype == pl.String else retyper)(field.type, field.writing)
    cells: list[Cell] = []
    for index, given in enumerate(series):
        cell = Cell() if given is None else read(given)
        if isinstance(cell, Misfit):
            at = cell_place(contract, frame, index, field.name)
            findings.append(_finding(cell, place(contract, frame, index), at, field, given))
            cell = Cell()
        cells.append(cell)
    return cells


def _finding(
    misfit: Misfit, where: Span, at: tuple[Note, ...], field: Field, given: Any
) -> Diagnostic:
    name, notes = field.name, (*at, *misfit.notes)
    if misfit.readings:
        first, second = misfit.readings
        return diagnose(
            "CLN140", where, notes=notes, column=name, value=given, first=first, second=second
        )
    return diagnose("CLN201", where, notes=notes, column=name, value=given, type=field.type)


def _flags(frame: pl.DataFrame, field: Field, found: list[str | None]) -> pl.Series:
    """The flags that were read, behind those that the script itself gave."""
    given: list[Any] = [None] * frame.height
    if field.name in frame.columns:
        given = frame.get_column(field.name).cast(pl.String).to_list()
    found = found or [None] * frame.height
    both = [own or read for own, read in zip(given, found, strict=True)]
    return pl.Series(field.name, both, dtype=pl.String)
