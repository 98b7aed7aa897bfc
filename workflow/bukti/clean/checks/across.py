"""What must hold between a table and another clean table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, diagnose
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
from bukti.clean.contract import ForeignKey


def references(subject: Subject, key: ForeignKey) -> list[Diagnostic]:
    """Rows whose values stand in no row of the table that a foreign key names."""
    other = subject.frame if key.table == subject.contract.table else subject.others[key.table]
    known = set(other.select(key.its_columns).rows())
    words = [str(value) for (value, *_) in known] if len(key.columns) == 1 else []
    found: list[Diagnostic] = []
    for row in subject.rows():
        values = tuple(row.cells[name] for name in key.columns)
        if None in values or values in known:
            continue
        found.append(
            diagnose(
                "CLN221",
                subject.place(row.position),
                notes=causes.of_spelling(str(values[0]), sorted(words)),
                columns=", ".join(key.columns),
                value=", ".join(map(str, values)),
                table=key.table,
                others=", ".join(key.its_columns),
            )
        )
    return found


def totals_agree(subject: Subject, check: Check) -> Verdicts:
    """`same_total_as`: in every group, a column adds up to what another table has there."""
    column, by = check["column"], check.get("by", ())
    theirs = _totals_of(subject, check)
    for values, rows in grouped(subject.rows(check), by).items():
        if values not in theirs:
            yield _not_there(subject, check, rows[0], values)
            continue
        wanted, count = theirs[values]
        if wanted is None or any(row.cells[column] is None for row in rows):
            continue
        added = sum((number(row.cells[column]) for row in rows), Decimal(0))
        allowed = allowance(check, rounded=len(rows) + count)
        if abs(added - wanted) <= allowed:
            yield None
            continue
        table = check["table"]
        yield diagnose(
            "CLN222",
            subject.place(rows[0].position),
            notes=_cause(subject, check, rows, wanted),
            group=named(by, values),
            column=column,
            sum=shown(added),
            count=len(rows),
            table=table,
            other=_its_column(check),
            value=shown(wanted),
        )


def _cause(subject: Subject, check: Check, rows: Sequence[Row], wanted: Decimal) -> tuple[Any, ...]:
    column = check["column"]
    counted = [(row, number(row.cells[column])) for row in rows]
    added = sum((value for _, value in counted), Decimal(0))
    cells = {f"{column}, {subject.place(row.position)}": value for row, value in counted}

    def holds(tried: Any) -> bool:
        return bool(sum(tried.values(), Decimal(0)) == wanted)

    return (
        causes.of_rounding([*(value for _, value in counted), wanted], added - wanted)
        or causes.of_rows(counted, added - wanted)
        or causes.of_cells(cells, holds)
    )


def _its_column(check: Check) -> str:
    return str(check.get("its_column", check["column"]))


def _other(subject: Subject, check: Check) -> pl.DataFrame:
    frame = subject.others[check["table"]]
    for name, wanted in check.get("its_where", {}).items():
        frame = frame.filter(pl.col(name).is_in(wanted if isinstance(wanted, list) else [wanted]))
    return frame


def _totals_of(subject: Subject, check: Check) -> dict[Any, tuple[Decimal | None, int]]:
    """The sum of the other table's column in each group, None where a value is missing."""
    found: dict[Any, tuple[Decimal | None, int]] = {}
    by, column = list(check.get("by", ())), _its_column(check)
    for *values, value in _other(subject, check).select(pl.col(*by, column)).iter_rows():
        total, count = found.get(tuple(values), (Decimal(0), 0))
        added = None if total is None or value is None else total + number(value)
        found[tuple(values)] = (added, count + 1)
    return found


def _not_there(subject: Subject, check: Check, row: Row, values: tuple[Any, ...]) -> Diagnostic:
    by = check.get("by", ())
    where = subject.place(row.position)
    return diagnose(
        "CLN221",
        where,
        columns=", ".join(by),
        value=named(by, values),
        table=check["table"],
        others=", ".join(by),
    )


def part_within_other(subject: Subject, check: Check) -> Verdicts:
    """`within` of another table: no value is greater than the whole that stands there."""
    column, by = check["column"], check.get("by", ())
    theirs = _totals_of(subject, check)
    for row in subject.rows(check):
        values = tuple(row.cells[name] for name in by)
        if values not in theirs:
            yield _not_there(subject, check, row, values)
            continue
        whole, _ = theirs[values]
        if whole is None or row.cells[column] is None:
            continue
        if number(row.cells[column]) <= whole + allowance(check, rounded=2):
            yield None
            continue
        yield diagnose(
            "CLN223",
            subject.place(row.position),
            column=column,
            value=shown(number(row.cells[column])),
            whole=f"{check['table']}, {_its_column(check)}, {named(by, values)}",
            limit=shown(whole),
        )
