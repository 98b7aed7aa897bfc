"""How many characters of a text lie within the stretches of which coders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bukti.analyse.coding.coefficients import Patterns


def characters_of(passes: Sequence[Sequence[tuple[int, int]]], length: int) -> Patterns:
    """For each pattern (is it within a stretch of the first pass, of the second, ...) its size.

    A stretch begins at its first character and ends before its last number; what lies behind
    `length` does not count. Stretches of one pass may overlap.
    """
    changes = sorted(_changes(passes, length))
    depths = [0] * len(passes)
    found: dict[tuple[bool, ...], int] = {}
    before = 0
    for place, number, step in [*changes, (length, 0, 0)]:
        if place > before:
            pattern = tuple(depth > 0 for depth in depths)
            found[pattern] = found.get(pattern, 0) + place - before
            before = place
        depths[number] += step
    return found


def _changes(
    passes: Sequence[Sequence[tuple[int, int]]], length: int
) -> Iterator[tuple[int, int, int]]:
    for number, stretches in enumerate(passes):
        for start, end in stretches:
            if start < min(end, length):
                yield start, number, 1
                yield min(end, length), number, -1
