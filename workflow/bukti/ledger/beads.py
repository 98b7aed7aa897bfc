"""Alignment of two sequences of units by what they contain, where they stand and their length.

The dynamic programme, the bead types and the cost of a length are those of W. A. Gale and
K. W. Church, "A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics
19 (1993) 75-102; words that begin alike are cognates after M. Simard, G. F. Foster and
P. Isabelle, "Using Cognates to Align Sentences in Bilingual Corpora", TMI 1992. Claims,
citations, references and products, which are the same in every language, count for more than
either. Costs are natural logarithms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from math import erfc, log, sqrt

from bukti.ledger.units import Unit

_VARIANCE = 6.8  # of a character's translations, by Gale and Church
_LENGTH_MOST = 8.0
_GAP = 5.0
_PRIORS = {(1, 1): 0.0, (2, 1): 4.5, (1, 2): 4.5, (2, 2): 11.0}
_COMMON, _DIFFERENT, _DIFFERENT_MOST, _DISJOINT = 2.0, 1.2, 6.0, 4.0
_DIFFERENT_MERGED = 1.3  # more for what two passages do not share with their one counterpart
_COGNATE, _COGNATES_MOST = 0.5, 4.0
_CROSSED = 6.0
_OTHER_KIND = 2.0
_STRAY = 3.0
_CROSSING = (-2, -2)
_SAME_HEADING = 30.0
_PROSE = frozenset({"paragraph", "item", "quote", "definition"})
_DIVISIBLE = frozenset({"paragraph", "quote"})
_IMPOSSIBLE = float("inf")
_BAND, _CELLS_MOST = 24, 400_000
_MOVED = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bead:
    """Units of two sequences that say the same, by their positions; one side may be empty.

    Of a `crossed` bead the first unit here is the second there, and the other way round.
    """

    here: tuple[int, ...] = ()
    there: tuple[int, ...] = ()
    crossed: bool = False


def beads(
    here: Sequence[Unit], there: Sequence[Unit], *, ratio: float = 1.0, merging: bool = True
) -> tuple[Bead, ...]:
    """The cheapest alignment, in order.

    `ratio` is how many characters the second language needs for one of the first; without
    `merging` a unit is aligned with one other at most.
    """
    table = _Table(here=here, there=there, ratio=ratio, merging=merging)
    return tuple(table.path())


def evidence(left: Unit, right: Unit, ratio: float) -> float:
    """How much speaks for two units being each other's translation wherever they stand.

    Above 0 the contents outweigh differences of length; without common contents it is below.
    """
    if left.kind != right.kind:
        return -_IMPOSSIBLE
    return -_content_cost(left, right) - _length_cost(left.length, right.length, ratio)


def are_moved(left: Unit, right: Unit, ratio: float) -> bool:
    """Whether two units that stand apart are each other's translation."""
    return evidence(left, right, ratio) >= _MOVED


