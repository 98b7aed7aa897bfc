"""The forms that a term takes in running text. Affixes are data of the language, not code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from bukti.base.language import Language, language_of


def occurrences(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where a term stands in a text, as offsets."""
    return (match.span() for match in pattern.finditer(text))


@cache
def term_pattern(term: str, language: str, forms: tuple[str, ...] = ()) -> re.Pattern[str]:
    """A pattern for a term in any of its forms, in capitals or not.

    Each word may have a prefix or suffix of the language and may be doubled with a hyphen, as in
    Indonesian; `forms` are taken as they are and stand beside the term itself, in place of those.
    """
    speech = language_of(language)
    if forms:
        texts = [_plain(form) for form in (term, *forms)]
    else:
        texts = [r"\s+".join(_affixed(word, speech) for word in term.split())]
    longest_first = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


def _plain(form: str) -> str:
    return r"\s+".join(re.escape(word) for word in form.split())


def _affixed(word: str, speech: Language) -> str:
    stem = re.escape(word)
    before = _any(speech.prefixes)
    behind = _any(speech.suffixes)
    doubled = rf"(?:-{stem})?" if speech.doubling else ""
    return f"{before}{stem}{doubled}{behind}"


def _any(affixes: Iterable[str]) -> str:
    longest_first = sorted(affixes, key=lambda each: (-len(each), each))
    return f"(?:{'|'.join(map(re.escape, longest_first))})?" if longest_first else ""
