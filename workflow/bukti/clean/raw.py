"""What a cleaning script is given: raw files to read, and a ledger of what it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import polars as pl

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span

ROW = "_row"
ROWS_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that cleaning did: its kind, its reason, the number of rows before and after.

    `rows` are the raw rows concerned, counted from 1, at most `ROWS_LISTED` of them; `values`
    are replaced values as (old, new, count).
    """

    kind: str
    reason: str
    before: int
    after: int
    rows: tuple[int, ...] = ()
    column: str | None = None
    values: tuple[tuple[str, str, int], ...] = ()


@dataclass(slots=True)
class Raw:
    """The raw files of one table. Whatever rows or values it drops or changes is recorded."""

    files: Mapping[str, bytes]
    script: str
    rows_in: dict[str, int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def csv(self, name: str, *, separator: str = ",") -> pl.DataFrame:
        """A CSV file in UTF-8: every column as text, and `_row`, the number of each data row.

        Raises Problem where the contract does not name the file, or it cannot be read.
        """
        data = self._bytes(name)
        try:
            data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            place = Span(path=f"data/raw/{name}", line=data.count(b"\n", 0, error.start) + 1)
            raise Problem(diagnose("CFG106", place, path=name, offset=error.start)) from error
        try:
            frame = pl.read_csv(
                BytesIO(data), separator=separator, infer_schema=False, empty_string_is_null=False
            )
        except pl.exceptions.PolarsError as error:
            reason = str(error).splitlines()[0]
            raise Problem(
                diagnose("CLN105", Span(path=f"data/raw/{name}"), path=name, reason=reason)
            ) from error
        self.rows_in[name] = frame.height
        return frame.with_row_index(ROW, offset=1)

    def keep(self, frame: pl.DataFrame, where: pl.Expr, *, reason: str) -> pl.DataFrame:
        """The rows for which `where` is true; the others are recorded as dropped."""
        kept = frame.filter(where)
        self._record("keep", reason, frame, kept, frame.filter(where.not_().fill_null(True)))
        return kept

    def drop(self, frame: pl.DataFrame, where: pl.Expr, *, reason: str) -> pl.DataFrame:
        """The rows for which `where` is not true; the others are recorded as dropped."""
        kept = frame.filter(where.not_().fill_null(True))
        self._record("drop", reason, frame, kept, frame.filter(where))
        return kept

    def merge(self, frame: pl.DataFrame, *, by: Sequence[str], reason: str) -> pl.DataFrame:
        """The frame unchanged, with the record that its rows become one for each value of `by`."""
        groups = frame.select(by).n_unique()
        self.changes.append(
            Change(
                kind="merge", reason=reason, before=frame.height, after=groups, column=", ".join(by)
            )
        )
        return frame

    def replace(
        self, frame: pl.DataFrame, column: str, values: Mapping[str, str], *, reason: str
    ) -> pl.DataFrame:
        """The frame with values of a text column replaced, each counted."""
        counts = dict(frame.get_column(column).value_counts().iter_rows())
        touched = frame.filter(pl.col(column).is_in(list(values)))
        listed = tuple((old, new, int(counts.get(old, 0))) for old, new in values.items())
        self.changes.append(
            Change(
                kind="replace",
                reason=reason,
                before=frame.height,
                after=frame.height,
                rows=_rows(touched),
                column=column,
                values=listed,
            )
        )
        return frame.with_columns(pl.col(column).replace(dict(values)))

    def _bytes(self, name: str) -> bytes:
        if name not in self.files:
            known = ", ".join(self.files)
            raise Problem(diagnose("CLN104", Span(path=self.script), path=name, known=known))
        return self.files[name]

    def _record(
        self, kind: str, reason: str, before: pl.DataFrame, after: pl.DataFrame, gone: pl.DataFrame
    ) -> None:
        change = Change(
            kind=kind, reason=reason, before=before.height, after=after.height, rows=_rows(gone)
        )
        self.changes.append(change)


def _rows(frame: pl.DataFrame) -> tuple[int, ...]:
    if ROW not in frame.columns:
        return ()
    return tuple(int(row) for row in frame.get_column(ROW).drop_nulls().head(ROWS_LISTED))


def ledger_json(
    table: str, raw: Raw, digests: Mapping[str, str], origin: Sequence[int | None], rows_out: int
) -> dict[str, Any]:
    """The record of what cleaning changed; `origin` is the raw row of each row of the table."""
    return {
        "version": 1,
        "table": table,
        "raw": dict(digests),
        "rows_in": dict(raw.rows_in),
        "rows_out": rows_out,
        "changes": [
            {
                "kind": change.kind,
                "reason": change.reason,
                "before": change.before,
                "after": change.after,
                "rows": list(change.rows),
                "column": change.column,
                "values": [{"old": old, "new": new, "count": n} for old, new, n in change.values],
            }
            for change in raw.changes
        ],
        "origin": list(origin),
    }
