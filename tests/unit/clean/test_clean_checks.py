"""What a contract says must hold of a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from bukti.base.diagnostic import Diagnostic
from bukti.clean.checks import breaches
from bukti.clean.contract import Contract

MakeContract = Callable[..., Contract]
TYPES = {int: "integer", float: "number", str: "string", date: "date", bool: "boolean"}


@pytest.fixture
def found(contract: MakeContract) -> Callable[..., list[Diagnostic]]:
    def find(
        columns: dict[str, list[Any]], constraints: dict[str, Any] | None = None, **more: Any
    ) -> list[Diagnostic]:
        fields = []
        for name, values in columns.items():
            kind = next((type(value) for value in values if value is not None), str)
            rules = (constraints or {}).get(name, {})
            fields.append({"name": name, "type": TYPES[kind], "constraints": rules})
        return list(breaches(pl.DataFrame(columns), contract(*fields, **more)))

    return find


Find = Callable[..., list[Diagnostic]]


def codes(findings: list[Diagnostic]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_sound_table(found: Find) -> None:
    columns = {"year": [2019, 2020], "rate": [1.5, None]}
    rules = {"year": {"required": True, "unique": True, "minimum": 2000}, "rate": {"maximum": 99}}
    assert found(columns, rules, key="year") == []


def test_a_required_value(found: Find) -> None:
    (finding,) = found({"v": [1, None]}, {"v": {"required": True}})
    assert (finding.code, finding.arguments) == ("CLN202", {"column": "v", "row": "2"})


@pytest.mark.parametrize(
    ("values", "rule", "wanted", "shown"),
    [
        ([4, 5], "minimum", 5, "4"),
        ([5, 6], "maximum", 5, "6"),
        ([1.5, 0.5], "minimum", 1, "0.5"),
        ([date(2020, 1, 1), date(2019, 1, 1)], "minimum", "2020-01-01", "2019-01-01"),
        (["a", "c"], "enum", ["a", "b"], "c"),
        ([1, 3], "enum", [1, 2], "3"),
        ([date(2020, 1, 1), date(2020, 1, 2)], "enum", ["2020-01-01"], "2020-01-02"),
        (["31.01", "31.1"], "pattern", r"\d\d\.\d\d", "31.1"),
        (["ab", "abc"], "pattern", "ab", "abc"),
    ],
)
def test_a_constraint(found: Find, values: list[Any], rule: str, wanted: Any, shown: str) -> None:
    (finding,) = found({"v": values}, {"v": {rule: wanted}})
    assert finding.code == "CLN203"
    assert (finding.arguments["value"], finding.arguments["rule"]) == (shown, rule)


@pytest.mark.parametrize(
    ("value", "rule", "wanted"),
    [
        (5, "minimum", "5"),
        ("a", "minimum", "a"),
        ("a", "maximum", 5),
        (date(2020, 1, 1), "minimum", 2000),
        (date(2020, 1, 1), "minimum", "next year"),
        ("a", "pattern", "("),
    ],
)
def test_a_constraint_that_does_not_go_with_its_type(
    found: Find, value: Any, rule: str, wanted: Any
) -> None:
    (finding,) = found({"v": [None, value, value]}, {"v": {rule: wanted}})
    assert (finding.code, finding.arguments["key"]) == ("CFG107", f"v.{rule}")
    assert str(finding.span) == "data/contract/t.yaml"


def test_repeated_values(found: Find) -> None:
    (finding,) = found({"v": [1, 2, 1]}, {"v": {"unique": True}})
    assert finding.code == "CLN204"
    assert finding.arguments == {"key": "v", "value": "1", "row": "1"}


def test_missing_values_repeat_nothing_but_a_key_must_be_whole(found: Find) -> None:
    columns = {"v": [None, 1, None]}
    assert found(columns, {"v": {"unique": True}}) == []
    assert codes(found(columns, key="v")) == ["CLN204"]


def test_a_key_of_several_columns(found: Find) -> None:
    columns = {"a": [1, 1, 1], "b": ["x", "y", "x"]}
    (finding,) = found(columns, key=["a", "b"])
    assert finding.arguments == {"key": "a, b", "value": "1, x", "row": "1"}


def test_a_key_of_an_unknown_column(found: Find) -> None:
    (finding,) = found({"a": [1]}, key=["a", "z"])
    assert (finding.code, finding.arguments) == ("CLN107", {"column": "z"})


@pytest.mark.parametrize(
    ("check", "column"),
    [
        ({"kind": "sum", "parts": ["a", "y"], "total": "z"}, "y, z"),
        ({"kind": "distinct", "columns": ["a", "z"]}, "z"),
        ({"kind": "consecutive", "column": "z"}, "z"),
    ],
)
def test_a_check_of_an_unknown_column(found: Find, check: dict[str, Any], column: str) -> None:
    (finding,) = found({"a": [1]}, checks=[check])
    assert (finding.code, finding.arguments) == ("CLN107", {"column": column})


@pytest.mark.parametrize(
    ("parts", "total", "tolerance", "expected"),
    [
        ([1, 2], 3, 0, []),
        ([1, 2], 4, 0, ["CLN205"]),
        ([1, 2], 4, 1, []),
        ([0.1, 0.2], 0.3, 0, []),
        ([0.1, 0.2], 0.35, 0.05, []),
        ([0.1, 0.2], 0.36, 0.05, ["CLN205"]),
        ([1, None], 4, 0, ["CLN224"]),
        ([1, 2], None, 0, ["CLN224"]),
    ],
)
def test_sums(
    found: Find, parts: list[Any], total: Any, tolerance: float, expected: list[str]
) -> None:
    check = {"kind": "sum", "parts": ["a", "b"], "total": "c", "tolerance": tolerance}
    columns = {"a": [parts[0]], "b": [parts[1]], "c": [total]}
    assert codes(found(columns, checks=[check])) == expected


def test_a_sum_says_what_it_found(found: Find) -> None:
    check = {"kind": "sum", "parts": ["a", "b"], "total": "c"}
    (finding,) = found({"a": [0.1], "b": [0.2], "c": [0.4]}, checks=[check])
    assert finding.arguments == {"parts": "a + b", "total": "c", "sum": "0.3", "value": "0.4"}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"a": [1, 2], "b": [1, 2]}, ["CLN206"]),
        ({"a": [1, 2], "b": [1, 3]}, []),
        ({"a": [1], "b": [1]}, []),
        ({"a": [1, None], "b": [1, None]}, ["CLN206"]),
    ],
)
def test_distinct(found: Find, columns: dict[str, list[Any]], expected: list[str]) -> None:
    check = {"kind": "distinct", "columns": ["a", "b"]}
    assert codes(found(columns, checks=[check])) == expected


def test_gaps(found: Find) -> None:
    check = {"kind": "consecutive", "column": "a"}
    assert found({"a": [2019, 2018, None, 2019]}, checks=[check]) == []
    (finding,) = found({"a": [2016, 2019, 2017]}, checks=[check])
    assert finding.code == "CLN207"
    assert finding.arguments == {"column": "a", "before": "2017", "after": "2019"}


@pytest.mark.parametrize(
    ("limits", "wanted"),
    [
        ({"minimum": 2}, None),
        ({"minimum": 2, "maximum": 2}, None),
        ({}, None),
        ({"minimum": 3}, ">= 3"),
        ({"maximum": 1}, "0-1"),
    ],
)
def test_rows(found: Find, limits: dict[str, int], wanted: str | None) -> None:
    findings = found({"a": [1, 2]}, checks=[{"kind": "rows", **limits}])
    expected = [{"rows": "2", "wanted": wanted}] if wanted else []
    assert [finding.arguments for finding in findings] == expected


@pytest.mark.parametrize(
    "check",
    [
        {"kind": "sum", "parts": ["a"], "total": "b"},
        {"kind": "consecutive", "column": "a"},
    ],
)
def test_a_check_that_does_not_go_with_its_type(found: Find, check: dict[str, Any]) -> None:
    (finding,) = found({"a": ["x", "y"], "b": [1, 2]}, checks=[check])
    assert (finding.code, finding.arguments["key"]) == ("CFG107", f"checks.0.{check['kind']}")


def test_an_empty_table(found: Find) -> None:
    check = {"kind": "consecutive", "column": "a"}
    assert found({"a": []}, {"a": {"minimum": "x"}}, key="a", checks=[check]) == []
