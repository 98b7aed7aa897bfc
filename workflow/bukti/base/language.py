"""What bukti knows of a language: separators and the words around numbers. Data, not code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How numbers and directions are written in one language.

    `scales` maps a word to its power of ten; `currency` are the signs made of letters that a
    number may touch; `tied` are words that keep to the number behind them; `divided` holds words
    that the patterns would divide wrongly, with the offsets where they may be divided;
    `placeholders` are words that authors and word processors leave where something is missing;
    `bodies` are words, in small letters, that the name of an organization holds and no person's,
    `body_heads` those that it begins with;
    `words` are those that a paper prints itself ("Figure", "Abstract"), `statements` the headings
    of declarations, `roles` the terms of CRediT by their ids and `evidence` the words of the
    evidence appendix, all in English where bukti has none of the language. `date` is a date
    pattern of the Unicode locale data, or the name of one.
    `prefixes` and `suffixes` are those that a word takes in running text, `doubling` says that it
    may be doubled with a hyphen; `frequent` are words that hardly a sentence is without.
    `locators` maps terms of places in a work to the one that citation styles know,
    `citation_terms` a term of CSL, as `chapter.short`, to words that its locale lacks.
    """

    code: str
    decimal: str
    group: str
    percent: tuple[str, ...]
    percentage_point: tuple[str, ...]
    currency: tuple[str, ...]
    conjunction: str
    scales: Mapping[str, int]
    up: tuple[str, ...]
    down: tuple[str, ...]
    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    tied: tuple[str, ...]
    divided: Mapping[str, tuple[int, ...]]
    placeholders: tuple[str, ...]
    bodies: tuple[str, ...]
    body_heads: tuple[str, ...]
    words: Mapping[str, str]
    statements: Mapping[str, str]
    roles: Mapping[str, str]
    evidence: Mapping[str, str]
    date: str
    locators: Mapping[str, str]
    citation_terms: Mapping[str, str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    doubling: bool
    frequent: frozenset[str]


def is_language(code: str) -> bool:
    """Whether a code is a language that the Unicode locale data know."""
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


@cache
def language_of(code: str) -> Language:
    """The language of a code such as `id` or `en`.

    Where bukti has no words for a language, the separators of the Unicode locale data stand and
    the lists of words are empty. Raises LookupError for what is no language.
    """
    data = language_data(code)
    directions = data.get("directions", {})
    superlatives = data.get("superlatives", {})
    decimal, group = _separators(code, data)
    return Language(
        code=code,
        decimal=decimal,
        group=group,
        percent=tuple(data.get("percent", ("%",))),
        percentage_point=tuple(data.get("percentage_point", ())),
        currency=tuple(data.get("currency", ())),
        conjunction=str(data.get("conjunction", "")),
        scales=dict(data.get("scales", {})),
        up=tuple(directions.get("up", ())),
        down=tuple(directions.get("down", ())),
        highest=tuple(superlatives.get("highest", ())),
        lowest=tuple(superlatives.get("lowest", ())),
        tied=tuple(data.get("tied", ())),
        divided=_divided(data.get("divided", ())),
        placeholders=tuple(data.get("placeholders", ())),
        bodies=tuple(data.get("bodies", ())),
        body_heads=tuple(data.get("body_heads", ())),
        words=_with_english(data, "words"),
        statements=_with_english(data, "statements"),
        roles=_with_english(data, "roles"),
        evidence=_with_english(data, "evidence"),
        date=str(data.get("date", "long")),
        locators=dict(data.get("locators", {})),
        citation_terms=dict(data.get("citation_terms", {})),
        prefixes=tuple(data.get("affixes", {}).get("prefixes", ())),
        suffixes=tuple(data.get("affixes", {}).get("suffixes", ())),
        doubling=bool(data.get("affixes", {}).get("doubling", False)),
        frequent=frozenset(data.get("frequent", ())),
    )


def written_date(day: date, code: str) -> str:
    """A date with the month in words, as a language writes it."""
    return format_date(day, language_of(code).date, locale=Locale.parse(code, sep="-"))


@cache
def months(code: str) -> Mapping[str, int]:
    """The names of months and their abbreviations in a language, in small letters, by number."""
    found: dict[str, int] = {}
    for names in Locale.parse(code, sep="-").months.values():
        for width in ("wide", "abbreviated"):
            for number, name in names[width].items():
                found[name.casefold().rstrip(".")] = number
    return {**found, **language_data(code).get("months", {})}


def quarter_words(code: str) -> tuple[str, ...]:
    """The words for a quarter of a year in a language, before its number: `triwulan`, `tw`."""
    return tuple(language_data(code).get("quarter", ()))


@cache
def page_words() -> tuple[str, ...]:
    """The words before the number of a page, of all languages with words, the longest first."""
    folder = files("bukti.base").joinpath("languages")
    codes = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir())
    found = {word for code in codes for word in language_data(code).get("page", ())}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def month_names(code: str) -> tuple[str, ...]:
    """The names of months and their abbreviations as a language writes them, the longest first."""
    capitals = Locale.parse(code, sep="-").months["format"]["wide"][1][:1].isupper()
    names = [name.capitalize() if capitals else name for name in months(code)]
    return tuple(
        sorted((name for name in names if name.isalpha()), key=lambda name: (-len(name), name))
    )


def _with_english(data: Mapping[str, Any], table: str) -> dict[str, str]:
    return {**language_data("en")[table], **data.get(table, {})}


def language_data(code: str) -> dict[str, Any]:
    """What the file of a language holds; nothing where there is none."""
    source = files("bukti.base").joinpath("languages", f"{code.split('-')[0]}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8")) if source.is_file() else {}


def _divided(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """From `trans-por-ta-si` to the word and the offsets of its hyphens."""
    found: dict[str, tuple[int, ...]] = {}
    for word in words:
        pieces = word.split("-")
        found["".join(pieces)] = tuple(accumulate(len(piece) for piece in pieces[:-1]))
    return found


def _separators(code: str, data: Mapping[str, Any]) -> tuple[str, str]:
    if "decimal" in data:
        return str(data["decimal"]), str(data["group"])
    if not is_language(code):
        raise LookupError(code)
    symbols = Locale.parse(code, sep="-").number_symbols["latn"]
    return str(symbols["decimal"]), str(symbols["group"])
