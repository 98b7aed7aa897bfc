from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bukti.printed.differences import Stretch, aligned
from bukti.printed.records import Kind, Place, PrintedPassage

WORDS = st.lists(st.sampled_from(["ada", "anak", "bekerja", "di", "desa", "dan", "kota", "kini"]))
PASSAGES = st.lists(WORDS.map(" ".join), max_size=6)


def passages(*texts: str) -> tuple[PrintedPassage, ...]:
    return tuple(PrintedPassage(kind=Kind.PARAGRAPH, text=text, place=Place()) for text in texts)


def readings(wanted: tuple[str, ...], found: tuple[str, ...]) -> list[tuple[str, str]]:
    def words(texts: tuple[str, ...], stretches: tuple[Stretch, ...]) -> str:
        parts = (texts[each.passage][each.start : each.end] for each in stretches if texts)
        return " / ".join(parts)

    return [
        (words(wanted, each.wanted), words(found, each.found))
        for each in aligned(passages(*wanted), passages(*found)).changes
    ]


def test_a_changed_word_is_told_alone() -> None:
    wanted = ("Angkanya naik tajam sejak 2019 di semua daerah.", "Lainnya tetap.")
    found = ("Angkanya turun tajam sejak 2019 di semua daerah.", "Lainnya tetap.")
    assert readings(wanted, found) == [("naik", "turun")]


def test_other_divisions_into_passages_are_no_difference() -> None:
    wanted = ("Satu dua tiga", "empat lima undang-undang", "enam")
    found = ("Satu dua", "tiga empat lima undang-", "undang enam")
    assert readings(wanted, found) == []


def test_what_is_missing_and_what_is_more_is_told() -> None:
    wanted = ("Kalimat pertama. Kalimat kedua.", "Bagian tiga.")
    assert readings(wanted, ("Kalimat pertama.", "Bagian tiga.")) == [("Kalimat kedua.", "")]
    more = ("Kalimat pertama. Kalimat kedua.", "Sisipan.", "Bagian tiga.")
    assert readings(wanted, more) == [("", "Sisipan.")]
    assert readings(wanted, ()) == [("Kalimat pertama. Kalimat kedua. / Bagian tiga.", "")]
    assert readings((), ("Sisipan.",)) == [("", "Sisipan.")]


def test_exchanged_passages_are_told() -> None:
    wanted = ("Tabel 1. Usia", "isi satu", "Tabel 2. Jumlah", "isi dua")
    found = ("Tabel 1. Jumlah", "isi satu", "Tabel 2. Usia", "isi dua")
    assert readings(wanted, found) == [("Usia", "Jumlah"), ("Jumlah", "Usia")]


def test_a_long_text_is_compared_soon() -> None:
    words = [f"kata{number % 97}" for number in range(9000)]
    other = [f"lain{number % 89}" for number in range(9000)]
    assert len(readings((" ".join(words),), (" ".join(other),))) == 1


@given(PASSAGES, PASSAGES)
def test_texts_differ_just_where_their_letters_do(wanted: list[str], found: list[str]) -> None:
    alike = "".join(wanted).replace(" ", "") == "".join(found).replace(" ", "")
    assert bool(readings(tuple(wanted), tuple(found))) is not alike


@given(PASSAGES, PASSAGES)
def test_what_no_difference_touches_is_found_again(wanted: list[str], found: list[str]) -> None:
    alignment = aligned(passages(*wanted), passages(*found))
    for number, text in enumerate(wanted):
        start = 0
        for word in text.split():
            start = text.index(word, start)
            stretch = Stretch(passage=number, start=start, end=start + len(word))
            start += len(word)
            if alignment.differs(stretch) is None:
                place = alignment.counterpart(stretch)
                assert found[place.passage][place.start : place.end].startswith(word[:1])
