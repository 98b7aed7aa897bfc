"""The numbers and dates on Matplotlib's axes, as the language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from matplotlib import dates, ticker
from matplotlib.axis import XAxis
from matplotlib.ticker import Formatter

from bukti.base.language import language_of
from bukti.base.numbers import exact, format_number, scale_word
from bukti.base.time_words import months_and_days

if TYPE_CHECKING:
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

_LARGE, _SMALL = 1_000_000, 1e-6
_MOST_DIGITS = 8
_DATE_INCHES = 0.4
_WHOLE = {dates.MONTHLY: 12, dates.DAILY: 31, dates.HOURLY: 24, dates.MINUTELY: 60}
_YEARS = range(1500, 2200)
_NUMBER = re.compile(r"(?<![\w.,])[-\u2212]?\d+(?:,\d{3})*(?:\.\d+)?(?!\w)")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_ZERO_FORMATS = ["", "%Y", "%b", "%d %b", "%H:%M", "%H:%M"]
_OFFSET_FORMATS = ["", "%Y", "%b %Y", "%d %b %Y", "%d %b %Y", "%d %b %Y %H:%M"]


class Numbers(Formatter):
    """Plain numbers: all ticks with the same decimals, large ones in the language's own scale.

    The scale word ("million") stands at the end of the axis, where Matplotlib puts its "1e6".
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.power = 0
        self.digits = 0
        self.years = False

    def set_locs(self, locs: Any) -> None:
        """Take the places of the ticks, from which scale and decimals follow."""
        values = [_rounded(value) for value in locs]
        largest = max((abs(value) for value in values), default=0)
        self.power = _power(largest, self.language)
        self.years = bool(values) and all(value in _YEARS for value in values)
        exponents = [exact(value).normalize().as_tuple().exponent for value in values if value]
        wanted = max((self.power - int(exponent) for exponent in exponents), default=0)
        self.digits = min(max(wanted, 0), _MOST_DIGITS)

    def __call__(self, x: float, pos: int | None = None) -> str:
        """The label of one tick."""
        if self.years:
            return str(int(_rounded(x)))
        return format_number(_rounded(x), self.language, digits=self.digits, scale=self.power)

    def get_offset(self) -> str:
        """What every number of the axis is to be multiplied by; empty for nothing."""
        if self.power > 0:
            return scale_word(self.power, self.language) or _ten_to(self.power)
        return _ten_to(self.power) if self.power else ""


def _rounded(value: float) -> float | int:
    short = float(f"{value:.12g}")
    return int(short) if short.is_integer() and abs(short) < 10**15 else short


def _power(largest: float, language: str) -> int:
    """The power of ten to divide by, for the largest number of an axis."""
    if 0 < largest < _SMALL * 100:
        return int(f"{largest:e}".partition("e")[2])
    if largest < _LARGE:
        return 0
    powers = [power for power in language_of(language).scales.values() if power >= 6]
    return max((power for power in powers if largest >= 10**power), default=0)


def _ten_to(power: int) -> str:
    return f"\u00d710{str(power).translate(_SUPERSCRIPTS)}"


class Wrapped(Formatter):
    """Another formatter whose texts are rewritten for a language."""

    def __init__(self, inner: Formatter, language: str) -> None:
        self.inner = inner
        self.language = language

    def set_axis(self, axis: Any) -> None:
        """Hand the axis on."""
        super().set_axis(axis)
        self.inner.set_axis(axis)

    def set_locs(self, locs: Any) -> None:
        """Hand the places of the ticks on."""
        self.inner.set_locs(locs)

    def format_ticks(self, values: Any) -> list[str]:
        """The labels of all ticks."""
        texts = self.inner.format_ticks(values)
        return [self.text(text, value) for text, value in zip(texts, values, strict=True)]

    def __call__(self, x: float, pos: int | None = None) -> str:
        """The label of one tick."""
        return self.text(self.inner(x, pos), x)

    def get_offset(self) -> str:
        """What stands at the end of the axis."""
        return self.text(self.inner.get_offset(), None)

    def text(self, text: str, value: float | None) -> str:
        """The language's writing of a text that stands for a value."""
        raise NotImplementedError


