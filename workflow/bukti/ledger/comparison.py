"""Two editions side by side: their passages in pairs, and what a finding tells of both places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bukti.base.diagnostic import Note, note
from bukti.base.span import Span
from bukti.ledger.alignment import Pair, Side, align, side_of
from bukti.ledger.join import EditionRecord
from bukti.ledger.passages import PassageRecord, end_of, start_of
from bukti.project.inventory import ABSTRACT, FRONT

_NAMED = ("claim", "citation", "product", "reference", "equation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One side of a pair of passages, seen from it: what stands here and what there."""

    side: Side
    other: Side
    pair: Pair
    here: tuple[int, ...]
    there: tuple[int, ...]

    @property
    def passages(self) -> tuple[PassageRecord, ...]:
        """The passages that stand here."""
        return tuple(self.side.edition.passages[index] for index in self.here)

    def seen_from_there(self) -> Half:
        """The same pair, seen from the other side."""
        return Half(
            side=self.other, other=self.side, pair=self.pair, here=self.there, there=self.here
        )

    @property
    def counterparts(self) -> tuple[PassageRecord, ...]:
        """The passages that stand there."""
        return tuple(self.other.edition.passages[index] for index in self.there)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two editions and their passages in pairs, as far as both are to have them.

    `whole` says that both have the whole paper, not title and abstract alone.
    """

    here: Side
    there: Side
    pairs: tuple[Pair, ...]
    whole: bool

    @property
    def directions(self) -> tuple[tuple[Side, Side], ...]:
        """Each edition with the other one."""
        return ((self.here, self.there), (self.there, self.here))

    def half(self, pair: Pair, side: Side) -> Half:
        """A pair seen from one side."""
        if side is self.here:
            return Half(side=side, other=self.there, pair=pair, here=pair.here, there=pair.there)
        return Half(side=side, other=self.here, pair=pair, here=pair.there, there=pair.here)

    def place_for(self, pair: Pair, side: Side) -> Span:
        """Where in an edition what it lacks of a pair belongs: behind what precedes it."""
        place = self.pairs.index(pair)
        before = self._before(place, side)
        if before:
            return end_of(max(before, key=lambda span: (span.end_line or 0, span.end_column or 0)))
        for other in self.pairs[place:]:
            passages = self.half(other, side).passages
            if passages and other.group == pair.group and not other.moved:
                return start_of(passages[0].span)
        return Span(path=self._path_of(pair, side))

    def _before(self, place: int, side: Side) -> list[Span]:
        """The places of what precedes a pair in its group: one passage, or a table as a whole.

        The title of a table comes before its cells, wherever it stands in the file; cells that are
        missing belong behind the cells before them.
        """
        found: list[Span] = []
        for other in reversed(self.pairs[:place]):
            in_table = other.kind in ("cell", "caption")
            if other.group != self.pairs[place].group or (found and not in_table):
                break
            passages = self.half(other, side).passages
            if passages and not other.moved and other.kind not in ("note", "alt"):
                found.append(passages[-1].span)
                if other.kind != "cell" or self.pairs[place].kind == "cell":
                    break
        return found

    def _path_of(self, pair: Pair, side: Side) -> str:
        """The file that corresponds to the one of a pair: files have one name in all languages."""
        whole = self.half(pair, self.there if side is self.here else self.here)
        path = whole.passages[0].span.path
        known = {passage.span.path for passage in side.edition.passages}
        name = path.rpartition("/")[2]
        return next((each for each in sorted(known) if each.endswith(f"/{name}")), path)


def compare(edition: EditionRecord, other: EditionRecord) -> Comparison:
    """Two editions side by side."""
    here, there = side_of(edition), side_of(other)
    whole = edition.whole and other.whole
    pairs = align(here, there)
    if not whole:
        pairs = tuple(pair for pair in pairs if pair.group in (FRONT, ABSTRACT))
    return Comparison(here=here, there=there, pairs=pairs, whole=whole)


def pairs_of_editions(editions: Sequence[EditionRecord]) -> Iterator[Comparison]:
    """Each two editions."""
    for place, edition in enumerate(editions):
        for other in editions[place + 1 :]:
            yield compare(edition, other)


def told(language: str, passage: PassageRecord) -> Note:
    """Where the counterpart of a passage stands, and how it begins."""
    place = start_of(passage.span)
    return note("says-the-same", language=language, place=place, opening=passage.opening)


def contents_note(side: Side, passages: Iterable[int]) -> tuple[Note, ...]:
    """What some passages contain, by name; nothing where they contain nothing that has one."""
    items = side.contents.of(passages)
    names = dict.fromkeys(item.name for kind in _NAMED for item in items if item.kind == kind)
    found = ", ".join(name for name in names if name)
    return (note("contains", contents=found),) if found else ()
