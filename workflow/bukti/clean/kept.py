"""Clean tables that stand for raw files which not everyone may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.span import Span
from bukti.clean.changes import change_from_json
from bukti.clean.contract import Contract
from bukti.clean.raw import ROW, Raw


def kept_frame(data: bytes, record: Mapping[str, Any]) -> pl.DataFrame:
    """A kept table as its cleaning script returned it, with the raw row of each row.

    Raises PolarsError where the file is no table, or not that of the record.
    """
    frame = pl.read_parquet(BytesIO(data))
    origin = pl.Series(ROW, record["origin"], dtype=pl.Int64)
    return frame if origin.null_count() == len(origin) else frame.with_columns(origin)


def kept_record(record: Mapping[str, Any], script: str) -> Raw:
    """What cleaning once recorded, without the raw files."""
    raw = Raw(files={}, script=script)
    raw.rows_in.update(record["rows_in"])
    raw.looked_up.update(record.get("looked_up", {}))
    raw.changes.extend(change_from_json(change) for change in record["changes"])
    return raw


def other_versions(
    contract: Contract, record: Mapping[str, Any], accepted: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Raw files of which a kept table saw another version than the one that is accepted."""
    for name, digest in record["raw"].items():
        if accepted.get(name, digest) != digest:
            yield diagnose(
                "SRC124",
                Span(path=contract.path),
                table=contract.table,
                raw=name,
                kept=digest[:12],
                accepted=accepted[name][:12],
            )


def difference(
    contract: Contract, kept: pl.DataFrame, made: pl.DataFrame
) -> tuple[Diagnostic, ...]:
    """That a kept table is not the one that was made from the raw files, and where first."""
    if kept.schema == made.schema and kept.equals(made):
        return ()
    where = Span(path=contract.path)
    return (diagnose("SRC122", where, table=contract.table, notes=(_first(kept, made),)),)


def _first(kept: pl.DataFrame, made: pl.DataFrame) -> Note:
    if kept.schema != made.schema:
        return note("kept-columns", kept=_columns(kept), made=_columns(made))
    if kept.height != made.height:
        return note("kept-shape", kept=kept.height, made=made.height)
    for row, (old, new) in enumerate(zip(kept.iter_rows(), made.iter_rows(), strict=True), start=1):
        for column, before, now in zip(kept.columns, old, new, strict=True):
            if before != now:
                return note("kept-cell", row=row, column=column, kept=before, made=now)
    raise AssertionError("two tables that differ differ somewhere")


def _columns(frame: pl.DataFrame) -> str:
    return ", ".join(f"{name} ({kind})" for name, kind in frame.schema.items())
