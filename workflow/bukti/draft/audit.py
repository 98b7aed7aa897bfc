"""What the written text says of itself: numbers, typed citations, abstracts that disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel import Locale

from bukti.base.numbers import NumberToken, parse_numbers
from bukti.draft.chapters import REFERENCE_LIST
from bukti.draft.finds import Finds, Kind
from bukti.draft.labels import mentions
from bukti.draft.masks import line_of, prose_of
from bukti.draft.vocabulary import vocabularies

_Value = tuple[Decimal | str, str]
_YEAR = r"(?:1[89]|20)\d\d[a-z]?"
_BRACKETS = re.compile(rf"\(([^()]*\b{_YEAR}\b[^()]*)\)")
_LEADING = r"(?:(?:[a-z][\w.]*|e\.g\.|cf\.),?\s+){0,3}"
_NAME = r"[A-Z\u00c0-\u00de][\w'\u2019.-]+"
_ALIA = r"(?:et\s+al\.?|dkk\.?)"
_HEADING = re.compile(r"^#+ ", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A citation in words: its first name and its year, as they stand at an offset."""

    name: str
    year: str
    text: str
    offset: int


def audited(language: str, files: Mapping[str, str], finds: Finds) -> None:
    """Note the numbers and the typed citations of an edition's files, each at its line."""
    entries = [entry for text in files.values() for entry in reference_list(text)]
    seen: list[Typed] = []
    for path, text in files.items():
        body = _without_reference_list(text)
        prose = prose_of(body)
        typed = list(typed_citations(prose))
        seen += typed
        for each in typed:
            line = line_of(text, each.offset)
            finds.add(Kind.CITATIONS_TYPED, each.text, path, line)
            if entries and not any(_is_entry_of(entry, each) for _, entry in entries):
                finds.add(Kind.CITATIONS_UNLISTED, each.text, path, line)
        _numbers(path, prose, language, finds)
    for path, text in files.items():
        for offset, entry in reference_list(text):
            if seen and not any(_is_entry_of(entry, each) for each in seen):
                finds.add(Kind.REFERENCES_UNCITED, entry, path, line_of(text, offset))


def _is_entry_of(entry: str, cited: Typed) -> bool:
    return cited.name in entry and cited.year in entry


def typed_citations(prose: str) -> Iterator[Typed]:
    """Citations that are typed: "(Safira 2022; Basu dan Van 1998)", "Safira (2022)"."""
    segment = re.compile(
        rf"{_LEADING}(?P<name>{_NAME})(?:[\s,&]+(?:{_joints()}|{_ALIA}|{_NAME}))*,?\s+"
        rf"(?P<year>{_YEAR})\b"
    )
    running = re.compile(
        rf"(?P<name>{_NAME})(?:\s+(?:{_joints()}|&)\s+{_NAME}|\s+{_ALIA})?"
        rf"\s+\((?P<year>{_YEAR})(?:[,:][^()]*)?\)"
    )
    for group in _BRACKETS.finditer(prose):
        for part in re.finditer(r"[^;]+", group[1]):
            match = segment.match(part[0].lstrip())
            if match and match["name"].lower() not in _months():
                yield _typed(match, part[0], group.start(1) + part.start())
    for match in running.finditer(prose):
        if match["name"].lower() not in _months():
            yield _typed(match, match[0], match.start())


def _typed(match: re.Match[str], text: str, offset: int) -> Typed:
    shown = " ".join(text.split())
    return Typed(name=match["name"].rstrip("."), year=match["year"], text=shown, offset=offset)


@cache
def _joints() -> str:
    words = {word for each in vocabularies().values() for word in each.conjunctions}
    return "|".join(sorted(words))


@cache
def _months() -> frozenset[str]:
    found: set[str] = set()
    for code in vocabularies():
        for width in ("wide", "abbreviated"):
            found |= {name.lower() for name in Locale.parse(code).months["format"][width].values()}
    return frozenset(found)


def reference_list(text: str) -> list[tuple[int, str]]:
    """The entries of a typed list of references with their offsets."""
    start, end = _list_place(text)
    entries = [
        (match.start(), match[0]) for match in re.finditer(r"\S[^\n]*(?:\n(?!\n)[^\n]+)*", text)
    ]
    return [
        (offset, " ".join(entry.split()))
        for offset, entry in entries
        if start <= offset < end and not entry.startswith(("#", "<!--"))
    ]


def _list_place(text: str) -> tuple[int, int]:
    opening = re.search(rf"^#+ .*\{{#{REFERENCE_LIST}\b.*$", text, re.MULTILINE)
    if opening is None:
        return 0, 0
    closing = _HEADING.search(text, opening.end())
    return opening.end(), closing.start() if closing else len(text)


def _without_reference_list(text: str) -> str:
    start, end = _list_place(text)
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def _numbers(path: str, prose: str, language: str, finds: Finds) -> None:
    for prefix in ("tbl", "fig"):
        prose = mentions(prefix).sub(lambda match: " " * len(match[0]), prose)
    for number, line in enumerate(prose.split("\n"), start=1):
        tokens = [token for token in parse_numbers(line, language) if not _is_year(token)]
        for token in tokens:
            text = line[token.start : token.whole_end].strip(" |")
            finds.add(Kind.NUMBERS, text, path, number)


def _is_year(token: NumberToken) -> bool:
    whole = token.value is not None and token.digits == 0 and not token.scale and not token.unit
    return whole and re.fullmatch(_YEAR, token.text) is not None


def differing_numbers(first: tuple[str, str], second: tuple[str, str]) -> list[str]:
    """The numbers that one of two abstracts has and the other lacks, as they are written.

    Each abstract is a language and a text.
    """
    one, other = (_values(*each) for each in (first, second))
    return [*_surplus(first[0], one, other), *_surplus(second[0], other, one)]


def _values(language: str, text: str) -> list[tuple[_Value, str]]:
    """Each number with how it is written."""
    return [
        (_value(token), text[token.start : token.whole_end])
        for token in parse_numbers(text, language)
    ]


def _value(token: NumberToken) -> _Value:
    if token.value is None:
        return token.text, token.unit or ""
    return token.value.scaleb(token.scale).normalize(), token.unit or ""


def _surplus(
    language: str, own: list[tuple[_Value, str]], others: list[tuple[_Value, str]]
) -> Iterator[str]:
    left = Counter(value for value, _ in others)
    for value, written in own:
        if left[value]:
            left[value] -= 1
        else:
            yield f"{language}: {written}"
