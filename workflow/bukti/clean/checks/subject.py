"""The table that is checked, as the checks see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from bukti.base.diagnostic import Diagnostic, Note
from bukti.base.numbers import exact
from bukti.base.span import Span
from bukti.clean.cast import cell_place, place
from bukti.clean.contract import Contract

Check = Mapping[str, Any]
Verdicts = Iterator[Diagnostic | None]


class Row(NamedTuple):
    """A row of the table: its position from 0 and its cells by column."""

    position: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A typed table with its contract; `others` are the clean tables that the contract names."""

    frame: pl.DataFrame
    contract: Contract
    others: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def place(self, index: int) -> Span:
        """Where a row came from."""
        return place(self.contract, self.frame, index)

    def cell(self, index: int, name: str) -> tuple[Note, ...]:
        """The note that names the cell of a column in the raw file, where that is known."""
        return cell_place(self.contract, self.frame, index, name)

    def at(self, check: Check, *keys: str | int) -> Span:
        """The place of a check, or of a key in it, in the contract's file."""
        return self.contract.at("checks", self.order(check), *keys)

    def order(self, check: Check) -> int:
        """The number of a check in its contract, counted from 0."""
        return next(place for place, other in enumerate(self.contract.checks) if other is check)

    def rows(self, check: Check | None = None) -> tuple[Row, ...]:
        """All rows, or those that the `where` of a check lets through."""
        where = (check or {}).get("where", {})
        rows = enumerate(self.frame.iter_rows(named=True))
        return tuple(Row(index, cells) for index, cells in rows if _chosen(cells, where))


def _chosen(cells: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    for column, wanted in where.items():
        listed = wanted if isinstance(wanted, list) else [wanted]
        if cells[column] not in listed and str(cells[column]) not in map(str, listed):
            return False
    return True


def grouped(rows: Iterable[Row], by: Sequence[str]) -> dict[tuple[Any, ...], list[Row]]:
    """The rows by their values in the columns `by`, in the order in which these come."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row.cells[name] for name in by), []).append(row)
    return groups


def named(by: Sequence[str], values: Sequence[Any]) -> str:
    """A group as messages name it: `year 2020, sex all`; a dash for the whole table."""
    pairs = zip(by, values, strict=True)
    return ", ".join(f"{name} {value}" for name, value in pairs) or "-"


def decimals(cells: Mapping[str, Any], columns: Iterable[str]) -> dict[str, Decimal] | None:
    """The numbers of some cells; None where one is missing. Raises TypeError for other types."""
    numbers: dict[str, Decimal] = {}
    for name in columns:
        value = cells[name]
        if value is None:
            return None
        numbers[name] = number(value)
    return numbers


def number(value: Any) -> Decimal:
    """A cell's number, to the digit. Raises TypeError for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(type(value).__name__)
    return exact(value)


def allowance(check: Check, *, rounded: int) -> Decimal:
    """How far two sides may lie apart: the check's `tolerance`, or what rounding explains.

    Each of the `rounded` numbers, rounded to `digits` decimals, is off by half a unit at most.
    """
    if "digits" in check:
        return Decimal(rounded) / 2 * Decimal(1).scaleb(-int(check["digits"]))
    return exact(check.get("tolerance", 0))


def shown(value: Any) -> str:
    """A value as messages show it: numbers without an exponent or idle zeros."""
    if isinstance(value, Decimal):
        plain = value.normalize()
        return f"{plain if plain.as_tuple().exponent != 0 else value.to_integral_value():f}"
    return str(value)
