from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bukti.printed.plain import made_plain
from bukti.printed.records import FORMULA

WORDS = st.text("abcdefgh\u00e9", min_size=2, max_size=9)


def plain(text: str) -> str:
    return made_plain(text).text


@given(
    st.lists(WORDS, min_size=1, max_size=8), st.integers(0, 60), st.sampled_from("\u00ad-\u2011")
)
def test_what_divides_lines_and_words_is_left_out(words: list[str], at: int, hyphen: str) -> None:
    text = " ".join(words)
    place = at % len(text)
    divided = f"{text[:place]}{hyphen}\n{text[place:]}"
    assert plain(divided) == plain(text) == "".join(words)


@given(st.text(max_size=60))
def test_every_letter_knows_its_place(text: str) -> None:
    made = made_plain(text)
    assert len(made.text) == len(made.origins)
    assert list(made.origins) == sorted(made.origins)
    for number in range(len(made.text)):
        start, end = made.place(number, number + 1)
        assert end == start + 1


def test_signs_of_typesetting_are_made_alike() -> None:
    assert plain("\u201ckata\u201d dan \u2018itu\u2019\u2026") == plain("\"kata\" dan 'itu'...")
    assert plain("e\ufb03sien") == "effisien"
    assert plain(f"nilai {FORMULA} ini") == "nilaiini"
    assert plain("\u2612 sudah") == "sudah"


def test_numbers_stay_apart_and_keep_their_sign() -> None:
    assert plain("2019 2020") == "2019 2020" == plain("2019\u00a0 \n2020")
    assert plain("turun \u22125 persen") == "turun-5persen" == plain("turun -5 persen")
    assert plain("Undang-Undang 13-14") == "UndangUndang1314"
