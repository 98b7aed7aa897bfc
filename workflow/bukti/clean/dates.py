"""Dates as they are written, in the order and the language that their contract states."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bukti.base.diagnostic import Note, note
from bukti.base.language import months
from bukti.clean.writing import Writing

_DIGITS = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[ -]([^\W\d_]+)\.?[ -]([0-9]{4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2}),? ([0-9]{4})")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(text: str, writing: Writing) -> date | None:
    """The day that a text names; None where it names none, or could be two."""
    text = " ".join(text.split())
    if _ISO.fullmatch(text):
        return _day(*map(int, text.split("-")))
    if re.fullmatch("[0-9]{1,7}", text):
        return day_by_number(int(text), writing.dates)
    digits = _DIGITS.fullmatch(text)
    if digits:
        first, second, year = int(digits[1]), int(digits[3]), digits[4]
        if len(year) == 2 or writing.dates not in ("day-first", "month-first"):
            return None
        month, day = (second, first) if writing.dates == "day-first" else (first, second)
        return _day(int(year), month, day)
    return _in_words(text, writing)


def day_by_number(days: int, dates: str) -> date | None:
    """The day of a spreadsheet's number of days, by `dates`: `excel-1900` or `excel-1904`.

    Counted from 1900, day 60 is a 29 February that there was not; it names no day (ECMA-376,
    part 1, 18.17.4.1). None also outside the years 1900 (1904) to 9999.
    """
    if dates == "excel-1904":
        return date(1904, 1, 1) + timedelta(days) if 0 <= days <= 2_957_003 else None
    if dates != "excel-1900" or not 1 <= days <= 2_958_465 or days == 60:
        return None
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days)


def _in_words(text: str, writing: Writing) -> date | None:
    names = months(writing.language) if writing.language else {}
    if found := _DAY_FIRST.fullmatch(text):
        return _day(int(found[3]), names.get(found[2].casefold(), 0), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(text):
        return _day(int(found[3]), names.get(found[1].casefold(), 0), int(found[2]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_causes(text: str, writing: Writing) -> tuple[Note, ...]:
    """Why a text is no date in this writing."""
    text = " ".join(text.split())
    if re.fullmatch("[0-9]{5}", text) and writing.dates == "iso":
        return (number_cause(int(text)),)
    digits = _DIGITS.fullmatch(text)
    if digits and len(digits[4]) == 2:
        return (note("cause-short-year"),)
    if digits and writing.dates not in ("day-first", "month-first"):
        return (note("cause-date-order"),)
    words = _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    return (note("cause-month-names"),) if words else ()


def number_cause(days: int) -> Note:
    """That a number may be a spreadsheet's number of days, with the two days it may be."""
    first, second = (day_by_number(days, dates) for dates in ("excel-1900", "excel-1904"))
    return note("cause-day-number", first=first or "-", second=second or "-")
