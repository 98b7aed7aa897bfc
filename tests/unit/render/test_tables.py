"""Tables: columns of numbers, groups of rows and columns, and how the three formats set them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.render.conftest import Paper

from bukti.base.numbers import format_number
from bukti.base.tree import Nodes
from bukti.render.docx import render_docx
from bukti.render.docx_xml import parsed, w
from bukti.render.html import render_html
from bukti.render.nodes import plain_text
from bukti.render.numerals import Entry, Pad, pads
from bukti.render.pdf import render_pdf, typst_sources
from bukti.render.plan import Typesetter
from bukti.render.tables import TableModel, read_table
from bukti.tools import pandoc

GROUPED = """
| Provinsi | Anak | Angka | Catatan |
|---|---|---|---|
| **Jawa** | | | |
| Banten | 1.234 | 2,30^a^ | besar |
| DI Yogyakarta | 345 | 12,5 | [kecil]{.mark .holds claims=x} |
| **Bali** | | | |
| Bali | - | -0,75 | turun |
| **Jumlah** | **1.579** | **14,05** | |

: Judul {#tbl:grouped}

::: notes
^a^ Perkiraan.
:::

::: source-line
Sumber: BPS.
:::
"""
SPANNED = """
+--------+-----------+
|        | Angka     |
| Nama   +-----+-----+
|        | 1   | 2   |
+========+=====+=====+
| Bali   | 1,2 | 3,4 |
+========+=====+=====+
| Jumlah | 5,6 | 7,8 |
+========+=====+=====+

: Dua tahun {#tbl:spanned}
"""


def model(text: str, language: str = "id") -> TableModel:
    tree, _ = pandoc.read_markdown(text)
    return read_table(next(each for each in tree["blocks"] if each["t"] == "Table"), language)


def entries(*texts: str) -> list[Entry]:
    return [Entry(text=text) for text in texts]


@pytest.mark.parametrize(
    ("texts", "lacking"),
    [
        (("2,30", "12,5", "7"), ("", "0", ",00")),
        (("1.234", "12"), ("", "")),
        (("2,3 %", "1"), ("", ",0%")),
        (("(0,05)", "0,1***", "–", ""), ("**", "0", ",00***", ",00***")),
        (("<0,001", "-0,5", "…"), ("", "00", ",000")),
        (("Rp5.000", "US$ 1,5"), (",0", "")),
    ],
)
def test_numbers_lack_what_the_widest_has(texts: tuple[str, ...], lacking: tuple[str, ...]) -> None:
    found = pads(entries(*texts), "id")
    assert found is not None
    assert tuple(pad.text for pad in found) == lacking


@pytest.mark.parametrize(
    "texts", [("2016–2020",), ("naik", "1"), ("–", ""), ("1,5 juta",), ("1.23",), ("12/2020",)]
)
def test_what_is_no_number_is_set_as_words(texts: tuple[str, ...]) -> None:
    assert pads(entries(*texts), "id") is None


def test_raised_marks_take_no_room_from_the_digits() -> None:
    found = pads([Entry(text="1,0", marks=1), Entry(text="2,0")], "id")
    assert found == [Pad(), Pad(marks=1)]


@given(st.lists(st.decimals(-(10**7), 10**7, allow_nan=False, places=3), min_size=1))
def test_every_number_of_a_column_ends_at_the_same_place(values: list[Any]) -> None:
    texts = [format_number(value, "en") for value in values]
    found = pads(entries(*texts), "en")
    assert found is not None
    behind = [
        len((text + pad.text).partition(".")[2]) for text, pad in zip(texts, found, strict=True)
    ]
    assert len(set(behind)) == 1


def test_columns_of_numbers_are_found_and_named_ones_stay() -> None:
    table = model("| Tahun | Angka | Kata |\n|---|---|:--|\n| 2019 | 1,5 | 1 |\n| 2020 | 2 | 3 |\n")
    assert [column.align for column in table.columns] == ["left", "right", "left"]
    assert table.head[0][1].align == "right"
    assert [row[1].pad for row in table.body] == [Pad(), Pad(text=",0")]
    assert table.body[0][2].pad is None


def test_bold_rows_head_groups_and_a_bold_last_row_holds_totals() -> None:
    table = model(GROUPED)
    assert [row[0].heads for row in table.body] == ["colgroup", "", "", "colgroup", ""]
    assert [row[0].indented for row in table.body] == [False, True, True, False, True]
    assert table.body[0][0].columns == 4
    assert [cell.text for cell in table.foot[0]] == ["Jumlah", "1.579", "14,05", ""]
    assert [row[1].text for row in table.body if len(row) > 1] == ["1.234", "345", "–"]
    assert table.body[4][2].text == "\u22120,75"


def test_equal_shares_of_a_table_with_long_lines_were_not_asked_for() -> None:
    long = "| a | b |\n|---|---|\n| " + "kata " * 40 + "| 1 |\n"
    assert not model(long).has_shares
    assert model(long.replace("|---|---|", "|-----|--|")).has_shares


def test_columns_share_a_width_by_their_words() -> None:
    table = model("| a | b |\n|---|---|\n| " + "kata " * 60 + "| 1.234,5 |\n")
    first, second = table.widths_mm(150)
    assert first + second == pytest.approx(150)
    assert second >= 7 * 1.9
    assert sum(table.widths_mm(10_000)) < 10_000


@pytest.fixture(name="body", scope="module")
def body_fixture(paper: Paper) -> Any:
    data, found = render_docx(paper(extra=GROUPED + SPANNED), convert=pandoc.convert)
    assert found == ()
    document = docx.Document(io.BytesIO(data))
    cells = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert cells[2] == ["Banten", "1.234", "2,30a", "besar"]
    assert [cell.text for cell in document.tables[2].rows[0].cells] == ["Nama", "Angka", "Angka"]
    return document.element.body


def test_word_sets_numbers_by_their_decimal_signs(body: Any) -> None:
    grouped = list(body.iter(w("tbl")))[1]
    ends = []
    for row in grouped.findall(w("tr"))[2:4]:
        cell = row.findall(w("tc"))[2]
        paragraph = cell.find(w("p"))
        assert paragraph.find(f"{w('pPr')}/{w('jc')}").get(w("val")) == "right"
        indent = paragraph.find(f"{w('pPr')}/{w('ind')}")
        ends.append(0 if indent is None else int(indent.get(w("right"))))
    assert ends[0] == 0
    assert ends[1] > 100


def test_word_spans_heads_and_merges_rows(body: Any) -> None:
    spanned = list(body.iter(w("tbl")))[2]
    rows = spanned.findall(w("tr"))
    assert rows[0].find(f".//{w('gridSpan')}").get(w("val")) == "2"
    assert rows[0].find(f".//{w('pBdr')}") is not None
    assert all(row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows[:2])
    assert rows[-1].find(f".//{w('tcBorders')}/{w('top')}") is not None
    assert not [each for each in body.iter() if "bukti" in each.attrib]


def test_a_wide_table_has_a_section_of_its_own(paper: Paper) -> None:
    extra = GROUPED.replace("{#tbl:grouped}", "{#tbl:grouped .wide}") + "\n\nSesudah.\n"
    data, _ = render_docx(paper(extra=extra), convert=pandoc.convert)
    document = docx.Document(io.BytesIO(data))
    turned = [section.orientation for section in document.sections]
    assert turned == [0, 1, 0]
    first, second, _ = document.sections
    assert (first.page_width, first.page_height) == (second.page_height, second.page_width)
    assert second.header.paragraphs[0].text == first.header.paragraphs[0].text


def test_typst_hides_what_numbers_lack_and_turns_wide_pages(
    paper: Paper, typeset: Typesetter
) -> None:
    wide = SPANNED.replace("{#tbl:spanned}", "{#tbl:spanned .wide}")
    given = paper(extra=GROUPED + wide)
    sources, _ = typst_sources(given, convert=pandoc.convert)
    main = sources["main.typ"].decode()
    assert '#paper.lacking("0", 1)' in main
    assert "wide: true" in main
    data, found = render_pdf(given, convert=pandoc.convert, typeset=typeset)
    assert found == ()
    texts, sizes = pages(data)
    assert any(width > height for width, height in sizes)
    text = " ".join(texts)
    assert "12,5 kecil" in text  # nothing hidden gets into the text
    assert text.index("Perkiraan.") < text.index("Sumber: BPS.")


def pages(data: bytes) -> tuple[list[str], list[tuple[float, float]]]:
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(text.split()) for text in texts], [page.get_size() for page in document]


def test_a_long_table_says_that_it_goes_on(paper: Paper, typeset: Typesetter) -> None:
    rows = "".join(f"| Kabupaten {number} | {number},5 |\n" for number in range(120))
    extra = f"\n| Kabupaten | Angka |\n|---|---|\n{rows}\n: Panjang {{#tbl:long}}\n"
    data, found = render_pdf(paper(extra=extra), convert=pandoc.convert, typeset=typeset)
    assert found == ()
    texts, _ = pages(data)
    shown = [text for text in texts if "Kabupaten Angka" in text]
    assert len(shown) >= 3
    assert ["Tabel 2 (lanjutan)" in text for text in shown] == [False, *[True] * (len(shown) - 1)]
    assert all(f"Kabupaten {number} " in " ".join(texts) for number in range(120))


def test_html_keeps_the_text_and_hides_what_numbers_lack(paper: Paper) -> None:
    data, found = render_html(paper(extra=GROUPED + SPANNED), convert=pandoc.convert)
    assert found == ()
    page = data.decode()
    assert '<td class="right number marked" data-pad="0">12,5</td>' in page
    assert '<th class="left first last group" scope="colgroup" colspan="4">Jawa</th>' in page
    assert 'scope="colgroup" colspan="2"><div>Angka</div></th>' in page
    assert page.index('<div class="notes">') < page.index("Sumber: BPS.")


def test_notes_stand_above_the_sources_in_whatever_order_they_are_written(paper: Paper) -> None:
    notes, source = GROUPED.index("::: notes"), GROUPED.index("::: source-line")
    turned = GROUPED[:notes] + GROUPED[source:] + "\n" + GROUPED[notes:source]
    data, _ = render_html(paper(extra=turned), convert=pandoc.convert)
    assert data == render_html(paper(extra=GROUPED), convert=pandoc.convert)[0]


def test_a_footnote_in_a_cell_comes_out_everywhere(paper: Paper, typeset: Typesetter) -> None:
    extra = GROUPED.replace("Banten", "Banten[^b]") + "\n[^b]: Provinsi termuda di Jawa.\n"
    given = paper(extra=extra)
    pdf, _ = render_pdf(given, convert=pandoc.convert, typeset=typeset)
    html, _ = render_html(given, convert=pandoc.convert)
    word, _ = render_docx(given, convert=pandoc.convert)
    assert "Provinsi termuda di Jawa." in " ".join(pages(pdf)[0])
    assert "Provinsi termuda di Jawa." in html.decode()
    notes = parsed(_part(word, "word/footnotes.xml"))
    assert any("termuda" in "".join(each.itertext()) for each in notes)


def _part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def test_words_in_a_cell_keep_their_blocks() -> None:
    blocks: Nodes = model(SPANNED).body[0][0].blocks
    assert plain_text(blocks) == "Bali"
