"""Passages counted by one program and read by another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.clean.coding.offsets import (
    AS_ONE,
    AS_STORED,
    AS_TWO,
    CODE_POINTS,
    UTF_8,
    UTF_16,
    Counting,
    Ruler,
    SourceText,
    Spot,
    counting_of,
    same_words,
    source_text,
)

STORED = st.text(st.sampled_from("ab\u00e9 \u4e2d\U0001f600\n\r\ufeff"), max_size=30)
ENCODINGS = {CODE_POINTS: ("utf-32-le", 4), UTF_16: ("utf-16-le", 2), UTF_8: ("utf-8", 1)}


def boundaries(source: SourceText, counting: Counting) -> list[int]:
    """Every position, each of which must lead back to its place, and no other to any."""
    ruler = Ruler(source, counting)
    found = [ruler.position(place) for place in range(len(source.text) + 1)]
    assert [ruler.place(each) for each in found] == list(range(len(found)))
    others = set(range(-2, found[-1] + 3)) - {*found}
    assert all(ruler.place(each) is None for each in others)
    return found


def counted(text: str, unit: str) -> int:
    name, size = ENCODINGS[unit]
    return len(text.encode(name)) // size


@given(STORED, st.sampled_from(list(ENCODINGS)))
def test_positions_as_stored_are_those_of_the_stored_bytes(stored: str, unit: str) -> None:
    source = source_text(stored)
    bounds = boundaries(source, Counting(unit=unit, mark=True))
    assert len(bounds) == len(source.text) + 1
    assert bounds[-1] == counted(stored, unit)
    assert all(before < after for before, after in pairwise(bounds))


@given(STORED, st.sampled_from(list(ENCODINGS)), st.sampled_from(["\n", "\r\n"]))
def test_line_ends_as_one_or_two(stored: str, unit: str, end: str) -> None:
    source = source_text(stored)
    line_ends = AS_ONE if end == "\n" else AS_TWO
    bounds = boundaries(source, Counting(unit=unit, line_ends=line_ends))
    expected = [
        counted(source.text[:place].replace("\n", end), unit)
        for place in range(len(source.text) + 1)
    ]
    assert bounds == expected


@given(STORED, st.integers(-3, 40), st.integers(-3, 40))
def test_a_passage_is_found_as_the_stored_text_holds_it(stored: str, start: int, end: int) -> None:
    source = source_text(stored.removeprefix("\ufeff"))
    at = Ruler(source, Counting()).located(Spot(start=start, end=end))
    if at is None:
        return
    held = stored.removeprefix("\ufeff")[start:end]
    assert source.text[at[0] : at[1]] == held.replace("\r\n", "\n").replace("\r", "\n")


@given(STORED)
def test_text_as_kept_has_line_feeds_alone(stored: str) -> None:
    source = source_text(stored)
    assert "\r" not in source.text
    assert all(source.text[place] == "\n" for place in source.paired)
    assert len(source.paired) == stored.count("\r\n")


@given(
    st.lists(st.sampled_from(["satu", "dua", "\U0001f600", "caf\u00e9", "tiga"]), min_size=3),
    st.sampled_from([CODE_POINTS, UTF_16]),
    st.sampled_from([AS_STORED, AS_ONE]),
    st.data(),
)
def test_the_recorded_words_tell_the_counting(
    words: list[str], unit: str, line_ends: str, data: st.DataObject
) -> None:
    source = source_text("\r\n".join(["\U0001f600", *words, "akhir kata"]))
    bounds = boundaries(source, Counting(unit=unit, line_ends=line_ends))
    place = source.text.index("akhir")
    spot = Spot(start=bounds[place], end=bounds[place + 5], said="akhir")
    counting, certain = counting_of([(source, [spot])])
    assert certain
    assert Ruler(source, counting).located(spot) == (place, place + 5)


@pytest.mark.parametrize(
    ("text", "said", "same"),
    [
        ("satu  dua\ntiga", "satu dua tiga", True),
        ("satu dua tiga", "satu du…", True),
        ("satu dua tiga", "satu dua ...", True),
        ("satu", "dua", False),
        ("satu", "", False),
        ("", "…", False),
    ],
)
def test_recorded_words(text: str, said: str, same: bool) -> None:
    assert same_words(text, said) is same


@pytest.mark.parametrize(
    "spot", [Spot(start=2, end=1), Spot(start=0, end=9), Spot(start=-1, end=1)]
)
def test_passages_that_cannot_be(spot: Spot) -> None:
    assert Ruler(SourceText(text="abc"), Counting()).located(spot) is None


def test_a_passage_that_cuts_a_character() -> None:
    ruler = Ruler(SourceText(text="a\U0001f600"), Counting(unit=UTF_16))
    assert ruler.located(Spot(start=0, end=2)) is None
    assert ruler.located(Spot(start=1, end=3)) == (1, 2)
