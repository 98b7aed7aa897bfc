"""Two editions side by side."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as raw
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.render.conftest import blocks
from tests.unit.render.test_html import Reader

from bukti.base.tree import Node, Nodes, attributes
from bukti.project.page_settings import PageSettings
from bukti.render.html import render_parallel_html
from bukti.render.nodes import div, paragraph, plain_text, span, string
from bukti.render.parallel import (
    cell_page,
    has_one_list,
    parallel_of,
    parallel_page,
)
from bukti.render.parallel_rows import Row, RowKind, rows_of
from bukti.render.pdf import render_parallel_pdf
from bukti.render.plan import Invocation, Typesetter
from bukti.tools import pandoc

Paper = Callable[..., Invocation]

HERE = """# Hasil {#sec:results}

Jumlah anak naik menjadi 920 ribu pada 2019, lalu turun lagi pada tahun berikutnya.

Paragraf ini hanya ada dalam edisi pertama, tanpa padanan apa pun di edisi yang lain.

1. satu;
2. dua.

## Simpulan {#sec:end}

Keduanya berbeda.
"""
THERE = """# Results {#sec:results}

The number of children rose to 920 thousand in 2019, and fell again in the year after.

1. one;
2. two.

## Conclusion {#sec:end}

They differ.
"""


def _shown(rows: tuple[Row, ...]) -> list[tuple[str, str, str]]:
    return [(row.kind, plain_text(row.here)[:9], plain_text(row.there)[:9]) for row in rows]


def test_paragraphs_stand_beside_what_says_the_same() -> None:
    assert _shown(rows_of(blocks(HERE), blocks(THERE))) == [
        ("heading", "Hasil", "Results"),
        ("text", "Jumlah an", "The numbe"),
        ("text", "Paragraf ", ""),
        ("item", "satu;", "one;"),
        ("item", "dua.", "two."),
        ("heading", "Simpulan", "Conclusio"),
        ("text", "Keduanya ", "They diff"),
    ]


def test_every_block_of_both_editions_is_in_one_row() -> None:
    rows = rows_of(blocks(HERE), blocks(THERE))
    for place, text in (("here", HERE), ("there", THERE)):
        found = [plain_text(block) for row in rows for block in getattr(row, place)]
        words = " ".join(found).split()
        assert words == " ".join(plain_text(block) for block in blocks(text)).split()


def test_items_of_a_list_keep_their_numbers() -> None:
    rows = rows_of(blocks("4. a\n5. b"), blocks("4. x\n5. y"))
    assert [(row.here[0]["c"][0][0], row.there[0]["c"][0][0]) for row in rows] == [(4, 4), (5, 5)]


def test_headings_without_an_id_are_paired_in_order() -> None:
    def declared(*titles: str) -> Nodes:
        return [
            node
            for title in titles
            for node in (
                {"t": "Header", "c": [2, attributes(), [string(title)]]},
                paragraph([string(f"{title}.")]),
            )
        ]

    rows = rows_of(declared("Dana", "Data"), declared("Funding", "Availability"))
    assert [plain_text(row.there) for row in rows] == [
        "Funding",
        "Funding.",
        "Availability",
        "Availability.",
    ]


def _entry(name: str, number: str = "") -> Node:
    margin = [span(attributes(classes=["csl-left-margin"]), [string(number)])] if number else []
    return div(attributes(f"ref-{name}", ["csl-entry"]), [paragraph([*margin, string(name)])])


def _list(*entries: Node) -> Nodes:
    return [div(attributes("refs"), list(entries))]


def test_one_list_of_references_serves_both_where_no_number_has_two_meanings() -> None:
    assert has_one_list(_list(_entry("a"), _entry("b")), _list(_entry("b"), _entry("c")))
    assert has_one_list(_list(_entry("a", "[1]")), _list(_entry("a", "[1]"), _entry("b", "[2]")))
    assert not has_one_list(_list(_entry("a", "[1]")), _list(_entry("b", "[1]")))
    assert not has_one_list(_list(_entry("a", "[1]")), _list(_entry("a", "[2]")))


def test_what_only_the_second_edition_cites_is_in_the_list_too(paper: Paper) -> None:
    here, there = paper("id"), paper("en")
    there = replace(there, tree={**there.tree, "blocks": _list(_entry("aaa"), _entry("zzz"))})
    here = replace(here, tree={**here.tree, "blocks": _list(_entry("aaa"), _entry("bbb"))})
    rows = parallel_of(here, there, lambda language, number: []).rows
    (found,) = [row for row in rows if row.kind is RowKind.REFERENCES]
    assert plain_text(found.here.blocks).split() == ["aaa", "zzz", "bbb"]
    assert found.there.blocks == []


def test_only_the_first_empty_cell_of_several_says_so(paper: Paper) -> None:
    rows = parallel_of(paper("id"), paper("en"), lambda language, number: []).rows
    lacking = [row.signed for row in rows if not row.there.blocks and row.here.blocks]
    assert len(lacking) > sum(lacking) > 0


def test_notes_are_counted_in_each_edition(paper: Paper) -> None:
    extra = "\n\nLagi.[^x]\n\n[^x]: Catatan kedua.\n"
    parallel = parallel_of(paper("id", extra=extra), paper("en"), lambda language, number: [])
    assert [note.number for row in parallel.rows for note in row.here.notes] == [1, 2]
    assert [note.number for row in parallel.rows for note in row.there.notes] == [1]


def test_both_columns_and_the_gap_are_as_wide_as_the_text() -> None:
    page = parallel_page(PageSettings(width_mm=210, height_mm=297, columns=2))
    assert (page.width_mm, page.height_mm, page.columns) == (297, 210, 1)
    assert 2 * cell_page(page).text_width_mm + 9 == pytest.approx(page.text_width_mm)


@pytest.fixture(name="pdf", scope="module")
def pdf_fixture(paper: Paper, typeset: Typesetter) -> bytes:
    data, found = render_parallel_pdf(
        paper("id"), paper("en"), convert=pandoc.convert, typeset=typeset
    )
    assert found == ()
    return data


def test_the_pdf_is_the_same_each_time(paper: Paper, typeset: Typesetter, pdf: bytes) -> None:
    again, _ = render_parallel_pdf(
        paper("id"), paper("en"), convert=pandoc.convert, typeset=typeset
    )
    assert again == pdf


def test_the_pdf_is_read_row_by_row_and_lies_across(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_bounded()
    words = (
        "Abstrak",
        "Abstract",
        "Pendahuluan",
        "Introduction",
        "Perkawinan pada",
        "Child marriage has",
    )
    places = [text.index(word) for word in words]
    assert places == sorted(places)
    width, height = document[0].get_size()
    assert width > height
    assert "\u00ad" not in text


def test_the_outline_of_the_pdf_has_both_languages(pdf: bytes) -> None:
    outline = [item.get_title() for item in pypdfium2.PdfDocument(pdf).get_toc()]
    assert "1\u2002Pendahuluan \u00b7 1\u2002Introduction" in outline


def test_the_pdf_carries_the_evidence_of_both(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    names = [document.get_attachment(n).get_name() for n in range(document.count_attachments())]
    assert sorted(names) == ["evidence.en.json", "evidence.id.json"]


@pytest.fixture(name="page", scope="module")
def page_fixture(paper: Paper) -> str:
    data, found = render_parallel_html(paper("id"), paper("en"), convert=pandoc.convert)
    assert found == ()
    return data.decode()


def test_the_page_has_sound_tags_and_links(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    names = [values["id"] for _, values in reader.tags if "id" in values]
    assert len(names) == len(set(names))
    targets = {values["href"][1:] for tag, values in reader.tags
               if tag == "a" and values.get("href", "").startswith("#")}  # fmt: skip
    assert targets
    assert targets <= set(names)
    assert {"sec:introduction", "sec:introduction.en", "note-id-1", "note-en-1"} <= set(names)


def test_the_page_has_no_table_but_those_of_the_paper(page: str) -> None:
    assert page.count("<table") == 2
    assert 'class="row"' in page


def test_a_picture_that_is_the_same_in_both_stands_once_with_both_legends(page: str) -> None:
    (figure,) = re.findall(r'<figure class="figure" id="fig:trend">.*?</figure>', page, re.DOTALL)
    assert figure.count("<img") == 1
    assert "<strong>Gambar 1.</strong> " in figure
    assert "<strong>Figure 1.</strong> " in figure


def test_marks_show_their_status_in_both_languages(page: str) -> None:
    assert 'data-status="stale"' in page
    found = re.findall(r'<span class="mark"[^>]*data-claims="rate.2020"[^>]*>([^<]*)', page)
    assert {"2,30 persen", "2.30 per cent"} <= {" ".join(each.split()) for each in found}


def test_what_an_edition_lacks_is_said_in_its_language(page: str) -> None:
    assert re.search(r'<div lang="en">\s*<p class="lacking">\u2014 not in this edition</p>', page)


def test_notes_stand_below_their_row(page: str) -> None:
    notes = re.findall(
        r'<div class="row row-notes">.*?role="doc-footnote">.*?</div>', page, re.DOTALL
    )
    assert len(notes) == 1
    assert "Undang-Undang" in notes[0]


def test_the_page_carries_the_evidence_of_both(page: str) -> None:
    assert 'id="evidence-id"' in page
    assert 'id="evidence-en"' in page


def _tags(page: pypdfium2.PdfPage) -> list[tuple[int, str, str]]:
    """The elements of a page in reading order: their depth, their kind, their language."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    found: list[tuple[int, str, str]] = []

    def told(read: Callable[..., int], element: object) -> str:
        buffer = ctypes.create_string_buffer(256)
        length = read(element, buffer, 256)
        return buffer.raw[: max(length - 2, 0)].decode("utf-16-le")

    def visit(element: object, depth: int) -> None:
        kind = told(raw.FPDF_StructElement_GetType, element)
        found.append((depth, kind, told(raw.FPDF_StructElement_GetLang, element)))
        for number in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
            if child:
                visit(child, depth + 1)

    for number in range(raw.FPDF_StructTree_CountChildren(tree)):
        visit(raw.FPDF_StructTree_GetChildAtIndex(tree, number), 0)
    return found


