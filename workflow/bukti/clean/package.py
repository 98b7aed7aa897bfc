"""The clean tables as a Frictionless data package, for whoever uses them outside this build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import polars as pl

from bukti.base.digest import digest_bytes
from bukti.clean.contract import declared
from bukti.project.contract_links import raw_files_named

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
# the form of an identifier in the list of licences of SPDX, such as CC-BY-4.0
_LICENCE = re.compile(r"(?=.*[-0-9])[A-Za-z0-9][A-Za-z0-9.+-]*")
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
    sources = list(_sources(resource, register, language))
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
            found[one] = _in(words, language)
            found[all_of_them] = dict(words)
    return found


def _sources(
    resource: Resource, register: Mapping[str, Any], language: str
) -> Iterable[dict[str, Any]]:
    """The registered sources of the table's raw files and of its rows, each once, with terms."""
    raw = register.get("raw", {})
    entries = [raw.get(name, {}) for name, _ in raw_files_named(resource.contract)]
    frame = pl.read_csv(BytesIO(resource.csv), infer_schema=False)
    columns = [name for name in frame.columns if name.endswith("source_id")]
    named = {value for name in columns for value in frame.get_column(name).drop_nulls()}
    known = register.get("sources", {})
    whole = [entry.get("source") for entry in entries]
    for name in dict.fromkeys([*filter(None, whole), *sorted(named)]):
        if name in known:
            own = [entry for entry in entries if entry.get("source") == name]
            yield _source(known[name], own, language)


def _source(
    source: Mapping[str, Any], raw: Sequence[Mapping[str, Any]], language: str
) -> dict[str, Any]:
    """A source with its terms and access; those of a raw file stand for it where it has its own."""
    described: dict[str, Any] = {"title": _in(source["title"], language)}
    if source.get("url"):
        described["path"] = source["url"]
    terms = [entry.get("terms", source.get("terms")) for entry in raw] or [source.get("terms")]
    names = [each for each in terms if isinstance(each, str) and _LICENCE.fullmatch(each)]
    if names:
        described["licenses"] = [{"name": name} for name in dict.fromkeys(names)]
    words = [_in(each, language) for each in terms if each and each not in names]
    if words:
        described["terms"] = "; ".join(dict.fromkeys(words))
    access = [entry.get("access", source.get("access")) for entry in raw] or [source.get("access")]
    closed = [each for each in access if each not in (None, "open")]
    if closed:
        described["access"] = "closed" if "closed" in closed else closed[0]
    return described


def _in(words: Words, language: str) -> str:
    if isinstance(words, str):
        return words
    return words.get(language) or next(iter(words.values()))
