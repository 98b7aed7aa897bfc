"""What must hold along a column: years without gaps, whole panels, running totals, no leaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from bukti.base.diagnostic import diagnose
from bukti.clean.checks import causes
from bukti.clean.checks.subject import (
    Check,
    Row,
    Subject,
    Verdicts,
    allowance,
    grouped,
    named,
    number,
    shown,
)
from bukti.clean.periods import PERIOD, period_number


def consecutive(subject: Subject, check: Check) -> Verdicts:
    """`consecutive`: the values of a column follow one another without a gap."""
    column = check["column"]
    values = sorted(set(_present(subject.rows(check), column)))
    for before, after in pairwise(values):
        if _number(after) != _number(before) + 1:
            where = subject.at(check)
            yield diagnose("CLN207", where, column=column, before=before, after=after)
    if values:
        yield None


def _number(value: Any) -> Any:
    """A value among its neighbours: months and quarters by their place in the run of all."""
    return period_number(value) if isinstance(value, str) else value


def _present(rows: Sequence[Row], column: str) -> list[Any]:
    return [row.cells[column] for row in rows if row.cells[column] is not None]


def row_count(subject: Subject, check: Check) -> Verdicts:
    """`rows`: the table has so many rows."""
    minimum, maximum = check.get("minimum", 0), check.get("maximum")
    count = len(subject.rows(check))
    if count < minimum or (maximum is not None and count > maximum):
        wanted = f"{minimum}-{maximum}" if maximum is not None else f">= {minimum}"
        yield diagnose("CLN208", subject.at(check), rows=count, wanted=wanted)
    yield None


def series_differ(subject: Subject, check: Check) -> Verdicts:
    """`distinct_series`: no two years (or other series) have the same values throughout."""
    column, series, key = check["column"], check["series"], check["key"]
    seen: dict[frozenset[tuple[Any, Any]], Any] = {}
    for (name,), rows in grouped(subject.rows(check), [series]).items():
        cells = frozenset(
            (row.cells[key], row.cells[column]) for row in rows if row.cells[column] is not None
        )
        if len(cells) < 2:
            continue
        first = seen.setdefault(cells, name)
        if first == name:
            yield None
            continue
        yield diagnose(
            "CLN213",
            subject.place(rows[0].position),
            column=column,
            series=series,
            first=first,
            second=name,
            count=len(cells),
        )


def whole_panel(subject: Subject, check: Check) -> Verdicts:
    """`panel`: every year has the same units; each that is missing or extra is named."""
    unit, time = check["unit"], check["time"]
    rows = subject.rows(check)
    times = list(dict.fromkeys(_present(rows, time)))
    units: dict[Any, dict[Any, Row]] = {}
    for row in rows:
        if None not in (row.cells[unit], row.cells[time]):
            units.setdefault(row.cells[unit], {})[row.cells[time]] = row
    for name, there in units.items():
        absent = [each for each in times if each not in there]
        if not absent:
            yield None
        elif len(absent) * 2 > len(times):
            fitting = [
                str(other) for other, present in units.items() if not present.keys() & there.keys()
            ]
            yield diagnose(
                "CLN216",
                subject.place(next(iter(there.values())).position),
                notes=causes.of_spelling(str(name), fitting),
                column=unit,
                unit=name,
                time=time,
                times=_listed(there),
            )
        else:
            yield diagnose(
                "CLN215",
                subject.at(check),
                column=unit,
                unit=name,
                time=time,
                times=_listed(absent),
            )


def _listed(values: Any) -> str:
    return ", ".join(str(value) for value in values)


def period(subject: Subject, check: Check) -> Verdicts:
    """`period`: the first and last value of a column are the ones that the contract claims."""
    column = check["column"]
    values = _present(subject.rows(check), column)
    for key, found in (("first", min), ("last", max)) if values else ():
        if key not in check:
            continue
        value, claimed = found(values), check[key]
        if _same_time(value, claimed):
            yield None
        else:
            yield diagnose(
                "CLN217",
                subject.at(check, key),
                column=column,
                end=key,
                claimed=claimed,
                value=value,
            )


def _same_time(value: Any, claimed: Any) -> bool:
    if isinstance(value, date) or PERIOD.fullmatch(str(value)):
        return str(value).startswith(str(claimed))
    return str(value) == str(claimed)


def _ordered(subject: Subject, check: Check) -> Iterator[tuple[str, list[Row]]]:
    """The groups of a check with their rows in order, those without an order left out."""
    by, order = check.get("by", ()), check["order"]
    for values, rows in grouped(subject.rows(check), by).items():
        known = [row for row in rows if row.cells[order] is not None]
        yield named(by, values), sorted(known, key=lambda row: row.cells[order])


def _steps(subject: Subject, check: Check) -> Iterator[tuple[str, Row, Row, Row | None]]:
    """Each row with the one before it and, where there is one, the one behind it."""
    column = check["column"]
    for group, ordered in _ordered(subject, check):
        rows = [row for row in ordered if row.cells[column] is not None]
        for (before, row), after in zip(pairwise(rows), [*rows[2:], None], strict=False):
            yield group, before, row, after


def monotone(subject: Subject, check: Check) -> Verdicts:
    """`monotone`: along `order` a column only rises, or only falls; equal ones unless `strict`."""
    column, order = check["column"], check["order"]
    sign = -1 if check.get("direction") == "falling" else 1
    for group, before, row, after in _steps(subject, check):
        low, high = (sign * number(each.cells[column]) for each in (before, row))
        if low < high or (low == high and not check.get("strict")):
            yield None
            continue
        limits = [number(each.cells[column]) for each in (before, after) if each is not None]
        yield diagnose(
            "CLN218",
            subject.place(row.position),
            notes=_between(column, number(row.cells[column]), limits),
            group=group,
            column=column,
            before=shown(number(before.cells[column])),
            value=shown(number(row.cells[column])),
            order=order,
            at=row.cells[order],
        )


def _between(column: str, value: Decimal, limits: Sequence[Decimal]) -> tuple[Any, ...]:
    """The repair of a number that puts it between its two neighbours."""
    if len(limits) < 2:
        return ()
    low, high = sorted(limits)
    return causes.of_cells({column: value}, lambda tried: low <= tried[column] <= high)[:1]


def running_total(subject: Subject, check: Check) -> Verdicts:
    """`cumulative`: a column is the sum so far of another, along `order`."""
    column, part, order = check["column"], check["of"], check["order"]
    for group, rows in _ordered(subject, check):
        total = Decimal(0)
        for count, row in enumerate(rows, start=1):
            if row.cells[part] is None or row.cells[column] is None:
                break
            total += number(row.cells[part])
            value = number(row.cells[column])
            if abs(total - value) <= allowance(check, rounded=count + 1):
                yield None
                continue
            yield diagnose(
                "CLN219",
                subject.place(row.position),
                notes=causes.of_pair(
                    {column: value, f"sum of {part}": total},
                    allowance(check, rounded=count + 1),
                ),
                group=group,
                column=column,
                value=shown(value),
                part=part,
                sum=shown(total),
                order=order,
                at=row.cells[order],
            )
            total = value


def jumps(subject: Subject, check: Check) -> Verdicts:
    """`jump`: neighbours along `order` differ by no more than the factor `ratio`."""
    column, order = check["column"], check["order"]
    most = number(check["ratio"])
    for group, before, row, after in _steps(subject, check):
        old, new = (abs(number(each.cells[column])) for each in (before, row))
        if not old or not new:
            continue
        factor = max(old, new) / min(old, new)
        if factor <= most:
            yield None
            continue
        limits = [number(each.cells[column]) for each in (before, after) if each is not None]
        yield diagnose(
            "CLN220",
            subject.place(row.position),
            notes=_near(column, number(row.cells[column]), limits),
            group=group,
            column=column,
            before=shown(old),
            value=shown(new),
            order=order,
            at=row.cells[order],
            factor=shown(round(factor, 1)),
            most=shown(most),
        )


def _near(column: str, value: Decimal, limits: Sequence[Decimal]) -> tuple[Any, ...]:
    if len(limits) < 2:
        return ()
    return causes.of_cell(column, value, limits, lambda _: True)
