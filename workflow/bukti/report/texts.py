"""The editions' passages with their marks and sentences, and how much of the text is bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.base.claims import Mark
from bukti.ledger.join import EditionRecord
from bukti.ledger.passages import PassageRecord, Places
from bukti.manuscript.products import PREFIX
from bukti.report.sentences import sentences_of

RUNNING = ("paragraph", "item", "quote", "definition", "note")
_HIDDEN = ("keyword",)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPlace:
    """A mark with the index of its passage and its characters there; None where it has no words."""

    mark: Mark
    passage: int | None
    start: int | None = None
    end: int | None = None


def places_of_marks(edition: EditionRecord) -> tuple[MarkPlace, ...]:
    """Every mark of an edition with its place in the text, in the order of the marks."""
    places = Places(edition.passages)
    taken: set[tuple[int, int]] = set()
    return tuple(_placed(edition, places, mark, taken) for mark in edition.marks)


def _placed(
    edition: EditionRecord, places: Places, mark: Mark, taken: set[tuple[int, int]]
) -> MarkPlace:
    index = places.passage_at(mark.span)
    if index is None:
        return MarkPlace(mark=mark, passage=None)
    passage = edition.passages[index]
    name = f"{mark.scheme}:{'+'.join(mark.claims)}"
    same = [
        (passage.place(part.start, part.end), part)
        for part in passage.within("mark")
        if part.name.partition("?")[0] == name and (index, part.start) not in taken
    ]
    here = (mark.span.line, mark.span.column)
    same.sort(key=lambda each: ((each[0].line, each[0].column) != here, each[1].start))
    if not same:
        return MarkPlace(mark=mark, passage=index)
    part = same[0][1]
    taken.add((index, part.start))
    return MarkPlace(mark=mark, passage=index, start=part.start, end=part.end)


def edition_data(edition: EditionRecord, placed: Sequence[MarkPlace]) -> dict[str, Any]:
    """An edition as the page has it: sections, and passages with sentences and marks."""
    marks: dict[int, list[list[Any]]] = {}
    for number, each in enumerate(placed):
        if each.passage is not None and each.start is not None:
            marks.setdefault(each.passage, []).append([each.start, each.end, number])
    return {
        "language": edition.language,
        "whole": edition.whole,
        "sections": [
            {key: section[key] for key in ("id", "title", "level", "path")}
            for section in edition.sections
        ],
        "passages": [
            {
                "kind": passage.kind,
                "section": passage.section,
                "path": passage.span.path,
                "line": passage.span.line,
                "text": passage.text,
                "sentences": [list(each) for each in _sentences(passage, edition.language)],
                "marks": sorted(marks.get(index, [])),
                "references": list(_references(passage)),
                "hidden": passage.kind in _HIDDEN,
            }
            for index, passage in enumerate(edition.passages)
        ],
        "marks": [
            {
                "scheme": each.mark.scheme,
                "claims": list(each.mark.claims),
                "text": each.mark.text,
                "status": str(each.mark.status),
                "passage": each.passage,
                "start": each.start,
                "path": each.mark.span.path,
                "line": each.mark.span.line,
                "section": each.mark.section,
            }
            for each in placed
        ],
    }


def _references(passage: PassageRecord) -> Iterator[list[Any]]:
    """References to figures and tables: their characters, and what on the page they lead to."""
    kinds = {short: kind for kind, short in PREFIX.items()}
    for part in passage.within("reference"):
        short, _, name = part.name.removeprefix("@").partition(":")
        if short in kinds:
            yield [part.start, part.end, kinds[short], name]


def _sentences(passage: PassageRecord, language: str) -> tuple[tuple[int, int], ...]:
    return sentences_of(passage.text, language) if passage.kind in RUNNING else ()


def coverage_of(edition: EditionRecord) -> dict[str, Any]:
    """Of the sentences of running text: how many there are, hold a mark, or cite without one."""
    marked = cited = total = 0
    for passage in edition.passages:
        for start, end in _sentences(passage, edition.language):
            kinds = {*_kinds_within(passage, start, end)}
            total += 1
            marked += "mark" in kinds
            cited += "citation" in kinds and "mark" not in kinds
    numbers: Mapping[str, Any] = edition.numbers
    return {
        "sentences": total,
        "marked": marked,
        "cited": cited,
        "marks": len(edition.marks),
        "bound": numbers["bound"],
        "bare": numbers["bare"],
        "allowed": dict(numbers["allowed"]),
    }


def _kinds_within(passage: PassageRecord, start: int, end: int) -> Iterator[str]:
    for part in passage.parts:
        if start <= part.start < end or part.start <= start < part.end:
            yield part.kind