class Rewritten(Wrapped):
    """Numbers that a pattern has written as Python writes them."""

    def text(self, text: str, value: float | None) -> str:
        """The text with its numbers in the language's signs."""
        speech = language_of(self.language)
        signs = {".": speech.decimal, ",": speech.group, "-": "\u2212"}

        def write(match: re.Match[str]) -> str:
            return "".join(signs.get(sign, sign) for sign in match[0])

        return text if "$" in text else _NUMBER.sub(write, text)


class Logarithms(Wrapped):
    """Ticks of a logarithmic axis as numbers, where these are not too long to read."""

    def text(self, text: str, value: float | None) -> str:
        """The number itself in place of a power of ten."""
        if not text or value is None:
            return text
        number = _rounded(value)
        if not 1e-4 <= abs(number) < 10**15:
            return text
        power = _power(abs(number), self.language)
        word = f" {scale_word(power, self.language)}" if power > 0 else ""
        if abs(number) >= _LARGE and not word:
            return text
        return format_number(number, self.language, scale=max(power, 0)) + word


class Dates(Wrapped):
    """Dates with the language's names of months and days."""

    def text(self, text: str, value: float | None) -> str:
        """The text with each English name replaced."""
        words = months_and_days(self.language)
        return _names().sub(lambda match: words[match[0]], text)


@cache
def _names() -> re.Pattern[str]:
    names = sorted(months_and_days("en"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(names)})\b")


def localise(figure: Figure, language: str) -> None:
    """Give every axis whose numbers or dates are written by Matplotlib those of the language.

    What a notebook has written itself (fixed labels, functions) stays.
    """
    for axis in _all_axis(figure.axes):
        if type(axis.get_major_locator()) is dates.AutoDateLocator:
            axis.set_major_locator(_roomy(axis))
        for level in ("major", "minor"):
            formatter = getattr(axis, f"get_{level}_formatter")()
            mended = _in_language(formatter, axis, language)
            if mended is not formatter:
                getattr(axis, f"set_{level}_formatter")(mended)


def _all_axis(axes: Iterable[Any]) -> Iterator[Axis]:
    for each in axes:
        names = ("xaxis", "yaxis", "zaxis")
        yield from (getattr(each, name) for name in names if hasattr(each, name))
        yield from _all_axis(each.child_axes)


def _roomy(axis: Axis) -> dates.AutoDateLocator:
    """A locator of dates that leaves room for their names."""
    box = axis.axes.get_window_extent()
    is_wide = isinstance(axis, XAxis)
    inches = (box.width if is_wide else box.height) / axis.axes.figure.dpi
    locator = dates.AutoDateLocator(minticks=3, maxticks=max(5, int(inches / _DATE_INCHES)))
    for frequency, most in _WHOLE.items():
        locator.intervald[frequency] = [*locator.intervald[frequency], most]
    return locator


def _in_language(formatter: Formatter, axis: Axis, language: str) -> Formatter:
    if type(formatter) is ticker.ScalarFormatter:
        return Numbers(language)
    if type(formatter) is dates.AutoDateFormatter:
        locator = axis.get_major_locator()
        concise = dates.ConciseDateFormatter(
            locator, zero_formats=_ZERO_FORMATS, offset_formats=_OFFSET_FORMATS
        )
        return Dates(concise, language)
    wrapper = next((made for kind, made in _WRAPPERS if isinstance(formatter, kind)), None)
    return wrapper(formatter, language) if wrapper else formatter


_WRAPPERS: Sequence[tuple[type[Formatter], type[Wrapped]]] = (
    (dates.DateFormatter, Dates),
    (dates.ConciseDateFormatter, Dates),
    (ticker.LogFormatter, Logarithms),
    (ticker.PercentFormatter, Rewritten),
    (ticker.EngFormatter, Rewritten),
    (ticker.StrMethodFormatter, Rewritten),
    (ticker.FormatStrFormatter, Rewritten),
)
