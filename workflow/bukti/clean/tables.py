"""From a cleaning script's frame to the files of a clean table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO

import polars as pl

from bukti.base.diagnostic import Diagnostic, Problem, Severity, diagnose
from bukti.base.span import Span
from bukti.clean.cast import cast, raw_place
from bukti.clean.checks import breaches
from bukti.clean.contract import Contract
from bukti.clean.layout import says_place
from bukti.clean.raw import ROW, Raw

_FORMULA = "^[=+@\\-\\t\\r]"


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanTable:
    """A typed table that fulfils its contract; `origin` is the raw row of each of its rows.

    `rows_file` is the one raw file that these rows stand in; None where there are several.
    """

    frame: pl.DataFrame
    origin: tuple[int | None, ...]
    findings: tuple[Diagnostic, ...]
    rows_file: str | None = None

    def place(self, contract: Contract, index: int) -> Span:
        """Where a row, counted from 0, came from; the contract where that is not known."""
        return raw_place(replace(contract, rows_file=self.rows_file), self.origin[index])


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
    if len(raw.rows_in) == 1:
        contract = replace(contract, rows_file=next(iter(raw.rows_in)), layout=raw.layout)
    typed, misfits = cast(frame, contract)
    misfits = (*_other_epochs(contract), *misfits)
    faults = tuple(_placed(each, contract) for each in misfits or breaches(typed, contract, others))
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise Problem(*faults)
    origin: tuple[int | None, ...] = (None,) * typed.height
    if ROW in typed.columns:
        origin = tuple(typed.get_column(ROW))
        typed = typed.drop(ROW)
    findings = (*faults, *_unaccounted(typed, raw))
    return CleanTable(frame=typed, origin=origin, findings=findings, rows_file=contract.rows_file)


def _other_epochs(contract: Contract) -> Iterator[Diagnostic]:
    """Columns whose days the contract counts from another year than their workbook does."""
    layout = contract.layout
    for field in contract.fields:
        stated = field.writing.dates.removeprefix("excel-")
        if field.type != "date" or layout is None or layout.epoch is None or not stated.isdigit():
            continue
        if int(stated) != layout.epoch:
            where = contract.at_field(field.name, "written", "dates")
            yield diagnose("CLN145", where, column=field.name, stated=stated, epoch=layout.epoch)


def _placed(finding: Diagnostic, contract: Contract) -> Diagnostic:
    """A finding at a row of a sheet, with the sheet's name where no cell is named."""
    span = finding.span
    if contract.layout is None or span is None or span.line is None or says_place(finding.notes):
        return finding
    if span.path != f"data/raw/{contract.rows_file}":
        return finding
    return replace(finding, notes=(*contract.layout.row(span.line), *finding.notes))


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
