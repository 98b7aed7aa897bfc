"""Hedges: found before a number, and checked as what they say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.hedges import Tolerances, hedge_at, hedge_before, hedged_holds
from bukti.base.quantity_words import HEDGES


@pytest.mark.parametrize(
    ("text", "language", "hedge"),
    [
        ("Jumlahnya sekitar ", "id", "sekitar"),
        ("lebih dari\u00a0", "id", "lebih dari"),
        ("tidak lebih dari ", "id", "tidak lebih dari"),
        ("There were *about* ", "en", "about"),
        ("there were no more than ", "en", "no more than"),
        ("up\nto ", "en", "up to"),
        ("about half of them, ", "en", None),
        ("awesome ", "en", None),
        ("about\n\n", "en", None),
        ("sekitar ", "fr", None),
        ("", "id", None),
    ],
)
def test_the_hedge_before_a_mark(text: str, language: str, hedge: str | None) -> None:
    assert hedge_before(text, language) == hedge


def test_a_hedge_has_its_offsets() -> None:
    text = "a" * 200 + " naik lebih dari 5"
    found = hedge_at(text, len(text) - 1, "id")
    assert found is not None
    assert (found.kind, text[found.start : found.end]) == ("more", "lebih dari")


@pytest.mark.parametrize(
    ("kind", "actual", "holds"),
    [
        ("about", "97", True),
        ("about", "105", True),
        ("about", "106", False),
        ("almost", "96", True),
        ("almost", "100", False),
        ("almost", "101", False),
        ("almost", "94", False),
        ("more", "101", True),
        ("more", "100", False),
        ("more", "99", False),
        ("more", "151", False),
        ("less", "99", True),
        ("less", "100", False),
        ("less", "49", False),
        ("at_least", "100", True),
        ("at_least", "500", True),
        ("at_least", "99", False),
        ("at_most", "100", True),
        ("at_most", "101", False),
    ],
)
def test_a_hedge_is_checked_as_what_it_says(kind: str, actual: str, holds: bool) -> None:
    assert hedged_holds(kind, Decimal(100), Decimal(actual), Tolerances()) is holds


def test_more_than_half_may_be_far_more() -> None:
    assert hedged_holds("more", Decimal("0.5"), Decimal("0.99"), Tolerances(), far=True)


@given(
    kind=st.sampled_from(HEDGES),
    stated=st.decimals(-1000, 1000, places=2),
    actual=st.decimals(-1000, 1000, places=2),
)
def test_more_and_less_never_both_hold(kind: str, stated: Decimal, actual: Decimal) -> None:
    holds = {each: hedged_holds(each, stated, actual, Tolerances()) for each in HEDGES}
    assert not (holds["more"] and holds["less"])
    assert holds["at_least"] or holds["at_most"]
    assert not (holds["almost"] and holds["at_least"])
