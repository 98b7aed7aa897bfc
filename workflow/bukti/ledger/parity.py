"""Whether the editions say the same: section by section, passage by passage, item by item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bukti.base.diagnostic import Diagnostic
from bukti.ledger.comparison import Comparison, pairs_of_editions
from bukti.ledger.join import EditionRecord
from bukti.ledger.parity_front import front_disparities
from bukti.ledger.parity_items import item_disparities
from bukti.ledger.parity_marks import mark_disparities
from bukti.ledger.parity_passages import passage_disparities
from bukti.ledger.parity_sections import section_disparities


def disparities(editions: Sequence[EditionRecord]) -> tuple[Diagnostic, ...]:
    """What one edition has and another has not, or has otherwise, at the places in both.

    Where one of two has a title and an abstract alone, only these are compared.
    """
    found: list[Diagnostic] = []
    for both in pairs_of_editions(editions):
        found += disparities_of_two(both)
    return tuple(found)


def disparities_of_two(both: Comparison) -> Iterator[Diagnostic]:
    """As `disparities`, for two editions."""
    for side, other in both.directions:
        yield from front_disparities(side.edition, other.edition)
    yield from section_disparities(both)
    passages = tuple(passage_disparities(both))
    yield from (each.finding for each in passages if each.finding is not None)
    told_here = [index for each in passages for index in each.here]
    told_there = [index for each in passages for index in each.there]
    yield from item_disparities(both, told_here, told_there)
    yield from mark_disparities(both)
