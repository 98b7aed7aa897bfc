"""Whether the terms of the glossary have their counterparts in the passages that correspond."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.base.word_forms import occurrences, term_pattern
from bukti.ledger.comparison import Comparison, Half, told
from bukti.ledger.passages import PassageRecord
from bukti.manuscript.glossary import without

_NOT_SEARCHED = ("code", "math", "citation", "reference", "language", "link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of the glossary by language, and the patterns that find it or its forbidden forms."""

    words: Mapping[str, str]
    patterns: Mapping[str, re.Pattern[str]]
    forbidden: Mapping[str, tuple[re.Pattern[str], ...]]

    def is_in(self, passage: PassageRecord, language: str) -> bool:
        """Whether a passage has the term, or a forbidden form of it, which is told elsewhere."""
        patterns = (self.patterns[language], *self.forbidden.get(language, ()))
        return any(_found(passage, pattern) for pattern in patterns)


def terms_of(glossary: Mapping[str, Any], languages: Iterable[str]) -> tuple[Term, ...]:
    """The terms that are given in two of the languages at least."""
    wanted = tuple(languages)
    found = []
    for term in glossary.get("terms", ()):
        words = {language: str(term[language]) for language in wanted if language in term}
        forms = term.get("forms", {})
        patterns = {
            language: term_pattern(word, language, tuple(forms.get(language, ())))
            for language, word in words.items()
        }
        forbidden = {
            language: tuple(term_pattern(form, language) for form in reasons)
            for language, reasons in term.get("forbidden", {}).items()
            if language in words
        }
        if len(words) > 1:
            found.append(Term(words=words, patterns=patterns, forbidden=forbidden))
    return tuple(found)


def unmatched_terms(
    both: Comparison, terms: Iterable[Term], strays: Collection[Span] = ()
) -> Iterator[Diagnostic]:
    """Terms whose passage has no counterpart of the term in the other edition.

    Passages at the places `strays`, which are not in the language of their edition, have none.
    """
    known = tuple(terms)
    for pair in both.pairs:
        halves = [both.half(pair, side) for side in (both.here, both.there)] if pair.matched else []
        if not any(passage.span in strays for half in halves for passage in half.passages):
            for half in halves:
                yield from _of_half(half, known)


def _of_half(half: Half, terms: Iterable[Term]) -> Iterator[Diagnostic]:
    here, there = half.side.edition.language, half.other.edition.language
    for term in terms:
        if here not in term.words or there not in term.words:
            continue
        if any(term.is_in(passage, there) for passage in half.counterparts):
            continue
        for passage in half.passages:
            for start, end in _found(passage, term.patterns[here])[:1]:
                yield diagnose(
                    "PAR202",
                    passage.place(start, end),
                    notes=[told(there, half.counterparts[0])],
                    term=passage.text[start:end],
                    counterpart=term.words[there],
                    language=here,
                    other=there,
                    section=half.pair.group,
                )


def _found(passage: PassageRecord, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    stretches = [(part.start, part.end) for part in passage.within(*_NOT_SEARCHED)]
    return list(occurrences(without(passage.text, stretches), pattern))
