"""What a contract says must hold of a table: in a cell, in a column, across rows and columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, Note, diagnose
from bukti.base.numbers import exact
from bukti.base.span import Span
from bukti.clean.cast import place
from bukti.clean.causes import of_sum, of_value
from bukti.clean.contract import Contract, Field
from bukti.clean.group_checks import GROUP_CHECKS

Check = Callable[[pl.DataFrame, Contract, Mapping[str, Any]], Iterator[Diagnostic]]


def breaches(frame: pl.DataFrame, contract: Contract) -> tuple[Diagnostic, ...]:
    """Every place where a typed table breaks its contract."""
    found: list[Diagnostic] = []
    for field in contract.fields:
        found.extend(_cells(frame, contract, field))
        if field.constraints.get("unique"):
            found.extend(_repeated(frame, contract, (field.name,), nulls=False))
    unknown = _unknown(frame, contract, contract.primary_key)
    found.extend(unknown or _repeated(frame, contract, contract.primary_key, nulls=True))
    for number, check in enumerate(contract.checks):
        columns = [*check.get("parts", ()), *check.get("columns", ()), *_listed(check.get("by"))]
        named = ("column", "key", "value", "unit", "time", "order")
        columns += [check[key] for key in named if key in check]
        columns += [check["total"]] if check["kind"] == "sum" else []
        unknown = _unknown(frame, contract, columns)
        found.extend(unknown or _checked(frame, contract, number))
    return tuple(found)


def _listed(value: str | Sequence[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _unknown(
    frame: pl.DataFrame, contract: Contract, columns: Sequence[str]
) -> tuple[Diagnostic, ...]:
    unknown = ", ".join(sorted(set(columns) - set(frame.columns)))
    where = Span(path=contract.path)
    return (diagnose("CLN107", where, column=unknown),) if unknown else ()


def _checked(frame: pl.DataFrame, contract: Contract, number: int) -> tuple[Diagnostic, ...]:
    check = contract.checks[number]
    try:
        return tuple(CHECKS[check["kind"]](frame, contract, check))
    except _UNFIT:
        columns = check.get("parts") or check.get("column") or check.get("value")
        return (_unfit(contract, f"checks.{number}.{check['kind']}", columns, "number"),)


def _unfit(contract: Contract, key: str, value: Any, rule: str) -> Diagnostic:
    """A constraint or check that does not go with the type of its column."""
    return diagnose("CFG107", Span(path=contract.path), key=key, value=value, rule=rule)


def _cells(frame: pl.DataFrame, contract: Contract, field: Field) -> Iterator[Diagnostic]:
    rules = [
        (rule, wanted, test)
        for rule, wanted in field.constraints.items()
        if (test := _TESTS.get(rule)) is not None
    ]
    unfit = [rule for rule in rules if not _applies(frame.get_column(field.name), rule)]
    for rule, wanted, _ in unfit:
        yield _unfit(contract, f"{field.name}.{rule}", wanted, field.type)
    rules = [rule for rule in rules if rule not in unfit]
    for index, value in enumerate(frame.get_column(field.name)):
        if value is None:
            if field.constraints.get("required"):
                where = place(contract, frame, index)
                yield diagnose("CLN202", where, column=field.name, row=index + 1)
            continue
        for rule, wanted, test in rules:
            if not test(value, wanted):
                yield diagnose(
                    "CLN203",
                    place(contract, frame, index),
                    notes=_cause(frame, field, value, rules),
                    column=field.name,
                    value=value,
                    rule=rule,
                    wanted=", ".join(map(str, wanted)) if isinstance(wanted, list) else wanted,
                )


def _cause(frame: pl.DataFrame, field: Field, value: Any, rules: Sequence[Any]) -> tuple[Note, ...]:
    """What a number outside its limits may have been."""
    limits = [(wanted, test) for rule, wanted, test in rules if rule in ("minimum", "maximum")]
    if not limits or not frame.schema[field.name].is_numeric():
        return ()

    def allowed(number: Any) -> bool:
        return all(test(float(number), wanted) for wanted, test in limits)

    others = [each for each in frame.get_column(field.name) if each is not None and each != value]
    return of_value(value, allowed, [each for each in others if allowed(each)])


def _applies(column: pl.Series, rule: tuple[str, Any, Callable[[Any, Any], bool]]) -> bool:
    _, wanted, test = rule
    try:
        return all(test(value, wanted) in (True, False) for value in column.drop_nulls().head(1))
    except _UNFIT:
        return False


_UNFIT = (TypeError, ValueError, AttributeError, ArithmeticError, re.error)
_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, wanted: bool(value >= _like(value, wanted)),
    "maximum": lambda value, wanted: bool(value <= _like(value, wanted)),
    "enum": lambda value, wanted: value in wanted or str(value) in wanted,
    "pattern": lambda value, wanted: re.fullmatch(wanted, str(value)) is not None,
}


def _like(value: Any, wanted: Any) -> Any:
    return type(value).fromisoformat(wanted) if isinstance(wanted, str) else wanted


def _repeated(
    frame: pl.DataFrame, contract: Contract, key: tuple[str, ...], *, nulls: bool
) -> Iterator[Diagnostic]:
    seen: dict[tuple[Any, ...], int] = {}
    if not key:
        return
    for index, values in enumerate(frame.select(key).iter_rows()):
        if None in values and not nulls:
            continue
        first = seen.setdefault(values, index)
        if first != index:
            shown = ", ".join(str(value) for value in values)
            where = place(contract, frame, index)
            yield diagnose("CLN204", where, key=", ".join(key), value=shown, row=first + 1)


def _sum(frame: pl.DataFrame, contract: Contract, check: Mapping[str, Any]) -> Iterator[Diagnostic]:
    tolerance = exact(check.get("tolerance", 0))
    for index, row in enumerate(frame.iter_rows(named=True)):
        parts = [row[name] for name in check["parts"]]
        total = row[check["total"]]
        if total is None or any(part is None for part in parts):
            continue
        added = sum((exact(part) for part in parts), Decimal(0))
        if abs(added - exact(total)) > tolerance:
            yield diagnose(
                "CLN205",
                place(contract, frame, index),
                notes=of_sum(dict(zip(check["parts"], parts, strict=True)), total, tolerance),
                parts=" + ".join(check["parts"]),
                total=check["total"],
                sum=f"{added:f}",
                value=total,
            )


def _distinct(
    frame: pl.DataFrame, contract: Contract, check: Mapping[str, Any]
) -> Iterator[Diagnostic]:
    left, right = check["columns"]
    if frame.height > 1 and frame.get_column(left).equals(frame.get_column(right)):
        yield diagnose("CLN206", Span(path=contract.path), left=left, right=right)


def _consecutive(
    frame: pl.DataFrame, contract: Contract, check: Mapping[str, Any]
) -> Iterator[Diagnostic]:
    values = sorted(set(frame.get_column(check["column"]).drop_nulls()))
    gaps = [(a, b) for a, b in pairwise(values) if b != a + 1]
    for before, after in gaps:
        where = Span(path=contract.path)
        yield diagnose("CLN207", where, column=check["column"], before=before, after=after)


def _rows(
    frame: pl.DataFrame, contract: Contract, check: Mapping[str, Any]
) -> Iterator[Diagnostic]:
    minimum, maximum = check.get("minimum", 0), check.get("maximum")
    if frame.height < minimum or (maximum is not None and frame.height > maximum):
        wanted = f"{minimum}-{maximum}" if maximum is not None else f">= {minimum}"
        yield diagnose("CLN208", Span(path=contract.path), rows=frame.height, wanted=wanted)


CHECKS: dict[str, Check] = {
    "sum": _sum,
    "distinct": _distinct,
    "consecutive": _consecutive,
    "rows": _rows,
    **GROUP_CHECKS,
}
