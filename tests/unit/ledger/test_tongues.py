"""The language that passages are written in."""

from __future__ import annotations

import pytest
from tests.unit.ledger.test_alignment import edition, passage

from bukti.ledger.tongues import passages_in_other_languages
from bukti.tools.languages import likeliest_language

ID = "Perpustakaan desa ini telah lama ditunggu oleh warga dan kini dipakai hampir setiap hari."
EN = "The people of the village had waited for a library for a long time and use it every day."


def codes(*texts: tuple[str, str], language: str = "id") -> list[str]:
    passages = [passage(text, line, path=path) for line, (path, text) in enumerate(texts, 1)]
    found = passages_in_other_languages(
        edition(passages, language), ["id", "en"], likeliest_language
    )
    return [each.code for each in found]


def test_passages_files_and_editions() -> None:
    assert codes(("a.md", ID), ("b.md", ID)) == []
    assert codes(("a.md", ID), ("a.md", ID), ("b.md", ID), ("b.md", EN)) == ["PAR210"]
    assert codes(("a.md", ID), ("b.md", EN), ("b.md", EN)) == ["PAR211"]
    assert codes(("a.md", EN), ("b.md", EN)) == ["PAR212"]


def test_the_model_is_not_asked_where_words_settle_it() -> None:
    def never(text: str, languages: tuple[str, ...]) -> tuple[str, float]:
        raise AssertionError(text)

    assert list(passages_in_other_languages(edition([passage(ID, 1)]), ["id"], never)) == []


@pytest.mark.parametrize(
    "text",
    [
        "None of the above.",
        "UNICEF, ILO, World Bank, Bappenas, Kementerian Ketenagakerjaan, BPS, Sakernas, CPAP",
        "Istilah teknis: machine learning, deep learning, data mining, dan big data untuk publik.",
    ],
)
def test_short_or_mixed_passages_are_left_alone(text: str) -> None:
    assert codes(("a.md", ID), ("a.md", text)) == []


def test_a_language_that_the_model_does_not_know_is_not_judged() -> None:
    assert likeliest_language(EN, ("ban", "en")) == ("ban", 1.0)
    assert likeliest_language(EN, ("id",)) == ("id", 1.0)
    assert likeliest_language(EN, ("id", "en"))[0] == "en"
