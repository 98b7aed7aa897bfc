"""One value: from text, or from what a script typed itself, to the type of its column."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from bukti.base.diagnostic import Note, note
from bukti.clean.dates import date_causes, day_by_number, day_of, number_cause
from bukti.clean.numerals import around, elsewhere, is_grouped_oddly, numeral, readings, unmarked
from bukti.clean.periods import month_of, quarter_of, year_of
from bukti.clean.writing import STANDARD, Writing

_TRUE = {"true", "1", "yes", "ya"}
_FALSE = {"false", "0", "no", "tidak"}
_NUMBERS = ("integer", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value of the type of its column, None where it is missing, and its flag."""

    value: Any = None
    flag: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A value that is not of the type of its column: likely causes, or the two ways to read it."""

    notes: tuple[Note, ...] = ()
    readings: tuple[str, ...] = ()


Read = Callable[[Any], Cell | Misfit]


def reader(kind: str, writing: Writing) -> Read:
    """How texts of a column are read as the type `kind`."""
    parse = _PARSERS[kind]

    def read(text: str) -> Cell | Misfit:
        text = text.strip()
        if text in writing.missing:
            return Cell(flag=writing.missing[text])
        return parse(text, writing)

    return read


def _text(text: str, writing: Writing) -> Cell | Misfit:
    return Cell(value=text)


def _truth(text: str, writing: Writing) -> Cell | Misfit:
    if text.lower() in _TRUE | _FALSE:
        return Cell(value=text.lower() in _TRUE)
    return Misfit(notes=_unlisted(text))


def _date(text: str, writing: Writing) -> Cell | Misfit:
    day = day_of(text, writing)
    if day is None:
        return Misfit(notes=_unlisted(text) or date_causes(text, writing))
    return Cell(value=day)


def _number(text: str, writing: Writing) -> Cell | Misfit:
    read = numeral(text, writing)
    if read is None:
        return _no_number(text, writing)
    value = float(read.value)
    if not math.isfinite(value):
        return Misfit(notes=(note("cause-too-large"),))
    whole = read.value == read.value.to_integral_value()
    if whole and Decimal(repr(value)) != read.value:
        return Misfit(notes=(note("cause-too-many-digits"),))
    return Cell(value=value, flag=_meaning(read.mark, writing))


def _integer(text: str, writing: Writing) -> Cell | Misfit:
    read = numeral(text, writing)
    if read is None:
        return _no_number(text, writing)
    if not -(2**63) <= read.value < 2**63:
        return Misfit(notes=(note("cause-too-large"),))
    if read.value != int(read.value):
        return Misfit(notes=(note("cause-fraction"),))
    return Cell(value=int(read.value), flag=_meaning(read.mark, writing))


def _year(text: str, writing: Writing) -> Cell | Misfit:
    bare, mark = unmarked(text, writing)
    value = year_of(bare)
    if value is None:
        short = re.fullmatch("[0-9]{2}", bare) is not None
        return Misfit(notes=_unlisted(text) or ((note("cause-short-year"),) if short else ()))
    return Cell(value=value, flag=_meaning(mark, writing))


def _period(
    text: str, writing: Writing, parse: Callable[[str, Writing], str | None]
) -> Cell | Misfit:
    bare, mark = unmarked(text, writing)
    value = parse(bare, writing)
    if value is None:
        words = re.search(r"[^\W\d_]", bare) is not None
        return Misfit(notes=_unlisted(text) or ((note("cause-period-words"),) if words else ()))
    return Cell(value=value, flag=_meaning(mark, writing))


def _yearmonth(text: str, writing: Writing) -> Cell | Misfit:
    return _period(text, writing, month_of)


def _quarter(text: str, writing: Writing) -> Cell | Misfit:
    return _period(text, writing, quarter_of)


_PARSERS: dict[str, Callable[[str, Writing], Cell | Misfit]] = {
    "string": _text,
    "boolean": _truth,
    "date": _date,
    "number": _number,
    "integer": _integer,
    "year": _year,
    "yearmonth": _yearmonth,
    "quarter": _quarter,
}


def _meaning(mark: str | None, writing: Writing) -> str | None:
    return None if mark is None else writing.marks[mark]


def _no_number(text: str, writing: Writing) -> Misfit:
    two = readings(text, writing)
    return Misfit(readings=two) if two else Misfit(notes=_causes(text, writing))


def _unlisted(text: str) -> tuple[Note, ...]:
    return (note("cause-missing", text=text),) if text in STANDARD else ()


def _causes(text: str, writing: Writing) -> tuple[Note, ...]:
    """Why a text is no number in this writing: the first cause that would make it one."""
    if text in STANDARD:
        return _unlisted(text)
    value = elsewhere(text, writing)
    if value is not None:
        return (note("cause-locale", value=value),)
    if not writing.parentheses and text[:1] == "(" and text[-1:] == ")":
        return (note("cause-parentheses"),)
    signs = around(text, writing)
    if signs is not None:
        return (note("cause-signs", signs=signs),)
    return (note("cause-groups"),) if is_grouped_oddly(text) else ()


def retyper(kind: str, writing: Writing) -> Read:
    """How values that a script typed itself become the type `kind`, if they are the same."""

    def read(value: Any) -> Cell | Misfit:
        sign = _sign(value)
        if sign in writing.missing:
            return Cell(flag=writing.missing[sign])
        same = _same(kind, value, writing)
        if same is not None:
            return Cell(value=same)
        whole = _whole(value) if kind == "date" and writing.dates == "iso" else None
        likely = whole is not None and 10_000 <= whole < 100_000
        return Misfit(notes=(number_cause(int(value)),) if likely else ())

    return read


def _sign(value: Any) -> str:
    """A value as the contract would list it among what is missing: 99.0 as `99`."""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value)


def _same(kind: str, value: Any, writing: Writing) -> Any:
    if kind == "string":
        return str(value) if isinstance(value, int | float | date | Decimal) else None
    if kind == "boolean":
        return value if isinstance(value, bool) else None
    if kind in _NUMBERS:
        return _same_number(kind, value)
    if kind == "year":
        whole = _whole(value)
        return whole if whole is not None and 1000 <= whole <= 9999 else None
    if kind == "quarter":
        return None
    whole = _whole(value)
    day = _day(value) if whole is None else day_by_number(whole, writing.dates)
    if kind == "date":
        return day
    return f"{day:%Y-%m}" if isinstance(value, date) and day and day.day == 1 else None


def _whole(value: Any) -> int | None:
    number = _same_number("integer", value)
    return None if number is None else int(number)


def _same_number(kind: str, value: Any) -> float | int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if not math.isfinite(value):
        return None
    if kind == "number":
        return float(value)
    exact = Decimal(value)
    fits = -(2**63) <= exact < 2**63 and exact == int(exact)
    return int(exact) if fits else None


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else None
    return value if isinstance(value, date) else None
