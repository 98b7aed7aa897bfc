"""The contract of a clean table: its columns, their types and what must hold of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bukti.clean.writing import Writing, writing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: its name, type, unit and constraints (those of a Frictionless Table Schema).

    `writing` is how its values are written in the raw file. Of a column of flags, which keeps
    footnote marks and the kinds of missing values, `flag_of` names the column that they belong to.
    """

    name: str
    type: str
    unit: str | None
    constraints: Mapping[str, Any]
    writing: Writing
    flag_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What a clean table must be. `checks` go across columns or rows."""

    table: str
    path: str
    raw: tuple[str, ...]
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    checks: tuple[Mapping[str, Any], ...]


def contract_of(table: str, path: str, data: Mapping[str, Any]) -> Contract:
    """The record of a contract file that is as its schema says.

    Raises Problem where a locale names what is no language.
    """
    schema = data["schema"]
    key = schema.get("primaryKey", ())
    return Contract(
        table=table,
        path=path,
        raw=tuple(data["raw"]),
        fields=_fields(path, data),
        primary_key=(key,) if isinstance(key, str) else tuple(key),
        checks=tuple(data.get("checks", ())),
    )


def declared(data: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The fields of a contract's file, with the columns of flags that it asks for but not lists."""
    given = data["schema"]["fields"]
    names = {field["name"] for field in given}
    fields: list[Mapping[str, Any]] = []
    for field in given:
        fields.append(field)
        flags = f"{field['name']}_flag"
        if field.get("flag") and flags not in names:
            fields.append({"name": flags, "type": "string"})
    return tuple(fields)


def _fields(path: str, data: Mapping[str, Any]) -> tuple[Field, ...]:
    given = declared(data)
    flags = {f"{field['name']}_flag": field["name"] for field in given if field.get("flag")}
    return tuple(_field(path, data, field, flags.get(field["name"])) for field in given)


def _field(
    path: str, data: Mapping[str, Any], field: Mapping[str, Any], flag_of: str | None
) -> Field:
    return Field(
        name=field["name"],
        type=field["type"],
        unit=field.get("unit"),
        constraints=field.get("constraints", {}),
        writing=writing_of(path, data, field),
        flag_of=flag_of,
    )
