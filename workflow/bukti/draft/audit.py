"""What the written text says of itself: numbers, typed citations, abstracts that disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from bukti.base.numbers import NumberToken, parse_numbers
from bukti.draft.finds import Finds, Kind
from bukti.draft.labels import mentions
from bukti.draft.masks import line_of, prose_of
from bukti.draft.typed import (
    YEAR,
    Typed,
    numbered_citations,
    reference_list,
    typed_citations,
    without_citations,
    without_reference_list,
)
from bukti.draft.vocabulary import language_of_text

_Value = tuple[Decimal | str, str]
_ENOUGH_WORDS = 60


def audited(language: str, files: Mapping[str, str], finds: Finds) -> None:
    """Note the numbers and the typed citations of an edition's files, each at its line."""
    entries = [
        replace(entry, path=path) for path, text in files.items() for entry in reference_list(text)
    ]
    seen: list[Typed] = []
    for path, text in files.items():
        body = without_reference_list(text)
        prose = prose_of(body)
        typed = [*typed_citations(prose), *numbered_citations(prose, entries)]
        seen += typed
        for text_of_one, group in groupby(typed, key=lambda each: (each.text, each.offset)):
            line = line_of(text, text_of_one[1])
            finds.add(Kind.CITATIONS_TYPED, text_of_one[0], path, line)
            if entries and any(not any(map(each.is_entry, entries)) for each in group):
                finds.add(Kind.CITATIONS_UNLISTED, text_of_one[0], path, line)
        _numbers(path, without_citations(prose, typed), language, finds)
        _foreign(path, body, language, finds)
    for entry in entries if seen else ():
        if not any(each.is_entry(entry) for each in seen):
            line = line_of(files[entry.path], entry.offset)
            finds.add(Kind.REFERENCES_UNCITED, entry.text, entry.path, line)


def _foreign(path: str, text: str, language: str, finds: Finds) -> None:
    """Note a file whose words are clearly in another language than the draft's."""
    found = language_of_text(prose_of(text))
    if found not in (None, language) and len(text.split()) >= _ENOUGH_WORDS:
        title = text.lstrip("# ").partition("\n")[0].partition("{")[0].strip()
        finds.add(Kind.CHAPTERS_FOREIGN, f"{title} ({found})", path, 1)


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
    return whole and re.fullmatch(YEAR, token.text) is not None


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
