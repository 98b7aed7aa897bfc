"""Single quantities of a text: numbers, ordinals, fractions, multiples and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

from bukti.base.language import language_of, months
from bukti.base.number_words import WordNumber, masked, phrase_pattern, read_words
from bukti.base.numbers import NumberToken, follower, longest_first, parse_numbers, scale_and_unit
from bukti.base.quantity import Form, Quantity, Sort
from bukti.base.quantity_words import quantity_words

_SPACES = " \u00a0\u2009\u202f"
_FEW_DECIMALS = 3
_REACH = 40  # characters: more than any sign and the spaces behind it


def single_quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Every quantity that is not made of two numbers, in reading order and without overlaps.

    Of those that overlap the one that begins first counts, of two that begin together the longer.
    """
    kept: list[Quantity] = []
    end = 0
    for quantity in sorted(_all(text, language), key=lambda each: (each.start, -each.end)):
        if quantity.start >= end:
            kept.append(quantity)
            end = quantity.whole_end
    return tuple(kept)


def _all(text: str, language: str) -> Iterator[Quantity]:
    yield from _dates(text, language)
    for token in parse_numbers(text, language):
        yield _multiple(text, _from_digits(text, token, language), language)
    words = quantity_words(language)
    open_text = masked(text, words.grammar.never)
    for number in read_words(text, language):
        yield _from_words(text, number, language)
    yield from _fractions(open_text, language)
    for match in _found(open_text, tuple(words.multiples)):
        factor = Decimal(words.multiples[_plain(match[0])])
        yield _word(Sort.MULTIPLE, match[0], factor, match.start(), match.end())


def _found(text: str, phrases: tuple[str, ...]) -> Iterator[re.Match[str]]:
    pattern = phrase_pattern(phrases)
    yield from pattern.finditer(text) if pattern else ()


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _word(sort: Sort, text: str, value: Decimal, start: int, end: int) -> Quantity:
    return Quantity(
        sort=sort,
        form=Form.WORDS,
        text=text,
        value=value,
        start=start,
        end=end,
        whole_start=start,
        whole_end=end,
    )


def _from_digits(text: str, token: NumberToken, language: str) -> Quantity:
    number = Quantity(
        form=Form.DIGITS,
        text=token.text,
        value=token.value,
        digits=token.digits,
        scale=token.scale,
        unit=token.unit,
        start=token.start,
        end=token.end,
        whole_start=token.start,
        whole_end=token.whole_end,
    )
    number = _below_zero(text, number, language)
    return _with_currency(text, _ordinal(text, number, language), language)


def _below_zero(text: str, number: Quantity, language: str) -> Quantity:
    """The number with the word before it that a sign stands for: "minus 3.5"."""
    head = text[max(0, number.start - _REACH) : number.start].rstrip(_SPACES)
    for word in quantity_words(language).minus:
        before = head[: len(head) - len(word)]
        if head.lower().endswith(word) and not before[-1:].isalnum() and number.value:
            start = text.lower().rfind(word, 0, number.start)
            value = number.value if number.value < 0 else -number.value
            shown = text[start : number.end]
            return replace(number, value=value, text=shown, start=start, whole_start=start)
    return number


def _ordinal(text: str, number: Quantity, language: str) -> Quantity:
    """Digits with what makes an ordinal of them: "3rd", "ke-3"."""
    words = quantity_words(language)
    if number.digits or number.scale or number.unit:
        return number
    head = text[max(0, number.start - _REACH) : number.start].lower()
    tail = text[number.end : number.end + _REACH].lower()
    for prefix in words.ordinal_prefixes:
        before = head.removesuffix(prefix)
        if prefix.endswith("-") and before != head and not before[-1:].isalnum():
            return replace(number, sort=Sort.ORDINAL, whole_start=number.start - len(prefix))
    for suffix in words.ordinal_suffixes:
        if tail.startswith(suffix) and not tail[len(suffix) : len(suffix) + 1].isalnum():
            return replace(number, sort=Sort.ORDINAL, whole_end=number.end + len(suffix))
    return number


@cache
def _currencies(language: str) -> tuple[tuple[str, str], ...]:
    pairs = ((word.lower(), code) for word, code in quantity_words(language).currencies.items())
    return tuple(sorted(pairs, key=longest_first))


def _with_currency(text: str, number: Quantity, language: str) -> Quantity:
    """The number with the currency before or behind it."""
    if number.unit or number.sort is not Sort.NUMBER:
        return number
    first = max(0, number.start - _REACH)
    head = text[first : number.start].rstrip(_SPACES)
    for sign, code in _currencies(language):
        before = head[: max(0, len(head) - len(sign))]
        if head.lower().endswith(sign) and not (sign[0].isalnum() and before[-1:].isalnum()):
            return replace(number, unit=code, whole_start=first + len(before))
    unit, end = follower(text, number.whole_end, _currencies(language))
    return replace(number, unit=unit, whole_end=end) if unit else number


