"""The contract of a clean table: its columns, their types and what must hold of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: its name, type, unit and constraints (those of a Frictionless Table Schema)."""

    name: str
    type: str
    unit: str | None
    constraints: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What a clean table must be. `checks` go across columns or rows."""

    table: str
    path: str
    raw: tuple[str, ...]
    decimal: str
    group: str
    missing: tuple[str, ...]
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    checks: tuple[Mapping[str, Any], ...]


def contract_of(table: str, path: str, data: Mapping[str, Any]) -> Contract:
    """The record of a contract file that is as its schema says."""
    locale = data.get("locale", {})
    schema = data["schema"]
    key = schema.get("primaryKey", ())
    return Contract(
        table=table,
        path=path,
        raw=tuple(data["raw"]),
        decimal=locale.get("decimal", "."),
        group=locale.get("group", ""),
        missing=tuple(data.get("missing", ("",))),
        fields=tuple(
            Field(
                name=field["name"],
                type=field["type"],
                unit=field.get("unit"),
                constraints=field.get("constraints", {}),
            )
            for field in schema["fields"]
        ),
        primary_key=(key,) if isinstance(key, str) else tuple(key),
        checks=tuple(data.get("checks", ())),
    )
