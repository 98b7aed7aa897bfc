"""Files of Stata and SPSS, with the labels of values and the codes of missing values kept."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.clean.reading.frames import frame_of


def read_statistical(data: bytes, path: str, *, labels: bool) -> pl.DataFrame:
    """The rows of a `.dta`, `.sav` or `.zsav` file, `_row` counted from 1.

    With `labels`, values that have one are given by it. A value that the file declares missing
    is missing here, and its code stands in a column `<name>_flag`. Raises Problem where the file
    cannot be read.
    """
    import pyreadstat

    read = pyreadstat.read_dta if path.lower().endswith(".dta") else pyreadstat.read_sav
    try:
        with _as_file(data) as file:
            values, meta = read(str(file), output_format="dict", user_missing=True)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError) as error:
        raise Problem(diagnose("CLN116", Span(path=path), reason=error)) from error
    columns: dict[str, Sequence[Any]] = {}
    for name in meta.column_names:
        kept, flags = _without_missing(list(values[name]), name, meta)
        names = meta.variable_value_labels.get(name, {}) if labels else {}
        columns[name] = [names.get(value, value) for value in kept]
        if any(flag is not None for flag in flags):
            columns[f"{name}_flag"] = flags
    height = len(next(iter(columns.values()), ()))
    return frame_of(columns, range(1, height + 1))


@contextmanager
def _as_file(data: bytes) -> Iterator[Path]:
    """The bytes as a file, in memory where the system can: a confined script writes nowhere."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("raw")
        try:
            with os.fdopen(os.dup(descriptor), "wb") as file:
                file.write(data)
            yield Path(f"/proc/self/fd/{descriptor}")
        finally:
            os.close(descriptor)
        return
    with TemporaryDirectory(prefix="bukti-") as folder:
        file_path = Path(folder) / "raw"
        file_path.write_bytes(data)
        yield file_path


def _without_missing(values: list[Any], name: str, meta: Any) -> tuple[list[Any], list[str | None]]:
    ranges = meta.missing_ranges.get(name, ())
    codes = set(meta.missing_user_values.get(name, ()))
    kept: list[Any] = []
    flags: list[str | None] = []
    for value in values:
        gone = value is not None and (value in codes or _in_range(value, ranges))
        kept.append(None if gone else value)
        flags.append(_code(value) if gone else None)
    return kept, flags


def _in_range(value: Any, ranges: Sequence[Mapping[str, Any]]) -> bool:
    for each in ranges:
        low, high = each["lo"], each["hi"]
        if type(value) is type(low) and low <= value <= high:
            return True
    return False


def _code(value: Any) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value)
