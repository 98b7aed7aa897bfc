"""From text to the types of a contract; what does not fit is a finding, never a guess."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
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
_MISFIT = object()
_TRUE = {"true", "1", "yes", "ya"}
_FALSE = {"false", "0", "no", "tidak"}


def place(contract: Contract, frame: pl.DataFrame, index: int) -> Span:
    """Where a row came from: its raw line where that is known, else the contract."""
    if ROW in frame.columns and len(contract.raw) == 1:
        row = frame.get_column(ROW)[index]
        if row is not None:
            return Span(path=f"data/raw/{contract.raw[0]}", line=int(row))
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
    read = _text_reader(field, contract) if series.dtype == pl.String else _retype(field.type)
    values: list[Any] = []
    for index, given in enumerate(series):
        value = None if given is None else read(given)
        if value is _MISFIT:
            where = place(contract, frame, index)
            findings.append(
                diagnose("CLN201", where, column=field.name, value=given, type=field.type)
            )
        values.append(None if value is _MISFIT else value)
    return pl.Series(field.name, values, dtype=DTYPES[field.type])


def _text_reader(field: Field, contract: Contract) -> Callable[[str], Any]:
    parse = _parser(field.type, contract)

    def read(text: str) -> Any:
        if text.strip() in contract.missing:
            return None
        value = parse(text.strip())
        return _MISFIT if value is None else value

    return read


def _retype(kind: str) -> Callable[[Any], Any]:
    """What a value that the script typed itself is in the contract's type, if it is the same."""

    def read(value: Any) -> Any:
        if kind == "string":
            plain = isinstance(value, int | float | date | Decimal)
            return str(value) if plain else _MISFIT
        if kind == "boolean":
            return value if isinstance(value, bool) else _MISFIT
        if kind == "date":
            return _day(value)
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return _MISFIT
        if not math.isfinite(value):
            return _MISFIT
        number = float(value) if kind == "number" else _whole(Decimal(value))
        return _MISFIT if number is None else number

    return read


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else _MISFIT
    return value if isinstance(value, date) else _MISFIT


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
        return lambda text: _finite(number(text))
    return lambda text: _whole(number(text))


def _number_parser(decimal: str, group: str) -> Callable[[str], Decimal | None]:
    grouped = rf"|\d{{1,3}}(?:{re.escape(group)}\d{{3}})+" if group else ""
    shape = re.compile(rf"[-\u2212+]?(?:\d+{grouped})(?:{re.escape(decimal)}\d+)?(?:[eE][-+]?\d+)?")

    def parse(text: str) -> Decimal | None:
        if not shape.fullmatch(text):
            return None
        plain = text.replace(group, "") if group else text
        try:
            return Decimal(plain.replace(decimal, ".").replace("\u2212", "-"))
        except ArithmeticError:
            return None

    return parse


def _finite(value: Decimal | None) -> float | None:
    number = math.inf if value is None else float(value)
    return number if math.isfinite(number) else None


def _whole(value: Decimal | None) -> int | None:
    if value is None or not -(2**63) <= value < 2**63:
        return None
    return int(value) if value == int(value) else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
