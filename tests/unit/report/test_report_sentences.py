"""Where sentences end, and where a full stop ends none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.report.sentences import sentences_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("It was 2.30 percent. It rose!", ["It was 2.30 percent.", "It rose!"]),
        ("See p. 4 of it. Then stop.", ["See p. 4 of it.", "Then stop."]),
        ("J. Smith wrote it.", ["J. Smith wrote it."]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
        ("Why? 2020 was bad.", ["Why?", "2020 was bad."]),
        ("and so on. but not here", ["and so on. but not here"]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentences_of(text, "en")] == sentences


def test_abbreviations_of_a_language() -> None:
    text = "Menurut Nugroho dkk. Indonesia, hlm. 5, No. 13, begitu. Lalu berhenti."
    assert len(sentences_of(text, "id")) == 2


@given(st.text(alphabet="aB .!?\"'\n4", max_size=60))
def test_all_that_is_no_white_space_lies_in_one_sentence(text: str) -> None:
    found = sentences_of(text, "en")
    inside = [index for start, end in found for index in range(start, end)]
    assert len(inside) == len(set(inside))
    assert {index for index, sign in enumerate(text) if not sign.isspace()} <= set(inside)
