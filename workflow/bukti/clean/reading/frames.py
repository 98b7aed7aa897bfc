"""From cells to a frame: typed where a column holds one type, else text that says the same."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import polars as pl

ROW = "_row"


def frame_of(columns: Mapping[str, Sequence[Any]], lines: Sequence[int]) -> pl.DataFrame:
    """A frame of columns of Python values, with `_row`, the line of the file for each row."""
    series = [pl.Series(ROW, list(lines), dtype=pl.UInt32)]
    series += [column(name, values) for name, values in columns.items()]
    return pl.DataFrame(series)


def column(name: str, values: Iterable[Any]) -> pl.Series:
    """A column: numbers, dates or truth values where it holds nothing else, or else text."""
    cells = [_settled(value) for value in values]
    kinds = {type(cell) for cell in cells if cell is not None and cell != ""}
    for kind, dtype in _TYPES:
        if kinds and kinds <= kind:
            return pl.Series(name, [None if cell == "" else cell for cell in cells], dtype=dtype)
    return pl.Series(name, [None if cell is None else text_of(cell) for cell in cells], pl.String)


_TYPES: tuple[tuple[set[type], Any], ...] = (
    ({bool}, pl.Boolean),
    ({int}, pl.Int64),
    ({int, float}, pl.Float64),
    ({date}, pl.Date),
)


def text_of(value: Any) -> str:
    """A value as text that reads the same in every locale: 13.305 becomes `13305e-3`.

    A number among texts must not meet a locale in which its point is no decimal mark.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        sign, digits, exponent = Decimal(repr(value)).as_tuple()
        mantissa = "".join(map(str, digits))
        return f"{'-' if sign else ''}{mantissa}" + (f"e{exponent}" if exponent else "")
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)


def _settled(value: Any) -> Any:
    """A value of a spreadsheet as plain Python: whole numbers whole, midnight as a day."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat()
    return value
