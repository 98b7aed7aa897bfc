"""Whether two stored values are the same, nearly the same, or not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from bukti.verify.verdict import Outcome

TOLERANCE = 1e-9
_WORST = (Outcome.DIFFERS, Outcome.WITHIN, Outcome.REPRODUCED)


def compared(theirs: Any, ours: Any) -> Outcome:
    """How a value, a list of values or a row came out again.

    Numbers are within tolerance where they differ by at most a billionth of the larger one: what
    another processor or library does to the last of the twelve digits that are stored.
    """
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return _same(theirs is ours)
    if isinstance(theirs, int | float) and isinstance(ours, int | float):
        return _numbers(theirs, ours)
    if isinstance(theirs, Mapping) and isinstance(ours, Mapping):
        if theirs.keys() != ours.keys():
            return Outcome.DIFFERS
        return worst([compared(theirs[key], ours[key]) for key in theirs])
    if _is_list(theirs) and _is_list(ours):
        if len(theirs) != len(ours):
            return Outcome.DIFFERS
        return worst([compared(old, new) for old, new in zip(theirs, ours, strict=True)])
    return _same(theirs == ours)


def worst(outcomes: Sequence[Outcome]) -> Outcome:
    """The worst of the outcomes of comparisons; reproduced where there are none."""
    return next((each for each in _WORST if each in outcomes), Outcome.REPRODUCED)


def _numbers(theirs: float, ours: float) -> Outcome:
    if theirs == ours:
        return Outcome.REPRODUCED
    near = math.isclose(theirs, ours, rel_tol=TOLERANCE, abs_tol=0.0)
    return Outcome.WITHIN if near else Outcome.DIFFERS


def _same(same: bool) -> Outcome:
    return Outcome.REPRODUCED if same else Outcome.DIFFERS


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
