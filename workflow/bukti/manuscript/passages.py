"""The text of an edition as readers meet it, passage by passage, each character with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bukti.base.span import Span
from bukti.manuscript.candidates import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a passage that is more than words.

    `kind` is `mark`, `citation`, `reference`, `link`, `code`, `math`, `equation` (the braces with
    the id behind a formula), `quoted`, `language` or `note`; `name` are the claims, the key, the
    id, the address or the code of the language; `index` is the number of the candidate, where it
    is one.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A place in a table: the table among those of its file, its row and its column, from 1 on.

    Rows of the head count too; a cell over several columns or rows stands in the first of them.
    """

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph, heading, caption, cell, note or setting of one file, as it is read.

    `kind` is `paragraph`, `item`, `quote`, `definition`, `heading`, `caption`, `cell`, `note`,
    `alt`, `title`, `keyword` or `statement`; `section` the id of the heading above. `places` has
    for each character of `text` its offset in the file, None where it has none there. `cell` is
    set for what stands in a table, and `below` says that it is a note below a figure or table.
    """

    kind: str
    section: str
    text: str
    places: tuple[int | None, ...]
    parts: tuple[Part, ...]
    source: Source = field(repr=False)
    cell: Cell | None = None
    below: bool = False

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The place in the file of the characters from `start` up to `end`, as near as known."""
        end = len(self.text) if end is None else end
        inner = [place for place in self.places[start:end] if place is not None]
        if inner:
            return self.source.span(min(inner), max(inner) + 1)
        before = next((p for p in reversed(self.places[:start]) if p is not None), None)
        behind = next((p for p in self.places[end:] if p is not None), None)
        near = before if behind is None else behind
        return Span(path=self.source.path) if near is None else self.source.span(near, near)

    def offsets(self, start: int, end: int) -> tuple[int, int] | None:
        """The offsets in the file of characters that stand there just so; None where not."""
        places = self.places[start:end]
        if not places or places[0] is None:
            return None
        wanted = range(places[0], places[0] + len(places))
        return (wanted.start, wanted.stop) if list(places) == list(wanted) else None

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Where the characters stand in the file: the first of each stretch, its line and column.

        A stretch ends where the next begins, and where the line of the file does.
        """
        text, lines = self.source.text, self.source.lines
        before: int | None = None
        for number, place in enumerate(self.places):
            if place is not None:
                joined = before is not None and place == before + 1 and text[before] != "\n"
                if not joined:
                    yield (number, *lines.position(place))
            before = place

    def within(self, kind: str) -> Iterator[Part]:
        """The parts of a kind."""
        return (part for part in self.parts if part.kind == kind)
