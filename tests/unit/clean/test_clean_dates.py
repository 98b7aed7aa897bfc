"""Dates: in the order and the language that the contract states, or refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from bukti.clean.cast import cast
from bukti.clean.contract import contract_of

DAY = date(2020, 8, 17)


def read(text: str, locale: Any, dates: str | None) -> Any:
    field = {"name": "v", "type": "date", **({"written": {"dates": dates}} if dates else {})}
    data = {"raw": ["a"], "schema": {"fields": [field]}, **({"locale": locale} if locale else {})}
    frame, findings = cast(pl.DataFrame({"v": [text]}), contract_of("t", "t", data))
    return [note.key for note in findings[0].notes] if findings else frame.item()


@pytest.mark.parametrize(
    ("text", "locale", "dates", "value"),
    [
        ("2020-08-17", None, None, DAY),
        ("17 Agustus 2020", "id", None, DAY),
        ("17 AGT 2020", "id", None, DAY),
        ("17 Agt. 2020", "id", None, DAY),
        ("17-Agu-2020", "id", None, DAY),
        ("1 Des 2020", "id", None, date(2020, 12, 1)),
        ("1 Sept 2020", "id", None, date(2020, 9, 1)),
        ("August 17, 2020", "en", None, DAY),
        ("Aug 17 2020", "en", None, DAY),
        ("17 August  2020", "en", None, DAY),
        ("17 Agustus 2020", "en", None, ["cause-month-names"]),
        ("17 Agustus 2020", None, None, ["cause-month-names"]),
        ("31 April 2020", "id", None, ["cause-month-names"]),
        ("17/08/2020", None, "day-first", DAY),
        ("17.8.2020", None, "day-first", DAY),
        ("08/17/2020", None, "month-first", DAY),
        ("17/08/2020", None, "month-first", []),
        ("17/08/2020", "id", None, ["cause-date-order"]),
        ("17/08-2020", None, "day-first", []),
        ("17/08/20", None, "day-first", ["cause-short-year"]),
        ("44060", None, "day-first", []),
        ("44060", None, "excel-1900", DAY),
        ("42598", None, "excel-1904", DAY),
        ("44060", None, None, ["cause-day-number"]),
        ("2020-08-17", None, "excel-1900", DAY),
        ("17 Agustus 2020", "id", "excel-1900", DAY),
        ("17/08/2020", None, "excel-1900", ["cause-date-order"]),
        ("44060.5", None, "excel-1900", []),
        ("20200817", None, None, []),
        ("..", None, None, ["cause-missing"]),
    ],
)
def test_dates(text: str, locale: Any, dates: str | None, value: Any) -> None:
    assert read(text, locale, dates) == value
