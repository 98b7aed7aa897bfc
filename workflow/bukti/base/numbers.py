"""Numbers as people write them in a language, read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from typing import Protocol

from bukti.base.language import Language, language_of

ROUNDINGS = {"half-even": ROUND_HALF_EVEN, "half-up": ROUND_HALF_UP}
_SPACES = "\u0020\u00a0\u2009\u202f"
_REACH = 100  # characters: more than any word and the spaces before it
_GROUPS = "\u00a0\u2009\u202f"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberToken:
    """A number found in a text.

    `value` is the number as written, before its scale word; None where the writing is not one of
    the language. `digits` counts the decimals written, `scale` is the power of ten of the scale
    word, `unit` is `percent`, `percentage_point` or None. `start` and `end` are the offsets of
    the digits alone; `whole_end` is the offset behind the scale word and unit.
    """

    text: str
    value: Decimal | None
    digits: int
    scale: int
    unit: str | None
    start: int
    end: int
    whole_end: int


def parse_numbers(text: str, language: str) -> tuple[NumberToken, ...]:
    """Every number in a text that is written in digits, in reading order.

    Digits inside a word ("H2O") are none; a number may touch its currency or unit ("Rp5.000").
    """
    speech = language_of(language)
    return tuple(_token(text, match, speech) for match in _run(language).finditer(text))


@cache
def _run(language: str) -> re.Pattern[str]:
    """What looks like a number; taken whole, so that a part of one is never taken for another."""
    speech = language_of(language)
    inner = re.escape(f".,{speech.decimal}{speech.group}{_GROUPS}")
    before = [r"(?<![\w.,])", *(rf"(?<=\b{re.escape(sign)})" for sign in speech.currency)]
    return re.compile(
        rf"(?:{'|'.join(before)})(?P<sign>[-\u2212])?(?P<body>(?>[.,]?\d(?:[\d{inner}]*\d)?))"
    )


def _token(text: str, match: re.Match[str], speech: Language) -> NumberToken:
    body = match["body"]
    value = _value(body, speech)
    if value is not None and match["sign"]:
        value = value.copy_negate()
    digits = len(body.rpartition(speech.decimal)[2]) if speech.decimal in body else 0
    scale, unit, whole_end = scale_and_unit(text, match.end(), speech.code)
    return NumberToken(
        text=text[match.start() : match.end()],
        value=value,
        digits=digits,
        scale=scale,
        unit=unit,
        start=match.start(),
        end=match.end(),
        whole_end=whole_end,
    )


def _value(body: str, speech: Language) -> Decimal | None:
    group = re.escape(speech.group) + _GROUPS
    decimal = re.escape(speech.decimal)
    shape = rf"(?:\d{{1,3}}(?:[{group}]\d{{3}})+|\d+)(?:{decimal}\d+)?"
    if not re.fullmatch(shape, body):
        return None
    plain = re.sub(rf"[{group}]", "", body).replace(speech.decimal, ".")
    return Decimal(plain)


def scale_and_unit(text: str, start: int, language: str) -> tuple[int, str | None, int]:
    """The power of ten and the unit that a text says at an offset, and the offset behind them."""
    scale, after_scale = follower(text, start, _scale_words(language))
    unit, end = follower(text, after_scale, _unit_words(language))
    return int(scale or 0), unit, end


def follower(text: str, start: int, words: Iterable[tuple[str, str]]) -> tuple[str | None, int]:
    """The meaning of the word that a text has at an offset, and the offset behind the word.

    `words` are pairs of a word in small letters and its meaning, the longest first.
    """
    rest = text[start : start + _REACH]
    stripped = rest.lstrip(_SPACES)
    skipped = len(rest) - len(stripped)
    lowered = stripped.lower()
    for word, meaning in words:
        if lowered.startswith(word) and not lowered[len(word) : len(word) + 1].isalpha():
            return meaning, start + skipped + len(word)
    return None, start


@cache
def _scale_words(code: str) -> tuple[tuple[str, str], ...]:
    scales = language_of(code).scales
    return tuple(
        sorted(((word.lower(), str(power)) for word, power in scales.items()), key=longest_first)
    )


@cache
def _unit_words(code: str) -> tuple[tuple[str, str], ...]:
    speech = language_of(code)
    words = [(word.lower(), "percent") for word in speech.percent]
    words += [(word.lower(), "percentage_point") for word in speech.percentage_point]
    return tuple(sorted(words, key=longest_first))


def longest_first(pair: tuple[str, str]) -> tuple[int, str]:
    """A key by which a longer word comes before what it begins with."""
    return -len(pair[0]), pair[0]


def exact(value: int | float | Decimal) -> Decimal:
    """The decimal that a stored value stands for: what its shortest writing says."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def rounded(value: Decimal, digits: int, rounding: str) -> Decimal:
    """A finite value rounded to so many decimals, by a rounding of `ROUNDINGS`."""
    with localcontext() as context:
        context.prec = max(28, value.adjusted() + digits + 3)
        return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUNDINGS[rounding])


class Written(Protocol):
    """A number as a text has it: its value before the scale word, with so many decimals."""

    @property
    def value(self) -> Decimal | None: ...  # noqa: D102
    @property
    def digits(self) -> int: ...  # noqa: D102
    @property
    def scale(self) -> int: ...  # noqa: D102


def states(token: Written, value: int | float | Decimal, rounding: str) -> bool:
    """Whether a written number is the value, rounded as the number is written."""
    number = exact(value)
    if token.value is None or not number.is_finite():
        return False
    return rounded(shifted(number, token.scale), token.digits, rounding) == token.value


def shifted(value: Decimal, power: int) -> Decimal:
    """A value divided by a power of ten, exactly; the decimal context would round it."""
    sign, digits, exponent = value.as_tuple()
    return Decimal((sign, digits, int(exponent) - power))


def format_number(
    value: int | float | Decimal,
    language: str,
    *,
    digits: int | None = None,
    scale: int = 0,
    rounding: str = "half-even",
) -> str:
    """A finite number as the language writes it, with a true minus.

    Without `digits` all decimals of the value are written; `scale` divides by a power of ten.
    """
    speech = language_of(language)
    scaled = shifted(exact(value), scale)
    number = rounded(scaled, _decimals(scaled) if digits is None else digits, rounding)
    whole, _, fraction = f"{number.copy_abs():,f}".partition(".")
    written = whole.replace(",", speech.group) + (speech.decimal + fraction if fraction else "")
    return ("\u2212" if number < 0 else "") + written


def _decimals(value: Decimal) -> int:
    """How many decimals a value has, without the zeros at its end."""
    _, _, fraction = f"{value:f}".partition(".")
    return len(fraction.rstrip("0"))


def scale_power(word: str, language: str) -> int | None:
    """The power of ten of a scale word of the language or of English; None for no such word."""
    for code in (language, "en"):
        power = language_of(code).scales.get(word)
        if power is not None:
            return power
    return None


def scale_word(power: int, language: str) -> str:
    """The language's word for a power of ten; empty where it has none."""
    for word, value in language_of(language).scales.items():
        if value == power:
            return word
    return ""
