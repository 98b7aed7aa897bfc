"""Whether marks state their values, and citations their places, alike in two editions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bukti.base.claims import Mark, Status
from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.numbers import NumberToken, parse_numbers
from bukti.base.span import Span
from bukti.ledger.alignment import Side
from bukti.ledger.comparison import Comparison, Half, told
from bukti.ledger.passages import PassageRecord, Places, start_of
from bukti.manuscript.glossary import without

_KEY = re.compile(r"@\{?([\w:.#$%&+?<>~/-]*\w)\}?")
_PLACE = re.compile(r"\d+|\b(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})\b")
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d]|[.,]\d)")
_NO_YEARS = ("citation", "reference", "code", "math", "link")
_Key = tuple[str, tuple[str, ...]]


def mark_disparities(both: Comparison) -> Iterator[Diagnostic]:
    """Numbers that are written with another precision, citations with another place."""
    marks = {id(side): _marks_by_passage(side) for side in (both.here, both.there)}
    for pair in both.pairs:
        if pair.matched:
            half = both.half(pair, both.there)
            yield from _precision(half, marks[id(half.side)], marks[id(half.other)])
            yield from _locators(half)
            yield from _years(half)


def _marks_by_passage(side: Side) -> dict[int, list[Mark]]:
    places = Places(side.edition.passages)
    found: dict[int, list[Mark]] = {}
    for mark in side.edition.marks:
        index = places.passage_at(mark.span)
        if index is not None:
            found.setdefault(index, []).append(mark)
    return found


def _precision(
    half: Half, marks: dict[int, list[Mark]], others: dict[int, list[Mark]]
) -> Iterator[Diagnostic]:
    here = _by_claims(mark for index in half.here for mark in marks.get(index, ()))
    there = _by_claims(mark for index in half.there for mark in others.get(index, ()))
    for key, found in here.items():
        for mark, other in zip(found, there.get(key, ()), strict=False):
            hold = mark.status is other.status is Status.HOLDS
            if hold and _differs(_numbers(mark, half.side), _numbers(other, half.other)):
                yield _imprecise(half, mark, other)


def _by_claims(marks: Iterator[Mark]) -> dict[_Key, list[Mark]]:
    found: dict[_Key, list[Mark]] = {}
    for mark in marks:
        found.setdefault((mark.scheme, mark.claims), []).append(mark)
    return found


def _numbers(mark: Mark, side: Side) -> tuple[NumberToken, ...]:
    return parse_numbers(mark.text, side.edition.language)


def _differs(here: Sequence[NumberToken], there: Sequence[NumberToken]) -> bool:
    """Whether numbers that count in the same unit have not the same decimals.

    With another scale word, or another number of numbers, they cannot be compared.
    """
    if len(here) != len(there):
        return False
    both = list(zip(here, there, strict=True))
    if any(one.scale != other.scale for one, other in both):
        return False
    return any(one.digits != other.digits for one, other in both)


def _imprecise(half: Half, mark: Mark, other: Mark) -> Diagnostic:
    language = half.other.edition.language
    return diagnose(
        "PAR120",
        mark.span,
        notes=[note("stands-there", language=language, place=start_of(other.span))],
        text=mark.text,
        language=half.side.edition.language,
        other=language,
        other_text=other.text,
        section=half.pair.group,
    )


def _years(half: Half) -> Iterator[Diagnostic]:
    """The first year outside marks that only one of two passages names, where it stands."""
    seen = half if _years_alone(half) else half.seen_from_there()
    for year, where in sorted(_years_alone(seen).items())[:1]:
        language = seen.other.edition.language
        yield diagnose(
            "PAR122",
            where,
            notes=[told(language, seen.counterparts[0])],
            year=year,
            language=seen.side.edition.language,
            other=language,
            others=", ".join(sorted(_years_alone(seen.seen_from_there()))) or "-",
            section=half.pair.group,
        )


def _years_alone(half: Half) -> dict[str, Span]:
    """The years outside marks here that do not stand there, in a mark or not."""
    there = _years_of(half.counterparts)
    return {
        year: where for year, where in _years_of(half.passages, "mark").items() if year not in there
    }


def _years_of(passages: Sequence[PassageRecord], *without_parts: str) -> dict[str, Span]:
    """The years in some passages, and where each stands first."""
    found: dict[str, Span] = {}
    for passage in passages:
        parts = passage.within(*_NO_YEARS, *without_parts)
        text = without(passage.text, [(part.start, part.end) for part in parts])
        for match in _YEAR.finditer(text):
            found.setdefault(match[0], passage.place(*match.span()))
    return found


def _locators(half: Half) -> Iterator[Diagnostic]:
    here = _places(half.passages)
    there = _places(half.counterparts)
    spans = [item for item in half.side.contents.of(half.here) if item.kind == "citation"]
    for key, places in here.items():
        others = list(there.get(key, ()))
        if len(others) != len(places):
            continue
        where = [item.span for item in spans if item.name == f"@{key}"] or [half.passages[0].span]
        left = []
        for number, place in enumerate(places):
            if place in others:
                others.remove(place)
            else:
                left.append((place, where[min(number, len(where) - 1)]))
        for (place, span), other in zip(left, others, strict=True):
            yield _misplaced(half, key, place, other, span)


def _misplaced(
    half: Half, key: str, place: tuple[str, ...], other: tuple[str, ...], span: Span
) -> Diagnostic:
    return diagnose(
        "PAR119",
        span,
        notes=[told(half.other.edition.language, half.counterparts[0])],
        item=f"@{key}",
        place=", ".join(place) or "-",
        language=half.side.edition.language,
        other=half.other.edition.language,
        other_place=", ".join(other) or "-",
        section=half.pair.group,
    )


def _places(passages: Sequence[PassageRecord]) -> dict[str, list[tuple[str, ...]]]:
    """The numbers in the locators of each citation, by key, in reading order."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for passage in passages:
        stretches = dict.fromkeys((part.start, part.end) for part in passage.within("citation"))
        for start, end in stretches:
            text = passage.text[start:end]
            pieces = _KEY.split(text)
            for key, rest in zip(pieces[1::2], pieces[2::2], strict=True):
                found.setdefault(key, []).append(tuple(_PLACE.findall(rest.split(";")[0])))
    return found
