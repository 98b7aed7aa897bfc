"""The names on a list, in the ways in which texts write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.privacy.letters import original_offset, plain
from bukti.privacy.names import NameSearch, read_names, short_forms

LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéüç", min_size=3, max_size=9)


def found(listed: str, text: str, *others: str) -> list[str]:
    search = NameSearch(read_names(listed), short_forms(others))
    return [find.text for find in search.finds(plain(text))]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("kata siti  AMINAH.", "siti  AMINAH"),
        ("kata Siti\nAminah.", "Siti\nAminah"),
        ("Siti Ami-\nnah", "Siti Aminah"),
        ("Siti Ami-\r\n  nah", "Siti Aminah"),
        ("Si\u00adti Ami\ufffenah", "Siti Aminah"),
        ("Aminah, Siti berkata", "Aminah, Siti"),
        ("kata S. Aminah", "S. Aminah"),
        ("kata S.Aminah", "S.Aminah"),
        ("(Aminah, S.)", "Aminah, S."),
        ("wawancara_siti_aminah_02.mp3", "siti_aminah"),
        ("SitiAminah", "SitiAminah"),
        ("Siti-Aminah", "Siti-Aminah"),
        ("Sití Ämínah", "Siti Aminah"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, written: str) -> None:
    assert found("Siti Aminah", text) == [written]


@pytest.mark.parametrize(
    "text",
    [
        "Siti",
        "Aminah",
        "Sitia Minah",
        "Siti. Nanti Aminah",
        "Siti Aminahwati",
        "Yusiti Aminah",
        "s. aminah",
        "proses. Aminah",
        "S Aminah",
        "Siti\n\x00\nAminah",
    ],
)
def test_what_is_no_name_of_the_list(text: str) -> None:
    assert found("Siti Aminah", text) == []


def test_a_name_of_several_parts() -> None:
    for text in ("Siti Nur Aminah", "Siti Aminah", "S. N. Aminah", "Siti N. Aminah", "S. Aminah"):
        assert found("Siti Nur Aminah", f"kata {text} kemarin") == [text]
    assert found("Siti Nur Aminah", "Aminah, Siti Nur") == ["Aminah, Siti Nur"]
    assert found("Siti Nur Aminah", "Siti Nur") == []


def test_a_short_form_that_is_an_authors_too_is_left_alone() -> None:
    assert found("Siti Aminah", "S. Aminah (2019)", "Aminah, Sri") == []
    assert found("Siti Aminah", "S. Aminah (2019)", "Aminah, Tri") == ["S. Aminah"]
    assert found("Siti Aminah", "Siti Aminah", "Aminah, Sri") == ["Siti Aminah"]


def test_a_single_name_and_one_that_counts_as_written() -> None:
    assert found("Bunga", "bunga Bunga BUNGA bungalow") == ["bunga", "Bunga", "BUNGA"]
    assert found('"Bunga"', "bunga Bunga BUNGA") == ["Bunga"]
    assert found("Ma'ruf Amin", "Ma’ruf Amin, Maruf Amin") == ["Ma’ruf Amin", "Maruf Amin"]


def test_how_a_list_is_written() -> None:
    listed = read_names(
        "# informants\n\n"
        "Prof. Dr. Siti Aminah, S.Sos., M.Si.\tBu Siti; Mbak Ami # the first\n"
        "Santoso, Budi\n"
        "H. Abdul Karim\n"
        "T. Safira | Tari\n"
        "Hasan, T.\n"
        "A\n"
    )
    assert [(name.line, " ".join(name.parts)) for name in listed.names] == [
        (3, "Siti Aminah"),
        (3, "Bu Siti"),
        (3, "Mbak Ami"),
        (4, "Budi Santoso"),
        (5, "Abdul Karim"),
        (6, "T Safira"),
        (6, "Tari"),
        (7, "T Hasan"),
    ]
    assert listed.unusable == (8,)


def test_all_that_a_line_calls_a_person_is_one_person() -> None:
    search = NameSearch(read_names("Siti Aminah | Bu Ami\nBudi"))
    finds = list(search.finds("Bu Ami, Siti Aminah, Budi"))
    assert [find.key for find in sorted(finds, key=lambda each: each.start)] == ["1", "1", "2"]


@given(st.lists(LETTERS, min_size=1, max_size=4), st.text(max_size=40), st.text(max_size=40))
def test_a_listed_name_is_found_in_any_text(parts: list[str], before: str, after: str) -> None:
    name = " ".join(parts)
    assert found(name, f"{before} {name.upper()} {after}")


@given(st.text(max_size=60))
def test_offsets_of_a_plain_text_lead_to_the_text_itself(text: str) -> None:
    bare = plain(text)
    for offset in range(len(bare)):
        place = original_offset(text, offset)
        assert len(plain(text[:place])) <= offset < len(plain(text[: place + 1]))


@given(st.text(max_size=200))
def test_any_list_can_be_read_and_searched(text: str) -> None:
    list(NameSearch(read_names(text)).finds(plain(text)))


def test_a_long_list_takes_no_longer_for_names_that_are_not_there() -> None:
    listed = "\n".join(f"Nama{chr(97 + n % 26)} Orang{n:x}" for n in range(20_000))
    search = NameSearch(read_names(f"{listed}\nSiti Aminah"))
    assert [find.key for find in search.finds("Siti Aminah " * 3)] == ["20001"] * 3
    assert len(search._patterns) == 1


def test_names_in_other_scripts_and_of_letters_and_digits() -> None:
    assert found("李小龙", "他是李小龙 先生") == []
    assert found("李小龙", "他是 李小龙, 先生") == ["李小龙"]
    assert found("Анна Каренина", "это АННА КАРЕНИНА.") == ["АННА КАРЕНИНА"]
    assert found("सीता देवी", "श्रीमती सीता देवी ने") == ["सीता देवी"]
    assert found("R2 Aminah", "kata R2 Aminah") == ["R2 Aminah"]
