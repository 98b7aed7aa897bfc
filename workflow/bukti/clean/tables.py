"""From a cleaning script's frame to the files of a clean table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import polars as pl

from bukti.base.diagnostic import Diagnostic, Problem, Severity, diagnose
from bukti.base.span import Span
from bukti.clean.cast import cast
from bukti.clean.checks import breaches
from bukti.clean.contract import Contract
from bukti.clean.raw import ROW, Raw

_FORMULA = "^[=+@\\-\\t\\r]"


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanTable:
    """A typed table that fulfils its contract; `origin` is the raw row of each of its rows."""

    frame: pl.DataFrame
    origin: tuple[int | None, ...]
    findings: tuple[Diagnostic, ...]


def fulfil(
    frame: object,
    contract: Contract,
    raw: Raw,
    others: Mapping[str, pl.DataFrame] | None = None,
) -> CleanTable:
    """What a cleaning script returned, typed; Problem with every breach of the contract.

    `others` are the clean tables that the contract names.
    """
    if not isinstance(frame, pl.DataFrame):
        found = type(frame).__name__
        raise Problem(diagnose("CLN108", Span(path=raw.script), found=found))
    if ROW in frame.columns and not frame.schema[ROW].is_integer():
        frame = frame.drop(ROW)
    typed, misfits = cast(frame, contract)
    faults = misfits or breaches(typed, contract, others)
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise Problem(*faults)
    origin: tuple[int | None, ...] = (None,) * typed.height
    if ROW in typed.columns:
        origin = tuple(typed.get_column(ROW))
        typed = typed.drop(ROW)
    return CleanTable(frame=typed, origin=origin, findings=(*faults, *_unaccounted(typed, raw)))


def _unaccounted(frame: pl.DataFrame, raw: Raw) -> tuple[Diagnostic, ...]:
    expected = sum(raw.rows_in.values())
    expected += sum(change.after - change.before for change in raw.changes)
    if frame.height == expected:
        return ()
    where = Span(path=raw.script)
    return (diagnose("CLN209", where, rows=frame.height, expected=expected),)


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    """A table as Parquet."""
    buffer = BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """A table as CSV in which no cell passes for a formula."""
    safe = frame.with_columns(
        _as_text(pl.col(name)) for name, dtype in frame.schema.items() if dtype == pl.String
    )
    return safe.write_csv().encode("utf-8")


def _as_text(column: pl.Expr) -> pl.Expr:
    formula = column.str.contains(_FORMULA)
    return pl.when(formula).then(pl.concat_str(pl.lit("'"), column)).otherwise(column).name.keep()
