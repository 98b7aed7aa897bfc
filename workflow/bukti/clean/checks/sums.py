"""Parts and totals, shares, and columns that must be equal or no greater than another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bukti.base.diagnostic import diagnose
from bukti.clean.checks import causes
from bukti.clean.checks.subject import (
    Check,
    Row,
    Subject,
    Verdicts,
    allowance,
    decimals,
    grouped,
    named,
    number,
    shown,
)


def columns_add_up(subject: Subject, check: Check) -> Verdicts:
    """`sum`: in every row the parts add up to the total."""
    parts, total = check["parts"], check["total"]
    allowed = allowance(check, rounded=len(parts) + 1)

    def gap(cells: Mapping[str, Decimal]) -> Decimal:
        return sum((cells[name] for name in parts), Decimal(0)) - cells[total]

    for row in subject.rows(check):
        cells = decimals(row.cells, [*parts, total])
        if cells is None:
            continue
        if abs(gap(cells)) <= allowed:
            yield None
            continue
        yield diagnose(
            "CLN205",
            subject.place(row.position),
            notes=causes.of_rounding(list(cells.values()), gap(cells))
            or causes.of_cells(cells, lambda tried: abs(gap(tried)) <= allowed),
            parts=" + ".join(parts),
            total=total,
            sum=shown(gap(cells) + cells[total]),
            value=shown(cells[total]),
        )


def rows_add_up(subject: Subject, check: Check) -> Verdicts:
    """`total_row`: in every group of rows the parts add up to the row that is the total."""
    by, names = check.get("by", ()), check["names"]
    for values, rows in grouped(subject.rows(check), by).items():
        totals = [row for row in rows if row.cells[names] == check["total_name"]]
        parts = [row for row in rows if row not in totals and _is_part(row, check)]
        if not parts:
            continue
        if len(totals) != 1:
            yield diagnose(
                "CLN211",
                subject.place(parts[0].position),
                group=named(by, values),
                total=check["total_name"],
                count=len(totals),
            )
            continue
        yield from _group_adds_up(subject, check, totals[0], parts, named(by, values))


def _is_part(row: Row, check: Check) -> bool:
    return "part_names" not in check or row.cells[check["names"]] in check["part_names"]


def _group_adds_up(
    subject: Subject, check: Check, total: Row, parts: Sequence[Row], group: str
) -> Verdicts:
    column, names = check["column"], check["names"]
    if any(row.cells[column] is None for row in (total, *parts)):
        return
    counted = [(row, number(row.cells[column])) for row in parts]
    wanted = number(total.cells[column])
    added = sum((value for _, value in counted), Decimal(0))
    allowed = allowance(check, rounded=len(parts) + 1)
    if abs(added - wanted) <= allowed:
        yield None
        return
    labels = {f"{column}, {row.cells[names]}": value for row, value in counted}
    total_label = f"{column}, {total.cells[names]}"

    def holds(cells: Mapping[str, Decimal]) -> bool:
        others = (value for name, value in cells.items() if name != total_label)
        return abs(sum(others, Decimal(0)) - cells[total_label]) <= allowed

    notes = causes.of_rounding([*(value for _, value in counted), wanted], added - wanted)
    notes = notes or causes.of_rows(counted, added - wanted)
    if not notes and len(labels) == len(counted):
        notes = causes.of_cells({**labels, total_label: wanted}, holds)
    yield diagnose(
        "CLN210",
        subject.place(total.position),
        notes=notes,
        group=group,
        column=column,
        count=len(parts),
        sum=shown(added),
        total=check["total_name"],
        value=shown(wanted),
    )


def shares_add_up(subject: Subject, check: Check) -> Verdicts:
    """`shares`: columns of a row, or a column's rows of a group, add up to 100 (or `sum`)."""
    if "columns" in check:
        for row in subject.rows(check):
            yield from _whole(subject, check, row, dict(row.cells), check["columns"])
        return
    by, column = check.get("by", ()), check["column"]
    for values, rows in grouped(subject.rows(check), by).items():
        cells = {f"{column}, {row.position + 1}": row.cells[column] for row in rows}
        yield from _whole(subject, check, rows[0], cells, list(cells), named(by, values))


def _whole(
    subject: Subject,
    check: Check,
    first: Row,
    cells: Mapping[str, Any],
    names: Sequence[str],
    group: str = "",
) -> Verdicts:
    numbers = decimals(cells, names)
    if numbers is None:
        return
    whole = number(check.get("sum", 100))
    allowed = allowance(check, rounded=len(names))

    def gap(tried: Mapping[str, Decimal]) -> Decimal:
        return sum(tried.values(), Decimal(0)) - whole

    if abs(gap(numbers)) <= allowed:
        yield None
        return
    yield diagnose(
        "CLN212",
        subject.place(first.position),
        notes=causes.of_rounding(list(numbers.values()), gap(numbers))
        or causes.of_all(numbers, whole, allowed)
        or causes.of_cells(numbers, lambda tried: abs(gap(tried)) <= allowed),
        group=group or f"{' + '.join(names)}",
        sum=shown(gap(numbers) + whole),
        wanted=shown(whole),
    )


def columns_agree(subject: Subject, check: Check) -> Verdicts:
    """`equal`: two columns hold the same in every row where both have a value."""
    left, right = check["columns"]
    for row in subject.rows(check):
        pair = row.cells[left], row.cells[right]
        if None in pair:
            continue
        if pair[0] == pair[1]:
            yield None
            continue
        numbers = decimals(row.cells, (left, right)) if _numeric(pair) else None
        allowed = allowance(check, rounded=2)
        if numbers is not None and abs(numbers[left] - numbers[right]) <= allowed:
            yield None
            continue
        yield diagnose(
            "CLN214",
            subject.place(row.position),
            notes=causes.of_pair(numbers, allowed) if numbers else (),
            left=left,
            right=right,
            value=shown(pair[0]),
            other=shown(pair[1]),
        )


def _numeric(pair: tuple[Any, Any]) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in pair)


def columns_differ(subject: Subject, check: Check) -> Verdicts:
    """`distinct`: two columns are not the same from top to bottom."""
    left, right = check["columns"]
    rows = subject.rows(check)
    if len(rows) > 1 and all(row.cells[left] == row.cells[right] for row in rows):
        yield diagnose("CLN206", subject.at(check), left=left, right=right)
    elif rows:
        yield None


def part_within_whole(subject: Subject, check: Check) -> Verdicts:
    """`within` of one table: no value of a column is greater than that of another."""
    part, whole = check["column"], check["of"]
    for row in subject.rows(check):
        cells = decimals(row.cells, (part, whole))
        if cells is None:
            continue
        if cells[part] <= cells[whole] + allowance(check, rounded=2):
            yield None
            continue
        yield diagnose(
            "CLN223",
            subject.place(row.position),
            column=part,
            value=shown(cells[part]),
            whole=whole,
            limit=shown(cells[whole]),
        )
