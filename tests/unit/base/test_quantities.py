"""Quantities as people write them, put together and written again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.numbers import states
from bukti.base.quantities import parse_quantities, rewritten
from bukti.base.quantity import Form, Quantity, Sort

NBSP, THIN, NARROW = "\u00a0", "\u2009", "\u202f"
INDONESIAN = "dari antara dan sampai dua belas puluh ratus juta setengah kali lipat ke ketiga"
ENGLISH = "from between and to two twelve hundred million half a third times in of 3rd"
UNITS = "Rp US$ persen percent Agustus August 2020"
SIGNS = ".,-\u2013\u2212:%$ " + NBSP
PIECES = st.sampled_from(
    [*"0123456789", *SIGNS, *INDONESIAN.split(), *ENGLISH.split(), *UNITS.split()]
)


def only(text: str, language: str) -> Quantity:
    (found,) = parse_quantities(text, language)
    return found


@pytest.mark.parametrize(
    ("text", "language", "number", "digits", "scale", "unit"),
    [
        ("1.234.567,8", "id", "1234567.8", 1, 0, None),
        ("1,234,567.8", "en", "1234567.8", 1, 0, None),
        (f"1{NBSP}234{THIN}567", "id", "1234567", 0, 0, None),
        ("\u22124,5", "id", "-4.5", 1, 0, None),
        ("minus 4,5", "id", "-4.5", 1, 0, None),
        ("negative 4.5", "en", "-4.5", 1, 0, None),
        ("-4,5", "id", "-4.5", 1, 0, None),
        ("2,3%", "id", "2.3", 1, 0, "percent"),
        ("2.3 per cent", "en", "2.3", 1, 0, "percent"),
        ("0,72 poin persentase", "id", "0.72", 2, 0, "percentage_point"),
        (f"1,27{NBSP}juta", "id", "1270000", 2, 6, None),
        ("3 trillion", "en", "3000000000000", 0, 12, None),
        ("Rp5.000", "id", "5000", 0, 0, "IDR"),
        ("Rp 1,5 miliar", "id", "1500000000", 1, 9, "IDR"),
        ("US$12", "en", "12", 0, 0, "USD"),
        ("146 juta dolar AS", "id", "146000000", 0, 6, "USD"),
        ("5 ribu rupiah", "id", "5000", 0, 3, "IDR"),
        ("tiga belas", "id", "13", 0, 0, None),
        ("lima persen", "id", "5", 0, 0, "percent"),
        ("sejuta", "id", "1000000", 0, 6, None),
        ("two hundred thousand US dollars", "en", "200000", 0, 3, "USD"),
        ("setengah juta", "id", "500000", 1, 6, None),
        ("a quarter of a million", "en", "250000", 2, 6, None),
        ("half a percent", "en", "0.5", 1, 0, "percent"),
    ],
)
def test_a_number_with_scale_unit_and_currency(
    text: str, language: str, number: str, digits: int, scale: int, unit: str | None
) -> None:
    found = only(text, language)
    assert (found.sort, found.number) == (Sort.NUMBER, Decimal(number))
    assert (found.digits, found.scale, found.unit) == (digits, scale, unit)
    assert (found.whole_start, found.whole_end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "language", "sort", "value"),
    [
        ("setengah", "id", "fraction", "0.5"),
        ("separuh", "id", "fraction", "0.5"),
        ("dua perlima", "id", "fraction", "0.4"),
        ("half", "en", "fraction", "0.5"),
        ("three-quarters", "en", "fraction", "0.75"),
        ("1 dari 5", "id", "ratio", "0.2"),
        ("satu dari setiap lima", "id", "ratio", "0.2"),
        ("one in five", "en", "ratio", "0.2"),
        ("3 out of every 4", "en", "ratio", "0.75"),
        ("1:5", "id", "ratio", "0.2"),
        ("dua kali lipat", "id", "multiple", "2"),
        ("1,5 kali", "id", "multiple", "1.5"),
        ("twofold", "en", "multiple", "2"),
        ("twice", "en", "multiple", "2"),
        ("1.5 times", "en", "multiple", "1.5"),
        ("ke-3", "id", "ordinal", "3"),
        ("ketiga", "id", "ordinal", "3"),
        ("3rd", "en", "ordinal", "3"),
        ("third", "en", "ordinal", "3"),
    ],
)
def test_what_is_no_plain_number(text: str, language: str, sort: str, value: str) -> None:
    found = only(text, language)
    assert (found.sort, found.value) == (sort, Decimal(value))
    assert (found.whole_start, found.whole_end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "language", "low", "high", "unit"),
    [
        ("5\u201317", "id", "5", "17", None),
        ("5-17", "id", "5", "17", None),
        ("5 \u2013 17 persen", "id", "5", "17", "percent"),
        ("antara 5 dan 17", "id", "5", "17", None),
        ("5 sampai 17", "id", "5", "17", None),
        ("dari 1,2 sampai 1,5 juta", "id", "1.2e6", "1.5e6", None),
        ("900 ribu sampai 1,5 juta", "id", "9e5", "1.5e6", None),
        ("from 5 to 17", "en", "5", "17", None),
        ("between five and seventeen percent", "en", "5", "17", "percent"),
        ("Rp5.000\u2013Rp7.000", "id", "5000", "7000", "IDR"),
        ("2016\u20132020", "id", "2016", "2020", None),
    ],
)
def test_a_range_has_bounds(
    text: str, language: str, low: str, high: str, unit: str | None
) -> None:
    found = only(text, language)
    assert (found.sort, found.bounds) == (Sort.RANGE, (Decimal(low), Decimal(high)))
    assert (found.unit, found.whole_start, found.whole_end) == (unit, 0, len(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("dari 12 sampai 5", "id"),
        ("rose from 900 to 1.2 million", "en"),
        ("9,801 in 2020", "en"),
        ("2018 to Rp12,650", "en"),
        ("2018 to 12,650", "en"),
        ("5 persen dari 12 persen", "id"),
        ("7 dari 3", "id"),
        ("5 dan 17", "id"),
        ("5, 17", "id"),
        ("5 17", "id"),
    ],
)
def test_two_numbers_that_make_nothing_stay_two(text: str, language: str) -> None:
    assert [each.sort for each in parse_quantities(text, language)] == [Sort.NUMBER, Sort.NUMBER]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("17 Agustus 2020", "id"),
        ("17 agustus 2020", "id"),
        ("17 August 2020", "en"),
        ("August 17, 2020", "en"),
        ("17th August 2020", "en"),
        ("17. August 2020", "de"),
    ],
)
def test_a_date_is_one_quantity(text: str, language: str) -> None:
    found = only(text, language)
    assert (found.sort, found.day) == (Sort.DATE, date(2020, 8, 17))
    assert sorted(part.text for part in found.parts) == ["17", "2020"]


def test_a_day_that_no_calendar_has_is_two_numbers() -> None:
    assert [each.text for each in parse_quantities("31 Februari 2020", "id")] == ["31", "2020"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("1.2345", "id"), ("12.34.567", "id"), ("2.30 persen", "id"), ("2,30", "en"), ("1,2,3", "en")],
)
def test_what_is_not_written_as_the_language_does_is_refused(text: str, language: str) -> None:
    assert only(text, language).value is None


def test_offsets_are_of_the_digits_and_of_the_whole() -> None:
    text = "sekitar Rp 1,5 miliar lagi"
    found = only(text, "id")
    assert text[found.start : found.end] == "1,5"
    assert text[found.whole_start : found.whole_end] == "Rp 1,5 miliar"


@given(text=st.lists(PIECES, max_size=12).map("".join), language=st.sampled_from(["id", "en"]))
def test_pieces_of_quantities_never_overlap(text: str, language: str) -> None:
    check(text, language)


@given(text=st.lists(PIECES, max_size=12).map(" ".join), language=st.sampled_from(["id", "en"]))
def test_words_of_quantities_never_overlap(text: str, language: str) -> None:
    check(text, language)


@given(text=st.text(max_size=50), language=st.sampled_from(["id", "en", "de", "fr"]))
def test_reading_never_raises(text: str, language: str) -> None:
    check(text, language)


def check(text: str, language: str) -> None:
    end = 0
    for found in parse_quantities(text, language):
        assert end <= found.start < found.end <= found.whole_end <= len(text)
        assert 0 <= found.whole_start <= found.start
        assert (found.value is None) == (found.number is None)
        end = found.end


@pytest.mark.parametrize(
    ("text", "language", "value", "written"),
    [
        ("1,27 juta anak", "id", 1_330_000, "1,33"),
        ("Rp5.000", "id", 6000, "6.000"),
        ("tiga belas", "id", 14, "empat belas"),
        ("Tiga belas", "id", 1234, "Seribu dua ratus tiga puluh empat"),
        ("dua juta anak", "id", 3_400_000, "tiga juta"),
        ("one hundred twenty", "en", 121, "one hundred twenty-one"),
        ("one hundred and twenty", "en", 121, "one hundred and twenty-one"),
        ("five", "en", 121, "one hundred and twenty-one"),
        ("half a million", "en", 600_000, None),
        ("half", "en", 1, None),
        ("one in five", "en", 1, None),
        ("five", "en", -3, None),
    ],
)
def test_a_correction_keeps_the_form(
    text: str, language: str, value: int, written: str | None
) -> None:
    assert rewritten(only(text, language), Decimal(value), language) == written


@given(
    value=st.integers(1, 10**8),
    first=st.sampled_from(["tiga belas", "dua juta", "5.000", "1,27 juta", "lima ribu"]),
)
def test_what_is_written_states_the_value(value: int, first: str) -> None:
    old = only(first, "id")
    new = rewritten(old, Decimal(value), "id")
    assert new is not None
    again = only(new + first[old.end :], "id")
    assert again.form is old.form
    if again.scale == old.scale:
        assert rounds_to(again, value)


def rounds_to(found: Quantity, value: int) -> bool:
    return states(found, value, "half-even")


def test_form_is_digits_or_words() -> None:
    forms = [each.form for each in parse_quantities("5 persen, lima persen", "id")]
    assert forms == [Form.DIGITS, Form.WORDS]
