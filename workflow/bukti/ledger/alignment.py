"""Which passages of two editions say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bukti.ledger.beads import Bead, are_moved, beads, evidence
from bukti.ledger.contents import Contents, contents_of
from bukti.ledger.join import EditionRecord
from bukti.ledger.units import Unit, groups_of, unit_of, units_of

_RATIO_LEAST, _RATIO_MOST = 0.2, 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Passages of two editions that say the same, by their indices; one side may be empty.

    `kind` is that of the passages, or `table` for a table that only one edition has; `group` is
    the section that both editions have, or the file of title or abstract; `moved` says that they
    do not stand at the same place.
    """

    kind: str
    group: str
    here: tuple[int, ...] = ()
    there: tuple[int, ...] = ()
    moved: bool = False

    @property
    def matched(self) -> bool:
        """Whether both editions have it."""
        return bool(self.here and self.there)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """An edition with the contents of its passages."""

    edition: EditionRecord
    contents: Contents

    @property
    def section_ids(self) -> frozenset[str]:
        """The ids of its headings."""
        return frozenset(section["id"] for section in self.edition.sections)


def side_of(edition: EditionRecord) -> Side:
    """An edition, ready to be aligned."""
    return Side(edition=edition, contents=contents_of(edition))


def aligned(edition: EditionRecord, other: EditionRecord) -> tuple[Pair, ...]:
    """The passages of two editions side by side; every passage is in exactly one pair.

    Pairs follow the order of the first edition; what only the other has stands where it belongs.
    """
    return align(side_of(edition), side_of(other))


def align(here: Side, there: Side) -> tuple[Pair, ...]:
    """As `aligned`, for editions whose contents are known."""
    shared = here.section_ids & there.section_ids
    groups = (
        groups_of(here.edition.passages, shared),
        groups_of(there.edition.passages, shared),
    )
    names = [*groups[0], *(name for name in groups[1] if name not in groups[0])]
    units = {
        name: (
            units_of(here.edition.passages, groups[0].get(name, ()), here.contents, shared),
            units_of(there.edition.passages, groups[1].get(name, ()), there.contents, shared),
        )
        for name in names
    }
    aligning = _Aligning(here=here, there=there, ratio=_ratio(units.values()))
    for name in names:
        aligning.section(name, *units[name])
    return aligning.pairs()


def _ratio(units: Iterable[tuple[Sequence[Unit], Sequence[Unit]]]) -> float:
    """Characters of the second language for one of the first, by sections of equal make-up."""
    left = right = 0
    for here, there in units:
        if len(here) == len(there):
            left += sum(unit.length for unit in here)
            right += sum(unit.length for unit in there)
    return min(_RATIO_MOST, max(_RATIO_LEAST, right / left)) if left and right else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    group: str
    here: tuple[Unit, ...] = ()
    there: tuple[Unit, ...] = ()
    moved: bool = False


