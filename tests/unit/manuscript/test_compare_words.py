"""Quantities and words of a mark against claims: hedges, ratios, multiples, denials, shares."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.claims import Claim, Kind, Status
from bukti.base.hedges import Tolerances
from bukti.manuscript.compare import compare, hedge_outside
from bukti.manuscript.saying import Words


def value(name: str, number: float, unit: str | None = None) -> Claim:
    return Claim(id=name, kind=Kind.VALUE, value=number, unit=unit)


POINTS = value("drop", 2, "percentage_point")
COUNT = [value("count", 13, "groups")]
RATE = [value("rate", 19.8, "percent")]
SHARE = [value("part", 0.198)]
MILLIONS = [value("cl", 1_270_000, "children")]
MONEY = [value("plan", 26_275_000, "usd")]
TWO = [value("x.2019", 100), value("x.2020", 198)]
FELL = [value("x.2019", 200), value("x.2020", 98)]
FLAT = [value("x.2019", 100), value("x.2020", 101)]
AGES = [value("youngest", 5, "years"), value("oldest", 17, "years")]
TEST = [Claim(id="met.2020", kind=Kind.TEST, value=True)]
NAMES = [Claim(id="top", kind=Kind.TEXT, value=("g2",))]
DAY = [Claim(id="day", kind=Kind.TEXT, value="2020-08-17")]
SIGNED = [Claim(id="signed", kind=Kind.DOCUMENTARY)]
STATEMENTS = {"signed": {"id": "Ditandatangani 30 Desember 2015 oleh dua pihak."}}
LABELS = {"g2": {"id": "Kelompok 2", "en": "Group 2"}}
FAMILY = [value("f.a", 1), value("f.b", 2), value("f.c", 3)]


def words(language: str, tolerances: Tolerances | None = None) -> Words:
    return Words(
        language=language,
        rounding="half-even",
        labels=LABELS,
        families={"f": FAMILY},
        tolerances=tolerances or Tolerances(),
        statements=STATEMENTS,
    )


def said(text: str, claims: Sequence[Claim], language: str, of: str = "") -> list[Any]:
    status, found = compare(text, claims, of, words(language))
    assert (status is Status.HOLDS) == (not found)
    return [(each.code, text[each.start : each.end], each.correction) for each in found]


@pytest.mark.parametrize(
    ("text", "claims", "language"),
    [
        ("tiga belas kelompok", COUNT, "id"),
        ("thirteen groups", COUNT, "en"),
        ("ketiga belas kelompok", COUNT, "id"),
        ("satu dari lima", RATE, "id"),
        ("one in five", RATE, "en"),
        ("one in five (19.8 percent)", RATE, "en"),
        ("seperlima", RATE, "id"),
        ("a fifth", SHARE, "en"),
        ("1 dari 5", SHARE, "id"),
        ("20 persen", SHARE, "id"),
        ("hampir 20 persen", RATE, "id"),
        ("almost a fifth", RATE, "en"),
        ("about 20 percent", RATE, "en"),
        ("more than 19 percent", RATE, "en"),
        ("lebih dari satu juta anak", MILLIONS, "id"),
        ("hampir 1,3 juta anak", MILLIONS, "id"),
        ("at least 1.2 million", MILLIONS, "en"),
        ("up to 1.3 million", MILLIONS, "en"),
        ("26,275 juta dolar AS", MONEY, "id"),
        ("US$26.3 million", MONEY, "en"),
        ("5\u201317 tahun", AGES, "id"),
        ("antara 5 dan 17 tahun", AGES, "id"),
        ("five to seventeen", AGES, "en"),
        ("5 dari 17", AGES, "id"),
        ("naik dua kali lipat", TWO, "id"),
        ("naik hampir dua kali lipat", TWO, "id"),
        ("doubled", TWO, "en"),
        ("nearly twice as many", TWO, "en"),
        ("naik dua kali lipat dari 100 menjadi 198", TWO, "id"),
        ("rose twofold to 198", TWO, "en"),
        ("turun dua kali lipat", FELL, "id"),
        ("1.98 times", TWO, "en"),
        ("dua kali lipat", [value("factor", 2.04)], "id"),
        ("2 kali", [value("times", 2)], "id"),
        ("tidak turun", TWO, "id"),
        ("did not fall", TWO, "en"),
        ("belum naik", FELL, "id"),
        ("not only rose", TWO, "en"),
        ("tetap", FLAT, "id"),
        ("unchanged", FLAT, "en"),
        ("did not change", FLAT, "en"),
        ("tidak turun tetapi naik", TWO, "id"),
        ("198, higher than 100", [TWO[1], TWO[0]], "en"),
        ("198, lebih tinggi daripada 100", [TWO[1], TWO[0]], "id"),
        ("turun menjadi 98 dari 200", [FELL[1], FELL[0]], "id"),
        ("fell to 98 from 200", [FELL[1], FELL[0]], "en"),
        ("bukan mayoritas", RATE, "id"),
        ("most of them", [value("s", 61, "percent")], "en"),
        ("hampir semua anak", [value("s", 96.1, "percent")], "id"),
        ("lebih dari separuh", [value("s", 96.1, "percent")], "id"),
        ("di sebagian besar provinsi 19,8 persen", RATE, "id"),
        ("melampaui target 2020", TEST, "id"),
        ("Kelompok 2", NAMES, "id"),
        ("17 Agustus 2020", DAY, "id"),
        ("August 17, 2020", DAY, "en"),
        ("30 Desember 2015, oleh dua pihak", SIGNED, "id"),
        ("late in 2015, one of the two", SIGNED, "en"),
        ("satu-satunya yang ketiga", SIGNED, "id"),
        ("146 million", [value("p", 146, "million USD")], "en"),
        ("turun 4,35 poin persentase", [value("d", -4.35, "percentage_point")], "id"),
        ("a fall of 4.35 points", [value("d", -4.35)], "en"),
        ("turun 2 poin persentase menjadi 19,8 persen", [POINTS, *RATE], "id"),
        ("turun hampir separuh", [FELL[0], value("x.2020", 102)], "id"),
        ("turun separuh dari 200 menjadi 98", FELL, "id"),
        ("fell to a half", FELL, "en"),
        ("turun menjadi 98 dari sebelumnya 200", [FELL[1], FELL[0]], "id"),
        ("from 1.27 to 0.92 million", [*MILLIONS, value("cl.2", 920_000)], "en"),
        ("from 900 to 1.27 million", [value("cl.2", 900), *MILLIONS], "en"),
        ("one child in five", RATE, "en"),
        ("12 per 1.000", [value("mortality", 12, "per_1000")], "id"),
        ("lebih dari 15 jam", [Claim(id="h", kind=Kind.GIVEN, value=15)], "id"),
        ("from 100 to 198 in lower secondary schools", TWO, "en"),
    ],
)
def test_what_is_right_is_not_refused(text: str, claims: list[Claim], language: str) -> None:
    assert said(text, claims, language) == []


@pytest.mark.parametrize(
    ("text", "claims", "language", "fault"),
    [
        ("empat belas kelompok", COUNT, "id", ("CLM201", "empat belas", "tiga belas")),
        ("Twelve groups", COUNT, "en", ("CLM201", "Twelve", "Thirteen")),
        ("satu dari empat", RATE, "id", ("CLM201", "satu dari empat", None)),
        ("a third", SHARE, "en", ("CLM201", "a third", None)),
        ("30 persen", SHARE, "id", ("CLM201", "30", None)),
        ("30 persen", [value("p", 0.198, "share")], "id", ("CLM201", "30", "20")),
        ("hampir 19 persen", RATE, "id", ("CLM210", "hampir 19 persen", None)),
        ("more than 20 percent", RATE, "en", ("CLM210", "more than 20 percent", None)),
        ("lebih dari 2 persen", RATE, "id", ("CLM210", "lebih dari 2 persen", None)),
        ("sekitar 1,4 juta", MILLIONS, "id", ("CLM210", "sekitar 1,4 juta", None)),
        ("at least 1.3 million", MILLIONS, "en", None),
        ("at least 1.4 million", MILLIONS, "en", ("CLM210", "at least 1.4 million", None)),
        ("Rp26,275 juta", MONEY, "id", ("CLM208", "Rp26,275 juta", None)),
        ("26.275 million percent", MONEY, "en", ("CLM208", "26.275 million percent", None)),
        ("5\u201318 tahun", AGES, "id", ("CLM201", "18", "17")),
        ("tiga kali lipat", TWO, "id", ("CLM212", "tiga kali lipat", None)),
        ("fell to half, tripled", [FELL[0], value("z", 0)], "en", ("CLM212", "tripled", None)),
        ("more than doubled", TWO, "en", ("CLM212", "more than doubled", None)),
        ("tidak naik", TWO, "id", ("CLM204", "tidak naik", None)),
        ("did not really fall", FELL, "en", ("CLM204", "not really fall", None)),
        ("tetap", TWO, "id", ("CLM204", "tetap", None)),
        ("not unchanged", [TWO[0], TWO[0]], "en", ("CLM204", "not unchanged", None)),
        ("100, higher than 198", TWO, "en", ("CLM204", "higher", None)),
        ("naik menjadi 98 dari 200", [FELL[1], FELL[0]], "id", ("CLM204", "naik", None)),
        ("mayoritas", RATE, "id", ("CLM213", "mayoritas", None)),
        ("most of them (19.8 percent)", RATE, "en", ("CLM213", "most of", None)),
        ("not the majority", [value("s", 61, "percent")], "en", ("CLM213", "majority", None)),
        ("nearly all", [value("s", 61, "percent")], "en", ("CLM213", "nearly all", None)),
        ("melampaui target 2021", TEST, "id", ("CLM206", "2021", None)),
        ("Kelompok 2 dan 3", NAMES, "id", ("CLM206", "3", None)),
        ("31 Desember 2015", SIGNED, "id", ("CLM206", "31", None)),
        ("oleh tiga pihak", SIGNED, "id", ("CLM206", "tiga", None)),
        ("naik 4,35 poin", [value("d", -4.35)], "id", ("CLM201", "4,35", None)),
        ("turun 4,25 poin", [value("d", -4.35)], "id", ("CLM201", "4,25", "4,35")),
        ("turun sepertiga", FELL, "id", ("CLM212", "sepertiga", None)),
        ("147 million", [value("p", 146, "million USD")], "en", ("CLM201", "147", "146")),
    ],
)
def test_what_is_wrong_is_found(
    text: str, claims: list[Claim], language: str, fault: tuple[str, str, str | None] | None
) -> None:
    found = said(text, claims, language)
    if text.startswith("fell to half"):
        assert fault in found
    else:
        assert found == ([fault] if fault else [])


def test_another_day_is_found() -> None:
    codes = [code for code, _, _ in said("18 Agustus 2020", DAY, "id")]
    assert "CLM209" in codes


@pytest.mark.parametrize(
    ("text", "claim", "code"),
    [
        ("the least", FAMILY[0], None),
        ("the least", FAMILY[1], "CLM205"),
        ("at least 2, the most", FAMILY[1], "CLM205"),
        ("at least 3", FAMILY[2], None),
        ("not the highest", FAMILY[1], None),
        ("second highest", FAMILY[1], None),
        ("the third-highest", FAMILY[0], None),
        ("second lowest", FAMILY[0], "CLM205"),
    ],
)
def test_superlatives_count_down_too(text: str, claim: Claim, code: str | None) -> None:
    assert [found[0] for found in said(text, [claim], "en", of="f")] == ([code] if code else [])


def test_tolerances_are_the_papers() -> None:
    claim = [value("x", 97)]
    narrow = words("en", Tolerances(about=Decimal("0.02"), almost=Decimal("0.02")))
    for text in ("about 100", "almost 100"):
        assert compare(text, claim, "", words("en"))[0] is Status.HOLDS
        assert compare(text, claim, "", narrow)[0] is Status.CONTRADICTED


def test_a_number_in_words_is_never_corrected_by_guessing() -> None:
    assert said("dua kelompok dari 12", COUNT, "id") == [
        ("CLM206", "dua", None),
        ("CLM201", "12", None),
    ]


@pytest.mark.parametrize(
    ("before", "text", "claims", "hedge"),
    [
        ("Jumlahnya lebih dari ", "19,8 persen", RATE, "lebih dari"),
        ("Jumlahnya lebih dari ", "naik 19,8 persen", RATE, None),
        ("Jumlahnya ", "19,8 persen", RATE, None),
        ("sekitar ", "Rp5.000", MONEY, "sekitar"),
        ("lebih dari ", "15 jam", [Claim(id="h", kind=Kind.GIVEN, value=15)], None),
    ],
)
def test_a_hedge_outside_of_a_mark(
    before: str, text: str, claims: list[Claim], hedge: str | None
) -> None:
    assert hedge_outside(before, text, claims, words("id")) == hedge


NUMBERS = "dua lima 5 17 12,5 persen juta kali lipat dari antara dan setengah sepertiga 2019 Rp"
SAYINGS = "naik turun tidak tetap hampir lebih mayoritas lebih tinggi daripada : -"
PIECES = [*NUMBERS.split(), *SAYINGS.split()]


@given(
    text=st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join),
    claims=st.sampled_from([COUNT, RATE, SHARE, TWO, FELL, AGES, TEST, NAMES, SIGNED]),
)
def test_comparing_never_raises_and_points_into_the_text(text: str, claims: list[Claim]) -> None:
    for fault in compare(text, claims, "", words("id"))[1]:
        assert 0 <= fault.start < fault.end <= len(text)
        assert fault.arguments.get("text", "-")
