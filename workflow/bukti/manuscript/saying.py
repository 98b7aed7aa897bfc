"""What comparisons of marks with claims work on: faults, and claims as text can state them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from bukti.base.claims import Claim
from bukti.base.hedges import Tolerances
from bukti.base.language import language_of
from bukti.base.numbers import exact, scale_power, shifted
from bukti.base.quantity_words import quantity_words

SHARES = ("share", "proportion", "fraction", "ratio")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that a mark says and its claims do not.

    `start` and `end` are offsets in the mark's text; `correction` is what the digits or number
    words should be, where that is certain.
    """

    code: str
    start: int
    end: int
    arguments: Mapping[str, str]
    claim: str
    correction: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a comparison needs to know: language, rounding, labels by key, families by name.

    `statements` are the sentences of documentary claims by id and language.
    """

    language: str
    rounding: str
    labels: Mapping[str, Mapping[str, str]]
    families: Mapping[str, Sequence[Claim]]
    tolerances: Tolerances = field(default_factory=Tolerances)
    statements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def whole(text: str, code: str, claim: Claim, arguments: Mapping[str, str]) -> Fault:
    """A fault of a mark's text as a whole; `id` is the claim."""
    return Fault(
        code=code, start=0, end=len(text), arguments={"id": claim.id, **arguments}, claim=claim.id
    )


def label(value: str, words: Words) -> str:
    """The word for a text value in the language; the value itself where it needs none."""
    return words.labels.get(value, {}).get(words.language, value)


def claimed(claim: Claim, language: str) -> Decimal:
    """The number of a claim, with the scale word that its unit may have ("million USD").

    Raises TypeError for a claim without a number.
    """
    value = claim.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(claim.id)
    power, _ = _unit(claim.unit or "", language)
    return shifted(exact(value), -power)


def unit_of(claim: Claim, language: str) -> str | None:
    """The unit of a claim as quantities name it; in small letters where they know it not."""
    return _unit(claim.unit, language)[1] if claim.unit else None


@cache
def _unit(unit: str, language: str) -> tuple[int, str]:
    """The power of ten and the rest of a unit as people name it."""
    first, _, rest = unit.lower().replace("_", " ").partition(" ")
    power = scale_power(first, language) if rest else None
    name = rest if power else f"{first} {rest}".strip()
    return power or 0, _unit_names(language).get(name, name)


@cache
def _unit_names(language: str) -> dict[str, str]:
    found = {"pp": "percentage_point", "pct": "percent", **dict.fromkeys(SHARES, "share")}
    for code in ("en", language):
        speech = language_of(code)
        found |= {word.lower(): "percent" for word in speech.percent}
        found |= {word.lower(): "percentage_point" for word in speech.percentage_point}
        currencies = quantity_words(code).currencies
        found |= {word.lower(): currency for word, currency in currencies.items()}
        found |= {currency.lower(): currency for currency in currencies.values()}
    return found


def share_of(claim: Claim, language: str) -> Decimal | None:
    """The claim as a share of one; None where it is no share of anything."""
    unit, number = unit_of(claim, language), claimed(claim, language)
    if unit == "percent":
        return shifted(number, 2)
    if unit == "share" or (unit is None and isinstance(claim.value, float) and 0 <= number <= 1):
        return number
    return None


def of_one_unit(claims: Sequence[Claim], language: str) -> list[Claim]:
    """The claims that share the unit that most of them have; of two as common, the earlier."""
    units = [unit_of(claim, language) for claim in claims]
    usual = max(units, key=units.count, default=None)
    return [claim for claim, unit in zip(claims, units, strict=True) if unit == usual]
