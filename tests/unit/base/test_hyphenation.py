"""Where words may be divided. The Indonesian words are divided as EYD V, III.D, and KBBI do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.hyphenation import divisions, has_divisions

INDONESIAN = """
ad-mi-nis-tra-si ana-li-sis ang-gar-an be-ker-ja ben-cana ber-akhir ber-be-da ber-ke-lan-jut-an
ber-tang-gung ba-ngun-an bi-ro-kra-si
da-lam-nya de-mi-ki-an de-mo-kra-ti-sa-si des-krip-tif di-la-ku-kan di-per-da-gang-kan
di-sam-bung-kan do-ku-men eko-no-mi eks-ploi-ta-si in-di-ka-tor in-for-mal in-fra-struk-tur
in-stru-men in-ter-na-si-o-nal im-ple-men-ta-si ke-bi-jak-an ke-cer-das-an ke-men-te-ri-an
ke-pu-tus-an ke-sta-bil-an ke-se-jah-te-ra-an ke-te-na-ga-ker-ja-an ko-or-di-na-si kon-trak
kon-ven-si lem-ba-ga ma-sya-ra-kat me-lak-sa-nakan me-nun-juk-kan me-nya-ta-kan meng-ang-gap
meng-a-ki-bat-kan men-ca-kup mem-per-da-gang-kan mem-per-ing-at-kan or-ga-ni-sa-si
pe-lak-sa-na-an pe-me-rin-tah pem-ba-ngun-an pem-ber-da-ya-an pe-ne-li-ti-an peng-ha-pus-an
pe-nu-run-an pe-nye-leng-ga-ra-an pe-ren-ca-na-an pe-rem-pu-an per-lin-dung-an per-sen-ta-se
per-tang-gung-ja-wab-an ra-ti-fi-ka-si re-gu-ler ter-akhir ter-ting-gi
ter-can-tum trans-por-ta-si un-dang-nya
"""
WORDS = INDONESIAN.split()


def divided(word: str, language: str) -> str:
    pieces, start = [], 0
    for place in divisions(word, language):
        pieces.append(word[start:place])
        start = place
    return "-".join([*pieces, word[start:]])


@pytest.mark.parametrize("word", WORDS)
def test_indonesian_words_are_divided_only_where_they_may(word: str) -> None:
    plain = word.replace("-", "")
    allowed = {sum(map(len, word.split("-")[: n + 1])) for n in range(word.count("-"))}
    assert set(divisions(plain, "id")) <= allowed


def test_most_of_the_allowed_places_are_found() -> None:
    found = sum(len(divisions(word.replace("-", ""), "id")) for word in WORDS)
    assert found > 0.6 * sum(word.count("-") for word in WORDS)


@pytest.mark.parametrize(
    "word", ["dalam", "UNICEF", "Kementerian", "CPAP", "2016", "ratus", "bab3"]
)
def test_short_words_names_and_codes_stay_whole(word: str) -> None:
    assert divisions(word, "id") == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("anak-anak peserta", "anak-anak pe-serta"),
        ("(eksploitasi)", "(eks-ploi-tasi)"),
        ("pertama, kedua", "per-tama, kedua"),
    ],
)
def test_words_are_found_within_a_text(before: str, after: str) -> None:
    assert divided(before, "id") == after


def test_a_language_without_patterns_has_none() -> None:
    assert not has_divisions("ja")
    assert divisions("anything whatever", "ja") == ()


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Z"))))
def test_places_lie_within_words_and_rise(text: str) -> None:
    places = divisions(text, "id")
    assert list(places) == sorted(set(places))
    for place in places:
        assert text[place - 1].isalpha()
        assert text[place].isalpha()
