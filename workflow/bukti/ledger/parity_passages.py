"""Passages that only one edition has, that are divided otherwise, or that stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.ledger.alignment import Pair, Side
from bukti.ledger.comparison import Comparison, Half, contents_note, told
from bukti.ledger.parity_sections import lacking
from bukti.ledger.passages import start_of
from bukti.project.inventory import ABSTRACT, FRONT

_CODES = {"note": "PAR107", "item": "PAR108"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding about passages, None where another one tells it; what they contain is told too."""

    finding: Diagnostic | None
    here: tuple[int, ...] = ()
    there: tuple[int, ...] = ()


def passage_disparities(both: Comparison) -> Iterator[Found]:
    """What the pairs of passages that are not one to one have to tell."""
    for (_, how), some in groupby(both.pairs, key=lambda pair: (pair.group, _how(pair))):
        pairs = tuple(some)
        if how == "cell":
            yield from _table(both, pairs)
        elif how in ("here", "there"):
            yield from _alone(both, pairs)
        elif how == "moved":
            yield from (Found(finding=_moved(both, pair)) for pair in pairs)
        elif how == "divided":
            yield from (Found(finding=_divided(both, pair)) for pair in pairs)


def _how(pair: Pair) -> str:
    if pair.kind == "cell":
        return "cell"
    if not pair.matched:
        return "here" if pair.here else "there"
    if pair.moved:
        return "moved"
    return "divided" if len(pair.here) + len(pair.there) > 2 else "alike"


def _alone(both: Comparison, pairs: tuple[Pair, ...]) -> Iterator[Found]:
    """Passages one behind the other that one edition lacks, in one finding.

    Figures, sections, settings and alternative texts are told of elsewhere.
    """
    side, other = (both.here, both.there) if pairs[0].here else (both.there, both.here)
    halves = [both.half(pair, side) for pair in pairs if pair.kind != "alt"]
    told = [half for half in halves if _told_elsewhere(both, half)]
    rest = [half for half in halves if half not in told]
    if told:
        yield _found(None, told)
    if rest:
        yield _found(_lacking(both, rest, other), rest)


def _found(finding: Diagnostic | None, halves: list[Half]) -> Found:
    pairs = [half.pair for half in halves]
    return Found(
        finding=finding,
        here=tuple(index for pair in pairs for index in pair.here),
        there=tuple(index for pair in pairs for index in pair.there),
    )


def _told_elsewhere(both: Comparison, half: Half) -> bool:
    if half.pair.group == FRONT or half.pair.kind == "heading":
        return True
    if half.pair.group == ABSTRACT:
        return all(not both.half(pair, half.other).here for pair in _of_group(both, ABSTRACT))
    if any(item.kind == "product" for item in half.side.contents.of(half.here)):
        return True
    return half.passages[0].section in lacking(half.side, half.other)


def _of_group(both: Comparison, group: str) -> Iterator[Pair]:
    return (pair for pair in both.pairs if pair.group == group)


def _lacking(both: Comparison, halves: list[Half], other: Side) -> Diagnostic:
    half = halves[0]
    language = half.side.edition.language
    first = half.passages[0]
    indices = [index for each in halves for index in each.here]
    several = [note("passages-lacking", count=len(indices))] if len(indices) > 1 else []
    return diagnose(
        _code(halves),
        both.place_for(half.pair, other),
        notes=[
            note("stands-there", language=language, place=start_of(first.span)),
            *several,
            *contents_note(half.side, indices),
        ],
        language=other.edition.language,
        other=language,
        opening=first.opening,
        section=half.pair.group,
        count=_number(both, half.pair, half.other),
        other_count=_number(both, half.pair, half.side),
    )


def _code(halves: list[Half]) -> str:
    """The code of what is missing; a note counts as part of its passage."""
    kinds = {half.pair.kind for half in halves}
    kinds = kinds - {"note"} or kinds
    return _CODES.get(kinds.pop(), "PAR114") if len(kinds) == 1 else "PAR114"


def _number(both: Comparison, pair: Pair, side: Side) -> int:
    """How many passages of the kind of a pair its section has in an edition."""
    alike = [each for each in _of_group(both, pair.group) if each.kind == pair.kind]
    return sum(len(both.half(each, side).here) for each in alike)


def _moved(both: Comparison, pair: Pair) -> Diagnostic:
    half = both.half(pair, both.there)
    return diagnose(
        "PAR116",
        half.passages[0].span,
        notes=[told(both.here.edition.language, half.counterparts[0])],
        language=both.there.edition.language,
        other=both.here.edition.language,
        opening=half.passages[0].opening,
        section=pair.group,
    )


def _divided(both: Comparison, pair: Pair) -> Diagnostic:
    """At the second of the passages that are one in the other edition."""
    side = both.here if len(pair.here) > len(pair.there) else both.there
    half = both.half(pair, side)
    return diagnose(
        "PAR115",
        half.passages[1].span,
        notes=[told(half.other.edition.language, half.counterparts[0])],
        language=side.edition.language,
        other=half.other.edition.language,
        count=len(half.here),
        other_count=len(half.there),
        section=pair.group,
    )


def _table(both: Comparison, pairs: tuple[Pair, ...]) -> Iterator[Found]:
    """A table whose cells do not all have counterparts."""
    if all(pair.matched for pair in pairs):
        return
    here = tuple(index for pair in pairs for index in pair.here)
    there = tuple(index for pair in pairs for index in pair.there)
    less = both.here if len(here) < len(there) else both.there
    more = both.there if less is both.here else both.here
    halves = [both.half(pair, more) for pair in pairs if not both.half(pair, less).here]
    first = next(half.passages[0] for half in halves)
    alone = [pair for pair in pairs if not pair.matched]
    place = both.place_for(halves[0].pair, less)
    yield Found(
        finding=diagnose(
            "PAR109",
            place,
            notes=[
                note(
                    "cell-lacking",
                    language=more.edition.language,
                    place=start_of(first.span),
                    text=first.opening,
                ),
                *contents_note(more, [index for half in halves for index in half.here]),
            ],
            language=less.edition.language,
            other=more.edition.language,
            count=len(here) if less is both.here else len(there),
            other_count=len(there) if less is both.here else len(here),
            section=pairs[0].group,
        ),
        here=tuple(index for pair in alone for index in pair.here),
        there=tuple(index for pair in alone for index in pair.there),
    )
