"""What bukti knows of languages: its own words, and the locale data for all others."""

from __future__ import annotations

import pytest
from babel.localedata import locale_identifiers

from bukti.base.language import is_language, language_of

OWN = ("id", "en")


@pytest.mark.parametrize(
    ("code", "decimal", "group"),
    [
        ("id", ",", "."),
        ("en", ".", ","),
        ("de", ",", "."),
        ("fr", ",", "\u202f"),
        ("en-GB", ".", ","),
    ],
)
def test_separators(code: str, decimal: str, group: str) -> None:
    language = language_of(code)
    assert (language.decimal, language.group) == (decimal, group)


def test_every_language_of_the_locale_data_has_separators_of_one_sign() -> None:
    for name in locale_identifiers():
        code = name.replace("_", "-")
        language = language_of(code)
        assert is_language(code)
        assert len(language.decimal) == len(language.group) == 1
        assert language.decimal != language.group, code


def test_a_language_without_words_of_its_own_prints_those_of_english() -> None:
    german = language_of("de")
    assert german.words == language_of("en").words
    assert german.scales == {} and german.up == () and german.highest == ()


def test_the_languages_with_words_have_the_same_kinds_of_them() -> None:
    first, *others = [language_of(code) for code in OWN]
    for other in others:
        assert other.words.keys() == first.words.keys()
        assert sorted(other.scales.values()) == sorted(first.scales.values())
        assert all([other.up, other.down, other.highest, other.lowest, other.conjunction])


@pytest.mark.parametrize("code", OWN)
def test_no_word_means_two_things(code: str) -> None:
    language = language_of(code)
    assert set(language.up) & set(language.down) == set()
    assert set(language.highest) & set(language.lowest) == set()
    assert set(language.percent) & set(language.percentage_point) == set()


@pytest.mark.parametrize("code", ["zz", "", "klingon", "id_ID_x"])
def test_what_is_no_language(code: str) -> None:
    assert not is_language(code)
    with pytest.raises(LookupError):
        language_of(code)
