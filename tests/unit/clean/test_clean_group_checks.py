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
NATION = {"kind": "total_row", "column": "n", "names": "province", "total_name": "Indonesia"}
TOTAL = {**NATION, "by": ["year"]}


def places(findings: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.span)) for finding in findings]


def codes(findings: list[Diagnostic]) -> list[str]:
    return [finding.code for finding in findings]


def test_parts_add_up_to_the_row_of_the_total_in_each_group(found: Find) -> None:
    columns = {
        "year": [2019, 2019, 2019, 2020, 2020, 2020],
        "province": ["Aceh", "Papua", "Indonesia"] * 2,
        "n": [10, 20, 30, 12, 34, 64],
    }
    (finding,) = found(TOTAL, **columns)
    assert places([finding]) == [("CLN210", "data/raw/a.csv:7")]
    assert finding.arguments["group"] == "year 2020"
    assert (finding.arguments["sum"], finding.arguments["value"]) == ("46", "64")
    assert [(note.key, note.arguments.get("perhaps")) for note in finding.notes] == [
        ("cause-digits-transposed", "46")
    ]


@pytest.mark.parametrize(
    ("allowed", "total", "right"),
    [
        ({"digits": 1}, 3.3, True),
        ({"digits": 1}, 3.6, False),
        ({"tolerance": 0.5}, 3.6, True),
        ({}, 3.3, False),
    ],
)
def test_a_total_may_be_off_as_the_contract_allows(
    found: Find, allowed: Check, total: float, *, right: bool
) -> None:
    columns = {"province": ["a", "b", "Indonesia"], "n": [1.1, 2.1, total]}
    assert (found({**NATION, **allowed}, **columns) == []) is right


def test_a_part_that_stands_twice(found: Find) -> None:
    columns = {"province": ["a", "b", "b", "Indonesia"], "n": [10, 25, 25, 35]}
    (finding,) = found(NATION, **columns)
    assert [note.key for note in finding.notes] == ["cause-row-twice"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["Aceh", "Papua"], ["CLN211"]), (["Aceh", "Indonesia", "Indonesia"], ["CLN211"])],
)
def test_a_group_needs_one_row_of_the_total(
    found: Find, names: list[str], expected: list[str]
) -> None:
    assert codes(found(NATION, province=names, n=[1] * len(names))) == expected


def test_a_total_without_a_value_is_not_judged(found: Find) -> None:
    assert codes(found(NATION, province=["Aceh", "Indonesia"], n=[12, None])) == ["CLN224"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([49.5, 45.5, 5.0], []),
        ([33.3, 33.3, 33.3], []),
        ([49.5, 45.5, 6.0], ["CLN212"]),
        ([49.5, None, 6.0], ["CLN224"]),
    ],
)
def test_shares_add_up_within_rounding(
    found: Find, values: list[float | None], expected: list[str]
) -> None:
    rows = found({"kind": "shares", "column": "share", "digits": 1}, share=values)
    assert codes(rows) == expected
    across = {"kind": "shares", "columns": ["a", "b", "c"], "digits": 1}
    named = {name: [value or 0.0] for name, value in zip("abc", values, strict=True)}
    assert codes(found(across, **named)) == [*({"CLN212"} if expected else ())]


def test_columns_that_should_say_the_same(found: Find) -> None:
    check = {"kind": "equal", "columns": ["first", "second"]}
    findings = found(check, first=[2.06, 1.74, 1.58], second=[2.60, None, 1.58])
    assert places(findings) == [("CLN214", "data/raw/a.csv:2")]


def test_a_year_copied_from_another(found: Find) -> None:
    check = {"kind": "distinct_series", "series": "year", "key": "province", "column": "rate"}
    columns = {
        "year": [2019, 2019, 2020, 2020, 2021, 2021],
        "province": ["Aceh", "Papua", "Papua", "Aceh", "Aceh", "Papua"],
        "rate": [1.5, 2.5, 2.5, 1.5, 1.5, 2.6],
    }
    (finding,) = found(check, **columns)
    assert finding.code == "CLN213"
    assert (finding.arguments["second"], finding.arguments["first"]) == ("2020", "2019")


