"""The names of months and days in a language, from the Unicode locale data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

_WIDTHS = ("wide", "abbreviated")


@cache
def months_and_days(code: str) -> Mapping[str, str]:
    """English names of months and days, long and short, to those of a language."""
    ours, theirs = Locale.parse("en"), Locale.parse(code, sep="-")
    words: dict[str, str] = {}
    for width in _WIDTHS:
        for kind in ("months", "days"):
            english = getattr(ours, kind)["format"][width]
            names = getattr(theirs, kind)["stand-alone"][width]
            words |= {english[number]: names[number] for number in english}
    return words


def names_in_order(code: str) -> dict[str, list[str]]:
    """Months and days, long and short, in the order that d3-time-format takes them: from Sunday."""
    locale = Locale.parse(code, sep="-")
    found = {}
    for width, prefix in zip(_WIDTHS, ("", "short"), strict=True):
        months: Any = locale.months["stand-alone"][width]
        days: Any = locale.days["stand-alone"][width]
        names = [months[number] for number in range(1, 13)]
        found["shortMonths" if prefix else "months"] = names
        found["shortDays" if prefix else "days"] = [days[(number + 6) % 7] for number in range(7)]
    return found
