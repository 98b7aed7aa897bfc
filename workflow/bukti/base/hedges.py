"""Words such as "nearly" and "more than" that say how a number stands to the truth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bukti.base.number_words import phrase_pattern
from bukti.base.quantity_words import quantity_words

_LONGEST = 80
_MARKUP = " \t\r\n\u00a0\u2009\u202f*_\"'\u201c\u2018("


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerances:
    """How far from the evidence a number may lie, as a part of the number that is written.

    `about` and `almost` are for numbers with these hedges, `over` for "more than" and "less
    than", `fraction` for fractions, ratios and multiples ("one in five", "twofold").
    """

    about: Decimal = Decimal("0.05")
    almost: Decimal = Decimal("0.05")
    over: Decimal = Decimal("0.5")
    fraction: Decimal = Decimal("0.05")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """A hedge in a text: its kind, one of `HEDGES`, its words and their offsets."""

    kind: str
    text: str
    start: int
    end: int


def hedge_at(text: str, end: int, language: str) -> Hedge | None:
    """The hedge whose words stand right before an offset, with only spaces in between."""
    first = max(0, end - _LONGEST)
    head = text[first:end].rstrip()
    found: list[Hedge] = []
    for kind, phrases in quantity_words(language).hedges.items():
        pattern = phrase_pattern(phrases)
        for match in pattern.finditer(head) if pattern else ():
            if match.end() == len(head):
                start, stop = first + match.start(), first + match.end()
                found.append(Hedge(kind=kind, text=match[0], start=start, end=stop))
    return min(found, key=lambda hedge: hedge.start, default=None)


def hedge_before(text_before: str, language: str) -> str | None:
    """The hedge with which the text before a mark ends, as it is written; None without one.

    Marks of emphasis, quotes and brackets in between do not count.
    """
    line = re.split(r"\n\s*\n", text_before)[-1]
    found = hedge_at(line.rstrip(_MARKUP), len(line), language)
    return " ".join(found.text.split()) if found else None


def hedged_holds(
    kind: str, stated: Decimal, actual: Decimal, tolerances: Tolerances, *, far: bool = False
) -> bool:
    """Whether a value is what a hedge says of the number behind it.

    "Nearly x" is less than x, and near it; "more than x" is more than x, but not out of all
    proportion to it unless `far`; "at least x" is x or more.
    """
    above = actual - stated
    reach = abs(stated)
    if kind == "about":
        return abs(above) <= tolerances.about * reach
    if kind == "almost":
        return 0 < -above <= tolerances.almost * reach
    if kind in ("more", "less"):
        beyond = above if kind == "more" else -above
        return beyond > 0 and (far or beyond <= tolerances.over * reach)
    return above >= 0 if kind == "at_least" else above <= 0
