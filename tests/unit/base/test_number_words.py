"""Whole numbers in words: read, written, and the grammar as data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base import language as languages
from bukti.base import number_words, quantity_parts, quantity_words
from bukti.base.number_words import read_words, spelled

GERMAN = """
decimal = ","
group = "."
percent = ["Prozent", "%"]
percentage_point = ["Prozentpunkte"]
[scales]
tausend = 3
millionen = 6
million = 6
[currencies]
"\u20ac" = "EUR"
"euro" = "EUR"
[number_words]
between = ""
compound = true
unit_first = "und"
combining = { eins = "ein" }
[number_words.values]
null = 0
eins = 1
ein = 1
eine = 1
zwei = 2
drei = 3
vier = 4
f\u00fcnf = 5
sechs = 6
sieben = 7
acht = 8
neun = 9
zehn = 10
elf = 11
zw\u00f6lf = 12
dreizehn = 13
vierzehn = 14
f\u00fcnfzehn = 15
sechzehn = 16
siebzehn = 17
achtzehn = 18
neunzehn = 19
zwanzig = 20
drei\u00dfig = 30
vierzig = 40
f\u00fcnfzig = 50
sechzig = 60
siebzig = 70
achtzig = 80
neunzig = 90
[number_words.multipliers]
hundert = 100
tausend = 1000
millionen = 1000000
million = 1000000
[fractions.words]
"die h\u00e4lfte" = "1/2"
"ein drittel" = "1/3"
[ratios]
templates = ["{} von {}"]
[hedges]
almost = ["fast"]
more = ["mehr als"]
[directions]
up = ["stieg"]
down = ["fiel"]
""".replace("f\u00fcnf = ", '"f\u00fcnf" = ')


def quoted(text: str) -> str:
    """Keys with letters beyond ASCII are quoted in TOML."""
    lines = []
    for line in text.splitlines():
        key, equals, value = line.partition(" = ")
        bare = key.isascii() or key.startswith('"')
        lines.append(line if not equals or bare else f'"{key}" = {value}')
    return "\n".join(lines)


CACHES = (
    languages.language_of,
    languages.months,
    quantity_words.quantity_words,
    number_words._pieces_of,
    number_words._piece,
    number_words._run,
    quantity_parts._currencies,
    quantity_parts._date_patterns,
)


@pytest.fixture(scope="module")
def german() -> Iterator[str]:
    """A language of which bukti has no file of its own, from one that a test brings."""
    patch = pytest.MonkeyPatch()
    known = languages.language_data
    data = tomllib.loads(quoted(GERMAN))

    def found(code: str) -> dict[str, object]:
        return data if code == "de-DE" else known(code)

    patch.setattr(languages, "language_data", found)
    patch.setattr(quantity_words, "language_data", found)
    for cache in CACHES:
        cache.cache_clear()
    yield "de-DE"
    patch.undo()
    for cache in CACHES:
        cache.cache_clear()


def read(text: str, language: str) -> list[tuple[str, int]]:
    return [(text[each.start : each.end], each.value) for each in read_words(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("tiga belas anak", "id", [("tiga belas", 13)]),
        ("Seratus dua puluh", "id", [("Seratus dua puluh", 120)]),
        ("sejuta", "id", [("sejuta", 1_000_000)]),
        ("seribu sembilan ratus", "id", [("seribu sembilan ratus", 1900)]),
        ("dua tiga orang", "id", [("dua", 2), ("tiga", 3)]),
        ("satu juta dua juta", "id", [("satu juta", 1_000_000), ("dua juta", 2_000_000)]),
        ("salah satu dari", "id", []),
        ("keduanya, puluhan, ribuan, seribuan", "id", []),
        ("ribu", "id", []),
        ("one hundred and twenty", "en", [("one hundred and twenty", 120)]),
        ("one hundred twenty-one", "en", [("one hundred twenty-one", 121)]),
        ("a hundred and a half", "en", [("a hundred", 100)]),
        ("twelve hundred", "en", [("twelve hundred", 1200)]),
        ("five and six", "en", [("five", 5), ("six", 6)]),
        ("twenty\u00a0three", "en", [("twenty\u00a0three", 23)]),
        ("no one, someone, tent, a, and", "en", []),
        ("two hundred hundred", "en", [("two hundred", 200)]),
        ("twenty twenty", "en", [("twenty", 20), ("twenty", 20)]),
    ],
)
def test_numbers_in_words_are_read(text: str, language: str, found: list[tuple[str, int]]) -> None:
    assert read(text, language) == found


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("ketiga", "id", 3),
        ("pertama", "id", 1),
        ("kedua puluh satu", "id", 21),
        ("third", "en", 3),
        ("twenty-first", "en", 21),
    ],
)
def test_ordinals_are_read_as_such(text: str, language: str, value: int) -> None:
    (found,) = read_words(text, language)
    assert (found.value, found.ordinal, found.end) == (value, True, len(text))


@given(number=st.integers(0, 10**9), language=st.sampled_from(["id", "en"]))
def test_a_number_that_is_written_in_words_is_read_back(number: int, language: str) -> None:
    for joined in (True, False):
        text = spelled(number, language, joined=joined)
        assert text is not None
        assert read(text, language) == [(text, number)]


@pytest.mark.parametrize(
    ("number", "language", "text"),
    [
        (0, "id", "nol"),
        (11, "id", "sebelas"),
        (1100, "id", "seribu seratus"),
        (2345, "id", "dua ribu tiga ratus empat puluh lima"),
        (115, "en", "one hundred and fifteen"),
        (1001, "en", "one thousand and one"),
        (99, "en", "ninety-nine"),
    ],
)
def test_numbers_are_written_in_the_usual_words(number: int, language: str, text: str) -> None:
    assert spelled(number, language) == text


def test_what_cannot_be_said_is_not_written() -> None:
    assert spelled(3, "fr") is None
    assert spelled(-3, "id") is None


@given(text=st.text(max_size=40), language=st.sampled_from(["id", "en", "fr"]))
def test_reading_never_raises(text: str, language: str) -> None:
    end = 0
    for found in read_words(text, language):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@given(
    text=st.lists(
        st.sampled_from(
            [
                "two",
                "twenty",
                "hundred",
                "thousand",
                "and",
                "a",
                "third",
                "-",
                "million",
                "twelve",
                "zero",
            ]
        )
    ).map(" ".join)
)
def test_any_row_of_number_words_is_read_in_order(text: str) -> None:
    end = 0
    for found in read_words(text, "en"):
        assert end <= found.start < found.end
        end = found.end


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dreiundzwanzig", 23),
        ("zweihundertf\u00fcnfundvierzig", 245),
        ("Einundzwanzigtausend", 21_000),
        ("zwei Millionen", 2_000_000),
    ],
)
def test_another_language_is_a_file(german: str, text: str, value: int) -> None:
    assert read(text, german) == [(text, value)]
    assert read("achtung einzeln", german) == []


def test_another_language_is_written_by_its_file(german: str) -> None:
    assert spelled(21, german) == "einundzwanzig"
    for number in [*range(1200), 54321, 999_999]:
        text = spelled(number, german)
        assert text is not None
        assert read(text, german) == [(text, number)]


def test_all_that_is_written_around_numbers_comes_from_the_file(german: str) -> None:
    from bukti.base.hedges import hedge_before
    from bukti.base.quantities import parse_quantities

    def one(text: str) -> tuple[str, object, int, str | None]:
        (found,) = parse_quantities(text, german)
        return (found.sort, found.number, found.scale, found.unit)

    assert one("2,3 Millionen Euro") == ("number", 2_300_000, 6, "EUR")
    assert one("zw\u00f6lf Prozent") == ("number", 12, 0, "percent")
    assert one("die H\u00e4lfte")[:1] == ("fraction",)
    assert one("eins von zwei")[:1] == ("ratio",)
    assert one("3. Oktober 1990")[:1] == ("date",)
    assert hedge_before("Es waren fast ", german) == "fast"
