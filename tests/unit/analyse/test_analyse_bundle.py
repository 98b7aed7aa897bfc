"""The MIME bundle: every value as it is stored."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.analyse.bundle import claim_bundle, family_bundle, plain, plain_rows
from bukti.base.digest import canonical_json


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, None),
        (True, True),
        ("x", "x"),
        (5, 5),
        (10**20, 10**20),
        (2.0, 2),
        (-0.0, 0),
        (0.1 + 0.2, 0.3),
        (1 / 3, 0.333333333333),
        (123456789.123456789, 123456789.123),
        (1e20, 1e20),
        (1e-30, 1e-30),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (Decimal("2.30"), 2.3),
        (date(2020, 1, 2), "2020-01-02"),
        (datetime(2020, 1, 2, 3), "2020-01-02T03:00:00"),
        (np.int64(4), 4),
        (np.float64(0.1) + np.float64(0.2), 0.3),
        (np.bool_(True), True),
        (np.float64("nan"), "nan"),
    ],
)
def test_plain(value: Any, stored: Any) -> None:
    assert plain(value) == stored
    assert type(plain(value)) is type(stored)


@pytest.mark.parametrize("value", [b"x", [1], {"a": 1}, object(), 1j])
def test_what_cannot_be_stored(value: Any) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        plain(value)


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_twelve_digits_are_kept_and_storing_again_changes_nothing(value: float) -> None:
    stored = plain(value)
    assert stored == pytest.approx(value, rel=1e-11, abs=0)
    assert plain(stored) == stored
    assert plain(json.loads(canonical_json(stored))) == stored


def test_a_list_of_texts() -> None:
    assert claim_bundle("top", ("a", "b"), None, [])["value"] == ["a", "b"]
    with pytest.raises(TypeError, match="list of texts"):
        claim_bundle("top", [1, 2], None, [])


def test_rows_and_members_are_plain() -> None:
    assert plain_rows([{"d": date(2020, 1, 2), "x": 1.0}]) == [{"d": "2020-01-02", "x": 1}]
    family = family_bundle("f", [("k", 1.0, {"x": np.int64(1)})], "u")
    assert family["members"] == [{"key": "k", "value": 1, "row": {"x": 1}}]
