"""Two states of a paper compared."""

from __future__ import annotations

from collections.abc import Iterable

from bukti.diff.causes import all_causes
from bukti.diff.records import Difference, Revision, SentenceChange
from bukti.diff.results import changed_claims, changed_exhibits
from bukti.diff.sentences import changed_sentences


def compared(old: Revision, new: Revision) -> Difference:
    """All that differs between two states of a paper."""
    languages = dict.fromkeys([*new.sentences, *old.sentences])
    sentences = tuple(
        change
        for language in languages
        for change in changed_sentences(
            language, old.sentences.get(language, ()), new.sentences.get(language, ())
        )
    )
    shared = [each for each in languages if each in old.sentences and each in new.sentences]
    return Difference(
        old=old.name,
        new=new.name,
        claims=tuple(changed_claims(old, new)),
        exhibits=tuple(changed_exhibits(old, new)),
        sentences=sentences,
        causes=all_causes(old, new),
        one_sided=_one_sided(sentences, shared),
    )


def _one_sided(
    sentences: Iterable[SentenceChange], languages: list[str]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for each in sentences:
        if each.language in languages:
            found.setdefault(each.section, set()).add(each.language)
    return {
        section: tuple(language for language in languages if language in there)
        for section, there in found.items()
        if len(there) < len(languages)
    }
