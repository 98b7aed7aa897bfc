"""Whether a quantity of the text states a claim, and what the evidence would be in its place."""

from __future__ import annotations

from decimal import Decimal

from bukti.base.claims import Claim, Kind
from bukti.base.hedges import hedged_holds
from bukti.base.language import language_of
from bukti.base.numbers import format_number, shifted, states
from bukti.base.quantities import rewritten
from bukti.base.quantity import Sort
from bukti.manuscript.readings import Item
from bukti.manuscript.saying import Words, claimed, share_of, unit_of

_MINUS = ("-", "\u2212")


def says(item: Item, claim: Claim, words: Words) -> bool:
    """Whether a quantity is the value of a claim, as its hedge and its precision say.

    Units are not looked at, but that a percentage can state a share of one.
    """
    given = claim.kind is Kind.GIVEN
    return any(_is(item, actual, words, given) for actual in measures(item, claim, words))


def _is(item: Item, actual: Decimal, words: Words, given: bool) -> bool:
    """A given value may be a threshold: "more than 15 hours" is the 15 of a definition."""
    stated = item.quantity.number
    if stated is None:
        return False
    exactly = states(item.quantity, actual, words.rounding)
    if item.hedge is None:
        near = words.tolerances.fraction * abs(stated)
        return exactly or (item.loose_measure and abs(actual - stated) <= near)
    if exactly and (given or item.hedge.kind in ("about", "at_least", "at_most")):
        return True
    return hedged_holds(
        item.hedge.kind, stated, actual, words.tolerances, far=item.quantity.sort is Sort.FRACTION
    )


def measures(item: Item, claim: Claim, words: Words) -> tuple[Decimal, ...]:
    """The claim's number in the unit of a quantity; two where the claim names no unit.

    0.2 without a unit may be a fifth of a percent or a share of one, which is 20 percent.
    """
    number, share = claimed(claim, words.language), share_of(claim, words.language)
    if item.senses == {"down"} and number < 0 and not item.quantity.text.startswith(_MINUS):
        number, share = -number, None if share is None else -share
    if share is None:
        return (number,)
    if item.quantity.sort in (Sort.FRACTION, Sort.RATIO):
        return (share,)
    if item.quantity.unit == "percent":
        percentage, unit = shifted(share, -2), unit_of(claim, words.language)
        return (percentage,) if unit else (number, percentage)
    return (number,)


def differing_unit(item: Item, claim: Claim, words: Words) -> bool:
    """Whether a quantity names a unit that is not the one of the claim."""
    own, other = item.quantity.unit, unit_of(claim, words.language)
    if own is None or other is None:
        return False
    return own != other and (own, other) != ("percent", "share")


def correction(item: Item, claim: Claim, words: Words) -> str | None:
    """What the digits or words would have to be; None where that is not certain."""
    actual = measures(item, claim, words)
    against = "up" in item.senses and actual[0] < 0
    if item.hedge is not None or len(actual) > 1 or against:
        return None
    return rewritten(item.quantity, actual[0], words.language, rounding=words.rounding)


def evidence(text: str, item: Item, claim: Claim, words: Words) -> str:
    """The claim's value, written as the quantity is, with what the text has around it."""
    quantity = item.quantity
    written = correction(item, claim, words)
    if written is None and quantity.sort in (Sort.FRACTION, Sort.RATIO, Sort.MULTIPLE):
        return shown(claim, words)
    if written is None:
        actual = measures(item, claim, words)[-1]
        written = format_number(actual, words.language, scale=quantity.scale)
    before = text[quantity.whole_start : quantity.start]
    return before + written + text[quantity.end : quantity.whole_end]


def shown(claim: Claim, words: Words) -> str:
    """The claim's value with the language's word for percent, if that is its unit."""
    number = format_number(claimed(claim, words.language), words.language)
    unit = unit_of(claim, words.language)
    return f"{number} {language_of(words.language).percent[0]}" if unit == "percent" else number
