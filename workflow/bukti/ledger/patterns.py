"""Patterns of numbers that `bukti.yaml` allows and no edition uses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.ledger.join import EditionRecord
from bukti.project.number_forms import NumberPattern


def unused_patterns(
    patterns: Iterable[NumberPattern], editions: Sequence[EditionRecord]
) -> tuple[Diagnostic, ...]:
    """The patterns that fit no number of any edition, each at its place."""
    used = {pattern for edition in editions for pattern in edition.patterns}
    return tuple(
        diagnose("CFG172", each.span, form=each.form, pattern=each.pattern)
        for each in patterns
        if each.pattern not in used
    )
