"""The contract of a clean table: its columns, their types and what must hold of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bukti.base.span import Span
from bukti.clean.layout import Layout
from bukti.clean.writing import Writing, writing_of

Keys = tuple[str | int, ...]


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
class ForeignKey:
    """Columns whose values must stand in columns of another clean table, or of this one."""

    columns: tuple[str, ...]
    table: str
    its_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """How figures were read a second time: a raw file, or columns of the table that say so.

    With `complete`, every row must have been.
    """

    file: str | None
    separator: str
    encoding: str | None
    by: str
    on: str
    agrees: str
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What a clean table must be. `checks` go across columns, rows or tables.

    `locate` gives the place of a key of the contract's file, such as `("checks", 0)`; `rows_file`
    is the one raw file that the table's rows come from, None where they come from several, and
    `layout` is how it was read, where that is known.
    """

    table: str
    path: str
    raw: tuple[str, ...]
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    checks: tuple[Mapping[str, Any], ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    second_reading: SecondReading | None = None
    rows_file: str | None = None
    layout: Layout | None = None
    locate: Callable[[Keys], Span] | None = None

    def at(self, *keys: str | int) -> Span:
        """The place of a key in the contract's file; the file alone where no place is known."""
        return self.locate(keys) if self.locate else Span(path=self.path)

    def at_field(self, name: str, *keys: str | int) -> Span:
        """The place of a column's entry, or of a key in it."""
        numbers = [index for index, field in enumerate(self.fields) if field.name == name]
        return self.at("schema", "fields", *numbers[:1], *keys)


def contract_of(
    table: str,
    path: str,
    data: Mapping[str, Any],
    locate: Callable[[Keys], Span] | None = None,
) -> Contract:
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
        primary_key=_names(key),
        checks=tuple(data.get("checks", ())),
        foreign_keys=tuple(_foreign_key(table, key) for key in schema.get("foreignKeys", ())),
        second_reading=_second_reading(data.get("second_reading")),
        rows_file=data["raw"][0] if len(data["raw"]) == 1 else None,
        locate=locate,
    )


def _second_reading(data: Mapping[str, Any] | None) -> SecondReading | None:
    if data is None:
        return None
    return SecondReading(
        file=data.get("file"),
        separator=data.get("separator", ","),
        encoding=data.get("encoding"),
        by=data.get("by", "read_by"),
        on=data.get("on", "read_on"),
        agrees=data.get("agrees", ""),
        complete=data.get("complete", False),
    )


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _foreign_key(table: str, data: Mapping[str, Any]) -> ForeignKey:
    """In a Table Schema an empty name of a resource means the table itself."""
    reference = data["reference"]
    return ForeignKey(
        columns=_names(data["fields"]),
        table=reference["resource"] or table,
        its_columns=_names(reference["fields"]),
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
