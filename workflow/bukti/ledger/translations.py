"""Passages that changed on one side since both were declared to say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.digest import digest_text
from bukti.ledger.alignment import Pair, Side, align, side_of
from bukti.ledger.comparison import Comparison, told
from bukti.ledger.join import EditionRecord
from bukti.ledger.passages import PassageRecord
from bukti.manuscript.glossary import without

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Passages of two languages that were declared to say the same, by the digests of their words.

    `section` is the one in which they stood.
    """

    section: str
    digests: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """The record as it is stored."""
        return {"section": self.section, "digests": dict(self.digests)}


def declared_of(data: Iterable[Mapping[str, Any]]) -> tuple[Declared, ...]:
    """The records of a stored `translations.json`."""
    return tuple(Declared(section=each["section"], digests=each["digests"]) for each in data)


def translations_of(editions: Sequence[EditionRecord]) -> tuple[Declared, ...]:
    """What can be declared now: each pair of passages of the first edition and another."""
    found: list[Declared] = []
    for other in editions[1:]:
        here, there = side_of(editions[0]), side_of(other)
        found += [
            Declared(section=pair.group, digests=digests)
            for pair in align(here, there)
            if (digests := _digests(here, there, pair))
        ]
    return tuple(found)


def one_sided_changes(both: Comparison, declared: Iterable[Declared]) -> Iterator[Diagnostic]:
    """Passages that changed while their counterparts stayed as they were when both agreed."""
    here, there = both.here.edition.language, both.there.edition.language
    known = {
        (each.digests[here], each.digests[there])
        for each in declared
        if here in each.digests and there in each.digests
    }
    lefts, rights = {left for left, _ in known}, {right for _, right in known}
    for pair in both.pairs if known else ():
        digests = _digests(both.here, both.there, pair)
        if not digests or (digests[here], digests[there]) in known:
            continue
        stayed_here, stayed_there = digests[here] in lefts, digests[there] in rights
        if stayed_here != stayed_there:
            yield _changed(both, pair, both.there if stayed_here else both.here)


def _changed(both: Comparison, pair: Pair, side: Side) -> Diagnostic:
    half = both.half(pair, side)
    return diagnose(
        "PAR220",
        half.passages[0].span,
        notes=[told(half.other.edition.language, half.counterparts[0])],
        opening=half.passages[0].opening,
        language=side.edition.language,
        other=half.other.edition.language,
        section=pair.group,
    )


def _digests(here: Side, there: Side, pair: Pair) -> dict[str, str]:
    """The digests of a pair of passages with words on both sides; empty for others."""
    if not pair.matched:
        return {}
    found = {
        here.edition.language: words_of(here.edition.passages[index] for index in pair.here),
        there.edition.language: words_of(there.edition.passages[index] for index in pair.there),
    }
    if not all(found.values()):
        return {}
    return {name: digest_text(words)[:_DIGITS] for name, words in found.items()}


def words_of(passages: Iterable[PassageRecord]) -> str:
    """The words of some passages: no spacing, marks of punctuation, citations or marked numbers."""
    found: list[str] = []
    for passage in passages:
        stretches = [(part.start, part.end) for part in passage.within("citation", "reference")]
        for part in passage.within("mark"):
            inside = passage.text[part.start : part.end]
            stretches += [
                (part.start + match.start(), part.start + match.end())
                for match in re.finditer(r"\d(?:[\d.,\s]*\d)?", inside)
            ]
        found += _WORD.findall(without(passage.text, stretches))
    return " ".join(found)


def accepted_with(
    old: Sequence[Declared], now: Sequence[Declared], sections: Sequence[str]
) -> tuple[Declared, ...]:
    """The records after a declaration: those of the sections named, or of all, are as now."""
    if not sections:
        return tuple(now)
    fresh = [each for each in now if each.section in sections]
    used = {item for each in fresh for item in each.digests.items()}
    kept = [
        each
        for each in old
        if each.section not in sections and not used & set(each.digests.items())
    ]
    return (*kept, *fresh)