def test_a_heading_is_one_and_paragraphs_of_the_second_column_have_its_language(pdf: bytes) -> None:
    tags = _tags(pypdfium2.PdfDocument(pdf)[0])
    kinds = [kind for _, kind, _ in tags]
    assert kinds.count("H1") == 1
    heading = kinds.index("H1")
    assert [kind for _, kind, _ in tags[heading + 1 : heading + 3]] == ["Div", "Div"]
    assert ("Div", "en") in [(kind, language) for _, kind, language in tags]
    assert kinds.count("P") >= 4


def _top(page: pypdfium2.PdfPage, words: str) -> float:
    """The upper edge of the first letter of some words, in points from below."""
    text = page.get_textpage()
    found = text.search(words).get_next()
    assert found is not None
    return float(text.get_charbox(found[0])[3])


def test_titles_of_unequal_length_begin_on_one_line(pdf: bytes) -> None:
    page = pypdfium2.PdfDocument(pdf)[0]
    tops = [
        _top(page, words) for words in ("Perkawinan anak di Indonesia:", "Child marriage in Ind")
    ]
    assert tops[0] == pytest.approx(tops[1], abs=2)


@pytest.mark.parametrize(
    "text", ["", "![A caption](gone.png)", "# Only here {#s}\n\nText.^[Note.]"]
)
def test_an_edition_that_lacks_nearly_all_and_a_missing_picture_are_set_all_the_same(
    paper: Paper, typeset: Typesetter, text: str
) -> None:
    here, there = paper("id"), paper("en")
    there = replace(there, tree={**there.tree, "meta": {}, "blocks": blocks(text) if text else []})
    data, found = render_parallel_pdf(here, there, convert=pandoc.convert, typeset=typeset)
    assert (data[:5], found) == (b"%PDF-", ())
    page, found = render_parallel_html(here, there, convert=pandoc.convert)
    assert found == ()
    reader = Reader()
    reader.feed(page.decode())
    assert reader.open == []


def test_lists_of_references_with_other_numbers_stand_side_by_side(paper: Paper) -> None:
    here, there = (
        replace(each, tree={**each.tree, "blocks": _list(*entries)})
        for each, entries in (
            (paper("id"), (_entry("a", "[1]"), _entry("b", "[2]"))),
            (paper("en"), (_entry("b", "[1]"), _entry("a", "[2]"))),
        )
    )
    page, _ = render_parallel_html(here, there, convert=pandoc.convert)
    names = re.findall(r'id="(ref-[^"]+)"', page.decode())
    assert names == ["ref-a", "ref-b", "ref-b.en", "ref-a.en"]


_NAMES = st.lists(st.sampled_from(["satu", "dua", "tiga", "empat"]), max_size=6)


@given(here=_NAMES, there=_NAMES)
def test_rows_lose_nothing_and_keep_the_order_of_the_first_edition(
    here: list[str], there: list[str]
) -> None:
    sides = [[paragraph([string(name)]) for name in names] for names in (here, there)]
    rows = rows_of(*sides)
    assert [plain_text(block) for row in rows for block in row.here] == here
    assert sorted(plain_text(block) for row in rows for block in row.there) == sorted(there)
