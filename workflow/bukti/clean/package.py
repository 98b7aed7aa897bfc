"""The clean tables as a Frictionless data package, for whoever uses them outside this build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import polars as pl

from bukti.base.digest import digest_bytes
from bukti.clean.contract import declared

_CONSTRAINTS = (
    "required",
    "unique",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "enum",
    "pattern",
)
Words = str | Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A clean table: its name, its contract as it was read, and its CSV file."""

    name: str
    contract: Mapping[str, Any]
    csv: bytes


def datapackage(
    name: str,
    version: str | None,
    language: str,
    resources: Sequence[Resource],
    register: Mapping[str, Any],
) -> dict[str, Any]:
    """The descriptor of all clean tables (Data Package and Table Schema, version 1).

    Titles are in `language`; those of the other languages stand beside them as `titles` and
    `descriptions`.
    """
    package: dict[str, Any] = {
        "name": name,
        "profile": "tabular-data-package",
        "resources": [_resource(each, language, register) for each in resources],
    }
    if version:
        package["version"] = version
    return package


def _resource(resource: Resource, language: str, register: Mapping[str, Any]) -> dict[str, Any]:
    schema = resource.contract["schema"]
    key = schema.get("primaryKey", [])
    described: dict[str, Any] = {
        "name": resource.name.lower(),
        "path": f"{resource.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(resource.csv),
        "hash": f"sha256:{digest_bytes(resource.csv)}",
        **_words(resource.contract, language),
        "schema": {
            "fields": [_field(field, language) for field in declared(resource.contract)],
            "missingValues": [""],
        },
    }
    if key:
        described["schema"]["primaryKey"] = [key] if isinstance(key, str) else list(key)
    references = [_reference(each) for each in schema.get("foreignKeys", ())]
    if references:
        described["schema"]["foreignKeys"] = references
    sources = list(_sources(resource, register))
    if sources:
        described["sources"] = sources
    return described


def _reference(key: Mapping[str, Any]) -> dict[str, Any]:
    """A foreign key, with the other table by its name in the package."""
    other = key["reference"]
    reference = {"resource": other["resource"].lower(), "fields": other["fields"]}
    return {"fields": key["fields"], "reference": reference}


def _field(field: Mapping[str, Any], language: str) -> dict[str, Any]:
    given = field.get("constraints", {})
    quarter = field["type"] == "quarter"
    kind = "string" if quarter else field["type"]
    described = {"name": field["name"], "type": kind, **_words(field, language)}
    if quarter:
        given = {"pattern": "[0-9]{4}-Q[1-4]", **_unordered(given)}
    if field.get("unit"):
        described["unit"] = field["unit"]
    constraints = {rule: given[rule] for rule in _CONSTRAINTS if rule in given}
    if constraints:
        described["constraints"] = constraints
    return described


def _unordered(constraints: Mapping[str, Any]) -> dict[str, Any]:
    """Constraints without those that Table Schema has for no text."""
    return {
        rule: value for rule, value in constraints.items() if rule not in ("minimum", "maximum")
    }


def _words(data: Mapping[str, Any], language: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one, all_of_them in (("title", "titles"), ("description", "descriptions")):
        words: Words | None = data.get(one)
        if isinstance(words, str):
            found[one] = words
        elif words:
            found[one] = words.get(language) or next(iter(words.values()))
            found[all_of_them] = dict(words)
    return found


def _sources(resource: Resource, register: Mapping[str, Any]) -> Iterable[dict[str, str]]:
    """The registered sources of the table's raw files and of its rows, each once."""
    raw = register.get("raw", {})
    whole = [raw.get(name, {}).get("source") for name in resource.contract["raw"]]
    frame = pl.read_csv(BytesIO(resource.csv), infer_schema=False)
    columns = [name for name in frame.columns if name.endswith("source_id")]
    named = {value for name in columns for value in frame.get_column(name).drop_nulls()}
    known = register.get("sources", {})
    for source in dict.fromkeys([*filter(None, whole), *sorted(named)]):
        if source in known:
            title = known[source]["title"]
            shown = title if isinstance(title, str) else next(iter(title.values()))
            url = known[source].get("url")
            yield {"title": shown, **({"path": url} if url else {})}
