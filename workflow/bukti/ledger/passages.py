"""The passages of an edition as the stage manuscript recorded them, and what each contains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.base.span import Span

_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRecord:
    """A stretch of a passage that is more than words: its kind, its characters, its name."""

    kind: str
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRecord:
    """A paragraph, item, heading, caption, cell, note or setting: its words and their place.

    `runs` are stretches of its characters: the first one, its line and its column.
    """

    kind: str
    section: str
    text: str
    span: Span
    parts: tuple[PartRecord, ...] = ()
    runs: tuple[tuple[int, int, int], ...] = ()

    def place(self, start: int, end: int) -> Span:
        """The place in the file of some characters of one line; of the passage if not known."""
        before = [run for run in self.runs if run[0] <= start]
        if not before:
            return self.span
        first, line, column = before[-1]
        begin = column + start - first
        behind = [run for run in self.runs if first < run[0] < end]
        if not behind:
            return Span(
                path=self.span.path,
                line=line,
                column=begin,
                end_line=line,
                end_column=begin + end - start,
            )
        last, end_line, end_column = behind[-1]
        return Span(
            path=self.span.path,
            line=line,
            column=begin,
            end_line=end_line,
            end_column=end_column + end - last,
        )

    def within(self, *kinds: str) -> Iterator[PartRecord]:
        """The parts of some kinds."""
        return (part for part in self.parts if part.kind in kinds)

    @property
    def opening(self) -> str:
        """The first words."""
        words = self.text.split()
        return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def span_of(data: Mapping[str, Any]) -> Span:
    """The place of a stored use or passage."""
    keys = ("path", "line", "column", "end_line", "end_column")
    return Span(**{key: data[key] for key in keys})


def passage_records(data: Mapping[str, Any]) -> tuple[PassageRecord, ...]:
    """The passages of a stored `passages.json`."""
    return tuple(
        PassageRecord(
            kind=passage["kind"],
            section=passage["section"],
            text=passage["text"],
            span=span_of(passage),
            parts=tuple(PartRecord(**part) for part in passage["parts"]),
            runs=tuple((run[0], run[1], run[2]) for run in passage["runs"]),
        )
        for passage in data["passages"]
    )


def start_of(span: Span) -> Span:
    """The place where a stretch begins."""
    return Span(path=span.path, line=span.line, column=span.column)


def end_of(span: Span) -> Span:
    """The place behind a stretch."""
    return Span(path=span.path, line=span.end_line, column=span.end_column)


class Places:
    """Finds the passage in which a place of a file lies."""

    def __init__(self, passages: Sequence[PassageRecord]) -> None:
        self._by_path: dict[str, list[tuple[_Point, _Point, int]]] = {}
        for index, passage in enumerate(passages):
            here = (_start(passage.span), _end(passage.span), index)
            self._by_path.setdefault(passage.span.path, []).append(here)

    def passage_at(self, span: Span) -> int | None:
        """The index of the innermost passage around a place, or of one just before it.

        What has no words, such as a reference, may stand behind the last word, or below its line.
        """
        place = _start(span)
        before = [here for here in self._by_path.get(span.path, ()) if here[0] <= place]
        around = [here for here in before if place <= here[1]]
        if around:
            return min(around, key=lambda here: (_extent(here), here[2]))[2]
        beside = [here for here in before if place[0] - here[1][0] in (0, 1)]
        return max(beside, key=lambda here: here[1])[2] if beside else None


_Point = tuple[int, int]


def _start(span: Span) -> _Point:
    return (span.line or 0, span.column or 0)


def _end(span: Span) -> _Point:
    return (span.end_line or span.line or 0, span.end_column or span.column or 0)


def _extent(here: tuple[_Point, _Point, int]) -> _Point:
    start, end, _ = here
    return (end[0] - start[0], end[1] - start[1])
