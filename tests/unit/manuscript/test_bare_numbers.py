"""Which numbers of the prose need evidence, and which forms need none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bukti.base.claims import Claim, Kind
from bukti.base.quantities import parse_quantities
from bukti.manuscript.allowed_forms import allowed_forms
from bukti.manuscript.bare_numbers import Numbers, numbers_of
from bukti.manuscript.candidates import find_candidates
from bukti.manuscript.compare import Words
from bukti.manuscript.fitting import fitting_of
from bukti.manuscript.passages import Cell, Part, Passage
from bukti.manuscript.pool import Pool


def passage(text: str, *parts: Part, kind: str = "paragraph") -> Passage:
    return Passage(
        kind=kind,
        section="",
        text=text,
        places=tuple(range(len(text))),
        parts=parts,
        source=find_candidates("id/01.md", text, 0),
    )


def numbers(
    text: str,
    language: str = "id",
    values: frozenset[int] = frozenset(),
    **own: bool | str | Sequence[str],
) -> Numbers:
    return numbers_of([passage(text)], allowed_forms(language, own), language, values)


def bare(text: str, language: str = "id", **own: bool | str) -> list[str]:
    return [found.text for found in numbers(text, language, frozenset(), **own).bare]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "pada 2020, sejak 2015–2019, 2015-2019, 2015/16 dan tahun 1990-an"),
        ("id", "Undang-Undang Nomor 13 Tahun 2003 dan UU No. 23 Tahun 2002"),
        ("id", "UU 23/2002, PP 44 Tahun 2017, Perpres 59/2017"),
        ("id", "Peraturan Menteri Ketenagakerjaan Nomor 235 Tahun 2003"),
        ("id", "Konvensi ILO Nomor 138 dan Konvensi Hak Anak Pasal 32 ayat (1) huruf a"),
        ("id", "Pasal 68, 69 dan 70; Pasal 71–73."),
        ("id", "hlm. 12–14, halaman 3, bab 2, 13(2)".replace(", 13(2)", "")),
        ("id", "17 Agustus 2020, Agustus 2020, 3–5 Mei 2016, triwulan II 2020"),
        ("id", "abad ke-21"),
        ("id", "COVID-19 dan A-1"),
        ("id", "(1) hukum, (2) layanan, dan (3) data"),
        ("id", "dua atau tiga anak, salah satu dari keduanya, yang pertama"),
        ("id", "H2O dan PM2"),
        ("en", "in 2020, the 1990s, 2015–2020"),
        ("en", "Law Number 13 of 2003, Law No. 35 of 2014 and Law 39/1999"),
        ("en", "ILO Conventions No. 138 and No. 182"),
        ("en", "Articles 68, 69 and 74. Article 32(1)"),
        ("en", "pp. 12–14, p. 3, chapter 2"),
        ("en", "17 August 2020, August 17, 2020, December 2015, 1st of May 2016"),
        ("en", "the 21st century and COVID-19"),
        ("en", "one of the two, the first, once or twice"),
        ("de", "im Jahr 2020"),
    ],
)
def test_what_can_be_no_result(language: str, text: str) -> None:
    assert bare(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("id", "Ada 34 provinsi.", ["34"]),
        ("id", "Naik 2,3 persen, 5 poin persentase, Rp1.500 dan 1,27 juta anak.",
         ["2,3 persen", "5 poin persentase", "Rp1.500", "1,27 juta"]),
        ("id", "usia 5–17 tahun, antara 5 dan 17", ["5–17", "antara 5 dan 17"]),
        ("id", "tiga belas kota dan seratus dua puluh desa", ["tiga belas", "seratus dua puluh"]),
        ("id", "satu dari lima anak; dua pertiga dari mereka",
         ["satu dari lima", "dua pertiga"]),
        ("id", "menjadi dua kali lipat; bertemu dua kali", ["dua kali lipat"]),
        ("id", "Peringkat ke-3.", ["ke-3"]),
        ("id", "Pasal 68 dan 34 provinsi", ["34"]),
        ("id", "sebanyak 12,5% pada 2020", ["12,5%"]),
        ("id", "(2) tanpa (1)", ["2", "1"]),
        ("id", "2020 persen", ["2020 persen"]),
        ("en", "In May 12 of 30 children", ["12 of 30"]),
        ("en", "thirteen towns and one in five children", ["thirteen", "one in five"]),
        ("en", "half of the children", ["half"]),
        ("en", "half-hearted", []),
        ("en", "twice as many; they met twice; a twofold rise", ["twice", "twofold"]),
    ],
)  # fmt: skip
def test_what_needs_evidence(language: str, text: str, expected: list[str]) -> None:
    assert bare(text, language) == expected


def test_a_year_that_is_the_value_of_a_claim_may_be_a_result() -> None:
    assert [found.text for found in numbers("2019 anak", values=frozenset({2019})).bare] == ["2019"]
    assert numbers("pada 2019", values=frozenset({2018})).bare == []


def test_own_forms_are_counted_by_their_name() -> None:
    found = numbers("TPB 8.7 dan 2020", tpb=r"TPB \d+\.\d+")
    assert found.bare == []
    assert found.allowed == {"tpb": 1, "years": 1}


def test_a_form_can_be_taken_away() -> None:
    assert bare("pada 2020", years=False) == ["2020"]
    assert bare("(1) a (2) b", enumerations=False) == ["1", "2"]


@pytest.mark.parametrize("kind", ["mark", "citation", "reference", "link", "code", "math"])
def test_what_stands_apart_is_no_bare_number(kind: str) -> None:
    text = "Ada 34 provinsi."
    part = Part(kind=kind, start=4, end=6)
    found = numbers_of([passage(text, part)], allowed_forms("id", {}), "id", frozenset())
    assert found.bare == []
    assert found.bound == (1 if kind == "mark" else 0)


def test_a_mark_does_not_bind_the_number_beside_it() -> None:
    text = "5 dari 12 anak"
    part = Part(kind="mark", start=7, end=9)
    found = numbers_of([passage(text, part)], allowed_forms("id", {}), "id", frozenset())
    assert [each.text for each in found.bare] == ["5"]


def test_words_of_a_source_are_quoted_with_it() -> None:
    text = "Menurut @a \u201csekurangnya 40 anak bekerja\u201d."
    quoted = Part(kind="quoted", start=12, end=len(text) - 2)
    cited = Part(kind="citation", start=8, end=10, name="a")
    forms = allowed_forms("id", {})
    assert numbers_of([passage(text, quoted, cited)], forms, "id", frozenset()).bare == []
    assert len(numbers_of([passage(text, quoted)], forms, "id", frozenset()).bare) == 1


def test_a_note_used_twice_counts_once() -> None:
    twice = [passage("Ada 34.", kind="note")] * 2
    assert len(numbers_of(twice, allowed_forms("id", {}), "id", frozenset()).bare) == 1


@settings(max_examples=200)
@given(st.integers(min_value=10, max_value=10**9), st.sampled_from(["id", "en"]))
def test_no_form_hides_a_number_among_plain_words(value: int, language: str) -> None:
    separator = "." if language == "id" else ","
    written = f"{value:,}".replace(",", separator)
    text = f"kata {written} kata"
    is_year = written.isdigit() and len(written) == 4
    assert len(bare(text, language)) == (0 if is_year and 1500 <= value < 2200 else 1)


def claim(name: str, value: float, unit: str | None = None) -> Claim:
    return Claim(id=name, kind=Kind.VALUE, value=value, unit=unit)


CLAIMS: Mapping[str, Claim] = {
    each.id: each
    for each in (
        claim("rate", 2.30, "percent"),
        claim("count", 1_270_000, "children"),
        claim("share", 0.2),
        claim("towns", 12),
        claim("rise", 12.4, "percent"),
    )
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,3 persen", ["claim:rate"]),
        ("2,30 persen", ["claim:rate"]),
        ("2,4 persen", []),
        ("1,27 juta", ["claim:count"]),
        ("1.270.000", ["claim:count"]),
        ("12", ["claim:towns"]),
        ("12 persen", ["claim:rise", "claim:towns"]),
    ],
)
def test_the_claims_that_a_number_could_state(text: str, expected: list[str]) -> None:
    pool = Pool(claims=CLAIMS, given={})
    words = Words(language="id", rounding="half-even", labels={}, families={})
    (quantity,) = parse_quantities(text, "id")
    assert [fit.address for fit in fitting_of(pool, words).of(quantity, text)] == expected


def column(*texts: str, number: int = 1) -> list[Passage]:
    return [
        replace(passage(text, kind="cell"), cell=Cell(table=1, row=row, column=number))
        for row, text in enumerate(texts, start=1)
    ]


@pytest.mark.parametrize(
    "texts", [("No.", "1", "2", "3"), ("1.", "2.", "Jumlah"), ("(1)", "(2)"), ("No", "", "1", "2")]
)
def test_a_first_column_that_counts_the_rows_needs_no_evidence(texts: tuple[str, ...]) -> None:
    found = numbers_of(shifted(column(*texts)), allowed_forms("id", {}), "id", frozenset())
    assert (found.bare, set(found.allowed)) == ([], {"enumerations"})
    refused = allowed_forms("id", {"enumerations": False})
    assert numbers_of(shifted(column(*texts)), refused, "id", frozenset()).bare


@pytest.mark.parametrize("texts", [("1", "3"), ("2", "1"), ("0", "1"), ("1",), ("1", "2", "2,5")])
def test_a_first_column_that_does_not_count_is_of_results(texts: tuple[str, ...]) -> None:
    found = numbers_of(shifted(column(*texts)), allowed_forms("id", {}), "id", frozenset())
    assert len(found.bare) == len(texts)


def test_a_column_that_counts_behind_the_first_is_of_results() -> None:
    found = numbers_of(
        shifted(column("1", "2", "3", number=2)), allowed_forms("id", {}), "id", frozenset()
    )
    assert len(found.bare) == 3


def shifted(passages: list[Passage]) -> list[Passage]:
    return [
        replace(each, places=tuple(100 * n + place for place in range(len(each.text))))
        for n, each in enumerate(passages)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "* p < 0.05, ** p < 0.01, *** p<.001"),
        ("id", "* p < 0,05; ** p < 0,01; \u2020 p < 0,1"),
        ("en", "*** significant at 1%, ** significant at the 5 percent level"),
        ("id", "* signifikan pada taraf 5 persen"),
    ],
)
def test_levels_of_significance_are_a_form_of_legends_alone(language: str, text: str) -> None:
    forms = allowed_forms(language, {})
    legend = replace(passage(text), below=True)
    found = numbers_of([legend], forms, language, frozenset())
    assert (found.bare, set(found.allowed)) == ([], {"significance"})
    assert numbers_of([passage(text)], forms, language, frozenset()).bare


@pytest.mark.parametrize("text", ["p = 0.034", "p < 0.03", "it rose by 5%", "* rose by 12%"])
def test_a_result_in_a_legend_is_still_a_result(text: str) -> None:
    legend = replace(passage(text), below=True)
    assert numbers_of([legend], allowed_forms("en", {}), "en", frozenset()).bare


def test_a_pattern_is_used_where_it_fits_a_number_in_no_mark() -> None:
    found = numbers("SDG 8 dan 2020", goals=["SDG \\d+", "TPB \\d+"], old="20\\d\\d", off=False)
    assert found.patterns == {"SDG \\d+", "20\\d\\d"}
