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


def _fields(path: str, data: Mapping[str, Any]) -> tuple[Field, ...]:
    """The fields, each flagged one followed by its column of flags unless that stands by itself."""
    given = data["schema"]["fields"]
    names = {field["name"] for field in given}
    flags = {f"{field['name']}_flag": field["name"] for field in given if field.get("flag")}
    fields: list[Field] = []
    for field in given:
        name = field["name"]
        fields.append(_field(path, data, field, flags.get(name)))
        if field.get("flag") and f"{name}_flag" not in names:
            added = {"name": f"{name}_flag", "type": "string"}
            fields.append(_field(path, data, added, name))
    return tuple(fields)


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
