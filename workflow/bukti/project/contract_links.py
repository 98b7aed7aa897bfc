"""Which other clean tables a contract speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Keys = tuple[str | int, ...]


def tables_named(data: Mapping[str, Any], table: str) -> tuple[tuple[str, Keys], ...]:
    """The other clean tables that a contract file speaks of, each with the keys of its place."""
    keys = data["schema"].get("foreignKeys", ())
    found: list[tuple[str, Keys]] = [
        (key["reference"]["resource"], ("schema", "foreignKeys", number, "reference", "resource"))
        for number, key in enumerate(keys)
    ]
    found += [
        (check["table"], ("checks", number, "table"))
        for number, check in enumerate(data.get("checks", ()))
        if "table" in check
    ]
    return tuple((name, place) for name, place in found if name not in ("", table))
