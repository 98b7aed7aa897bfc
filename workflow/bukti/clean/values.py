"""One value: from text, or from what a script typed itself, to the type of its column."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from bukti.base.diagnostic import Note, note
from bukti.clean.dates import date_causes, day_of
from bukti.clean.numerals import around, elsewhere, is_grouped_oddly, numeral, readings
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


_PARSERS: dict[str, Callable[[str, Writing], Cell | Misfit]] = {
    "string": _text,
    "boolean": _truth,
    "date": _date,
    "number": _number,
    "integer": _integer,
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
        same = _same(kind, value)
        return Misfit() if same is None else Cell(value=same)

    return read


def _sign(value: Any) -> str:
    """A value as the contract would list it among what is missing: 99.0 as `99`."""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value)


def _same(kind: str, value: Any) -> Any:
    if kind == "string":
        return str(value) if isinstance(value, int | float | date | Decimal) else None
    if kind == "boolean":
        return value if isinstance(value, bool) else None
    if kind in _NUMBERS:
        return _same_number(kind, value)
    return _day(value)


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