def test_units_absent_in_a_year_are_each_named(found: Find) -> None:
    columns = {
        "year": [2019, 2019, 2020, 2021, 2021, 2021],
        "province": ["Aceh", "Papua", "Aceh", "Aceh", "Papua", "Pa pua"],
    }
    missing, extra = found({"kind": "panel", "unit": "province", "time": "year"}, **columns)
    assert (missing.code, missing.arguments["unit"], missing.arguments["times"]) == (
        "CLN215",
        "Papua",
        "2020",
    )
    assert (extra.code, extra.arguments["unit"], extra.arguments["times"]) == (
        "CLN216",
        "Pa pua",
        "2021",
    )


@pytest.mark.parametrize(
    ("years", "wrong"), [([2016, 2020], 0), ([2016, 2019], 1), ([2015, 2019], 2)]
)
def test_years_are_those_that_are_claimed(found: Find, years: list[int], wrong: int) -> None:
    check = {"kind": "period", "column": "year", "first": 2016, "last": 2020}
    assert codes(found(check, year=years)) == ["CLN217"] * wrong


def test_a_series_that_turns_round(found: Find) -> None:
    check = {"kind": "monotone", "column": "total", "order": "year"}
    findings = found(check, year=[2021, 2019, 2020], total=[90, 50, 100])
    assert places(findings) == [("CLN218", "data/raw/a.csv:2")]


@pytest.mark.parametrize(
    ("direction", "strict", "expected"),
    [("rising", True, ["CLN218"]), ("rising", False, []), ("falling", False, ["CLN218"])],
)
def test_directions(found: Find, direction: str, *, strict: bool, expected: list[str]) -> None:
    check: Check = {"kind": "monotone", "column": "n", "order": "year"}
    check |= {"direction": direction, "strict": strict}
    assert codes(found(check, year=[1, 2, 3], n=[5, 5, 6])) == expected


def test_a_running_total_is_counted_on_after_a_slip(found: Find) -> None:
    check = {"kind": "cumulative", "column": "reached", "of": "new", "order": "year"}
    columns = {"year": [1, 2, 3, 4], "new": [10, 20, 30, 40], "reached": [10, 30, 65, 105]}
    (finding,) = found(check, **columns)
    assert places([finding]) == [("CLN219", "data/raw/a.csv:4")]
    assert (finding.arguments["value"], finding.arguments["sum"]) == ("65", "60")


def test_a_sudden_jump(found: Find) -> None:
    check = {"kind": "jump", "column": "rate", "order": "year", "ratio": 10}
    findings = found(check, year=[2018, 2019, 2020], rate=[2.06, 174.0, 1.58])
    assert [each.arguments["value"] for each in findings] == ["174", "1.58"]
    assert [(note.key, note.arguments.get("perhaps")) for note in findings[0].notes] == [
        ("cause-decimal-mark", "1.74")
    ]


def test_a_part_greater_than_its_whole(found: Find) -> None:
    check = {"kind": "within", "column": "girls", "of": "children"}
    findings = found(check, girls=[3, 9, None], children=[5, 8, 1])
    assert places(findings) == [("CLN223", "data/raw/a.csv:3")]


def test_only_the_rows_that_are_meant(found: Find) -> None:
    check = {"kind": "within", "column": "a", "of": "b", "where": {"sex": ["f", "m"]}}
    assert codes(found(check, sex=["f", "all", "m"], a=[1, 9, 9], b=[2, 2, 2])) == ["CLN223"]


def test_a_check_of_a_column_that_is_not_there(found: Find) -> None:
    (finding,) = found({**TOTAL, "by": ["years"]}, province=["a"], n=[1])
    assert (finding.code, finding.arguments["column"]) == ("CLN107", "years")


def test_a_check_that_does_not_go_with_its_column(found: Find) -> None:
    (finding,) = found({"kind": "shares", "column": "share"}, share=["a", "b"])
    assert finding.code == "CFG107"
