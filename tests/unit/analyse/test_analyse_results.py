"""From an executed notebook to its results."""

from __future__ import annotations

import base64
from typing import Any

import polars as pl
import pytest

from bukti.analyse.bundle import (
    MIME,
    claim_bundle,
    family_bundle,
    figure_bundle,
    plain_rows,
    table_bundle,
)
from bukti.analyse.results import Results, bundles, figure_bytes, results_json, results_of
from bukti.base.claims import Kind
from bukti.base.digest import digest_text

PATH = "analysis/notebooks/10-a.ipynb"
RATES = pl.DataFrame(
    {
        "year": [2018, 2019, 2020],
        "rate": [1.74, 1.58, 2.3],
        "source_id": ["S_A", "S_A", "S_B"],
        "second_source_id": [None, "S_B", None],
        "locator": ["p. 1", "p. 1", None],
    }
)
TABLES = {"rates": RATES}


def notebook(*cells: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "cells": [
            {"cell_type": "code", "outputs": [{"data": {MIME: data}} for data in cell]}
            for cell in cells
        ]
    }


def results(*cells: list[dict[str, Any]], tables: Any = TABLES) -> Results:
    return results_of(PATH, notebook(*cells), tables)


def row(number: int) -> dict[str, Any]:
    return plain_rows([RATES.row(number - 1, named=True)])[0]


def number(name: str, value: Any, *rows: dict[str, Any]) -> dict[str, Any]:
    return claim_bundle(name, value, "percent", rows)


def codes(found: Results) -> list[tuple[str, str]]:
    return [(item.code, str(item.span)) for item in found.findings]


def test_bundles_are_found_among_other_outputs() -> None:
    cells = [
        {"cell_type": "markdown"},
        {"outputs": [{"output_type": "stream"}, {"data": {"text/plain": "x"}}]},
        {"outputs": [{"data": {MIME: {"id": "a"}}}, {"data": {MIME: {"id": "b"}}}]},
    ]
    assert list(bundles({"cells": cells})) == [(3, {"id": "a"}), (3, {"id": "b"})]


def test_a_claim_with_its_row() -> None:
    found = results([], [number("rate.2019", 1.58, row(2))])
    claim = found.claims["rate.2019"]
    assert (claim.kind, claim.value, claim.unit) == (Kind.VALUE, 1.58, "percent")
    evidence = claim.evidence
    assert (evidence.notebook, evidence.cell, evidence.table) == (PATH, 2, "rates")
    assert (evidence.rows, evidence.row_numbers) == ((row(2),), (2,))
    assert (evidence.sources, evidence.locator) == (("S_A", "S_B"), "p. 1")
    assert found.findings == []


def test_sources_and_locators_of_several_rows_are_named_once() -> None:
    evidence = results([number("mean", 1.9, row(1), row(2), row(3))]).claims["mean"].evidence
    assert (evidence.row_numbers, evidence.sources) == ((1, 2, 3), ("S_A", "S_B"))
    assert evidence.locator == "p. 1"


@pytest.mark.parametrize(
    ("value", "kind", "stored"),
    [
        (5, Kind.VALUE, 5),
        (True, Kind.TEST, True),
        ("papua", Kind.TEXT, "papua"),
        (["a", "b"], Kind.TEXT, ("a", "b")),
    ],
)
def test_kinds(value: Any, kind: Kind, stored: Any) -> None:
    claim = results([claim_bundle("c", value, None, [])]).claims["c"]
    assert (claim.kind, claim.value) == (kind, stored)


def test_a_family() -> None:
    members = [(str(year), rate, row(place)) for place, (year, rate) in enumerate(YEARS, start=1)]
    found = results([family_bundle("rate", members, "percent")])
    assert list(found.claims) == ["rate.2018", "rate.2019", "rate.2020"]
    assert [claim.evidence.row_numbers for claim in found.claims.values()] == [(1,), (2,), (3,)]


YEARS = ((2018, 1.74), (2019, 1.58), (2020, 2.3))


@pytest.mark.parametrize(
    ("rows", "tables", "table", "numbers"),
    [
        ([{"year": 2020, "rate": 2.3}], TABLES, "rates", (3,)),
        ([{"year": 2020, "rate": 2.3, "new": 1}], TABLES, "rates", (3,)),
        ([{"year": 2020}], TABLES, "rates", ()),
        ([{"year": 2020, "rate": 9.9}], TABLES, "rates", ()),
        ([{"source_id": "S_A", "locator": "p. 1"}], TABLES, "rates", ()),
        ([{"year": 2020, "rate": 2.3}, {"year": 1, "rate": 1}], TABLES, "rates", ()),
        ([], TABLES, "rates", ()),
        (
            [{"year": 2020, "rate": 2.3}],
            {"other": pl.DataFrame({"x": [1]}), **TABLES},
            "rates",
            (3,),
        ),
        ([{"year": 1, "rate": 2}], {"other": pl.DataFrame({"x": [1]}), **TABLES}, None, ()),
        ([{"year": 1, "rate": 2}], {}, None, ()),
    ],
)
def test_rows_are_placed_in_the_table_that_has_them_once(
    rows: list[dict[str, Any]],
    tables: dict[str, pl.DataFrame],
    table: str | None,
    numbers: tuple[int, ...],
) -> None:
    evidence = results([number("c", 1, *rows)], tables=tables).claims["c"].evidence
    assert (evidence.table, evidence.row_numbers) == (table, numbers)


