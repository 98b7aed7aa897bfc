"""How tables are laid out in a notebook, and the sources their rows name."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from bukti.analyse.layout import layout_of, sources_of

FRAME = pl.DataFrame(
    {
        "a": [1, 2],
        "b": [3, 4],
        "c": [5, 6],
        "flag": ["x", None],
        "source_id": ["S_B", "S_A"],
        "b_source_id": [None, "S_B"],
    }
)
NOTHING: dict[str, Any] = {
    "groups": {},
    "sections": None,
    "totals": 0,
    "heads": {},
    "units": {},
    "marks": {},
}


def laid_out(**options: Any) -> dict[str, Any]:
    return layout_of("t", FRAME, ["a", "b", "c"], **{**NOTHING, **options})


def test_only_what_was_asked_for_is_kept() -> None:
    assert laid_out() == {}
    assert laid_out(groups={"2020": ["b", "c"]}, totals=1, marks={"a": "flag"}) == {
        "groups": [{"label": "2020", "columns": ["b", "c"]}],
        "totals": 1,
        "marks": {"a": "flag"},
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"groups": {"g": ["a", "c"]}}, "side by side"),
        ({"groups": {"g": ["c", "b"]}}, "side by side"),
        ({"groups": {"g": []}}, "side by side"),
        ({"groups": {"g": ["flag"]}}, "no shown column flag"),
        ({"units": {"x": "kg"}}, "no shown column x"),
        ({"marks": {"a": "x"}}, "no column x"),
        ({"sections": "x"}, "no column x"),
        ({"totals": 2}, "2 rows of totals, but 2 rows"),
        ({"totals": -1}, "rows of totals"),
    ],
)
def test_a_layout_that_does_not_fit(options: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        laid_out(**options)


def test_sources_are_named_once_in_the_order_of_the_rows() -> None:
    assert sources_of(FRAME) == ["S_B", "S_A"]
    assert sources_of([FRAME.tail(1), FRAME]) == ["S_A", "S_B"]
    assert sources_of(FRAME, ["b_source_id"]) == ["S_B"]
    assert sources_of(FRAME.select("a")) == []
    assert sources_of(None) == []
    with pytest.raises(ValueError, match="no column x"):
        sources_of(FRAME, ["x"])
