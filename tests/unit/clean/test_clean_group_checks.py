"""What must hold across the rows of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from bukti.base.diagnostic import Diagnostic
from bukti.clean.checks import breaches
from bukti.clean.contract import Contract

MakeContract = Callable[..., Contract]
TYPES = {int: "integer", float: "number", str: "string"}
Check = dict[str, Any]


@pytest.fixture(name="found")
def found_fixture(contract: MakeContract) -> Callable[..., list[Diagnostic]]:
    def find(check: Check, **columns: list[Any]) -> list[Diagnostic]:
        fields = []
        for name, values in columns.items():
            kind = next((type(value) for value in values if value is not None), str)
            fields.append({"name": name, "type": TYPES[kind]})
        frame = pl.DataFrame(columns).with_columns(pl.Series("_row", range(2, 2 + len(values))))
        return list(breaches(frame, contract(*fields, checks=[check])))

    return find


Find = Callable[..., list[Diagnostic]]
TOTAL = {
    "kind": "total_row",
    "by": "year",
    "key": "province",
    "total": "Indonesia",
    "value": "n",
}


def places(findings: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.span)) for finding in findings]


def test_parts_add_up_to_the_row_of_the_total_in_each_group(found: Find) -> None:
    columns = {
        "year": [2019, 2019, 2019, 2020, 2020, 2020],
        "province": ["Aceh", "Papua", "Indonesia"] * 2,
        "n": [10, 20, 30, 12, 34, 64],
    }
    (finding,) = found(TOTAL, **columns)
    assert places([finding]) == [("CLN210", "data/raw/a.csv:7")]
    assert finding.arguments["group"] == "2020"
    assert (finding.arguments["sum"], finding.arguments["value"]) == ("46", "64")
    assert [(note.key, note.arguments["instead"]) for note in finding.notes] == [
        ("cause-digits", "46")
    ]


@pytest.mark.parametrize(
    ("tolerance", "total", "right"),
    [("rounding", 3.3, True), ("rounding", 3.6, False), (0.5, 3.6, True), (0, 3.3, False)],
)
def test_a_total_may_be_off_as_rounding_allows(
    found: Find, tolerance: Any, total: float, *, right: bool
) -> None:
    columns = {"province": ["a", "b", "Indonesia"], "n": [1.1, 2.1, total]}
    check = {**{key: value for key, value in TOTAL.items() if key != "by"}, "tolerance": tolerance}
    assert (found(check, **columns) == []) is right


def test_groups_without_their_total_or_its_value_are_not_judged(found: Find) -> None:
    columns = {
        "year": [2019, 2019, 2020, 2020],
        "province": ["Aceh", "Papua", "Aceh", "Indonesia"],
        "n": [10, 20, 12, None],
    }
    assert found(TOTAL, **columns) == []


@pytest.mark.parametrize(
    ("values", "right"),
    [([49.5, 45.5, 5.0], True), ([33.3, 33.3, 33.3], True), ([49.5, 45.5, 6.0], False)],
)
def test_shares_add_up_within_rounding(found: Find, values: list[float], *, right: bool) -> None:
    findings = found({"kind": "shares", "value": "share"}, share=values)
    assert [finding.code for finding in findings] == ([] if right else ["CLN211"])


def test_shares_with_one_missing_are_not_judged(found: Find) -> None:
    assert found({"kind": "shares", "value": "share"}, share=[49.5, None, 6.0]) == []


def test_columns_that_should_say_the_same(found: Find) -> None:
    check = {"kind": "equal", "columns": ["first", "second"]}
    findings = found(check, first=[2.06, 1.74, 1.58], second=[2.60, None, 1.58])
    assert places(findings) == [("CLN212", "data/raw/a.csv:2")]


def test_a_year_copied_from_another(found: Find) -> None:
    check = {"kind": "repeated_series", "by": "year", "key": "province", "value": "rate"}
    columns = {
        "year": [2019, 2019, 2020, 2020, 2021, 2021],
        "province": ["Aceh", "Papua", "Papua", "Aceh", "Aceh", "Papua"],
        "rate": [1.5, 2.5, 2.5, 1.5, 1.5, 2.6],
    }
    (finding,) = found(check, **columns)
    assert finding.code == "CLN213"
    assert (finding.arguments["group"], finding.arguments["other"]) == ("2020", "2019")


def test_units_absent_in_a_year_are_each_named(found: Find) -> None:
    columns = {
        "year": [2019, 2019, 2020, 2021, 2021],
        "province": ["Aceh", "Papua", "Aceh", "Aceh", "Papua Barat"],
    }
    findings = found({"kind": "panel", "unit": "province", "time": "year"}, **columns)
    assert [(each.arguments["unit"], each.arguments["time"]) for each in findings] == [
        ("Papua Barat", "2019"),
        ("Papua", "2020"),
        ("Papua Barat", "2020"),
        ("Papua", "2021"),
    ]


@pytest.mark.parametrize(
    ("years", "right"), [([2016, 2020], True), ([2016, 2019], False), ([2015, 2020], False)]
)
def test_years_are_those_that_are_claimed(found: Find, years: list[int], *, right: bool) -> None:
    check = {"kind": "covers", "column": "year", "first": 2016, "last": 2020}
    assert [each.code for each in found(check, year=years)] == ([] if right else ["CLN215"])


def test_a_cumulative_series_that_falls(found: Find) -> None:
    check = {"kind": "rising", "value": "total", "order": "year"}
    findings = found(check, year=[2021, 2019, 2020], total=[90, 50, 100])
    assert places(findings) == [("CLN216", "data/raw/a.csv:2")]


def test_a_sudden_jump(found: Find) -> None:
    check = {"kind": "jumps", "value": "rate", "order": "year", "maximum": 10}
    findings = found(check, year=[2018, 2019, 2020], rate=[2.06, 174.0, 1.58])
    assert [each.arguments["after"] for each in findings] == ["174.0", "1.58"]


def test_a_check_of_a_column_that_is_not_there(found: Find) -> None:
    (finding,) = found({**TOTAL, "by": ["years"]}, province=["a"], n=[1])
    assert (finding.code, finding.arguments["column"]) == ("CLN107", "years")


def test_a_check_that_does_not_go_with_its_column(found: Find) -> None:
    (finding,) = found({"kind": "shares", "value": "share"}, share=["a", "b"])
    assert finding.code == "CFG107"