@dataclass(slots=True, kw_only=True)
class _Aligning:
    here: Side
    there: Side
    ratio: float
    matches: list[_Match] = field(default_factory=list)

    def section(self, group: str, here: Sequence[Unit], there: Sequence[Unit]) -> None:
        for bead in beads(here, there, ratio=self.ratio):
            left = tuple(here[place] for place in bead.here)
            right = tuple(there[place] for place in bead.there)
            if bead.crossed:
                self.matches += [
                    _Match(group=group, here=left[:1], there=right[1:], moved=True),
                    _Match(group=group, here=left[1:], there=right[:1]),
                ]
            else:
                self.matches.append(_Match(group=group, here=left, there=right))

    def pairs(self) -> tuple[Pair, ...]:
        moved = self._moves()
        gone = set(moved.values())
        found: list[Pair] = []
        for place, match in enumerate(self.matches):
            if place in moved:
                there = self.matches[moved[place]].there
                match = _Match(group=match.group, here=match.here, there=there, moved=True)
            if place not in gone:
                found += self._expanded(match)
        return tuple(found)

    def _moves(self) -> Mapping[int, int]:
        """For each match with a first side alone the one with its second side, if it moved."""
        lefts = [place for place, match in enumerate(self.matches) if not match.there]
        rights = [place for place, match in enumerate(self.matches) if not match.here]
        scored = sorted(
            (-evidence(left, right, self.ratio), place, other)
            for place in lefts
            for other in rights
            for left, right in [(self.matches[place].here[0], self.matches[other].there[0])]
            if are_moved(left, right, self.ratio)
        )
        moved: dict[int, int] = {}
        for _, place, other in scored:
            if place not in moved and other not in moved.values():
                moved[place] = other
        return moved

    def _expanded(self, match: _Match) -> Iterator[Pair]:
        """The pairs of a match: its passages, then their notes and alternative texts."""
        here, there = _hosts(match.here), _hosts(match.there)
        kind = (match.here or match.there)[0].kind
        if kind == "table" and here and there:
            yield from self._by_kind(("caption", "cell"), match, here, there)
        else:
            yield Pair(kind=kind, group=match.group, here=here, there=there, moved=match.moved)
        attached = (_attached(match.here), _attached(match.there))
        yield from self._by_kind(("note", "alt"), match, *attached)

    def _by_kind(
        self, kinds: Iterable[str], match: _Match, here: Sequence[int], there: Sequence[int]
    ) -> Iterator[Pair]:
        for kind in kinds:
            some = (self._of_kind(self.here, here, kind), self._of_kind(self.there, there, kind))
            yield from (
                self._rows(match, *some) if kind == "cell" else self._each(kind, match, *some)
            )

    def _rows(self, match: _Match, here: Sequence[int], there: Sequence[int]) -> Iterator[Pair]:
        """The cells of a table, row by row."""
        rows = (_by_line(self.here, here), _by_line(self.there, there))
        units = (_as_units(self.here, rows[0]), _as_units(self.there, rows[1]))
        if len(rows[0]) == len(rows[1]):
            beads_of_rows = tuple(Bead(here=(n,), there=(n,)) for n in range(len(rows[0])))
        else:
            beads_of_rows = beads(*units, ratio=self.ratio, merging=False)
        for bead in beads_of_rows:
            left = [index for place in bead.here for index in rows[0][place]]
            right = [index for place in bead.there for index in rows[1][place]]
            yield from self._each("cell", match, left, right)

    def _of_kind(self, side: Side, indices: Iterable[int], kind: str) -> tuple[int, ...]:
        return tuple(index for index in indices if side.edition.passages[index].kind == kind)

    def _each(
        self, kind: str, match: _Match, here: Sequence[int], there: Sequence[int]
    ) -> Iterator[Pair]:
        """Passages one by one: by position where there are equally many, else aligned."""
        if len(here) == len(there):
            for left, right in zip(here, there, strict=True):
                yield Pair(kind=kind, group=match.group, here=(left,), there=(right,))
            return
        units = (
            _as_units(self.here, [[index] for index in here]),
            _as_units(self.there, [[index] for index in there]),
        )
        for bead in beads(*units, ratio=self.ratio, merging=False):
            yield Pair(
                kind=kind,
                group=match.group,
                here=tuple(here[place] for place in bead.here),
                there=tuple(there[place] for place in bead.there),
            )


def _by_line(side: Side, cells: Iterable[int]) -> list[list[int]]:
    """The cells of each row: those that begin on one line."""
    found: list[list[int]] = []
    line: int | None = None
    for index in cells:
        here = side.edition.passages[index].span.line
        if not found or here is None or here != line:
            found.append([])
        found[-1].append(index)
        line = here
    return found


def _as_units(side: Side, hosts: Iterable[Sequence[int]]) -> tuple[Unit, ...]:
    return tuple(unit_of(side.edition.passages, each, side.contents) for each in hosts)


def _hosts(units: Iterable[Unit]) -> tuple[int, ...]:
    return tuple(index for unit in units for index in unit.passages)


def _attached(units: Iterable[Unit]) -> tuple[int, ...]:
    return tuple(index for unit in units for index in unit.attached)
