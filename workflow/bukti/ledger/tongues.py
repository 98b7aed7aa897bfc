"""The language that passages are written in, as far as that can be told for certain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.language import language_of
from bukti.ledger.join import EditionRecord
from bukti.ledger.passages import PassageRecord
from bukti.manuscript.glossary import without

Classify = Callable[[str, tuple[str, ...]], tuple[str, float]]

ENGLISH = "en"
_KINDS = ("paragraph", "item", "definition", "caption", "note", "alt", "statement")
_NOT_READ = ("code", "math", "citation", "reference", "language", "quoted", "link")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 8
_CERTAIN = 0.99
_SHARE_OF_FILE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    passage: PassageRecord
    words: int
    language: str


def passages_in_other_languages(
    edition: EditionRecord, languages: Sequence[str], classify: Classify
) -> Iterator[Diagnostic]:
    """Passages, and whole files or editions, that are not in the language of their edition.

    `classify` tells the likeliest of some languages and its probability. It is asked only where
    the frequent words of the language do not settle it. Passages of fewer than eight words,
    quotations, cells and what is marked as another language are left out.
    """
    candidates = tuple(dict.fromkeys((edition.language, *languages, ENGLISH)))
    read = [
        _Read(passage=passage, words=len(words), language=_language(words, candidates, classify))
        for passage in edition.passages
        if passage.kind in _KINDS and len(words := _words(passage)) >= _FEWEST_WORDS
    ]
    by_path: dict[str, list[_Read]] = {}
    for each in read:
        by_path.setdefault(each.passage.span.path, []).append(each)
    whole = _prevailing(read, edition.language)
    files = {each.passage.span.path for each in read if each.language == whole}
    if len(files) > 1:
        yield _found("PAR212", edition, whole, read)
        return
    for found in by_path.values():
        of_file = _prevailing(found, edition.language)
        strays = [each for each in found if each.language != edition.language]
        if of_file and len(strays) > 1:
            yield _found("PAR211", edition, of_file, strays)
        else:
            yield from (_found("PAR210", edition, each.language, [each]) for each in strays)


def _prevailing(read: Sequence[_Read], own: str) -> str:
    """The other language that most of the words are in; empty where there is none."""
    total = sum(each.words for each in read)
    words: Counter[str] = Counter()
    for each in read:
        words[each.language] += each.words
    words.pop(own, None)
    for language, count in words.most_common(1):
        if count >= _SHARE_OF_FILE * total:
            return language
    return ""


def _found(code: str, edition: EditionRecord, language: str, strays: Sequence[_Read]) -> Diagnostic:
    first = next(each for each in strays if each.language == language).passage
    return diagnose(
        code,
        first.span,
        path=first.span.path,
        language=edition.language,
        other=language,
        opening=first.opening,
        section=first.section,
    )


def _words(passage: PassageRecord) -> list[str]:
    stretches = [(part.start, part.end) for part in passage.within(*_NOT_READ)]
    return _WORD.findall(without(passage.text, stretches))


def _language(words: Sequence[str], candidates: tuple[str, ...], classify: Classify) -> str:
    own = candidates[0]
    frequent = _frequent(words, candidates)
    if frequent[own] and frequent[own] >= max(frequent.values()):
        return own
    language, probability = classify(" ".join(words), candidates)
    certain = probability >= _CERTAIN and frequent[language] >= frequent[own]
    return language if certain else own


def _frequent(words: Sequence[str], languages: Sequence[str]) -> Mapping[str, int]:
    small = [word.casefold() for word in words]
    return {
        language: sum(word in language_of(language).frequent for word in small)
        for language in languages
    }
