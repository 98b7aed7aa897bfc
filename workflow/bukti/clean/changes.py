"""What cleaning changed, step by step, with the rows before and after as they are stored."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import polars as pl

from bukti.clean.reading.frames import ROW

ROWS_LISTED = 200

Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """A row that a step dropped, merged or changed: its raw row, its cells before and after.

    `after` is None where the row was dropped; where it was merged, it holds the key of the row
    that it became part of.
    """

    row: int | None
    before: Cells
    after: Cells | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that cleaning did: its kind, its reason, the number of rows before and after.

    `rows` are the raw rows concerned, by their line in the file, at most `ROWS_LISTED` of them;
    `values` are replaced values as (old, new, count), or the texts of notes. `listed` are the
    first `ROWS_LISTED` of the `concerned` rows, each before and after.
    """

    kind: str
    reason: str
    before: int
    after: int
    rows: tuple[int, ...] = ()
    column: str | None = None
    values: tuple[tuple[str, str, int], ...] = ()
    concerned: int = 0
    listed: tuple[ChangedRow, ...] = ()


def change_of(data: Mapping[str, Any]) -> Change:
    """A change from what `asdict` made of it, once it went through JSON."""
    values = tuple((old, new, count) for old, new, count in data["values"])
    listed = tuple(ChangedRow(**row) for row in data["listed"])
    return Change(**{**data, "rows": tuple(data["rows"]), "values": values, "listed": listed})


def stored_change(change: Change) -> dict[str, Any]:
    """A change as the cleaning ledger stores it."""
    return {
        "kind": change.kind,
        "reason": change.reason,
        "before": change.before,
        "after": change.after,
        "rows": list(change.rows),
        "column": change.column,
        "values": [{"old": old, "new": new, "count": n} for old, new, n in change.values],
        "concerned": change.concerned,
        "listed": [
            {"row": row.row, "before": dict(row.before), "after": _or_none(row.after)}
            for row in change.listed
        ],
    }


def _or_none(cells: Cells | None) -> dict[str, Any] | None:
    return None if cells is None else dict(cells)


def change_from_json(data: Mapping[str, Any]) -> Change:
    """A change from how it is stored; ledgers that were kept earlier list no rows."""
    values = [(value["old"], value["new"], value["count"]) for value in data["values"]]
    return change_of({"concerned": 0, "listed": (), **data, "values": values})


def listed_rows(
    before: pl.DataFrame, after: pl.DataFrame | None, columns: Sequence[str] | None = None
) -> tuple[ChangedRow, ...]:
    """The first rows of a frame with their cells before and after, in all columns or in some.

    `after` has the same rows in the same order; it is None where they are gone.
    """
    names = columns or [name for name in before.columns if name != ROW]
    rows = before.get_column(ROW).to_list() if ROW in before.columns else [None] * before.height
    now: list[Cells | None] = [None] * before.height if after is None else list(_cells(after))
    pairs = zip(rows, _cells(before.select(names)), now, strict=True)
    listed = [ChangedRow(row=row, before=cells, after=new) for row, cells, new in pairs]
    return tuple(listed)


def _cells(frame: pl.DataFrame) -> Iterator[Cells]:
    for row in frame.iter_rows(named=True):
        yield {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    """A cell as JSON holds it."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
