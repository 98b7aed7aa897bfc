"""The likely cause of a breach is said only where undoing it makes the rule hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.clean.causes import of_sum, of_value


@pytest.mark.parametrize(
    ("value", "others", "key", "instead"),
    [
        (235, [2.06, 1.74, 1.58], "cause-point", "2.35"),
        (1580, [1.4, 1.6], "cause-point", "1.58"),
        (0.023, [2.1, 2.4], "cause-percent", "2.3"),
    ],
)
def test_a_value_outside_its_limits(
    value: float, others: list[float], key: str, instead: str
) -> None:
    (said,) = of_value(value, lambda number: 1 <= number <= 100, others)
    assert (said.key, said.arguments["instead"]) == (key, instead)


@pytest.mark.parametrize(
    ("value", "others"),
    [(235, []), (235, [95.0, 99.0]), (777777777, [2.0, 2.1]), (True, [2.0, 2.1])],
)
def test_nothing_is_said_without_neighbours_that_bear_it_out(
    value: float, others: list[float]
) -> None:
    assert of_value(value, lambda number: number <= 100, others) == ()


@pytest.mark.parametrize(
    ("parts", "total", "key", "instead"),
    [
        ({"boys": 5310, "girls": 5440}, 10705, "cause-digits", "10750"),
        ({"a": 235, "b": 1.5}, 3.85, "cause-point", "2.35"),
        ({"a": 12, "b": 3000}, 15000, "cause-thousand", "12000"),
        ({"a": 10, "b": 20, "c": 5}, 30, "cause-counted", None),
    ],
)
def test_parts_that_do_not_add_up(
    parts: dict[str, float], total: float, key: str, instead: str | None
) -> None:
    (said,) = of_sum(parts, total, Decimal(0))
    assert (said.key, said.arguments.get("instead")) == (key, instead)


def test_two_causes_that_would_both_do_are_not_said() -> None:
    assert of_sum({"a": 12, "b": 12}, 33, Decimal(0)) == ()
    assert of_sum({"a": 100, "b": 100}, 100, Decimal(0)) == ()


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=5), st.integers(1, 10**6))
def test_what_is_said_of_a_sum_makes_it_right(parts: list[int], total: int) -> None:
    named = {f"p{number}": value for number, value in enumerate(parts)}
    for said in of_sum(named, total, Decimal(0)):
        name, _, value = said.arguments["value"].rpartition(" ")
        if said.key == "cause-counted":
            assert sum(parts) - int(value) == total
        elif name:
            assert sum(parts) - named[name] + Decimal(said.arguments["instead"]) == total
        else:
            assert sum(parts) == Decimal(said.arguments["instead"])
