"""A quantity that a text states, as a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bukti.base.numbers import shifted


class Sort(StrEnum):
    """What kind of quantity is written."""

    NUMBER = "number"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    RATIO = "ratio"
    RANGE = "range"
    MULTIPLE = "multiple"
    DATE = "date"


class Form(StrEnum):
    """Whether a quantity is written in digits or in words."""

    DIGITS = "digits"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A quantity found in a text.

    `value` is the number before its scale word: of a ratio or fraction its quotient, of a
    multiple its factor; None for a range, a date, and for digits that are not written as the
    language writes them. `digits` counts the decimals, `scale` is the power of ten of the scale
    word, `unit` is `percent`, `percentage_point`, a code of ISO 4217 or None. `start` and `end`
    are the offsets of the digits or words, `whole_start` and `whole_end` those with currency,
    scale and unit. `parts` are the quantities that a range, ratio, multiple or date is made of.
    """

    sort: Sort = Sort.NUMBER
    form: Form
    text: str
    value: Decimal | None
    digits: int = 0
    scale: int = 0
    unit: str | None = None
    start: int
    end: int
    whole_start: int
    whole_end: int
    parts: tuple[Quantity, ...] = ()
    day: date | None = None

    @property
    def number(self) -> Decimal | None:
        """The value with its scale word."""
        return None if self.value is None else shifted(self.value, -self.scale)

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """The lower and the upper bound of a range, with their scale words; None for others."""
        if self.sort is not Sort.RANGE:
            return None
        low, high = (part.number for part in self.parts)
        return None if low is None or high is None else (low, high)
