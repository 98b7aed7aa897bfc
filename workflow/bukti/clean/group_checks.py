"""What must hold across the rows of a table: totals, shares, panels, years, series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.numbers import exact
from bukti.base.span import Span
from bukti.clean.cast import place
from bukti.clean.causes import of_sum, plain
from bukti.clean.contract import Contract

Check = Mapping[str, Any]
_INDEX = "_index"


def tolerance_of(check: Check, values: Sequence[Any]) -> Decimal:
    """How far a sum may be off: as stated, or half a unit of the last digit for each number."""
    stated = check.get("tolerance", "rounding")
    if stated != "rounding":
        return exact(stated)
    digits = max((_digits(value) for value in values), default=0)
    return Decimal(5).scaleb(-digits - 1) * len(values)


def _digits(value: Any) -> int:
    exponent = exact(value).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def total_row(frame: pl.DataFrame, contract: Contract, check: Check) -> Iterator[Diagnostic]:
    """The rows of a group add up to the group's row of the total."""
    key, value = check["key"], check["value"]
    for group, rows in _groups(frame, check.get("by", ())):
        totals = rows.filter(pl.col(key) == check["total"])
        parts = rows.filter((pl.col(key) != check["total"]) & pl.col(value).is_not_null())
        if totals.height != 1 or totals[value][0] is None or parts.is_empty():
            continue
        numbers = dict(zip(map(str, parts[key]), parts[value], strict=False))
        added = sum((exact(each) for each in parts[value]), Decimal(0))
        total = totals[value][0]
        tolerance = tolerance_of(check, [*parts[value], total])
        if abs(added - exact(total)) > tolerance:
            yield diagnose(
                "CLN210",
                place(contract, frame, totals[_INDEX][0]),
                notes=of_sum(numbers, total, tolerance),
                column=value,
                group=group,
                total=check["total"],
                value=total,
                sum=plain(added),
            )


def shares(frame: pl.DataFrame, contract: Contract, check: Check) -> Iterator[Diagnostic]:
    """The shares of a group add up to the whole within rounding."""
    value = check["value"]
    whole = check.get("whole", 100)
    for group, rows in _groups(frame, check.get("by", ())):
        kept = rows.filter(pl.col(value).is_not_null())
        if kept.is_empty() or kept.height < rows.height:
            continue
        added = sum((exact(each) for each in kept[value]), Decimal(0))
        tolerance = tolerance_of(check, kept[value].to_list())
        if abs(added - exact(whole)) > tolerance:
            names = {str(number): each for number, each in enumerate(kept[value], start=1)}
            yield diagnose(
                "CLN211",
                place(contract, frame, kept[_INDEX][0]),
                notes=of_sum(names, whole, tolerance),
                column=value,
                group=group,
                sum=plain(added),
                whole=whole,
            )


def equal(frame: pl.DataFrame, contract: Contract, check: Check) -> Iterator[Diagnostic]:
    """Two columns say the same in every row that has both."""
    left, right = check["columns"]
    for index, (first, second) in enumerate(frame.select(left, right).iter_rows()):
        if first is not None and second is not None and first != second:
            where = place(contract, frame, index)
            yield diagnose("CLN212", where, left=left, right=right, first=first, second=second)


def repeated_series(frame: pl.DataFrame, contract: Contract, check: Check) -> Iterator[Diagnostic]:
    """No two groups have the same value for every key: a year copied from another."""
    key, value = check["key"], check["value"]
    seen: dict[tuple[Any, ...], str] = {}
    for group, rows in _groups(frame, check["by"]):
        series = tuple(sorted(rows.select(key, value).iter_rows(), key=str))
        if len(series) < 2 or len({each for _, each in series}) < 2:
            continue
        other = seen.setdefault(series, group)
        if other != group:
            where = place(contract, frame, rows[_INDEX][0])
            yield diagnose("CLN213", where, column=value, group=group, other=other)


def panel(frame: pl.DataFrame, contract: Contract, check: Check) -> Iterator[Diagnostic]:
    """Every unit has a row at every time."""
    unit, time = check["unit"], check["time"]
    units = sorted(set(frame[unit].drop_nulls()), key=str)
    there = set(frame.select(unit, time).iter_rows())
    for moment in sorted(set(frame[time].drop_nulls()), key=str):
        for each in units:
            if (each, moment) not in there:
                where = Span(path=contract.path)
                yield diagnose("CLN214", where, column=unit, unit=each, time=moment)


def covers(frame: pl.DataFrame, contract: Contract, check: Check) -> Iterator[Diagnostic]:
    """A column begins and ends where the table is said to."""
    values = frame[check["column"]].drop_nulls()
    found = (values.min(), values.max())
    if found != (check["first"], check["last"]):
        yield diagnose(
            "CLN215",
            Span(path=contract.path),
            column=check["column"],
            first=check["first"],
            last=check["last"],
            found="-" if values.is_empty() else f"{found[0]}–{found[1]}",
        )


def rising(frame: pl.DataFrame, contract: Contract, check: Check) -> Iterator[Diagnostic]:
    """A cumulative series never falls."""
    value, order = check["value"], check["order"]
    for group, rows in _groups(frame, check.get("by", ())):
        ordered = rows.filter(pl.col(value).is_not_null()).sort(order)
        pairs = zip(ordered[value], ordered[value][1:], ordered[_INDEX][1:], strict=False)
        for before, after, index in pairs:
            if after < before:
                where = place(contract, frame, index)
                yield diagnose(
                    "CLN216", where, column=value, group=group, before=before, after=after
                )


def jumps(frame: pl.DataFrame, contract: Contract, check: Check) -> Iterator[Diagnostic]:
    """No value is more than so many times its neighbour in order."""
    value, order, most = check["value"], check["order"], exact(check["maximum"])
    for group, rows in _groups(frame, check.get("by", ())):
        ordered = rows.filter(pl.col(value).is_not_null() & (pl.col(value) != 0)).sort(order)
        pairs = zip(ordered[value], ordered[value][1:], ordered[_INDEX][1:], strict=False)
        for before, after, index in pairs:
            ratio = abs(exact(after) / exact(before))
            if ratio > most or ratio < 1 / most:
                where = place(contract, frame, index)
                yield diagnose(
                    "CLN217",
                    where,
                    column=value,
                    group=group,
                    before=before,
                    after=after,
                    maximum=check["maximum"],
                )


def _groups(frame: pl.DataFrame, by: str | Sequence[str]) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of each group with their numbers, and the group's name; all rows without `by`."""
    columns = [by] if isinstance(by, str) else list(by)
    numbered = frame.with_row_index(_INDEX)
    if not columns:
        yield "–", numbered
        return
    for values, rows in numbered.group_by(columns, maintain_order=True):
        yield ", ".join(map(str, values)), rows


GROUP_CHECKS = {
    "total_row": total_row,
    "shares": shares,
    "equal": equal,
    "repeated_series": repeated_series,
    "panel": panel,
    "covers": covers,
    "rising": rising,
    "jumps": jumps,
}