def _from_words(text: str, number: WordNumber, language: str) -> Quantity:
    sort = Sort.ORDINAL if number.ordinal else Sort.NUMBER
    shown = text[number.start : number.end]
    quantity = _word(sort, shown, Decimal(number.value), number.start, number.end)
    if number.ordinal:
        return quantity
    parts = quantity_words(language).denominators
    over, end = follower(text, number.end, _pairs(tuple(parts.items())))
    if over is None and text[number.end : number.end + 1] == "-":
        over, end = follower(text, number.end + 1, _pairs(tuple(parts.items())))
    if over is not None:
        value = Fraction(number.value, int(over))
        return replace(
            quantity,
            sort=Sort.FRACTION,
            value=_decimal(value),
            text=text[number.start : end],
            end=end,
            whole_end=end,
        )
    return _multiple(text, _measured(text, _scaled(quantity, number.value), language), language)


@cache
def _pairs(words: tuple[tuple[str, int], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((word, str(value)) for word, value in words), key=longest_first))


def _scaled(quantity: Quantity, value: int) -> Quantity:
    """Words for whole thousands or millions state as much as "3 million" does."""
    scale = 0
    while value and value % 1000 == 0:
        value, scale = value // 1000, scale + 3
    return replace(quantity, value=Decimal(value), scale=scale)


def _measured(text: str, quantity: Quantity, language: str) -> Quantity:
    """The quantity with the scale word, unit and currency behind it."""
    scale, unit, end = scale_and_unit(text, quantity.end, language)
    measured = replace(quantity, scale=quantity.scale + scale, unit=unit, whole_end=end)
    return _with_currency(text, measured, language)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _fractions(text: str, language: str) -> Iterator[Quantity]:
    words = quantity_words(language)
    for match in _found(text, tuple(words.fractions)):
        value = words.fractions[_plain(match[0])]
        start, end = match.span()
        fraction = _word(Sort.FRACTION, match[0], _decimal(value), start, end)
        yield _part_of_scale(text, fraction, language)


def _part_of_scale(text: str, fraction: Quantity, language: str) -> Quantity:
    """The fraction of a scale word or unit, as "half a million", is a number with decimals."""
    value = fraction.value or Decimal(0)
    digits = -int(value.normalize().as_tuple().exponent)
    if digits > _FEW_DECIMALS:
        return fraction
    links = quantity_words(language).scale_links
    for link in ("", *sorted(links, key=len, reverse=True)):
        _, start = follower(text, fraction.end, ((link, link),)) if link else ("", fraction.end)
        scale, unit, end = scale_and_unit(text, start, language)
        if (scale or unit) and (not link or start > fraction.end):
            number = replace(fraction, sort=Sort.NUMBER, digits=digits, scale=scale, unit=unit)
            return _with_currency(text, replace(number, whole_end=end), language)
    return fraction


def _multiple(text: str, number: Quantity, language: str) -> Quantity:
    """The number as a factor where a word such as "times" stands behind it."""
    factor = number.sort is Sort.NUMBER and not number.unit and not number.scale
    if not factor or not number.value or number.value < 0:
        return number
    behind = quantity_words(language).multiple_behind
    for word in sorted(behind, key=len, reverse=True):
        found, end = follower(text, number.whole_end, ((word, word),))
        if found:
            return replace(number, sort=Sort.MULTIPLE, whole_end=end, parts=(number,))
    return number


@cache
def _date_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    names = sorted(months(language), key=lambda name: (-len(name), name))
    month = rf"(?P<month>{'|'.join(map(re.escape, names))})\.?"
    day, year = r"(?<![\d.,])(?P<day>\d{1,2})", r"(?P<year>\d{4})(?!\d|[.,]\d)"
    suffix = "|".join(map(re.escape, (*quantity_words(language).ordinal_suffixes, ".")))
    first = rf"{day}(?:{suffix})?\s+{month}\s+{year}"
    second = rf"(?<!\w){month}\s+{day},?\s+{year}"
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in (first, second))


def _dates(text: str, language: str) -> Iterator[Quantity]:
    if not any(char.isdigit() for char in text):
        return
    speech = language_of(language)
    for pattern in _date_patterns(speech.code):
        for match in pattern.finditer(text):
            day = _calendar_day(match, speech.code)
            parts = (_year_or_day(text, match.span("day")), _year_or_day(text, match.span("year")))
            if day is not None:
                yield Quantity(
                    sort=Sort.DATE,
                    form=Form.DIGITS,
                    text=match[0],
                    value=None,
                    start=match.start(),
                    end=match.end(),
                    whole_start=match.start(),
                    whole_end=match.end(),
                    parts=tuple(sorted(parts, key=lambda part: part.start)),
                    day=day,
                )


def _calendar_day(match: re.Match[str], language: str) -> date | None:
    try:
        month = months(language)[match["month"].casefold()]
        return date(int(match["year"]), month, int(match["day"]))
    except (KeyError, ValueError):
        return None


def _year_or_day(text: str, span: tuple[int, int]) -> Quantity:
    shown = text[slice(*span)]
    return Quantity(
        form=Form.DIGITS,
        text=shown,
        value=Decimal(int(shown)),
        start=span[0],
        end=span[1],
        whole_start=span[0],
        whole_end=span[1],
    )
