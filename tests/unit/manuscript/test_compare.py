"""What a mark says against what its claims hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.claims import Claim, Kind, Status
from bukti.base.numbers import format_number
from bukti.manuscript.compare import compare
from bukti.manuscript.saying import Fault, Words

LABELS = {
    "papua": {"id": "Papua", "en": "Papua"},
    "papua_barat": {"id": "Papua Barat", "en": "West Papua"},
    "ntt": {"id": "NTT", "en": "East Nusa Tenggara"},
}


def value(name: str, number: float, unit: str | None = None) -> Claim:
    return Claim(id=name, kind=Kind.VALUE, value=number, unit=unit)


CL = [value("cl.2017", 1_270_000), value("cl.2019", 920_000), value("cl.2020", 1_330_000)]
RATE = [value("rate.2019", 1.58, "percent"), value("rate.2020", 2.3, "percent")]
FALL, RISE = CL[:2], CL[1:]


def words(language: str = "id", rounding: str = "half-even") -> Words:
    families = {"cl": CL, "rate": RATE, "given": []}
    return Words(language=language, rounding=rounding, labels=LABELS, families=families)


def faults(
    text: str, claims: Sequence[Claim], language: str = "id", *, of: str = ""
) -> list[Fault]:
    status, found = compare(text, claims, of, words(language))
    assert (status is Status.HOLDS) == (not found)
    assert all(0 <= fault.start < fault.end <= len(text) for fault in found)
    return list(found)


def said(text: str, claims: Sequence[Claim], language: str = "id", *, of: str = "") -> list[Any]:
    """Each fault as its code, what it points to and the correction that it offers."""
    found = faults(text, claims, language, of=of)
    return [(each.code, text[each.start : each.end], each.correction) for each in found]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2,30 persen", "id"),
        ("2,3 persen", "id"),
        ("2 persen", "id"),
        ("2,3%", "id"),
        ("2.30 percent", "en"),
        ("2,3 %", "de"),
        ("hanya 2,3", "id"),
    ],
)
def test_a_number_states_its_claim_as_rounded(text: str, language: str) -> None:
    assert said(text, [RATE[1]], language) == []


@pytest.mark.parametrize(
    ("text", "language", "fault"),
    [
        ("2,06 persen", "id", ("CLM201", "2,06", "2,30")),
        ("3 persen", "id", ("CLM201", "3", "2")),
        ("2,4%", "id", ("CLM201", "2,4", "2,3")),
        ("2.06 percent", "en", ("CLM201", "2.06", "2.30")),
        ("2.30 persen", "id", ("CLM202", "2.30", None)),
        ("2,30 percent", "en", ("CLM202", "2,30", None)),
        ("2,30 poin persentase", "id", ("CLM208", "2,30 poin persentase", None)),
        ("2,30persen", "en", ("CLM202", "2,30", None)),
        ("2,06persen", "id", ("CLM201", "2,06", "2,30")),
    ],
)
def test_a_number_that_states_something_else_is_a_fault(
    text: str, language: str, fault: tuple[str, str, str | None]
) -> None:
    assert said(text, [RATE[1]], language) == [fault]


def test_the_evidence_is_shown_with_the_words_around_the_number() -> None:
    (fault,) = faults("turun menjadi 0,91 juta anak", [CL[1]])
    assert (fault.arguments["text"], fault.arguments["evidence"]) == ("0,91 juta", "0,92 juta")
    assert fault.correction == "0,92"


def test_a_unit_is_compared_only_where_both_have_one() -> None:
    assert said("2,3", [RATE[1]]) == []
    assert said("2,3 persen", [value("x", 2.3)]) == []


@pytest.mark.parametrize(
    "text",
    [
        "turun dari 1,27 juta menjadi 0,92 juta",
        "turun dari 1,27 juta pada 2017 menjadi 0,92 juta pada 2019",
        "turun dari 1,27 juta (2017) menjadi 0,92 juta",
        "antara 2017 dan 2019 turun dari 1,27 juta menjadi 0,92 juta",
        "turun antara 2017 dan 2019",
        "1.270.000 dan 920.000",
        "turun dari 1,27 juta (1,3 juta) menjadi 0,92 juta, ya 0,92 juta",
    ],
)
def test_several_claims_in_reading_order_with_the_keys_of_their_family(text: str) -> None:
    assert said(text, FALL) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,27 juta, lalu 0,92 juta, lalu 5", [("CLM206", "5", None)]),
        ("dari 0,92 juta ke 1,27 juta", [("CLM201", "0,92", "1,27"), ("CLM201", "1,27", "0,92")]),
        ("turun menjadi 0,92 juta", [("CLM207", "turun menjadi 0,92 juta", None)]),
        ("1,27 juta pada 2017", [("CLM207", "1,27 juta pada 2017", None)]),
        ("pada 2017 dan 2019: 0,92 juta", [("CLM207", "pada 2017 dan 2019: 0,92 juta", None)]),
        ("1,27 juta menjadi 0,9 juta pada 2018", [("CLM206", "2018", None)]),
    ],
)
def test_each_number_needs_a_claim_and_each_claim_a_number(text: str, found: list[Any]) -> None:
    assert said(text, FALL) == found


def test_a_number_alone_among_several_claims_is_never_corrected_by_guessing() -> None:
    """Which claim it was to state cannot be told, and a year must never become a count."""
    text = "naik menjadi 1,31 juta pada 2020"
    assert said(text, RISE) == [("CLM206", "1,31", None)]


def test_the_claim_that_is_not_stated_is_named() -> None:
    (fault,) = faults("naik menjadi 1,33 juta", RISE)
    assert (fault.code, fault.claim) == ("CLM207", "cl.2019")


def test_a_year_with_a_unit_is_a_number() -> None:
    assert said("2020 persen", [RATE[1]]) == [("CLM201", "2020", "2")]


def test_rounding_is_the_papers() -> None:
    claim = [value("x", 0.125)]
    assert compare("0,12", claim, "", words())[0] is Status.HOLDS
    assert compare("0,12", claim, "", words(rounding="half-up"))[0] is Status.STALE
    assert compare("0,13", claim, "", words(rounding="half-up"))[0] is Status.HOLDS


@pytest.mark.parametrize(
    ("text", "claims", "language", "wrong"),
    [
        ("turun", FALL, "id", None),
        ("naik", FALL, "id", "naik"),
        ("naik tajam", RISE, "id", None),
        ("Turun tajam", RISE, "id", "Turun"),
        ("lebih tinggi", RISE, "id", None),
        ("lebih rendah", RISE, "id", "lebih rendah"),
        ("mula-mula turun lalu naik", CL, "id", None),
        ("mula-mula turun lalu naik", FALL, "id", None),
        ("kenaikannya", FALL, "id", None),
        ("rose", RISE, "en", None),
        ("fell", RISE, "en", "fell"),
        ("rose", [CL[0], value("same", 1_270_000)], "en", "rose"),
        ("fell", [CL[0], value("same", 1_270_000)], "en", "fell"),
        ("gestiegen", FALL, "de", None),
        ("naik", CL[:1], "id", None),
    ],
)
def test_a_direction_compares_the_first_claim_with_the_last(
    text: str, claims: list[Claim], language: str, wrong: str | None
) -> None:
    expected = [("CLM204", wrong, None)] if wrong else []
    assert said(text, claims, language) == expected


def test_a_wrong_direction_contradicts_and_says_from_what_to_what() -> None:
    status, (fault,) = compare("naik", FALL, "", words())
    assert status is Status.CONTRADICTED
    assert (fault.arguments["first"], fault.arguments["last"]) == ("1.270.000", "920.000")


@pytest.mark.parametrize(
    ("text", "claim", "language", "code"),
    [
        ("tertinggi", CL[2], "id", None),
        ("tertinggi", CL[0], "id", "CLM205"),
        ("terendah", CL[1], "id", None),
        ("paling rendah", CL[0], "id", "CLM205"),
        ("the highest", CL[2], "en", None),
        ("The Lowest", CL[2], "en", "CLM205"),
    ],
)
def test_a_superlative_compares_with_its_family(
    text: str, claim: Claim, language: str, code: str | None
) -> None:
    found = faults(text, [claim], language, of="cl")
    assert [fault.code for fault in found] == ([code] if code else [])


def test_a_superlative_names_the_one_that_it_is_true_of() -> None:
    (fault,) = faults("tertinggi", CL[:1], of="cl")
    assert (fault.arguments["best"], fault.arguments["value"]) == ("cl.2020", "1.330.000")


@pytest.mark.parametrize("family", ["nothing", "given"])
def test_a_superlative_of_no_family_has_nothing_to_compare_with(family: str) -> None:
    assert [fault.code for fault in faults("tertinggi", CL[:1], of=family)] == ["CLM107"]


def test_a_tie_is_no_contradiction() -> None:
    tie = [value("t.a", 2), value("t.b", 2)]
    same = Words(language="id", rounding="half-even", labels={}, families={"t": tie})
    assert compare("tertinggi", tie[:1], "t", same)[0] is Status.HOLDS


@pytest.mark.parametrize(("met", "status"), [(True, "holds"), (False, "contradicted")])
def test_a_test_must_hold(met: bool, status: str) -> None:
    claim = Claim(id="target_met", kind=Kind.TEST, value=met)
    assert compare("memenuhi target", [claim], "", words())[0] == status


@pytest.mark.parametrize(
    ("items", "text", "language", "missing"),
    [
        (("papua", "ntt"), "Papua dan NTT", "id", []),
        (("papua", "ntt"), "NTT serta PAPUA", "id", []),
        (("papua", "ntt"), "Papua and East Nusa Tenggara", "en", []),
        (("papua", "ntt"), "Papua", "id", ["NTT"]),
        (("papua",), "Papua Barat", "id", ["Papua"]),
        (("papua", "papua_barat"), "Papua dan Papua Barat", "id", []),
        (("papua_barat",), "Papua Barat", "id", []),
        (("bali",), "bali", "id", []),
        ("ntt", "di NTT", "id", []),
        ("ntt", "di Papua", "id", ["NTT"]),
    ],
)
def test_a_text_value_is_said_in_its_own_words(
    items: str | tuple[str, ...], text: str, language: str, missing: list[str]
) -> None:
    claim = Claim(id="top", kind=Kind.TEXT, value=items)
    found = faults(text, [claim], language)
    assert [(fault.code, fault.arguments["evidence"]) for fault in found] == [
        ("CLM209", word) for word in missing
    ]


@given(
    text=st.text(st.sampled_from("0123456789.,−- abcnaikturun%juta"), max_size=60),
    language=st.sampled_from(["id", "en", "de"]),
    count=st.integers(0, 3),
)
def test_comparing_never_raises(text: str, language: str, count: int) -> None:
    if text:
        faults(text, CL[:count], language, of="cl" if count else "")


@given(
    number=st.floats(-1e9, 1e9, allow_nan=False),
    digits=st.integers(0, 4),
    language=st.sampled_from(["id", "en", "de"]),
)
def test_a_correction_holds(number: float, digits: int, language: str) -> None:
    claim = [value("x", number)]
    wrong = format_number(number + 3, language, digits=digits)
    (fault,) = faults(f"ada {wrong} buah", claim, language)
    assert fault.code == "CLM201" and fault.correction is not None
    assert said(f"ada {fault.correction} buah", claim, language) == []
