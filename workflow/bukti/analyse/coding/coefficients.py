"""Coefficients of agreement on whether units are under a code, from the patterns of all coders."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import krippendorff

Patterns = Mapping[tuple[bool, ...], int]  # which of the passes found it -> in how many units
_EXPANDED = 10_000


def percent(patterns: Patterns) -> float | None:
    """The share of pairs of coders that agree, in per cent; None without units."""
    units = sum(patterns.values())
    if not units:
        return None
    agreeing = sum(weight * _agreeing(pattern) for pattern, weight in patterns.items())
    return 100 * agreeing / units


def _agreeing(pattern: tuple[bool, ...]) -> float:
    yes, coders = sum(pattern), len(pattern)
    return 1 - 2 * yes * (coders - yes) / (coders * (coders - 1))


def kappa(patterns: Patterns) -> float | None:
    """Cohen's kappa (Educational and Psychological Measurement 20, 1960) of two coders.

    None for more coders, and where both put everything, or nothing, under the code.
    """
    units = sum(patterns.values())
    if not units or any(len(pattern) != 2 for pattern in patterns):
        return None
    first = sum(weight for pattern, weight in patterns.items() if pattern[0])
    second = sum(weight for pattern, weight in patterns.items() if pattern[1])
    same = sum(weight for pattern, weight in patterns.items() if pattern[0] == pattern[1])
    chance = first * second + (units - first) * (units - second)
    return None if chance == units**2 else (same * units - chance) / (units**2 - chance)


def alpha(patterns: Patterns) -> float | None:
    """Krippendorff's alpha for nominal data, by the library krippendorff for up to 10,000 units.

    None where nothing varies.
    """
    weighted = weighted_alpha(patterns)
    if weighted is None or sum(patterns.values()) > _EXPANDED:
        return weighted
    counts = [
        [len(pattern) - sum(pattern), sum(pattern)]
        for pattern, weight in patterns.items()
        for _ in range(weight)
    ]
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def weighted_alpha(patterns: Patterns) -> float | None:
    """The same from the patterns and their weights, without a row for each unit.

    Krippendorff (Content Analysis, 2004, ch. 11) for two values without missing ones.
    """
    yes = no = 0
    observed = 0.0
    for pattern, weight in patterns.items():
        its = sum(pattern)
        yes += weight * its
        no += weight * (len(pattern) - its)
        observed += weight * 2 * its * (len(pattern) - its) / (len(pattern) - 1)
    if not yes or not no:
        return None
    return 1 - observed * (yes + no - 1) / (2 * yes * no)


def interval(
    documents: Sequence[Patterns], replicates: int, seed: int
) -> tuple[float | None, float | None]:
    """The 95 per cent percentile interval of alpha when whole documents are drawn again and again.

    Samples in which nothing varies have no alpha and do not count; empty where these are more
    than half, or where there are fewer than two documents.
    """
    draw = random.Random(seed)  # noqa: S311 - a bootstrap, no secret
    found: list[float] = []
    for _ in range(replicates if len(documents) > 1 else 0):
        sample: dict[tuple[bool, ...], int] = {}
        for each in draw.choices(documents, k=len(documents)):
            for pattern, weight in each.items():
                sample[pattern] = sample.get(pattern, 0) + weight
        value = weighted_alpha(sample)
        if value is not None:
            found.append(value)
    if 2 * len(found) < replicates or not found:
        return None, None
    found.sort()
    return _quantile(found, 0.025), _quantile(found, 0.975)


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
