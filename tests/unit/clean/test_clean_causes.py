"""The likely cause of a breach is said only where undoing it makes the rule hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.diagnostic import Note
from bukti.clean.checks import causes


def numbers(*values: float) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def cells(**values: float) -> dict[str, Decimal]:
    return {name: Decimal(str(value)) for name, value in values.items()}


def told(notes: tuple[Note, ...]) -> list[tuple[str, object]]:
    return [(note.key, note.arguments.get("perhaps")) for note in notes]


@pytest.mark.parametrize(
    ("value", "others", "key", "perhaps"),
    [
        (235, [2.06, 1.74, 1.58], "cause-decimal-mark", "2.35"),
        (1580, [1.4, 1.6], "cause-other-unit", "1.58"),
        (0.023, [2.1, 2.4], "cause-share", "2.3"),
        (1.25, [1100, 1300], "cause-thousands-mark", "1250"),
    ],
)
def test_a_value_outside_its_limits(
    value: float, others: list[float], key: str, perhaps: str
) -> None:
    low, high = min(others) / 2, max(others) * 2
    notes = causes.of_cell(
        "v", Decimal(str(value)), numbers(*others), lambda number: low <= number <= high
    )
    assert told(notes) == [(key, perhaps)]


@pytest.mark.parametrize(
    ("value", "others"), [(235, []), (235, [95.0, 99.0]), (777777777777, [2.0, 2.1])]
)
def test_nothing_is_said_without_neighbours_that_bear_it_out(
    value: float, others: list[float]
) -> None:
    notes = causes.of_cell(
        "v", Decimal(str(value)), numbers(*others), lambda number: number < 50 or number > 10**6
    )
    assert notes == ()


@pytest.mark.parametrize(
    ("parts", "total", "expected"),
    [
        ({"a": 5310, "b": 5440}, 10705, [("cause-digits-transposed", "10750")]),
        ({"a": 235, "b": 1.5}, 3.85, [("cause-decimal-mark", "2.35")]),
        ({"a": 12, "b": 3000}, 15000, [("cause-other-unit", "12000")]),
        ({"a": 30, "b": 12}, 18, [("cause-swapped", None)]),
        ({"a": 11, "b": 17}, 5000, []),
    ],
)
def test_parts_that_do_not_add_up(
    parts: dict[str, float], total: float, expected: list[tuple[str, object]]
) -> None:
    tried = cells(**parts, total=total)
    notes = causes.of_cells(tried, lambda c: c["a"] + c["b"] == c["total"])
    assert set(expected) <= set(told(notes))
    assert bool(expected) is bool(notes)
    assert len(notes) <= causes.MOST


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=5), st.integers(1, 10**6))
def test_what_is_said_of_a_sum_makes_it_right(parts: list[int], total: int) -> None:
    tried = {f"p{place}": Decimal(value) for place, value in enumerate(parts)}
    for note in causes.of_cells(tried, lambda each: sum(each.values()) == total):
        given_ = note.arguments
        assert note.key != "cause-swapped"
        rest = sum(parts) - int(tried[str(given_["column"])])
        assert rest + Decimal(str(given_["perhaps"])) == total


@given(st.integers(1, 10**9))
def test_digits_that_changed_places_differ_by_a_multiple_of_nine(value: int) -> None:
    for other in causes.transposed(Decimal(value)):
        assert other != value
        assert (other - value) % 9 == 0


@pytest.mark.parametrize(
    ("values", "difference", "digits"),
    [((33.3, 33.3, 33.3), 0.1, 1), ((1200000, 13000), 1000, 3), ((10, 20), 5, None)],
)
def test_rounding(values: tuple[float, ...], difference: float, digits: int | None) -> None:
    notes = causes.of_rounding(numbers(*values), Decimal(str(difference)))
    assert [note.key for note in notes] == (["cause-rounding"] if digits else [])


def test_another_spelling() -> None:
    known = ["Kepulauan Riau", "DI Yogyakarta", "Papua"]
    assert told(causes.of_spelling("D.I. Yogyakarta", known)) == [
        ("cause-spelling", "DI Yogyakarta")
    ]
    assert causes.of_spelling("Aceh", known) == ()


def test_shares_and_percentages_throughout() -> None:
    assert told(causes.of_all(cells(a=0.4, b=0.6), Decimal(100), Decimal(0))) == [
        ("cause-all-shares", None)
    ]
    assert told(causes.of_all(cells(a=40, b=60), Decimal(1), Decimal(0))) == [
        ("cause-all-percent", None)
    ]
