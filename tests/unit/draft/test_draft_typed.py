"""Typed citations and typed lists of references: counted and compared, never made into entries."""

from __future__ import annotations

import pytest
from tests.word import heading, paragraph, word

from bukti.draft.records import Draft, Imported
from bukti.draft.step import imported
from bukti.draft.typed import Entry, numbered_citations, typed_citations

ENGLISH = "This is the text of a chapter that was written for the readers in the other language. "


def take(*body: str) -> Imported:
    return imported([Draft(name="naskah.docx", data=word(*body), language="id")], "en")


def page(found: Imported) -> str:
    return found.files[found.page].decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Menurut Safira (2022:15), ada.", [("Safira", "2022")]),
        ("(Basu & Van, 1998; Edmonds et al., 2005: 12)", [("Basu", "1998"), ("Edmonds", "2005")]),
        ("(Safira, 2020, 2021a)", [("Safira", "2020"), ("Safira", "2021a")]),
        ("Safira (2020 dan 2021)", [("Safira", "2020"), ("Safira", "2021")]),
        ("(van der Berg, 2010)", [("Berg", "2010")]),
        ("(dalam Nawawi, 2001:5)", [("Nawawi", "2001")]),
        ("UU No. 4 Tahun 2009 (Mei 2020) dan (2019\u20132020) dan (Tabel 1, 2020)", []),
    ],
)
def test_names_and_years(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.name, each.year) for each in typed_citations(text)] == expected


def test_numbers_in_brackets_cite_only_a_numbered_list() -> None:
    entries = [Entry(text="Basu", number=1, offset=0)]
    prose = "Ada [1] dan [2, 4\u20135], bukan [12.5] atau a[i]."
    assert [each.number for each in numbered_citations(prose, entries)] == [1, 2, 4, 5]
    assert list(numbered_citations(prose, [])) == []
    assert list(numbered_citations(prose, [Entry(text="Basu", number=0, offset=0)])) == []


def test_a_numbered_list_is_compared_with_its_citations() -> None:
    found = take(
        heading("Satu"),
        paragraph("Hal ini ada [1], lalu [1, 4] untuk 5 daerah."),
        heading("Daftar Pustaka"),
        paragraph("[1] Basu, K. 1998. Anak."),
        paragraph("[2] Nawawi. 2001. Metode."),
    )
    assert "2 citations typed by hand" in found.unclear
    assert "`manuscript/id/01-satu.md:3`: \\[1, 4\\]" in page(found)
    assert "1 citation not in the list of references" in found.unclear
    assert "1 entry of the list that nothing cites" in found.unclear
    assert "- `manuscript/id/02-daftar-pustaka.md:5`: Nawawi. 2001. Metode." in page(found)
    assert "1 number, without evidence" in found.unclear


def test_the_pages_of_typed_citations_are_no_numbers_of_the_paper() -> None:
    found = take(heading("Satu"), paragraph("Ada (Basu 1998: 12) dan Safira (2020, 7) untuk 5."))
    assert "1 number, without evidence" in found.unclear


def test_nothing_is_made_of_a_typed_list() -> None:
    found = take(
        heading("Satu"),
        paragraph("Ada (Basu 1998)."),
        heading("Daftar Pustaka"),
        paragraph("Basu, K. 1998. Anak."),
    )
    assert "manuscript/references.bib" not in found.files
    assert "(Basu 1998)" in found.files["manuscript/id/01-satu.md"].decode()
    assert "1 citation typed by hand" in found.unclear
    assert "1 list of references typed by hand" in found.unclear
    assert "not in the list" not in page(found)


def test_chapters_in_another_language_are_listed() -> None:
    found = take(
        heading("Satu"),
        paragraph("Bab ini ada dan tidak untuk itu."),
        heading("Introduction"),
        paragraph(ENGLISH * 6),
    )
    assert "1 chapter in another language" in "\n".join(found.unclear)
    assert "- `manuscript/id/02-introduction.md:1`: Introduction (en)" in page(found)
