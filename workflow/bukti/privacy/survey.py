"""All personal details in the outputs, each with the places it stems from and all it is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bukti.base.span import Span
from bukti.privacy.finds import Find, Piece
from bukti.privacy.places import Stem
from bukti.privacy.reading.files import Reading
from bukti.privacy.search import Search

About = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """A personal detail at one place, and the outputs that show it.

    `part` is the part of an output where no other place is known; `column`, `row` and `rows` (how
    many) are set in a table.
    """

    find: Find
    span: Span
    outputs: tuple[str, ...]
    part: str = ""
    column: str = ""
    row: int | None = None
    rows: int = 1


class Survey:
    """The outputs as they are searched one after another."""

    def __init__(self, search: Search) -> None:
        self.reading = Reading()
        self.search = search
        self._found: dict[About, dict[str, tuple[Find, str]]] = {}

    def take(self, path: str, data: bytes) -> bool:
        """Search an output; whether it holds anything."""
        if not data:
            return False
        held = False
        for piece, finds in self.search.finds(self.reading.pieces(data, path)):
            for find in finds:
                held = True
                part = self.safe(piece.part)
                self._found.setdefault(find.about, {}).setdefault(path, (find, part))
        return held

    def safe(self, text: str) -> str:
        """A text, or three points where it holds a personal detail itself."""
        return "…" if self.search.finds([Piece(text=text)]) else text

    @property
    def unread(self) -> tuple[tuple[str, str, str], ...]:
        """What could not be read: the output, the part, the reason."""
        found = self.reading.unread
        return tuple((path, self.safe(part), self.safe(reason)) for path, part, reason in found)

    def lacking(self, stems: Iterable[Stem]) -> set[About]:
        """What was found and has no place among these."""
        return set(self._found) - {stem.find.about for stem in stems}

    def exposures(self, stems: Iterable[Stem]) -> Iterator[Exposure]:
        """Everything at its places; what has none at the first output that it is in."""
        stems = list(stems)
        for stem, rows in _each_once(stems):
            yield Exposure(
                find=stem.find,
                span=stem.span,
                outputs=tuple(sorted(self._found.get(stem.find.about, ()))),
                column=self.safe(stem.column),
                row=stem.row,
                rows=rows,
            )
        for about in sorted(self.lacking(stems)):
            outputs: Mapping[str, tuple[Find, str]] = self._found[about]
            first = min(outputs)
            find, part = outputs[first]
            span = Span(path=first)
            yield Exposure(find=find, span=span, outputs=tuple(sorted(outputs)), part=part)


def _each_once(stems: Iterable[Stem]) -> Iterator[tuple[Stem, int]]:
    """A detail once for each place, and for each column of a table, with the number of its rows."""
    groups: dict[tuple[object, ...], list[Stem]] = {}
    for stem in stems:
        span = stem.span
        place: tuple[object, ...] = (span.path, span.cell, span.line, span.column)
        if stem.column:
            place = (span.path, stem.column)
        groups.setdefault((stem.find.about, *place), []).append(stem)
    for group in groups.values():
        yield group[0], len({stem.row for stem in group})
