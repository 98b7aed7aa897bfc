"""All breaches of a contract, in the order of the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.clean.checks import across, series, sums
from bukti.clean.checks.cells import UNFIT, cells, repeated
from bukti.clean.checks.subject import Check, Subject, Verdicts
from bukti.clean.contract import Contract, ForeignKey

CHECKS: dict[str, Callable[[Subject, Check], Verdicts]] = {
    "sum": sums.columns_add_up,
    "total_row": sums.rows_add_up,
    "shares": sums.shares_add_up,
    "equal": sums.columns_agree,
    "distinct": sums.columns_differ,
    "within": sums.part_within_whole,
    "consecutive": series.consecutive,
    "rows": series.row_count,
    "distinct_series": series.series_differ,
    "panel": series.whole_panel,
    "period": series.period,
    "monotone": series.monotone,
    "cumulative": series.running_total,
    "jump": series.jumps,
    "same_total_as": across.totals_agree,
}
ACROSS = {"within": across.part_within_other}

_ONE = ("total", "column", "of", "names", "series", "key", "unit", "time", "order")
_MANY = ("parts", "columns", "by")


def breaches(
    frame: pl.DataFrame, contract: Contract, others: Mapping[str, pl.DataFrame] | None = None
) -> tuple[Diagnostic, ...]:
    """Every place where a typed table breaks its contract.

    `others` are the clean tables that the contract names, by name.
    """
    subject = Subject(frame=frame, contract=contract, others=others or {})
    found: list[Diagnostic] = []
    for field in contract.fields:
        found += cells(subject, field)
        if field.constraints.get("unique"):
            found += repeated(subject, (field.name,), nulls=False)
    key = contract.primary_key
    where = contract.at("schema", "primaryKey")
    found += _unknown(where, frame, key) or repeated(subject, key, nulls=True)
    for number, foreign in enumerate(contract.foreign_keys):
        found += _referred(subject, number, foreign)
    for check in contract.checks:
        found += _checked(subject, check)
    return tuple(found)


def _unknown(
    where: Span, frame: pl.DataFrame, columns: Sequence[str], table: str = ""
) -> list[Diagnostic]:
    unknown = sorted(set(columns) - set(frame.columns))
    if not unknown:
        return []
    names = ", ".join(f"{table}.{name}" if table else name for name in unknown)
    return [diagnose("CLN107", where, column=names)]


def _referred(subject: Subject, number: int, key: ForeignKey) -> list[Diagnostic]:
    where = subject.contract.at("schema", "foreignKeys", number)
    own = key.table == subject.contract.table
    other = subject.frame if own else subject.others[key.table]
    unknown = _unknown(where, subject.frame, key.columns)
    unknown += _unknown(where, other, key.its_columns, key.table)
    return unknown or across.references(subject, key)


def _checked(subject: Subject, check: Check) -> list[Diagnostic]:
    kind = check["kind"]
    unknown = _unknown_columns(subject, check)
    if unknown:
        return unknown
    examine = ACROSS.get(kind, CHECKS[kind]) if "table" in check else CHECKS[kind]
    try:
        verdicts = list(examine(subject, check))
    except UNFIT:
        columns = check.get("parts") or check.get("columns") or check.get("column")
        where = subject.at(check)
        return [
            diagnose(
                "CFG107",
                where,
                key=f"checks.{subject.order(check)}.{kind}",
                value=columns,
                rule="number",
            )
        ]
    if not verdicts and subject.frame.height:
        return [diagnose("CLN224", subject.at(check), kind=kind)]
    return [verdict for verdict in verdicts if verdict is not None]


def _unknown_columns(subject: Subject, check: Check) -> list[Diagnostic]:
    names = [check[key] for key in _ONE if key in check]
    names += [name for key in _MANY for name in check.get(key, ())]
    names += check.get("where", {})
    where = subject.at(check)
    found = _unknown(where, subject.frame, names)
    if "table" in check:
        theirs = [*check.get("by", ()), check.get("its_column", check["column"])]
        theirs += check.get("its_where", {})
        other = subject.others[check["table"]]
        found += _unknown(where, other, theirs, check["table"])
    return found
