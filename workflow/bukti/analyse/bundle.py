"""The MIME bundle by which a notebook, in any kernel, states its results."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

MIME = "application/vnd.bukti.result+json"
VERSION = 1


def plain(value: Any) -> Any:
    """A value as it is stored: numbers at twelve significant digits, dates as ISO strings.

    Raises TypeError for a value that is no number, truth value, text or date.
    """
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        value = float(value)
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return _at_twelve_digits(value)
    raise TypeError(type(value).__name__)


def _at_twelve_digits(value: float) -> float | int:
    short = float(f"{value:.12g}")
    return int(short) if short.is_integer() and abs(short) < 10**15 else short


def plain_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Table rows with every value as it is stored."""
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def claim_bundle(
    claim_id: str, value: Any, unit: str | None, rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The bundle of one claim; TypeError for a list that holds anything but texts."""
    stored = _texts(value) if isinstance(value, list | tuple) else plain(value)
    return {
        "version": VERSION,
        "kind": "claim",
        "id": claim_id,
        "value": stored,
        "unit": unit,
        "rows": plain_rows(rows),
    }


def _texts(values: Sequence[Any]) -> list[str]:
    for value in values:
        if not isinstance(value, str):
            raise TypeError(f"a list of texts is needed, this holds {type(value).__name__}")
    return list(values)


def family_bundle(
    family: str, members: Sequence[tuple[str, Any, Mapping[str, Any]]], unit: str | None
) -> dict[str, Any]:
    """The bundle of a family: (key, value, row) for each member."""
    return {
        "version": VERSION,
        "kind": "family",
        "id": family,
        "unit": unit,
        "members": [
            {"key": key, "value": plain(value), "row": plain_rows([row])[0]}
            for key, value, row in members
        ],
    }


def figure_bundle(
    figure_id: str, files: Mapping[str, Mapping[str, str]], width: float
) -> dict[str, Any]:
    """The bundle of a figure: by language, its SVG as text and its PNG in base 64; width in mm."""
    return {
        "version": VERSION,
        "kind": "figure",
        "id": figure_id,
        "width": width,
        "files": {language: dict(pair) for language, pair in files.items()},
    }


def table_bundle(
    table_id: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    digits: Mapping[str, int],
) -> dict[str, Any]:
    """The bundle of a table for the text; `digits` are the decimals shown in a column."""
    return {
        "version": VERSION,
        "kind": "table",
        "id": table_id,
        "columns": list(columns),
        "digits": dict(digits),
        "rows": plain_rows(rows),
    }
