"""Numbers as people write them: what is read, what is written, and when the two agree."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bukti.base.numbers import (
    NumberToken,
    exact,
    format_number,
    parse_numbers,
    rounded,
    scale_power,
    scale_word,
    states,
)

LANGUAGES = st.sampled_from(["id", "en", "de", "de-CH", "fr", "sv"])
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
    lambda value: -60 < value.adjusted() < 60 and int(value.as_tuple().exponent) > -60
)
TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("0123456789.,-−  \u00a0\u202f%abc")), max_size=60
)


def only(text: str, language: str) -> NumberToken:
    (token,) = parse_numbers(text, language)
    return token


def values(text: str, language: str) -> list[Decimal | None]:
    return [token.value for token in parse_numbers(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "value", "digits", "scale", "unit"),
    [
        ("2,30 persen", "id", "2.30", 2, 0, "percent"),
        ("2.30 percent", "en", "2.30", 2, 0, "percent"),
        ("2.30 per cent", "en", "2.30", 2, 0, "percent"),
        ("2,30%", "id", "2.30", 2, 0, "percent"),
        ("2,30persen", "id", "2.30", 2, 0, "percent"),
        ("0,72 poin persentase", "id", "0.72", 2, 0, "percentage_point"),
        ("0.72 percentage points", "en", "0.72", 2, 0, "percentage_point"),
        ("0,72 Poin Persen", "id", "0.72", 2, 0, "percentage_point"),
        ("13.305 anak", "id", "13305", 0, 0, None),
        ("13,305 children", "en", "13305", 0, 0, None),
        ("122.436,58", "id", "122436.58", 2, 0, None),
        ("1\u00a0234\u00a0567,8", "id", "1234567.8", 1, 0, None),
        ("1,27 juta", "id", "1.27", 2, 6, None),
        ("1,27\u00a0juta", "id", "1.27", 2, 6, None),
        ("1.27 million", "en", "1.27", 2, 6, None),
        ("5 ribu persen", "id", "5", 0, 3, "percent"),
        ("\u22124,5", "id", "-4.5", 1, 0, None),
        ("-4,5", "id", "-4.5", 1, 0, None),
        ("1.234,5 Stück", "de", "1234.5", 1, 0, None),
        ("1’234.5", "de-CH", "1234.5", 1, 0, None),
        ("1\u202f234,5", "fr", "1234.5", 1, 0, None),
    ],
)
def test_a_number_is_read_with_its_scale_and_unit(
    text: str, language: str, value: str, digits: int, scale: int, unit: str | None
) -> None:
    token = only(text, language)
    assert (token.value, token.digits) == (Decimal(value), digits)
    assert (token.scale, token.unit) == (scale, unit)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2.30 persen", "id"),
        ("1.2345", "id"),
        ("12.34.567", "id"),
        ("2,30 percent", "en"),
        ("1,2,3", "en"),
        ("0,5,5", "id"),
        (".5", "en"),
        (",5", "id"),
    ],
)
def test_a_number_of_another_language_has_no_value(text: str, language: str) -> None:
    assert only(text, language).value is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("H2O, Q3 dan COVID19", []),
        ("dari 2017 sampai 2020.", [2017, 2020]),
        ("2017-2020", [2017, 2020]),
        ("2017–2020", [2017, 2020]),
        ("(5)", [5]),
        ("5. Lalu 6, lalu 7", [5, 6, 7]),
        ("Rp5.000", [5000]),
        ("US$12", [12]),
        ("12kg", [12]),
        ("v2.5", []),
    ],
)
def test_where_a_number_begins_and_ends(text: str, found: list[int]) -> None:
    assert values(text, "id") == found


def test_a_number_before_letters_is_read_whole() -> None:
    assert values("2,35kg", "id") == [Decimal("2.35")]


def test_offsets_cover_the_digits_and_what_belongs_to_them() -> None:
    text = "naik −1,27 juta persen lagi"
    token = only(text, "id")
    assert text[token.start : token.end] == token.text == "−1,27"
    assert text[token.start : token.whole_end] == "−1,27 juta persen"


def test_a_word_that_only_begins_like_a_unit_is_none() -> None:
    assert only("2 persentase", "id").unit is None
    assert only("2 jutawan", "id").scale == 0


@given(text=TEXTS, language=LANGUAGES)
@example(text="0," + "0" * 80 + "1", language="id")
@example(text="9" * 90, language="en")
@example(text="٣,٤", language="id")
def test_reading_never_raises_and_its_offsets_are_right(text: str, language: str) -> None:
    end = 0
    for token in parse_numbers(text, language):
        assert end <= token.start < token.end <= token.whole_end <= len(text)
        assert text[token.start : token.end] == token.text
        end = token.end
        for rounding in ("half-even", "half-up"):
            assert states(token, 1.5, rounding) in (True, False)


@given(
    value=DECIMALS,
    language=LANGUAGES,
    digits=st.one_of(st.none(), st.integers(0, 12)),
    scale=st.sampled_from([0, 3, 6, 9, 12]),
    rounding=st.sampled_from(["half-even", "half-up"]),
)
@example(value=Decimal("-0.004"), language="id", digits=2, scale=0, rounding="half-even")
@example(value=Decimal(10**40 + 1), language="de", digits=None, scale=6, rounding="half-up")
@example(value=Decimal("-1" + "7" * 45), language="en", digits=None, scale=0, rounding="half-up")
def test_what_is_written_is_read_back_and_states_its_value(
    value: Decimal, language: str, digits: int | None, scale: int, rounding: str
) -> None:
    text = format_number(value, language, digits=digits, scale=scale, rounding=rounding)
    token = only(text, language)
    assert token.text == text
    assert token.value is not None
    if digits is not None:
        assert token.digits == digits
    power = NumberToken(
        text=text,
        value=token.value,
        digits=token.digits,
        scale=scale,
        unit=None,
        start=0,
        end=len(text),
        whole_end=len(text),
    )
    assert states(power, value, rounding)
    if digits is None:
        assert Fraction(token.value) * 10**scale == Fraction(value)


@given(value=st.floats(-1e9, 1e9), digits=st.integers(0, 6), language=LANGUAGES)
def test_a_float_is_written_as_its_shortest_writing_says(
    value: float, digits: int, language: str
) -> None:
    token = only(format_number(value, language, digits=digits), language)
    assert token.value == Decimal(str(value)).quantize(
        Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN
    )


@given(
    value=st.decimals(-(10**9), 10**9, places=5),
    digits=st.integers(0, 4),
    rounding=st.sampled_from([("half-even", ROUND_HALF_EVEN), ("half-up", ROUND_HALF_UP)]),
)
@example(value=Decimal("2.5"), digits=0, rounding=("half-even", ROUND_HALF_EVEN))
@example(value=Decimal("-2.5"), digits=0, rounding=("half-up", ROUND_HALF_UP))
def test_rounding_is_the_one_that_was_asked_for(
    value: Decimal, digits: int, rounding: tuple[str, str]
) -> None:
    expected = value.quantize(Decimal(1).scaleb(-digits), rounding=rounding[1])
    assert rounded(value, digits, rounding[0]) == expected
    token = only(format_number(expected, "en", digits=digits), "en")
    assert states(token, value, rounding[0])


@given(value=st.decimals(0, 10**6, places=4), digits=st.integers(0, 3))
def test_a_number_one_last_digit_away_does_not_state_the_value(value: Decimal, digits: int) -> None:
    off = rounded(value, digits, "half-even") + Decimal(1).scaleb(-digits)
    assert not states(only(format_number(off, "id", digits=digits), "id"), value, "half-even")


def test_halves() -> None:
    assert format_number(0.125, "id", digits=2) == "0,12"
    assert format_number(0.125, "id", digits=2, rounding="half-up") == "0,13"
    assert states(only("0,12", "id"), 0.125, "half-even")
    assert not states(only("0,12", "id"), 0.125, "half-up")
    assert states(only("1,3 juta", "id"), 1_250_001, "half-even")
    assert states(only("1,2 juta", "id"), 1_250_000, "half-even")


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (0, "id", "0"),
        (-0.001, "id", "−0,001"),
        (1270000, "id", "1.270.000"),
        (1270000, "en", "1,270,000"),
        (1270000, "de", "1.270.000"),
        (1270000, "fr", "1\u202f270\u202f000"),
        (1270000.0, "id", "1.270.000"),
        (1e21, "en", "1,000,000,000,000,000,000,000"),
        (1e-7, "en", "0.0000001"),
        (Decimal("2.300"), "id", "2,3"),
    ],
)
def test_a_value_is_written_with_all_its_decimals(
    value: float | Decimal, language: str, written: str
) -> None:
    assert format_number(value, language) == written


def test_a_value_that_rounds_to_nothing_has_no_sign() -> None:
    assert format_number(-0.004, "id", digits=2) == "0,00"


def test_no_number_states_what_is_not_finite() -> None:
    for value in (float("nan"), float("inf"), float("-inf")):
        assert not states(only("2", "id"), value, "half-even")


def test_a_number_that_is_none_of_the_language_states_nothing() -> None:
    assert not states(only("2.30", "id"), 2.3, "half-even")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_stored_value_stands_for_its_shortest_writing(value: float) -> None:
    assert float(exact(value)) == value


@given(power=st.integers(0, 15), language=st.sampled_from(["id", "en"]))
def test_a_scale_word_is_read_back(power: int, language: str) -> None:
    word = scale_word(power, language)
    assume(word)
    assert scale_power(word, language) == power


def test_scale_words_of_english_are_known_in_every_language() -> None:
    assert scale_power("million", "id") == 6
    assert scale_power("juta", "id") == 6
    assert scale_power("juta", "en") is None
    assert scale_word(6, "de") == ""
