"""Every quantity of a text: in digits or words, with currency and unit, and put together.

Single quantities are found first, then what two of them make: a range, a ratio. What is put
together keeps its parts, since only the claims tell whether "5 of 12" is one share or two counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from bukti.base.number_words import spelled
from bukti.base.numbers import format_number, rounded, shifted
from bukti.base.quantity import Form, Quantity, Sort
from bukti.base.quantity_parts import single_quantities
from bukti.base.quantity_words import quantity_words

_DASHES = ("-", "\u2013")
_SPACES = 40  # characters that a template's word may be away
_THING = re.compile(r"(?:[^\W\d_]+ ){1,2}")
_YEARS = range(1500, 2200)
_YEAR = re.compile(r"[0-9]{4}")


def parse_quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Every quantity in a text, in reading order and without overlaps.

    Digits that are not one of the language's writings are there without a value.
    """
    words = quantity_words(language)
    found: list[Quantity] = []
    for quantity in single_quantities(text, language):
        joined = None
        if found and _joins(found[-1]) and _joins(quantity):
            joined = _range(text, found[-1], quantity, words.ranges)
            joined = joined or _ratio(text, found[-1], quantity, words.ratios)
        if joined:
            found[-1] = joined
        else:
            found.append(quantity)
    return tuple(found)


def _joins(quantity: Quantity) -> bool:
    return quantity.sort is Sort.NUMBER and quantity.value is not None


@cache
def _templates(templates: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The words before and between two numbers, the longest first."""
    pairs = ((before.strip(), between.strip()) for before, between, _ in map(_split, templates))
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]) - len(pair[1]), pair)))


def _split(template: str) -> tuple[str, str, str]:
    before, between, after = template.split("{}")
    return before, between, after


def _fits(
    text: str, first: Quantity, second: Quantity, templates: tuple[str, ...], *, named: bool = False
) -> int | None:
    """The offset at which a template begins that the text fills with two quantities.

    If `named`, up to two words may name what is counted, as in "one child in five".
    """
    between = _plain(text[first.whole_end : second.whole_start])
    for before, wanted in _templates(templates):
        words = between.removesuffix(wanted)
        thing = named and words.endswith(" ") and _THING.fullmatch(words)
        if between == wanted or (words != between and thing):
            start = _behind(text, first.whole_start, before)
            if start is not None:
                return start
    return None


def _behind(text: str, end: int, word: str) -> int | None:
    """Where a word begins that a text has right before an offset; None where it has not."""
    if not word:
        return end
    first = max(0, end - len(word) - _SPACES)
    head = text[first:end].rstrip()
    start = len(head) - len(word)
    whole = start == 0 or (start > 0 and not head[start - 1].isalnum())
    return first + start if whole and _plain(head[max(start, 0) :]) == word else None


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _range(
    text: str, first: Quantity, second: Quantity, templates: tuple[str, ...]
) -> Quantity | None:
    start = _fits(text, first, second, templates)
    between = text[first.whole_end : second.whole_start]
    if start is None and (between.strip() not in _DASHES or between.isspace()):
        return None
    if _is_year(first) and not _YEAR.fullmatch(second.text):
        return None  # "rose from 10,250 in 2018 to 12,650 in 2022"
    low = first
    if not first.scale and not first.unit:
        low = replace(first, scale=second.scale, unit=second.unit)
    begin = first.whole_start if start is None else start
    whole = _whole(Sort.RANGE, text, (low, second), begin)
    bounds = whole.bounds
    rising = bounds is not None and bounds[0] < bounds[1]
    same = low.unit == second.unit or second.unit is None
    return whole if rising and same and first.form is second.form else None


def _is_year(quantity: Quantity) -> bool:
    """Whether a quantity reads as a year: four digits without a separator, scale or unit."""
    bare = not (quantity.unit or quantity.scale)
    return bare and _YEAR.fullmatch(quantity.text) is not None and int(quantity.text) in _YEARS


def _ratio(
    text: str, first: Quantity, second: Quantity, templates: tuple[str, ...]
) -> Quantity | None:
    """Two counts as the one part of the other; a year is no whole that something is a part of."""
    over = second.number
    counts = not (first.unit or second.unit or first.digits or second.digits)
    if not over or not counts or first.number is None or first.number < 0:
        return None
    if text[first.whole_end : second.whole_start] == ":":
        start: int | None = first.whole_start
    else:
        in_words = first.form is second.form is Form.WORDS
        start = _fits(text, first, second, templates, named=in_words)
        if first.number > over or (second.form is Form.DIGITS and int(over) in _YEARS):
            return None
    if start is None:
        return None
    whole = _whole(Sort.RATIO, text, (first, second), start)
    return replace(whole, value=first.number / over)


def _whole(sort: Sort, text: str, parts: Sequence[Quantity], start: int) -> Quantity:
    end = parts[-1].whole_end
    unit = parts[-1].unit if sort is Sort.RANGE else None
    return Quantity(
        sort=sort,
        form=parts[0].form,
        text=text[parts[0].start : parts[-1].end],
        value=None,
        unit=unit,
        start=parts[0].start,
        end=parts[-1].end,
        whole_start=start,
        whole_end=end,
        parts=tuple(parts),
    )


def rewritten(
    quantity: Quantity, value: Decimal, language: str, *, rounding: str = "half-even"
) -> str | None:
    """What to write in the place of a quantity's digits or words so that it states a value.

    Digits stay digits with as many decimals and words stay words; the scale word is kept. None
    where no such writing is certain: for fractions, ratios and what else has parts, and for words
    that the language's file does not hold.
    """
    if quantity.sort is not Sort.NUMBER or quantity.value is None:
        return None
    if quantity.form is Form.DIGITS:
        return format_number(
            value, language, digits=quantity.digits, scale=quantity.scale, rounding=rounding
        )
    if quantity.digits:
        return None
    number = shifted(rounded(shifted(value, quantity.scale), 0, rounding), -quantity.scale)
    joiners = quantity_words(language).grammar.joiners
    could_join = len(quantity.text.split()) > 2
    joined = not could_join or any(f" {word} " in quantity.text.lower() for word in joiners)
    text = spelled(int(number), language, joined=joined)
    return text[0].upper() + text[1:] if text and quantity.text[0].isupper() else text