class _Table:
    def __init__(
        self, *, here: Sequence[Unit], there: Sequence[Unit], ratio: float, merging: bool
    ) -> None:
        self._ratio = ratio
        self._merging = merging
        self._known: dict[tuple[int, int], float] = {}
        self._sides = (_runs(here, merging), _runs(there, merging))
        self._sizes = (len(here), len(there))
        shapes = [shape for shape in _PRIORS if merging or shape == (1, 1)]
        self._shapes = [*shapes, (1, 0), (0, 1)]
        self._best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
        self._fill()

    def _fill(self) -> None:
        rows, columns = self._sizes
        slope = columns / rows if rows else 0.0
        widest = max(_BAND, _CELLS_MOST // (rows + 1))
        band = int(min(max(_BAND, abs(rows - columns) + _BAND), widest) + slope + 1)
        for row in range(rows + 1):
            middle = round(row * slope)
            low = max(0, middle - band) if rows else 0
            high = min(columns, middle + band) if rows else columns
            for column in range(low, high + 1):
                if row or column:
                    self._settle(row, column)

    def _settle(self, row: int, column: int) -> None:
        found = (_IMPOSSIBLE, (0, 0))
        for rows, columns in self._shapes:
            before = self._best.get((row - rows, column - columns))
            if before is None:
                continue
            cost = before[0] + self._cost(row, column, rows, columns)
            if cost < found[0]:
                found = (cost, (rows, columns))
        before = self._best.get((row - 2, column - 2)) if self._merging else None
        if before is not None and row > 1 and column > 1:
            cost = before[0] + self._crossed(row, column)
            if cost < found[0]:
                found = (cost, _CROSSING)
        if found[0] < _IMPOSSIBLE:
            self._best[row, column] = found

    def _cost(self, row: int, column: int, rows: int, columns: int) -> float:
        if not columns:
            return _gap(self._sides[0][row - rows, rows])
        if not rows:
            return _gap(self._sides[1][column - columns, columns])
        left = self._sides[0].get((row - rows, rows))
        right = self._sides[1].get((column - columns, columns))
        if left is None or right is None:
            return _IMPOSSIBLE
        if rows == columns == 1:
            return self._one_to_one(row - 1, column - 1)
        cost = _PRIORS[rows, columns] + _pair_cost(left, right, self._ratio)
        return cost + _DIFFERENT_MERGED * _differences(left, right)

    def _one_to_one(self, row: int, column: int) -> float:
        """The cost of one unit beside one, which also crossings ask for."""
        known = self._known.get((row, column))
        if known is None:
            left, right = self._sides[0][row, 1], self._sides[1][column, 1]
            known = self._known[row, column] = _pair_cost(left, right, self._ratio)
        return known

    def _crossed(self, row: int, column: int) -> float:
        """The cost of two neighbours that have changed places."""
        first = self._one_to_one(row - 2, column - 1)
        return _CROSSED + first + self._one_to_one(row - 1, column - 2)

    def path(self) -> Iterator[Bead]:
        row, column = self._sizes
        found: list[Bead] = []
        while row or column:
            shape = self._best[row, column][1]
            rows, columns = (2, 2) if shape == _CROSSING else shape
            found.append(
                Bead(
                    here=tuple(range(row - rows, row)),
                    there=tuple(range(column - columns, column)),
                    crossed=shape == _CROSSING,
                )
            )
            row, column = row - rows, column - columns
        return reversed(found)


def _runs(units: Sequence[Unit], merging: bool) -> dict[tuple[int, int], Unit]:
    """Each unit, and each two neighbours of one kind as one, by first position and number."""
    found = {(place, 1): unit for place, unit in enumerate(units)}
    for place in range(len(units) - 1) if merging else ():
        two = units[place : place + 2]
        alike = (two[0].kind, two[0].stray) == (two[1].kind, two[1].stray)
        if alike and two[0].kind in _DIVISIBLE:
            found[place, 2] = reduce(_joined, two)
    return found


def _joined(left: Unit, right: Unit) -> Unit:
    return Unit(
        kind=left.kind,
        passages=left.passages + right.passages,
        attached=left.attached + right.attached,
        length=left.length + right.length,
        anchors=left.anchors + right.anchors,
        cognates=left.cognates | right.cognates,
        stray=left.stray,
    )


def _pair_cost(left: Unit, right: Unit, ratio: float) -> float:
    if left.name and left.name == right.name:
        return -_SAME_HEADING
    cost = _STRAY if left.stray != right.stray else 0.0
    if left.kind != right.kind:
        if not {left.kind, right.kind} <= _PROSE:
            return _IMPOSSIBLE
        cost += _OTHER_KIND
    return cost + _length_cost(left.length, right.length, ratio) + _content_cost(left, right)


def _gap(unit: Unit) -> float:
    return _GAP - _STRAY if unit.stray else _GAP


def _length_cost(left: int, right: int, ratio: float) -> float:
    expected = left * ratio
    spread = sqrt(max(1.0, (expected + right) / 2) * _VARIANCE)
    chance = erfc(abs(right - expected) / spread / sqrt(2))
    return min(_LENGTH_MOST, -log(chance)) if chance > 0 else _LENGTH_MOST


def _content_cost(left: Unit, right: Unit) -> float:
    common = _in_common(left, right)
    cost = min(_DIFFERENT_MOST, _DIFFERENT * _differences(left, right)) - _COMMON * common
    if not common and left.anchors and right.anchors:
        cost += _DISJOINT
    alike = len(left.cognates & right.cognates)
    return cost - min(_COGNATES_MOST, _COGNATE * alike)


def _differences(left: Unit, right: Unit) -> int:
    """How many anchors only one of two units has."""
    total = sum(left.anchors.values()) + sum(right.anchors.values())
    return total - 2 * _in_common(left, right)


def _in_common(left: Unit, right: Unit) -> int:
    """How many anchors two units share."""
    if not left.anchors or not right.anchors:
        return 0
    there = right.anchors
    return sum(min(count, there[name]) for name, count in left.anchors.items())
