"""Years, months and quarters as they are written: `2020`, `2020-08`, `2020-Q3`, and in words."""

from __future__ import annotations

import re
from functools import cache

from bukti.base.language import months, quarter_words
from bukti.clean.writing import Writing

PERIOD = re.compile(r"[0-9]{4}-(?:Q[1-4]|0[1-9]|1[0-2])")

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH = re.compile(r"([0-9]{4})(?:[-/. ]|[-/. ]?m)([0-9]{1,2})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4})")
_MONTH_NAMED = re.compile(r"([^\W\d_]+)\.?[-/, ]{0,2}([0-9]{4})")
_NAMED_LAST = re.compile(r"([0-9]{4})[-/, ]{0,2}([^\W\d_]+)\.?")


def year_of(text: str) -> int | None:
    """The year that a text of four digits is; None for any other text."""
    return int(text) if re.fullmatch("[0-9]{4}", text) else None


def month_of(text: str, writing: Writing) -> str | None:
    """The month that a text names, as `2020-08`; None where it names none.

    Names of months are those of the language that the contract states.
    """
    text = " ".join(text.split())
    if found := _MONTH.fullmatch(text):
        return _month(found[1], int(found[2]))
    if found := _MONTH_FIRST.fullmatch(text):
        return _month(found[2], int(found[1]))
    names = months(writing.language) if writing.language else {}
    if found := _MONTH_NAMED.fullmatch(text):
        return _month(found[2], names.get(found[1].casefold(), 0))
    if found := _NAMED_LAST.fullmatch(text):
        return _month(found[1], names.get(found[2].casefold(), 0))
    return None


def _month(year: str, month: int) -> str | None:
    return f"{year}-{month:02}" if 1 <= month <= 12 else None


def quarter_of(text: str, writing: Writing) -> str | None:
    """The quarter that a text names, as `2020-Q1`; None where it names none.

    `Q` is read in every language, the words for it in the one that the contract states.
    """
    text = " ".join(text.split()).casefold()
    for pattern in _quarter_patterns(writing.language or ""):
        if found := pattern.fullmatch(text):
            number = found["number"]
            return f"{found['year']}-Q{_ROMAN.get(number) or number}"
    return None


@cache
def _quarter_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    words = ["q", *(quarter_words(language) if language else ())]
    word = "|".join(re.escape(each.casefold()) for each in sorted(words, key=len, reverse=True))
    number = r"(?P<number>iv|i{1,3}|[1-4])"
    quarter = rf"(?:{word})\.?[- ]?{number}"
    year = r"(?P<year>[0-9]{4})"
    between = r"(?:[-/]|, ?| )?"
    return (
        re.compile(rf"{quarter}(?:[-/]|, ?| ){year}"),
        re.compile(rf"{year}{between}{quarter}"),
    )


def period_number(text: str) -> int:
    """The place of a stored month or quarter in the run of all; ValueError for another text."""
    if not PERIOD.fullmatch(text):
        raise ValueError(text)
    year, part = int(text[:4]), text[5:]
    return year * 4 + int(part[1]) if part.startswith("Q") else year * 12 + int(part)
