"""Years, months, quarters and the numbers of days that spreadsheets keep."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from bukti.base.diagnostic import Problem
from bukti.clean.cast import cast
from bukti.clean.checks import breaches
from bukti.clean.contract import Contract, contract_of
from bukti.clean.dates import day_by_number
from bukti.clean.periods import period_number
from bukti.clean.raw import Raw
from bukti.clean.tables import CleanTable, fulfil


def contract(kind: str, locale: Any = None, checks: Any = (), **field: Any) -> Contract:
    data = {
        "raw": ["a.xlsx"],
        "checks": list(checks),
        "schema": {"fields": [{"name": "v", "type": kind, **field}]},
    }
    return contract_of("t", "t", {**data, **({"locale": locale} if locale else {})})


def read(value: Any, kind: str, locale: Any = None, **field: Any) -> Any:
    frame, findings = cast(pl.DataFrame({"v": [value]}), contract(kind, locale, **field))
    return [note.key for note in findings[0].notes] if findings else frame.item(0, 0)


@pytest.mark.parametrize(
    ("value", "year"),
    [
        ("2020", 2020),
        (2020, 2020),
        (2020.0, 2020),
        ("2.020", []),
        ("2020.0", []),
        ("20", ["cause-short-year"]),
        ("2019/2020", []),
        (2020.5, []),
        (20, []),
        (True, []),
        ("-", ["cause-missing"]),
    ],
)
def test_years(value: Any, year: Any) -> None:
    assert read(value, "year", "id") == year


@pytest.mark.parametrize(
    ("value", "locale", "month"),
    [
        ("2020-08", None, "2020-08"),
        ("2020M08", None, "2020-08"),
        ("2020/8", None, "2020-08"),
        ("08/2020", None, "2020-08"),
        ("Agustus 2020", "id", "2020-08"),
        ("Agt-2020", "id", "2020-08"),
        ("2020 Agustus", "id", "2020-08"),
        ("Aug. 2020", "en", "2020-08"),
        (date(2020, 8, 1), None, "2020-08"),
        (datetime(2020, 8, 1), None, "2020-08"),
        (date(2020, 8, 17), None, []),
        ("2020-13", None, []),
        ("00/2020", None, []),
        ("Agustus 2020", None, ["cause-period-words"]),
        ("Agustus 2020", "en", ["cause-period-words"]),
        ("08/20", None, []),
        (202008, None, []),
    ],
)
def test_months(value: Any, locale: Any, month: Any) -> None:
    assert read(value, "yearmonth", locale) == month


@pytest.mark.parametrize(
    ("value", "locale", "quarter"),
    [
        ("2020-Q1", None, "2020-Q1"),
        ("2020Q4", None, "2020-Q4"),
        ("Q1 2020", None, "2020-Q1"),
        ("q3/2020", None, "2020-Q3"),
        ("Triwulan I 2020", "id", "2020-Q1"),
        ("TRIWULAN  IV-2020", "id", "2020-Q4"),
        ("Tw. III/2020", "id", "2020-Q3"),
        ("2020 Triwulan II", "id", "2020-Q2"),
        ("Kuartal 2 2020", "id", "2020-Q2"),
        ("Quarter 2, 2020", "en", "2020-Q2"),
        ("Triwulan I 2020", None, ["cause-period-words"]),
        ("Triwulan I 2020", "en", ["cause-period-words"]),
        ("Triwulan V 2020", "id", ["cause-period-words"]),
        ("Q5 2020", None, ["cause-period-words"]),
        ("2020-1", None, []),
        ("I 2020", "id", ["cause-period-words"]),
        (20201, None, []),
    ],
)
def test_quarters(value: Any, locale: Any, quarter: Any) -> None:
    assert read(value, "quarter", locale) == quarter


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("year", "2020*", 2020),
        ("yearmonth", "2020-08 *", "2020-08"),
        ("quarter", "Q1 2020*", "2020-Q1"),
    ],
)
def test_footnote_marks_are_flags(kind: str, text: str, value: Any) -> None:
    of = contract(kind, written={"marks": {"*": "preliminary"}}, flag=True)
    frame, findings = cast(pl.DataFrame({"v": [text]}), of)
    assert (frame.row(0), findings) == ((value, "preliminary"), ())


def run(kind: str, values: list[Any], check: dict[str, Any]) -> list[str]:
    of = contract(kind, checks=[{"column": "v", **check}])
    frame, findings = cast(pl.DataFrame({"v": values}), of)
    assert findings == ()
    return [finding.code for finding in breaches(frame, of)]


@pytest.mark.parametrize(
    ("kind", "whole", "gap"),
    [
        ("quarter", ["2019-Q4", "2020-Q1"], ["2019-Q4", "2020-Q2"]),
        ("yearmonth", ["2019-12", "2020-01"], ["2019-12", "2020-02"]),
        ("year", ["2019", "2020"], ["2019", "2021"]),
    ],
)
def test_periods_without_a_gap(kind: str, whole: list[str], gap: list[str]) -> None:
    check = {"kind": "consecutive"}
    assert run(kind, whole, check) == []
    assert run(kind, gap, check) == ["CLN207"]


def test_words_have_no_next() -> None:
    assert run("string", ["a", "b"], {"kind": "consecutive"}) == ["CFG107"]


def test_the_first_and_last_period() -> None:
    check = {"kind": "period", "first": "2019-Q4", "last": 2020}
    assert run("quarter", ["2019-Q4", "2020-Q1"], check) == []
    assert run("quarter", ["2019-Q3", "2021-Q1"], check) == ["CLN217", "CLN217"]


def test_limits_of_periods() -> None:
    limits = {"minimum": "2019-Q2", "maximum": "2020-Q1"}
    of = contract("quarter", constraints=limits)
    frame, _ = cast(pl.DataFrame({"v": ["2019-Q1", "2019-Q2", "2020-Q2"]}), of)
    assert [finding.code for finding in breaches(frame, of)] == ["CLN203", "CLN203"]
    of = contract("quarter", constraints={"minimum": 2019})
    assert [finding.code for finding in breaches(frame, of)] == ["CFG107"]
    of = contract("string", constraints={"minimum": "b"})
    words = pl.DataFrame({"v": ["a"]})
    assert [finding.code for finding in breaches(words, of)] == ["CFG107"]


@given(st.dates(date(1000, 1, 1), date(9990, 1, 1)), st.integers(1, 400))
def test_later_periods_have_greater_numbers(day: date, days: int) -> None:
    later = day + timedelta(days)
    first, second = (period_number(f"{each:%Y-%m}") for each in (day, later))
    months = (later.year - day.year) * 12 + later.month - day.month
    assert second - first == months


@given(st.dates(date(1900, 3, 1)))
def test_days_are_numbered_as_spreadsheets_do(day: date) -> None:
    assert day_by_number(int(to_excel(day, CALENDAR_WINDOWS_1900)), "excel-1900") == day
    if day.year >= 1904:
        assert day_by_number(int(to_excel(day, CALENDAR_MAC_1904)), "excel-1904") == day


@pytest.mark.parametrize(
    ("number", "dates", "day"),
    [
        (1, "excel-1900", date(1900, 1, 1)),
        (59, "excel-1900", date(1900, 2, 28)),
        (60, "excel-1900", None),
        (61, "excel-1900", date(1900, 3, 1)),
        (0, "excel-1900", None),
        (2_958_465, "excel-1900", date(9999, 12, 31)),
        (2_958_466, "excel-1900", None),
        (0, "excel-1904", date(1904, 1, 1)),
        (2_957_003, "excel-1904", date(9999, 12, 31)),
        (2_957_004, "excel-1904", None),
        (44060, "day-first", None),
    ],
)
def test_the_ends_of_the_calendar(number: int, dates: str, day: date | None) -> None:
    assert day_by_number(number, dates) == day


def test_numbers_of_days_that_a_sheet_typed() -> None:
    written = {"dates": "excel-1900"}
    assert read(44060, "date", written=written) == date(2020, 8, 17)
    assert read(44060.0, "date", written=written) == date(2020, 8, 17)
    assert read(44060.25, "date", written=written) == []
    assert read(44060, "date") == ["cause-day-number"]
    assert read(20200817, "date") == []


def table(epoch: Any, dates: str) -> CleanTable:
    book = Workbook()
    book.epoch = epoch
    sheet = book.active
    assert sheet is not None
    for row in (["v", "w"], [42598, "x"], [date(2020, 8, 17), "y"]):
        sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    raw = Raw(files={"a.xlsx": buffer.getvalue()}, script="s.py")
    frame = raw.sheet("a.xlsx")
    raw.settle(frame)
    return fulfil(frame, contract("date", written={"dates": dates}), raw)


def test_the_workbook_says_where_its_days_begin() -> None:
    days = table(CALENDAR_MAC_1904, "excel-1904").frame.get_column("v").to_list()
    assert days == [date(2020, 8, 17)] * 2
    for epoch, dates in (
        (CALENDAR_MAC_1904, "excel-1900"),
        (CALENDAR_WINDOWS_1900, "excel-1904"),
    ):
        with pytest.raises(Problem) as caught:
            table(epoch, dates)
        assert [finding.code for finding in caught.value.diagnostics] == ["CLN145"]
