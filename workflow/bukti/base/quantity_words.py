"""The words around numbers in a language, from its file in `languages`. Data, not code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from bukti.base.language import language_data

HEDGES = ("almost", "more", "less", "about", "at_least", "at_most")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberGrammar:
    """How a language says whole numbers.

    `values` maps a word to its number, the usual word for a number first; `multipliers` what a
    number is multiplied with ("hundred"). `teen` adds ten to the number before it ("belas").
    `articles` mean one before a multiplier ("a hundred"), `joiners` may stand behind a hundred
    ("and"), `unit_first` stands between a unit and the tens behind it ("einundzwanzig"). `between`
    and `before_units` are what is written between words, `compound` says that nothing need
    be; `combining` maps a word to its form before another. `never` are phrases with such a word
    that say no number ("one another").
    """

    values: Mapping[str, int]
    multipliers: Mapping[str, int]
    teen: str
    articles: tuple[str, ...]
    joiners: tuple[str, ...]
    unit_first: str
    between: str
    before_units: str
    compound: bool
    combining: Mapping[str, str]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityWords:
    """What a language says around numbers; every list may be empty.

    `minus` are words for the sign before a number. `currencies` maps signs and words to codes
    of ISO 4217. Templates have `{}` in the place of a
    number. `hedges` maps each of `HEDGES` to its words. `same` are words of no change; the
    phrases `never` hold a word of direction and say none. `negations` turn the sense of what
    follows, but in `not_negating`; `origin` stands before where a change begins, `goal` before
    where it ends; `than` between the two sides of `higher` or `lower`. `most`, `least` and
    `nearly_all` are words for shares; those of `alone` mean most only where no number stands
    beside them.
    """

    grammar: NumberGrammar
    minus: tuple[str, ...]
    currencies: Mapping[str, str]
    ordinal_words: Mapping[str, int]
    ordinal_prefixes: tuple[str, ...]
    ordinal_suffixes: tuple[str, ...]
    fractions: Mapping[str, Fraction]
    denominators: Mapping[str, int]
    scale_links: tuple[str, ...]
    multiples: Mapping[str, int]
    multiple_behind: tuple[str, ...]
    ranges: tuple[str, ...]
    ratios: tuple[str, ...]
    hedges: Mapping[str, tuple[str, ...]]
    same: tuple[str, ...]
    never: tuple[str, ...]
    negations: tuple[str, ...]
    not_negating: tuple[str, ...]
    origin: tuple[str, ...]
    goal: tuple[str, ...]
    than: tuple[str, ...]
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    most: tuple[str, ...]
    least: tuple[str, ...]
    nearly_all: tuple[str, ...]
    alone: tuple[str, ...]


@cache
def quantity_words(language: str) -> QuantityWords:
    """The words of a language such as `id` or `en`; none where bukti has no file of it."""
    data = language_data(language)
    ordinals, fractions, multiples, senses, shares = (
        data.get(table, {}) for table in ("ordinals", "fractions", "multiples", "senses", "shares")
    )
    return QuantityWords(
        grammar=_grammar(data.get("number_words", {})),
        minus=_texts(data.get("number_words", {}), "minus"),
        currencies=dict(data.get("currencies", {})),
        ordinal_words=dict(ordinals.get("words", {})),
        ordinal_prefixes=_texts(ordinals, "prefixes"),
        ordinal_suffixes=_texts(ordinals, "suffixes"),
        fractions={word: Fraction(text) for word, text in fractions.get("words", {}).items()},
        denominators=dict(fractions.get("denominators", {})),
        scale_links=_texts(fractions, "scale_links"),
        multiples=dict(multiples.get("words", {})),
        multiple_behind=_texts(multiples, "behind"),
        ranges=_texts(data.get("ranges", {}), "templates"),
        ratios=_texts(data.get("ratios", {}), "templates"),
        hedges={kind: _texts(data.get("hedges", {}), kind) for kind in HEDGES},
        same=_texts(senses, "same"),
        never=_texts(senses, "never"),
        negations=_texts(senses, "not"),
        not_negating=_texts(senses, "not_negating"),
        origin=_texts(senses, "from"),
        goal=_texts(senses, "to"),
        than=_texts(senses, "than"),
        higher=_texts(senses, "higher"),
        lower=_texts(senses, "lower"),
        most=_texts(shares, "most"),
        least=_texts(shares, "least"),
        nearly_all=_texts(shares, "nearly_all"),
        alone=_texts(shares, "alone"),
    )


def _grammar(data: Mapping[str, Any]) -> NumberGrammar:
    between = str(data.get("between", " "))
    return NumberGrammar(
        values=dict(data.get("values", {})),
        multipliers=dict(data.get("multipliers", {})),
        teen=str(data.get("teen", "")),
        articles=_texts(data, "articles"),
        joiners=_texts(data, "joiners"),
        unit_first=str(data.get("unit_first", "")),
        between=between,
        before_units=str(data.get("before_units", between)),
        compound=bool(data.get("compound", False)),
        combining=dict(data.get("combining", {})),
        never=_texts(data, "never"),
    )


def _texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(data.get(key, ()))
