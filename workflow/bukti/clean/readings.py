"""Second readings of transcribed figures, compared cell by cell with the clean table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, Problem, diagnose, note
from bukti.base.span import Span
from bukti.clean.cast import cast
from bukti.clean.contract import Contract, SecondReading
from bukti.clean.layout import Layout
from bukti.clean.raw import ROW
from bukti.clean.reading.delimited import read_delimited
from bukti.clean.reading.text import decoded
from bukti.clean.tables import CleanTable

_SIGNED = ("read_by", "read_on")
_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """That a row of the table, counted from 1, was read again: by whom, when, and if it agrees.

    `line` is that of the reading in its file; None where columns of the table say so.
    """

    row: int
    by: str
    on: str
    agrees: bool
    line: int | None = None


Readings = tuple[tuple[Reading, ...], tuple[Diagnostic, ...]]


def readings_of(table: CleanTable, contract: Contract, data: bytes | None) -> Readings:
    """The second readings of a table's rows, and what is wrong with them.

    `data` are the bytes of the file that holds them, None where it is not there or columns of
    the table say who read a row again.
    """
    second = contract.second_reading
    if second is None:
        return (), ()
    if second.file is None:
        readings, findings = _in_columns(table, contract, second)
    elif data is None:
        return (), ()
    else:
        readings, findings = _in_file(table, contract, second, f"data/raw/{second.file}", data)
    usable = readings or not findings
    if second.complete and usable:
        findings = (*findings, *_read_once(table, contract, readings))
    return readings, findings


def _read_once(
    table: CleanTable, contract: Contract, readings: Iterable[Reading]
) -> Iterator[Diagnostic]:
    again = {reading.row for reading in readings}
    left = [row for row in range(1, table.frame.height + 1) if row not in again]
    if left:
        listed = ", ".join(map(str, left[:_LISTED])) + (", ..." if len(left) > _LISTED else "")
        yield diagnose(
            "CLN233",
            contract.at("second_reading"),
            notes=(note("reading-rows", rows=listed),),
            count=len(left),
            rows=table.frame.height,
        )


def _in_file(
    table: CleanTable, contract: Contract, second: SecondReading, path: str, data: bytes
) -> Readings:
    try:
        frame = read_delimited(decoded(data, path, second.encoding), path, second.separator)
    except Problem as problem:
        return (), problem.diagnostics
    faults = tuple(_unfit(frame, contract, path))
    if faults:
        return (), faults
    fields = tuple(
        each
        for each in contract.fields
        if {each.name, each.flag_of} & set(frame.columns) and each.name not in _SIGNED
    )
    layout = Layout(columns={name: at for at, name in enumerate(frame.columns) if at})
    part = replace(contract, rows_file=second.file, layout=layout, fields=fields)
    typed, misfits = cast(frame, part)
    compared = _Compared(table, contract, path)
    bad = {finding.span.line for finding in misfits if finding.span}
    for cells, signed in zip(
        typed.iter_rows(named=True), frame.select(_SIGNED).iter_rows(), strict=True
    ):
        if cells[ROW] not in bad:
            compared.add(cells, *signed)
    return tuple(compared.readings), (*misfits, *compared.findings)


def _unfit(frame: pl.DataFrame, contract: Contract, path: str) -> Iterator[Diagnostic]:
    """Why the rows of a file cannot be compared with those of the table."""
    where = Span(path=path, line=1)
    fields = {field.name for field in contract.fields}
    key = set(contract.primary_key)
    if not key:
        yield diagnose("CLN232", contract.at("second_reading"), table=contract.table)
        return
    lacking = sorted({*key, *_SIGNED} - {*frame.columns})
    figures = sorted(fields - key - {*_SIGNED})
    if not lacking and not {*figures} & {*frame.columns}:
        lacking = figures
    if lacking:
        yield diagnose("CLN229", where, columns=", ".join(lacking))
    unknown = [name for name in frame.columns if name not in {*fields, *_SIGNED, ROW}]
    if unknown:
        known = ", ".join(field.name for field in contract.fields)
        yield diagnose("CLN230", where, columns=", ".join(unknown), known=known)


class _Compared:
    """The readings of a file and their findings, as its rows come in."""

    def __init__(self, table: CleanTable, contract: Contract, path: str) -> None:
        self.readings: list[Reading] = []
        self.findings: list[Diagnostic] = []
        self._table, self._contract, self._path = table, contract, path
        keys = table.frame.select(contract.primary_key).iter_rows()
        self._rows = {key: index for index, key in enumerate(keys)}

    def add(self, cells: Mapping[str, Any], by: str | None, on: str | None) -> None:
        """One row of the file: its typed cells, who read it, and when."""
        key = self._contract.primary_key
        values = tuple(cells[name] for name in key)
        shown = ", ".join(f"{name} {cells[name]}" for name in key)
        where = Span(path=self._path, line=int(cells[ROW]))
        index = self._rows.get(values)
        if index is None:
            self.findings.append(diagnose("CLN228", where, row=shown))
            return
        by, on = (by or "").strip(), (on or "").strip()
        first = self._table.frame.row(index, named=True)
        self.findings += _signature(where, by, on, first.get("read_by"), shown)
        differing = [
            name
            for name in cells
            if name not in (*key, ROW) and not _same(first[name], cells[name])
        ]
        place = self._table.place(self._contract, index)
        for name in differing:
            self.findings.append(
                diagnose(
                    "CLN227",
                    place,
                    notes=(note("reading-second", place=str(where), by=by or "-", on=on or "-"),),
                    column=name,
                    row=shown,
                    first=_shown(first[name]),
                    second=_shown(cells[name]),
                )
            )
        if by and _is_day(on):
            self.readings.append(
                Reading(row=index + 1, by=by, on=on, agrees=not differing, line=where.line)
            )


def _signature(where: Span, by: str, on: str, first: Any, row: str) -> Iterator[Diagnostic]:
    if not by or not _is_day(on):
        yield diagnose("CLN231", where, row=row, by=by or "-", on=on or "-")
    elif first is not None and str(first).strip().casefold() == by.casefold():
        yield diagnose("CLN235", where, row=row, by=by)


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _same(first: Any, second: Any) -> bool:
    """Whether two cells say the same; numbers that a script computed may differ in their noise."""
    if isinstance(first, float) and isinstance(second, float):
        return first == second or f"{first:.15g}" == f"{second:.15g}"
    return bool(first == second)


def _shown(value: Any) -> str:
    return "-" if value is None else str(value)


def _in_columns(table: CleanTable, contract: Contract, second: SecondReading) -> Readings:
    """The readings that columns of the table itself tell of."""
    names = (second.by, second.on, second.agrees)
    unknown = [name for name in names if name not in table.frame.columns]
    if unknown:
        where = contract.at("second_reading")
        return (), (diagnose("CLN107", where, column=", ".join(unknown)),)
    if table.frame.schema[second.agrees] != pl.Boolean:
        where = contract.at("second_reading", "agrees")
        key, value = "second_reading.agrees", second.agrees
        return (), (diagnose("CFG107", where, key=key, value=value, rule="type: boolean"),)
    readings: list[Reading] = []
    findings: list[Diagnostic] = []
    for index, (by, on, agrees) in enumerate(table.frame.select(names).iter_rows()):
        if (by, on, agrees) == (None, None, None):
            continue
        where, row = table.place(contract, index), str(index + 1)
        findings += _signature(where, str(by or ""), str(on or ""), None, row)
        if by and _is_day(str(on)):
            readings.append(Reading(row=index + 1, by=str(by), on=str(on), agrees=agrees is True))
        if agrees is not True:
            findings.append(diagnose("CLN234", where, row=row, by=_shown(by)))
    return tuple(readings), tuple(findings)
