"""What probably went wrong with a value: said only where undoing it makes the rule hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from bukti.base.diagnostic import Note, note
from bukti.base.numbers import exact

_POINT_PLACES = 4
_NEAR = 4  # how many times a neighbour a value may be


def changed(value: Decimal) -> Iterator[tuple[str, Decimal]]:
    """What a number may have been before a mistake: the mistake's name, and the number.

    A lost or moved decimal mark, thousands for ones or the reverse, two neighbouring digits
    exchanged, a share for per cent or the reverse.
    """
    for places in range(1, _POINT_PLACES):
        if value == value.to_integral_value() and value:
            yield "point", value.scaleb(-places)
    yield "thousand", value * 1000
    yield "thousand", value / 1000
    yield "percent", value * 100
    digits = f"{value:f}"
    for place in range(len(digits) - 1):
        left, right = digits[place], digits[place + 1]
        if left.isdigit() and right.isdigit() and left != right:
            yield "digits", Decimal(digits[:place] + right + left + digits[place + 2 :])


def of_value(
    value: Any, allowed: Callable[[Decimal], bool], others: Sequence[Any]
) -> tuple[Note, ...]:
    """Why a value may lie outside what is allowed: what it may have been stands near the others."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ()
    middle = _middle(others)
    for cause, instead in changed(exact(value)):
        if allowed(instead) and middle is not None and _near(instead, middle):
            return (_told(cause, value, instead),)
    return ()


def of_sum(parts: Mapping[str, Any], total: Any, tolerance: Decimal) -> tuple[Note, ...]:
    """Why parts may not add up to their total: the one change that makes them, if there is one."""
    numbers = {name: exact(value) for name, value in parts.items()}
    added = sum(numbers.values(), Decimal(0))
    wanted = exact(total)
    found: list[Note] = []
    for name, value in numbers.items():
        for cause, instead in changed(value):
            if abs(added - value + instead - wanted) <= tolerance:
                found.append(_told(cause, f"{name} {plain(value)}", instead))
        if value and abs(added - value - wanted) <= tolerance:
            found.append(note("cause-counted", value=f"{name} {plain(value)}"))
    for cause, instead in changed(wanted):
        if abs(added - instead) <= tolerance:
            found.append(_told(cause, plain(wanted), instead))
    unique = list({each.key + str(dict(each.arguments)): each for each in found}.values())
    return tuple(unique[:1]) if len(unique) == 1 else ()


def _told(cause: str, value: object, number: Decimal) -> Note:
    instead = plain(number)
    if cause == "point":
        return note("cause-point", value=value, instead=instead)
    if cause == "thousand":
        return note("cause-thousand", value=value, instead=instead)
    if cause == "percent":
        return note("cause-percent", value=value, instead=instead)
    return note("cause-digits", value=value, instead=instead)


def plain(value: Decimal) -> str:
    """A number in plain digits, without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _middle(values: Sequence[Any]) -> Decimal | None:
    numbers = [abs(exact(each)) for each in values if each is not None]
    return median(numbers) if len(numbers) > 1 else None


def _near(value: Decimal, middle: Decimal) -> bool:
    size = abs(value)
    return size * _NEAR >= middle and size <= middle * _NEAR