def test_many_rows_are_placed_without_searching_for_each() -> None:
    size = 20_000
    frame = pl.DataFrame({"code": range(size), "rate": range(size)})
    members = [(str(code), code, {"code": code, "rate": code}) for code in range(size)]
    found = results([family_bundle("rate", members, None)], tables={"t": frame})
    assert found.claims["rate.19999"].evidence.row_numbers == (20_000,)


def test_a_claim_stated_twice() -> None:
    found = results([number("c", 1)], [number("c", 2)])
    assert found.claims["c"].value == 1
    assert codes(found) == [("CLM103", f"{PATH}:cell 2")]
    assert found.findings[0].arguments["first"] == f"{PATH}:cell 1"


def test_a_claim_that_collides_with_a_member() -> None:
    members = [("x", 2, {"k": "x"})]
    found = results([number("f.x", 1), family_bundle("f", members, None)])
    assert codes(found) == [("CLM103", f"{PATH}:cell 1")]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "-"), (float("nan"), "nan"), (float("inf"), "inf"), (float("-inf"), "-inf")],
)
def test_a_value_that_is_none(value: Any, shown: str) -> None:
    found = results([number("c", value)])
    assert found.claims == {}
    assert codes(found) == [("CLM105", f"{PATH}:cell 1")]
    assert found.findings[0].arguments == {"id": "c", "value": shown}


SVG = "<svg>\u2212</svg>"
FIGURE = figure_bundle(
    "trend", {"en": {"svg": SVG, "png": base64.b64encode(b"\x89PNG").decode()}}, 160.0
)
TABLE = table_bundle("sums", ["year"], [{"year": 2020}], {"year": 0})


def test_products() -> None:
    found = results([FIGURE], [TABLE])
    assert found.figures["trend"]["cell"] == 1
    assert found.tables["sums"]["cell"] == 2
    assert figure_bytes(found.figures["trend"], "en", "svg") == SVG.encode()
    assert figure_bytes(found.figures["trend"], "en", "png") == b"\x89PNG"


@pytest.mark.parametrize("product", [FIGURE, TABLE])
def test_a_product_made_twice(product: dict[str, Any]) -> None:
    assert codes(results([product], [product])) == [("ANA104", f"{PATH}:cell 2")]


def test_a_figure_and_a_table_of_one_name_do_not_collide() -> None:
    assert codes(results([FIGURE, {**TABLE, "id": "trend"}])) == []


def test_the_stored_form_is_sorted_and_without_the_figures_themselves() -> None:
    record = results_json(results([number("b", 1), number("a", 2), FIGURE, TABLE]), ("t",), "x")
    assert list(record["claims"]) == ["a", "b"]
    assert record["figures"] == {
        "trend": {
            "cell": 1,
            "sources": ["S_A", "S_B"],
            "tables": ["rates"],
            "computed": False,
            "width": 160.0,
            "digests": {"en": digest_text(SVG)},
        }
    }
    table = {"cell": 1, "columns": ["year"], "digits": {"year": 0}, "rows": [{"year": 2020}]}
    origin = {"sources": ["S_A", "S_B"], "tables": ["rates"], "computed": False}
    assert record["tables"] == {"sums": {**table, **origin}}
    assert (record["reads"], record["confinement"]) == (["t"], "x")


def shown(rows: Any, *, tables: Any = TABLES, **extra: Any) -> dict[str, Any]:
    names = list(rows[0])
    data = table_bundle("t", names, rows, {}) | extra
    return results([data], tables=tables).tables["t"]


def test_a_table_rests_on_the_sources_of_its_rows() -> None:
    found = shown([{"year": 2018, "rate": 1.74}])
    assert (found["sources"], found["tables"], found["computed"]) == (["S_A"], ["rates"], False)


def test_sources_that_the_notebook_names_stand() -> None:
    assert shown([{"year": 2018, "rate": 1.74}], sources=["S_C"])["sources"] == ["S_C"]


def test_values_that_no_clean_table_holds_were_computed() -> None:
    assert shown([{"year": 2018, "mean": 1.9}])["computed"]
    assert shown([{"year": 2018, "rate": 1.9}])["computed"]


def test_the_columns_of_a_figures_rows_tell_its_table() -> None:
    two = {"rates": RATES, "other": RATES.rename({"rate": "share", "source_id": "note"})}
    for columns, tables in (["year", "share"], ["other"]), (["year"], []), ([], []):
        data = {**FIGURE, "sources": [], "columns": columns}
        assert results([data], tables=two).figures["trend"]["tables"] == tables


def test_of_several_tables_none_is_guessed() -> None:
    two = {"rates": RATES, "other": RATES.rename({"rate": "share"})}
    found = shown([{"year": 2018, "mean": 1.9}], tables=two)
    assert (found["sources"], found["tables"]) == ([], [])
    assert shown([{"year": 2018, "share": 1.74}], tables=two)["tables"] == ["other"]
