"""What must hold between a table and another clean table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest

from bukti.base.diagnostic import Diagnostic
from bukti.clean.checks import breaches
from bukti.clean.contract import Contract, contract_of

Columns = Mapping[str, Any]
Frames = Mapping[str, Columns]
TYPES = {int: "integer", float: "number", str: "string"}


def contract(columns: Columns, schema: Any, checks: Any) -> Contract:
    fields = [{"name": name, "type": TYPES[type(columns[name][0])]} for name in columns]
    data = {"raw": ["a.csv"], "schema": {"fields": fields, **schema}, "checks": checks}
    return contract_of("t", "data/contract/t.yaml", data)


def find(columns: Columns, others: Frames, *checks: Any, **schema: Any) -> list[Diagnostic]:
    rows = len(next(iter(columns.values())))
    frame = pl.DataFrame(columns).with_columns(pl.Series("_row", range(2, 2 + rows)))
    frames = {name: pl.DataFrame(each) for name, each in others.items()}
    return list(breaches(frame, contract(columns, schema, checks), frames))


def places(findings: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.span)) for finding in findings]


PROVINCES: Columns = {
    "year": [2019, 2019, 2020, 2020],
    "province": ["Aceh", "Papua", "Aceh", "Papua"],
    "n": [10, 20, 12, 34],
}
SAME = {"kind": "same_total_as", "column": "n", "by": ["year"], "table": "nation"}
KEY = {"fields": "province", "reference": {"resource": "names", "fields": "name"}}


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ([30, 46], []),
        ([30, 64], [("CLN222", "data/raw/a.csv:4")]),
        ([33, 45], [("CLN222", "data/raw/a.csv:2"), ("CLN222", "data/raw/a.csv:4")]),
    ],
)
def test_totals_agree_with_the_other_table(
    totals: list[int], expected: list[tuple[str, str]]
) -> None:
    others = {"nation": {"year": [2019, 2020], "n": totals}}
    assert places(find(PROVINCES, others, SAME)) == expected


def test_rounding_and_rows_of_the_other_table() -> None:
    others = {"nation": {"year": [2019, 2020, 2020], "all": [31, 46, 7], "sex": ["t", "t", "f"]}}
    check = {**SAME, "its_column": "all", "its_where": {"sex": "t"}, "digits": 0}
    assert find(PROVINCES, others, check) == []
    (finding,) = find(PROVINCES, others, {**check, "digits": 1})
    assert (finding.arguments["sum"], finding.arguments["value"]) == ("30", "31")


def test_a_group_that_the_other_table_does_not_have() -> None:
    others = {"nation": {"year": [2019], "n": [30]}}
    (finding,) = find(PROVINCES, others, SAME)
    assert (finding.code, finding.arguments["value"]) == ("CLN221", "year 2020")


def test_a_missing_number_is_not_judged() -> None:
    others = {"nation": {"year": [2019, 2020], "n": [None, None]}}
    assert [each.code for each in find(PROVINCES, others, SAME)] == ["CLN224"]


def test_no_value_is_greater_than_the_whole_of_the_other_table() -> None:
    check = {"kind": "within", "column": "n", "by": ["year"], "table": "nation"}
    others = {"nation": {"year": [2019, 2020], "n": [20, 33]}}
    assert places(find(PROVINCES, others, check)) == [("CLN223", "data/raw/a.csv:5")]
    assert find(PROVINCES, others, {**check, "tolerance": 1}) == []


def test_a_value_that_is_not_in_the_other_table_with_its_likely_spelling() -> None:
    others = {"names": {"name": ["Aceh", "Pa-pua"]}}
    first, second = find(PROVINCES, others, foreignKeys=[KEY])
    assert places([first, second]) == [
        ("CLN221", "data/raw/a.csv:3"),
        ("CLN221", "data/raw/a.csv:5"),
    ]
    assert [(note.key, note.arguments["perhaps"]) for note in first.notes] == [
        ("cause-spelling", "Pa-pua")
    ]


def test_keys_of_several_columns_and_within_the_table_itself() -> None:
    others = {"names": {"y": [2019, 2019, 2020], "p": ["Aceh", "Papua", "Aceh"]}}
    fields = ["year", "province"]
    key = {"fields": fields, "reference": {"resource": "names", "fields": ["y", "p"]}}
    assert places(find(PROVINCES, others, foreignKeys=[key])) == [("CLN221", "data/raw/a.csv:5")]
    own = {"fields": "part_of", "reference": {"resource": "", "fields": "name"}}
    columns = {"name": ["Java", "Bali"], "part_of": ["Java", "Asia"]}
    assert places(find(columns, {}, foreignKeys=[own])) == [("CLN221", "data/raw/a.csv:3")]


@pytest.mark.parametrize(
    ("checks", "schema", "column"),
    [
        ([{**SAME, "its_column": "m"}], {}, "names.m, names.year"),
        ([], {"foreignKeys": [{**KEY, "fields": "prov"}]}, "prov"),
        ([], {"foreignKeys": [{**KEY, "reference": {"resource": "names", "fields": "x"}}]}, "x"),
    ],
)
def test_columns_that_are_not_there(checks: Any, schema: Any, column: str) -> None:
    others = {"names": {"name": ["Aceh"]}}
    named = [{**check, "table": "names"} for check in checks]
    (finding,) = find(PROVINCES, others, *named, **schema)
    assert finding.code == "CLN107"
    assert finding.arguments["column"].endswith(column)
