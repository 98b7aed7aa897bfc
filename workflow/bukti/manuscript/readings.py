"""The ways in which the quantities of a mark can be taken: whole, or as the numbers in them.

"5 of 12" is one share to a claim in percent and two counts to two claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise, product

from bukti.base.claims import Claim, Kind
from bukti.base.hedges import Hedge, hedge_at
from bukti.base.quantities import parse_quantities
from bukti.base.quantity import Form, Quantity, Sort
from bukti.manuscript.saying import Words, label, share_of

_MOST_READINGS = 4
_LINK = re.compile(r"\s+(?:[^\W\d_]+\s+){1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A quantity that claims are to state, with the hedge before it.

    `senses` are the directions that the text speaks of: in "fell by 5" 5 may state -5.
    """

    quantity: Quantity
    hedge: Hedge | None
    senses: frozenset[str] = frozenset()

    @property
    def start(self) -> int:
        """Where its hedge, or else its digits or words with their currency, begin."""
        return self.hedge.start if self.hedge else self.quantity.whole_start

    @property
    def loose_measure(self) -> bool:
        """Whether it says a size only roughly: a fraction, a ratio, a multiple in words."""
        in_words = self.quantity.form is Form.WORDS
        rough = self.quantity.sort in (Sort.FRACTION, Sort.RATIO)
        return rough or (self.quantity.sort is Sort.MULTIPLE and in_words)

    @property
    def plain(self) -> bool:
        """Whether it is a number without a scale word, unit or decimals."""
        each = self.quantity
        return each.sort is Sort.NUMBER and not (each.scale or each.unit or each.digits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to take the quantities of a mark; `multiples` say how two claims stand."""

    items: tuple[Item, ...]
    multiples: tuple[Item, ...]


def readings(
    text: str, claims: Sequence[Claim], words: Words, senses: frozenset[str]
) -> Iterator[Reading]:
    """Every way to take the quantities of a mark's text, the ones that are put together first."""
    quantities = [
        quantity
        for quantity in parse_quantities(text, words.language)
        if not _in_label(quantity, text, claims, words)
    ]
    choices = [_choices(quantity, claims, words) for quantity in quantities]
    for place, (one, other) in enumerate(pairwise(quantities)):
        choices[place] += _scaled(text, one, other)
    if sum(len(each) > 1 for each in choices) > _MOST_READINGS:
        choices = [((quantity.parts or (quantity,)),) for quantity in quantities]
    counted = sum(claim.kind in (Kind.VALUE, Kind.GIVEN) for claim in claims)
    for chosen in product(*choices):
        items = [
            Item(
                quantity=each,
                hedge=hedge_at(text, each.whole_start, words.language),
                senses=senses,
            )
            for group in chosen
            for each in group
        ]
        related = [item for item in items if item.quantity.sort is Sort.MULTIPLE]
        related = related if counted > 1 else []
        yield Reading(
            items=tuple(item for item in items if item not in related), multiples=tuple(related)
        )


def _choices(
    quantity: Quantity, claims: Sequence[Claim], words: Words
) -> tuple[tuple[Quantity, ...], ...]:
    """The quantity whole, or its parts, or both in this order."""
    if not quantity.parts:
        return ((quantity,),)
    numbers = [claim for claim in claims if claim.kind in (Kind.VALUE, Kind.GIVEN)]
    if quantity.sort is Sort.DATE and quantity.day is not None:
        return ((),) if states_day(quantity.day, claims) else (quantity.parts,)
    if quantity.sort is Sort.RATIO:
        shares = any(share_of(claim, words.language) is not None for claim in numbers)
        return ((quantity,), quantity.parts) if shares else (quantity.parts,)
    if quantity.sort is Sort.MULTIPLE and numbers:
        return ((quantity,), quantity.parts)
    return (quantity.parts,)


def _scaled(text: str, one: Quantity, other: Quantity) -> tuple[tuple[Quantity, ...], ...]:
    """A number with the scale word of the next, as in "from 1.3 to 0.9 million"; or nothing."""
    bare = one.sort is other.sort is Sort.NUMBER and not (one.scale or one.unit)
    between = text[one.whole_end : other.whole_start]
    if not bare or not other.scale or not _LINK.fullmatch(between):
        return ()
    return ((replace(one, scale=other.scale, unit=other.unit),),)


def states_day(day: date, claims: Sequence[Claim]) -> bool:
    """Whether a day is the value of a claim, or one of its values, written as 2020-08-17."""
    return any(
        day.isoformat() in (claim.value if isinstance(claim.value, tuple) else (claim.value,))
        for claim in claims
    )


def _in_label(quantity: Quantity, text: str, claims: Sequence[Claim], words: Words) -> bool:
    """Whether a quantity is a part of a name that a claim holds ("Group 2")."""
    names = {
        label(value, words)
        for claim in claims
        if claim.kind is Kind.TEXT
        for value in (claim.value if isinstance(claim.value, tuple) else (str(claim.value),))
    }
    return any(
        match.start() <= quantity.start and quantity.end <= match.end()
        for name in sorted(names)
        for match in re.finditer(re.escape(name), text, re.IGNORECASE)
    )


def said_elsewhere(item: Item, claims: Sequence[Claim], words: Words) -> bool:
    """Whether a number needs no claim that states it.

    It is a key of a family ("2017" of `cl.2017`), stands in a claim's unit ("per 1000"), or in the
    sentence of a documentary claim; in words also "one" and ordinals, mostly no numbers.
    """
    quantity = item.quantity
    if quantity.form is Form.WORDS and (
        quantity.sort is Sort.ORDINAL or (item.plain and quantity.value == Decimal(1))
    ):
        return True
    keys = {key for claim in claims for key in claim.keys}
    in_units = {digits for claim in claims for digits in re.findall(r"\d+", claim.unit or "")}
    if item.plain and (quantity.text in keys or str(quantity.value) in in_units):
        return True
    return any(_stated_in(quantity, claim, words) for claim in claims)


def _stated_in(quantity: Quantity, claim: Claim, words: Words) -> bool:
    sentences = words.statements.get(claim.id, {}) if claim.kind is Kind.DOCUMENTARY else {}
    own = sentences.get(words.language)
    return any(
        each.number is not None and (each.number, each.unit) == (quantity.number, quantity.unit)
        for language, sentence in ([(words.language, own)] if own else sentences.items())
        for each in _numbers_of(sentence, language)
    )


@cache
def _numbers_of(sentence: str, language: str) -> tuple[Quantity, ...]:
    found = parse_quantities(sentence, language)
    return tuple(each for quantity in found for each in (quantity, *quantity.parts))
