"""Second readings of transcribed figures, against the clean table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.clean.contract import Contract, contract_of
from bukti.clean.raw import Raw
from bukti.clean.readings import Readings, readings_of
from bukti.clean.tables import CleanTable, fulfil

YEAR: Mapping[str, Any] = {"name": "year", "type": "integer"}
RATE: Mapping[str, Any] = {"name": "rate", "type": "number", "locale": "id"}
FIRST = b'year,rate\n2019,"1,5"\n2020,"2,5"\n'
HEAD = "year,rate,read_by,read_on\n"

Compare = Callable[..., Readings]


def contract(*fields: Mapping[str, Any], key: Any = "year", **second: Any) -> Contract:
    data = {
        "raw": ["a.csv"],
        "second_reading": second or {"file": "b.csv"},
        "schema": {"fields": list(fields or (YEAR, RATE)), "primaryKey": key},
    }
    return contract_of("t", "data/contract/t.yaml", data)


def table(of: Contract, data: bytes = FIRST) -> CleanTable:
    raw = Raw(files={"a.csv": data}, script="s.py")
    return fulfil(raw.csv("a.csv"), of, raw)


def compare(text: str, of: Contract | None = None, data: bytes = FIRST) -> Readings:
    of = of or contract()
    return readings_of(table(of, data), of, text.encode())


def codes(found: Readings) -> list[str]:
    return [finding.code for finding in found[1]]


def test_readings_that_agree() -> None:
    readings, findings = compare(HEAD + '2020,"2,50",AB,2024-03-01\n')
    assert findings == ()
    ((row, by, on, agrees, line),) = [
        (each.row, each.by, each.on, each.agrees, each.line) for each in readings
    ]
    assert (row, by, on, agrees, line) == (2, "AB", "2024-03-01", True, 2)


def test_a_difference_is_named_with_both_places() -> None:
    readings, (finding,) = compare(HEAD + '2020,"5,2",AB,2024-03-01\n')
    assert (finding.code, str(finding.span)) == ("CLN227", "data/raw/a.csv:3")
    assert finding.arguments == {
        "column": "rate",
        "row": "year 2020",
        "first": "2.5",
        "second": "5.2",
    }
    assert finding.notes[0].arguments["place"] == "data/raw/b.csv:2"
    assert [reading.agrees for reading in readings] == [False]


@given(st.floats(-(2**40), 2**40, width=32), st.integers(-9, 9))
def test_only_the_same_number_agrees(value: float, change: int) -> None:
    of = contract(YEAR, {"name": "rate", "type": "number", "locale": "en"})
    first = f"year,rate\n2019,{value!r}\n".encode()
    readings, _ = compare(f"{HEAD}2019,{value + change!r},AB,2024-03-01\n", of, first)
    assert [reading.agrees for reading in readings] == [value + change == value]


def test_nothing_agrees_with_nothing_only() -> None:
    first = b'year,rate\n2019,\n2020,"2,5"\n'
    found = compare(HEAD + "2019,,AB,2024-03-01\n2020,,AB,2024-03-01\n", data=first)
    assert [reading.agrees for reading in found[0]] == [True, False]
    assert codes(found) == ["CLN227"]


def test_columns_may_be_left_out_and_rows_read_by_several() -> None:
    of = contract(YEAR, RATE, {"name": "note", "type": "string"})
    first = b'year,rate,note\n2019,"1,5",x\n'
    readings, findings = compare(
        HEAD + '2019,"1,5",AB,2024-03-01\n2019,"1,5",CD,2024-03-02\n', of, first
    )
    assert ([reading.by for reading in readings], findings) == (["AB", "CD"], ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + '2021,"2,5",AB,2024-03-01\n', ["CLN228"]),
        (HEAD + '2019,"1,5",,2024-03-01\n', ["CLN231"]),
        (HEAD + '2019,"1,5",AB,3/2024\n', ["CLN231"]),
        (HEAD + '2019,"1,5",AB,2024-02-30\n', ["CLN231"]),
        (HEAD + "2019,x,AB,2024-03-01\n", ["CLN201"]),
        ("year,rate\n2019,1\n", ["CLN229"]),
        ("year,read_by,read_on\n2019,AB,2024-03-01\n", ["CLN229"]),
        ("year,rate,more,read_by,read_on\n", ["CLN230"]),
        ("year;rate\n2019;1\n", ["CLN111"]),
        ("", ["CLN114"]),
    ],
)
def test_what_cannot_be_compared_is_said_and_not_counted(text: str, expected: list[str]) -> None:
    found = compare(text)
    assert (codes(found), found[0]) == (expected, ())


def test_a_table_without_a_key() -> None:
    assert codes(compare(HEAD, contract(key=()))) == ["CLN232"]


def test_the_first_reader_does_not_read_again() -> None:
    of = contract(YEAR, RATE, {"name": "read_by", "type": "string"})
    first = b'year,rate,read_by\n2019,"1,5",ab\n'
    found = compare(HEAD + '2019,"1,5",AB ,2024-03-01\n', of, first)
    assert (codes(found), len(found[0])) == (["CLN235"], 1)


def test_rows_read_once_are_told_where_the_contract_asks() -> None:
    text = HEAD + '2019,"1,5",AB,2024-03-01\n'
    assert codes(compare(text)) == []
    of = contract(file="b.csv", complete=True)
    _, (finding,) = compare(text, of)
    assert finding.code == "CLN233"
    assert finding.arguments == {"count": "1", "rows": "2"}
    assert finding.notes[0].arguments == {"rows": "2"}


AGAIN = {"by": "who", "on": "day", "agrees": "same"}
COLUMNS: tuple[Mapping[str, Any], ...] = (
    YEAR,
    {"name": "who", "type": "string"},
    {"name": "day", "type": "date"},
    {"name": "same", "type": "boolean"},
)


def test_columns_of_the_table_may_say_it() -> None:
    of = contract(*COLUMNS, complete=True, **AGAIN)
    data = b"year,who,day,same\n1,AB,2024-03-01,yes\n2,AB,2024-03-01,no\n3,,,\n4,CD,,yes\n"
    found = readings_of(table(of, data), of, None)
    assert [(each.row, each.agrees, each.line) for each in found[0]] == [
        (1, True, None),
        (2, False, None),
    ]
    assert codes(found) == ["CLN234", "CLN231", "CLN233"]


@pytest.mark.parametrize(
    ("change", "code"), [({"agrees": "no_such"}, "CLN107"), ({"agrees": "who"}, "CFG107")]
)
def test_columns_must_be_there_and_fit(change: dict[str, str], code: str) -> None:
    of = contract(*COLUMNS, **{**AGAIN, **change})
    found = readings_of(table(of, b"year,who,day,same\n1,AB,2024-03-01,yes\n"), of, None)
    assert (codes(found), found[0]) == ([code], ())


def test_without_a_second_reading_nothing_is_made_up() -> None:
    of = contract_of("t", "t", {"raw": ["a.csv"], "schema": {"fields": [YEAR, RATE]}})
    assert readings_of(table(of), of, None) == ((), ())
    assert isinstance(table(of).frame, pl.DataFrame)
