"""Whether two editions have the same sections, in the same order and at the same levels."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.ledger.alignment import Side
from bukti.ledger.comparison import Comparison, contents_note
from bukti.ledger.passages import span_of, start_of


def section_disparities(both: Comparison) -> Iterator[Diagnostic]:
    """Sections that one edition lacks, has elsewhere or has at another level."""
    if not both.whole:
        return
    for side, other in both.directions:
        yield from _missing(both, side, other)
    yield from _in_other_order(both)
    yield from _at_other_level(both)


def lacking(side: Side, other: Side) -> frozenset[str]:
    """The ids of the sections that one edition has and the other has not."""
    return side.section_ids - other.section_ids


def _missing(both: Comparison, side: Side, other: Side) -> Iterator[Diagnostic]:
    there = Counter(section["id"] for section in other.edition.sections)
    total = Counter(section["id"] for section in side.edition.sections)
    here: Counter[str] = Counter()
    for section in side.edition.sections:
        name = section["id"]
        here[name] += 1
        if here[name] > there[name]:
            yield diagnose(
                "PAR101",
                span_of(section),
                notes=_notes(both, side, other, name),
                item=name,
                language=side.edition.language,
                other=other.edition.language,
                count=total[name],
                other_count=there[name],
                section=name,
            )


def _notes(both: Comparison, side: Side, other: Side, name: str) -> Iterator[Note]:
    """What is missing with a section, and the heading that may be its counterpart."""
    halves = [both.half(pair, side) for pair in both.pairs]
    own = [half for half in halves if half.passages and half.passages[0].section == name]
    for half in own:
        for passage in half.counterparts if half.pair.kind == "heading" else ():
            place = start_of(passage.span)
            yield note("perhaps-section", id=passage.section, place=place)
    without = [half for half in own if not half.there and half.pair.kind != "heading"]
    if without:
        place = both.place_for(without[0].pair, other)
        yield note("belongs-there", language=other.edition.language, place=place)
        yield note("passages-lacking", count=sum(len(half.here) for half in without))
        yield from contents_note(side, [index for half in without for index in half.here])


def _in_other_order(both: Comparison) -> Iterator[Diagnostic]:
    here, there = (_by_id(side) for side in (both.here, both.there))
    order = [name for name in here if name in there]
    ranks = {name: rank for rank, name in enumerate(order)}
    shared = [name for name in there if name in ranks]
    kept = _longest_rise([ranks[name] for name in shared])
    for name in shared:
        if ranks[name] not in kept:
            where = note(
                "stands-there",
                language=both.here.edition.language,
                place=start_of(span_of(here[name])),
            )
            yield diagnose(
                "PAR117",
                span_of(there[name]),
                notes=[where],
                item=name,
                language=both.there.edition.language,
                other=both.here.edition.language,
                section=name,
            )


def _at_other_level(both: Comparison) -> Iterator[Diagnostic]:
    here, there = (_by_id(side) for side in (both.here, both.there))
    for name, section in there.items():
        if name not in here or here[name]["level"] == section["level"]:
            continue
        place = start_of(span_of(here[name]))
        yield diagnose(
            "PAR118",
            span_of(section),
            notes=[note("stands-there", language=both.here.edition.language, place=place)],
            item=name,
            level=section["level"],
            other=both.here.edition.language,
            other_level=here[name]["level"],
            section=name,
        )


def _by_id(side: Side) -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for section in side.edition.sections:
        found.setdefault(section["id"], section)
    return found


def _longest_rise(ranks: Sequence[int]) -> frozenset[int]:
    """The members of a longest increasing subsequence (patience sorting)."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for rank in ranks:
        place = bisect_left(tops, rank)
        before[rank] = tops[place - 1] if place else None
        tops[place : place + 1] = [rank]
    found: list[int] = []
    last: int | None = tops[-1] if tops else None
    while last is not None:
        found.append(last)
        last = before[last]
    return frozenset(found)
