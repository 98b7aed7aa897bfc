"""The clean tables as a data package that other tools accept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bukti.clean.package import Resource, datapackage
from bukti.clean.tables import csv_bytes

CONTRACT: dict[str, Any] = {
    "title": {"id": "Peminjaman", "en": "Loans"},
    "description": "Loans of each year",
    "raw": ["loans.csv"],
    "schema": {
        "fields": [
            {
                "name": "year",
                "type": "integer",
                "title": {"id": "Tahun", "en": "Year"},
                "constraints": {"required": True, "minimum": 2000},
            },
            {"name": "share", "type": "number", "unit": "percent", "flag": True},
            {"name": "note", "type": "string", "constraints": {"enum": ["a", "b"]}},
            {"name": "source_id", "type": "string"},
        ],
        "primaryKey": "year",
    },
}
REGISTER = {
    "sources": {
        "S_A": {
            "title": {"en": "Book", "id": "Buku"},
            "url": "https://example.org/a",
            "terms": {"en": "ask the library", "id": "minta kepada perpustakaan"},
            "access": "restricted",
        },
        "S_B": {"title": "Report", "terms": "CC-BY-4.0", "access": "open"},
        "S_C": {"title": "Unused"},
    },
    "raw": {"loans.csv": {"source": "S_B"}},
}


def write(folder: Path, frame: pl.DataFrame) -> Path:
    data = csv_bytes(frame)
    resource = Resource(name="loans", contract=CONTRACT, csv=data)
    package = datapackage("library", "1.0.0", "id", [resource], REGISTER)
    (folder / "loans.csv").write_bytes(data)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder / "datapackage.json"


FRAME = pl.DataFrame(
    {
        "year": [2019, 2020],
        "share": [-1.5, None],
        "share_flag": ["*", None],
        "note": ["a", None],
        "source_id": ["S_A", "S_B"],
    }
)


@pytest.mark.filterwarnings("ignore")
def test_frictionless_accepts_it(tmp_path: Path) -> None:
    from frictionless import validate

    file = write(tmp_path, FRAME)
    report = validate(str(file))
    assert report.valid, report.to_summary()


@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_what_breaks_the_contract(tmp_path: Path) -> None:
    from frictionless import validate

    file = write(tmp_path, FRAME)
    data = (tmp_path / "loans.csv").read_text(encoding="utf-8").replace("2019", "1919")
    (tmp_path / "loans.csv").write_text(data, encoding="utf-8")
    assert not validate(str(file)).valid


def test_words_of_every_language_and_the_sources_are_kept(tmp_path: Path) -> None:
    package = json.loads(write(tmp_path, FRAME).read_text(encoding="utf-8"))
    (resource,) = package["resources"]
    assert resource["title"] == "Peminjaman"
    assert resource["titles"] == {"id": "Peminjaman", "en": "Loans"}
    assert resource["schema"]["fields"][1]["unit"] == "percent"
    assert resource["sources"] == [
        {"title": "Report", "licenses": [{"name": "CC-BY-4.0"}]},
        {
            "title": "Buku",
            "path": "https://example.org/a",
            "terms": "minta kepada perpustakaan",
            "access": "restricted",
        },
    ]


@pytest.mark.parametrize(
    ("entry", "described"),
    [
        ({}, {"licenses": [{"name": "ODbL-1.0"}], "access": "closed"}),
        ({"access": "open"}, {"licenses": [{"name": "ODbL-1.0"}]}),
        ({"terms": "free for study"}, {"terms": "free for study", "access": "closed"}),
        ({"terms": "public"}, {"terms": "public", "access": "closed"}),
    ],
)
def test_terms_of_a_raw_file_stand_for_those_of_its_source(
    entry: dict[str, str], described: dict[str, Any]
) -> None:
    source = {"title": "A", "terms": "ODbL-1.0", "access": "closed"}
    register = {"sources": {"S_A": source}, "raw": {"a.csv": {"source": "S_A", **entry}}}
    contract = {"raw": ["a.csv"], "schema": {"fields": [{"name": "k", "type": "string"}]}}
    resource = Resource(name="t", contract=contract, csv=b"k\nx\n")
    package = datapackage("a", None, "id", [resource], register)
    assert package["resources"][0]["sources"] == [{"title": "A", **described}]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("year", "valid"), [(2019, True), (2018, False)])
def test_foreign_keys_hold_in_the_package(tmp_path: Path, year: int, *, valid: bool) -> None:
    from frictionless import validate

    reference = {"fields": "year", "reference": {"resource": "Years", "fields": "year"}}
    field = {"name": "year", "type": "integer"}
    years = {"raw": ["y.csv"], "schema": {"fields": [field]}}
    loans = {"raw": ["l.csv"], "schema": {"fields": [field], "foreignKeys": [reference]}}
    resources = [
        Resource(name="Years", contract=years, csv=b"year\n2019\n"),
        Resource(name="loans", contract=loans, csv=b"year\n%d\n" % year),
    ]
    for resource in resources:
        (tmp_path / f"{resource.name}.csv").write_bytes(resource.csv)
    package = datapackage("library", None, "id", resources, {})
    file = tmp_path / "datapackage.json"
    file.write_text(json.dumps(package), encoding="utf-8")
    assert validate(str(file)).valid is valid


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("quarter", "valid"), [("2020-Q1", True), ("2020-1", False)])
def test_periods_are_types_that_others_know(tmp_path: Path, quarter: str, *, valid: bool) -> None:
    from frictionless import validate

    fields = [
        {"name": "year", "type": "year", "constraints": {"minimum": 2000}},
        {"name": "month", "type": "yearmonth", "constraints": {"required": True}},
        {"name": "quarter", "type": "quarter", "constraints": {"minimum": "2019-Q1"}},
    ]
    csv = f"year,month,quarter\n2020,2020-08,{quarter}\n".encode()
    contract = {"raw": ["y.csv"], "schema": {"fields": fields}}
    package = datapackage("a", None, "id", [Resource(name="t", contract=contract, csv=csv)], {})
    (tmp_path / "t.csv").write_bytes(csv)
    file = tmp_path / "datapackage.json"
    file.write_text(json.dumps(package), encoding="utf-8")
    report = validate(str(file))
    assert report.valid is valid, report.to_summary()
    assert [field["type"] for field in package["resources"][0]["schema"]["fields"]] == [
        "year",
        "yearmonth",
        "string",
    ]
