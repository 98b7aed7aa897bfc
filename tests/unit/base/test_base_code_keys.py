"""Keys of codes: the shortest end of a path that means one code."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bukti.base.claims import is_claim_id
from bukti.base.code_keys import code_keys

PATHS = {
    "1": "Capacity",
    "2": "Capacity / Staff",
    "3": "Money / Staff",
    "4": "Money",
    "5": "Money / Donors' gifts",
}


def test_a_name_is_enough_where_it_is_the_only_one() -> None:
    keys = code_keys(PATHS).keys
    assert keys["1"] == "capacity"
    assert keys["5"] == "donors_gifts"


def test_a_repeated_name_needs_its_path() -> None:
    found = code_keys(PATHS)
    assert found.keys["2"] == "capacity.staff"
    assert found.meant["staff"] == ("2", "3")


def test_a_whole_path_is_meant_before_the_end_of_another() -> None:
    found = code_keys({"a": "Staff", "b": "Capacity / Staff"})
    assert found.meant["staff"] == ("a",)
    assert found.keys == {"a": "staff", "b": "capacity.staff"}


def test_codes_with_the_same_path_have_their_identifier() -> None:
    found = code_keys({"0A-1": "Staff", "0A-2": "Staff"})
    assert found.keys == {"0A-1": "0a_1", "0A-2": "0a_2"}
    assert found.meant["staff"] == ("0A-1", "0A-2")


def test_a_name_in_another_script_has_its_identifier() -> None:
    assert code_keys({"0A-1": "Kapasitas / 能力"}).keys == {"0A-1": "0a_1"}


@given(st.lists(st.lists(st.text(max_size=4), min_size=1, max_size=3), max_size=8))
def test_a_key_is_part_of_an_id_and_means_its_code(paths: list[list[str]]) -> None:
    known = {f"c{number}": " / ".join(path) for number, path in enumerate(paths)}
    found = code_keys(known)
    assert len({*found.keys.values()}) == len(known)
    for code, key in found.keys.items():
        assert found.meant[key] == (code,)
        assert is_claim_id(f"code.{key}.n")
