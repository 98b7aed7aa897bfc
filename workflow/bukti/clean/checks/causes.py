"""Likely causes of a breach, named only where they would make the rule hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from bukti.base.diagnostic import Note, note
from bukti.clean.checks.subject import Row, shown

Cells = Mapping[str, Decimal]
Holds = Callable[[Cells], bool]

_POWERS = (1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)
_NEAR = 4
MOST = 2


class Repair(NamedTuple):
    """A number that may have been meant, and what then happened to it: a key of the notes."""

    cause: str
    value: Decimal


def repairs(value: Decimal) -> Iterator[Repair]:
    """The numbers that one slip turns into this one, the likelier slips first.

    A mark lost or moved, another unit (thousands, millions), a share for a percentage, and two
    neighbouring digits that changed places, which always differ by a multiple of nine.
    """
    if value == 0:
        return
    for power in _POWERS:
        yield Repair(_cause_of(value, power), value.scaleb(power))
    yield from (Repair("cause-digits-transposed", other) for other in transposed(value))


def _cause_of(value: Decimal, power: int) -> str:
    if power == 2 and abs(value) <= 1:
        return "cause-share"
    if power == -2 and abs(value) <= 100 and abs(value.scaleb(-2)) <= 1:
        return "cause-percent"
    if power == 3 and value != value.to_integral_value():
        return "cause-thousands-mark"
    return "cause-other-unit" if power % 3 == 0 else "cause-decimal-mark"


def transposed(value: Decimal) -> Iterator[Decimal]:
    """The numbers in which two neighbouring digits stand the other way round."""
    sign, digits, _ = value.as_tuple()
    exponent = int(value.as_tuple().exponent)
    for place, (left, right) in enumerate(pairwise(digits)):
        if left != right:
            turned = (*digits[:place], right, left, *digits[place + 2 :])
            yield Decimal((sign, turned, exponent))


def of_cell(
    column: str, value: Decimal, others: Sequence[Decimal], holds: Callable[[Decimal], bool]
) -> tuple[Note, ...]:
    """Why one number breaks its limits: the repair that holds and lies among its column's others.

    A repair is named only where it lies within a factor of four of the middle of the others.
    """
    near = [repair for repair in repairs(value) if holds(repair.value)]
    near = [repair for repair in near if repair.cause != "cause-digits-transposed"]
    middle = _middle(others)
    if middle is None or not near:
        return ()
    best = min(near, key=lambda repair: _distance(repair.value, middle))
    return (_note(column, value, best),) if _distance(best.value, middle) <= _NEAR else ()


def _middle(numbers: Sequence[Decimal]) -> Decimal | None:
    ordered = sorted(abs(value) for value in numbers if value)
    return ordered[len(ordered) // 2] if len(ordered) > 1 else None


def _distance(value: Decimal, middle: Decimal) -> Decimal:
    return max(abs(value) / middle, middle / abs(value))


def of_cells(cells: Cells, holds: Holds) -> tuple[Note, ...]:
    """Why a rule over several numbers fails: the single repairs, or swaps, that make it hold."""
    found = [
        note("cause-swapped", left=left, right=right)
        for left, right in combinations(cells, 2)
        if len(cells) > 2 and cells[left] != cells[right]
        if holds({**cells, left: cells[right], right: cells[left]})
    ]
    for name, value in cells.items():
        repaired = (each for each in repairs(value) if holds({**cells, name: each.value}))
        found += [_note(name, value, each) for each in repaired]
    return tuple(found[:MOST])


def _note(column: str, value: Decimal, repair: Repair) -> Note:
    said = {"column": column, "value": shown(value), "perhaps": shown(repair.value)}
    match repair.cause:
        case "cause-share":
            return note("cause-share", **said)
        case "cause-percent":
            return note("cause-percent", **said)
        case "cause-thousands-mark":
            return note("cause-thousands-mark", **said)
        case "cause-other-unit":
            return note("cause-other-unit", **said)
        case "cause-digits-transposed":
            return note("cause-digits-transposed", **said)
    return note("cause-decimal-mark", **said)


def of_rounding(numbers: Sequence[Decimal], difference: Decimal) -> tuple[Note, ...]:
    """Rounding, where the difference is no more than so many rounded numbers can make."""
    present = [value for value in numbers if value]
    if not present:
        return ()
    digits = max(_decimals(value) for value in present)
    if abs(difference) > Decimal(len(numbers)) / 2 * Decimal(1).scaleb(-digits):
        return ()
    return (note("cause-rounding", difference=shown(abs(difference)), digits=digits),)


def _decimals(value: Decimal) -> int:
    """The decimals that a number shows; below zero only for whole thousands and millions."""
    exponent = int(value.normalize().as_tuple().exponent)
    return -exponent if exponent <= 0 else -(exponent // 3 * 3)


def of_pair(cells: Cells, allowed: Decimal) -> tuple[Note, ...]:
    """Why two numbers that should be equal are not: rounding, or a slip in one of them."""
    left, right = cells.values()
    rounded = of_rounding([left, right], left - right)
    return rounded or of_cells(cells, lambda tried: _apart(tried) <= allowed)


def _apart(cells: Cells) -> Decimal:
    left, right = cells.values()
    return abs(left - right)


def of_all(cells: Cells, whole: Decimal, allowed: Decimal) -> tuple[Note, ...]:
    """All numbers given as shares where percentages are wanted, or the other way round."""
    added = sum(cells.values(), Decimal(0))
    if abs(added.scaleb(2) - whole) <= allowed:
        return (note("cause-all-shares"),)
    if abs(added.scaleb(-2) - whole) <= allowed:
        return (note("cause-all-percent"),)
    return ()


def of_rows(parts: Sequence[tuple[Row, Decimal]], surplus: Decimal) -> tuple[Note, ...]:
    """A row that stands twice, where the surplus is what it adds; rows are counted from 1."""
    for place, (row, value) in enumerate(parts):
        for other, same in parts[:place]:
            if value == same == surplus:
                return (note("cause-row-twice", row=row.position + 1, other=other.position + 1),)
    return ()


def of_spelling(value: str, known: Sequence[str]) -> tuple[Note, ...]:
    """The known word that a value may be another spelling of."""
    alike = [word for word in known if _plain(word) == _plain(value) and word != value]
    near = alike or get_close_matches(value, known, n=1, cutoff=0.8)
    return (note("cause-spelling", perhaps=near[0]),) if near else ()


def _plain(text: Any) -> str:
    return "".join(character for character in str(text).casefold() if character.isalnum())
