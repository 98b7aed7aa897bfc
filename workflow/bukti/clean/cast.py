"""From text to the types of a contract; what does not fit is a finding, never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.clean.contract import Contract, Field
from bukti.clean.raw import ROW

DTYPES: dict[str, Any] = {
    "integer": pl.Int64,
    "number": pl.Float64,
    "string": pl.String,
    "boolean": pl.Boolean,
    "date": pl.Date,
}
_TRUE = {"true", "1", "yes", "ya"}
_FALSE = {"false", "0", "no", "tidak"}


def place(contract: Contract, frame: pl.DataFrame, index: int) -> Span:
    """Where a row came from: its raw line where that is known, else the contract."""
    if ROW in frame.columns and len(contract.raw) == 1:
        row = frame.get_column(ROW)[index]
        if row is not None:
            return Span(path=f"data/raw/{contract.raw[0]}", line=int(row) + 1)
    return Span(path=contract.path)


def cast(frame: pl.DataFrame, contract: Contract) -> tuple[pl.DataFrame, tuple[Diagnostic, ...]]:
    """The frame with the contract's columns and types, `_row` kept where it is there."""
    findings: list[Diagnostic] = []
    columns: list[pl.Series] = []
    for field in contract.fields:
        if field.name not in frame.columns:
            found = ", ".join(name for name in frame.columns if name != ROW)
            findings.append(
                diagnose("CLN106", Span(path=contract.path), column=field.name, found=found)
            )
            continue
        columns.append(_column(frame, contract, field, findings))
    if ROW in frame.columns:
        columns.append(frame.get_column(ROW))
    return pl.DataFrame(columns), tuple(findings)


def _column(
    frame: pl.DataFrame, contract: Contract, field: Field, findings: list[Diagnostic]
) -> pl.Series:
    series = frame.get_column(field.name)
    if series.dtype != pl.String:
        return series.cast(DTYPES[field.type], strict=False)
    parse = _parser(field.type, contract)
    values: list[Any] = []
    for index, text in enumerate(series):
        if text is None or text.strip() in contract.missing:
            values.append(None)
            continue
        value = parse(text.strip())
        if value is None:
            where = place(contract, frame, index)
            findings.append(
                diagnose("CLN201", where, column=field.name, value=text, type=field.type)
            )
        values.append(value)
    return pl.Series(field.name, values, dtype=DTYPES[field.type])


def _parser(kind: str, contract: Contract) -> Callable[[str], Any]:
    if kind == "string":
        return lambda text: text
    if kind == "boolean":
        return lambda text: (
            True if text.lower() in _TRUE else False if text.lower() in _FALSE else None
        )
    if kind == "date":
        return _date
    number = _number_parser(contract.decimal, contract.group)
    if kind == "number":
        return number
    return lambda text: _whole(number(text))


def _number_parser(decimal: str, group: str) -> Callable[[str], float | None]:
    grouped = rf"|\d{{1,3}}(?:{re.escape(group)}\d{{3}})+" if group else ""
    shape = re.compile(rf"[-\u2212+]?(?:\d+{grouped})(?:{re.escape(decimal)}\d+)?(?:[eE][-+]?\d+)?")

    def parse(text: str) -> float | None:
        if not shape.fullmatch(text):
            return None
        plain = text.replace(group, "") if group else text
        return float(plain.replace(decimal, ".").replace("\u2212", "-"))

    return parse


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None and value.is_integer() else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
