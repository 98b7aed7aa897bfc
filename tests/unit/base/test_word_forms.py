"""The forms that a term takes in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.word_forms import occurrences, term_pattern


@pytest.mark.parametrize(
    ("term", "language", "text"),
    [
        ("eksploitasi", "id", "pengeksploitasian"),
        ("eksploitasi", "id", "dieksploitasi"),
        ("eksploitasi ekonomi anak", "id", "Eksploitasi ekonomi anak-anak"),
        ("pekerja anak", "id", "pekerja anaknya"),
        ("buku", "id", "buku-bukunya"),
        ("sumber daya lain", "id", "sumber\u00a0daya lain"),
        ("child", "en", "child's"),
        ("child", "en", "child\u2019s"),
        ("box", "en", "boxes"),
        ("working group", "en", "Working Groups"),
    ],
)
def test_affixed_and_inflected_forms_are_found(term: str, language: str, text: str) -> None:
    assert list(occurrences(text, term_pattern(term, language))) == [(0, len(text))]


@pytest.mark.parametrize(
    ("term", "language", "text"),
    [
        ("anak", "id", "tanaknya"),
        ("eksploitasi", "id", "eksplorasi"),
        ("child", "en", "children"),
        ("loan", "en", "reloaning"),
        ("loan", "xx-none", "loaned"),
    ],
)
def test_other_words_are_not(term: str, language: str, text: str) -> None:
    language = "de" if language.startswith("xx") else language
    assert list(occurrences(text, term_pattern(term, language))) == []


def test_forms_that_are_declared_stand_in_place_of_those_that_are_made() -> None:
    pattern = term_pattern("child", "en", ("children",))
    text = "the child, the children, the child's"
    assert [text[start:end] for start, end in occurrences(text, pattern)] == [
        "child",
        "children",
        "child",
    ]


@given(st.text(max_size=20), st.text(max_size=60), st.sampled_from(["id", "en", "de"]))
def test_any_text_can_be_a_term(term: str, text: str, language: str) -> None:
    if term.split():
        for start, end in occurrences(text, term_pattern(term, language)):
            assert 0 <= start < end <= len(text)
