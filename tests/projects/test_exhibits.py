"""A compendium with all that can stand between paragraphs, in three formats and two languages."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from lxml import etree, html

from tests.projects.conftest import Compendium

HERE = Path(__file__).parent / "exhibits"
LANGUAGES = ("id", "en")
SAID = {
    "id": (
        "Lihat Tabel 1–3 dan 1, juga Bagian 2, Persamaan (1), dan Tabel A1 dan B1.",
        "Catatan. Angka dibulatkan; tanda – berarti tidak ada data. Angka menurut Sari (2018).",
        "Sumber: BPS (2019, 2020); UNICEF (2021); data diolah.",
        "Sumber: Sari (2018), diolah.",
        "Sumber: Dinas Kependudukan (2018).",
        "Sumber: Penulis.",
        "Gambar 1 dan Gambar 2 berdiri di dekat kalimat ini.",
        "Lihat Lampiran B, Tabel A1, Gambar A1, dan Persamaan (A1).",
        "Lampiran A Pedoman wawancara",
        "A.1 Cara membaca",
        "Setiap orang yang berusia di bawah delapan belas tahun.",
        "Negara menjaminnya.",
        "kan terkenang selama hidupku.",
        "Paragraf kedua dengan kutipan (Sari 2018, 4)",
    ),
    "en": (
        "See Tables 1–3 and 1, also Section 2, Equation (1), and Tables A1 and B1.",
        "Note. Rounded; the sign – means no data. Rates after Sari (2018).",
        "Sources: BPS (2019, 2020); UNICEF (2021); own calculation.",
        "Source: Sari (2018), own calculation.",
        "Source: Population Office (2018).",
        "Source: The author.",
        "Figure 1 and Figure 2 stand near this sentence.",
        "See Appendix B, Table A1, Figure A1 and Equation (A1).",
        "Appendix A Interview guide",
        "A.1 How to read it",
        "Every person below the age of eighteen years.",
        "The state guarantees it.",
        "it stays in mind all my life.",
        "A second paragraph with a citation (Sari 2018, 4)",
    ),
}
ROWS = {
    "id": (
        ["Riau", "27.259", "3,24", "15.936", "5,82a", "2,58"],
        ["Jambi", "40.716", "4,61", "23.855", "–", "–"],
        ["Banten", "67.630", "7,35", "39.693", "0,95", "−6,40"],
    ),
    "en": (
        ["Riau", "27,259", "3.24", "15,936", "5.82a", "2.58"],
        ["Jambi", "40,716", "4.61", "23,855", "–", "–"],
        ["Banten", "67,630", "7.35", "39,693", "0.95", "−6.40"],
    ),
}


@pytest.fixture(name="papers", scope="module")
def papers_fixture(tmp_path_factory: pytest.TempPathFactory) -> Compendium:
    target = tmp_path_factory.mktemp("exhibits") / "paper"
    shutil.copytree(HERE, target)
    compendium = Compendium(target)
    ended = compendium.run("build")
    assert ended.status == 0, ended.out + ended.err
    assert "No findings." in ended.out + ended.err
    return compendium


def paper(papers: Compendium, language: str, suffix: str) -> bytes:
    return papers.path(f"outputs/papers/paper.{language}.{suffix}").read_bytes()


def plain(text: str) -> str:
    return " ".join(re.sub(r"[\u00a0\u2002\u2009\u2060]", " ", text).replace("\u00ad", "").split())


def pdf_text(data: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    return plain(re.sub(r"[-\ufffe\u0002]\r?\n", "", " ".join(pages)))


def word_text(data: bytes) -> str:
    document: Any = docx.Document(io.BytesIO(data))
    parts = [document.element.body]
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes"):
            parts.append(etree.fromstring(relation.target_part.blob))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    pieces = [
        "".join(each.text or "" if each.tag == f"{space}t" else "\u2002" for each in line)
        for part in parts
        for paragraph in part.iter(f"{space}p")
        for line in [[e for e in paragraph.iter() if e.tag in (f"{space}t", f"{space}br")]]
    ]
    return plain(" ".join(pieces))


def page_text(data: bytes) -> str:
    page: Any = html.fromstring(data.decode())
    return plain(" ".join(page.find(".//article").itertext()))


READ = {"pdf": pdf_text, "docx": word_text, "html": page_text}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", READ)
def test_every_format_says_the_same(papers: Compendium, language: str, suffix: str) -> None:
    text = READ[suffix](paper(papers, language, suffix))
    joined = text.replace(" ", "")
    for sentence in SAID[language]:
        assert sentence.replace(" ", "") in joined, sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rows_of_a_table_are_the_same_in_word_and_on_the_page(
    papers: Compendium, language: str
) -> None:
    document = docx.Document(io.BytesIO(paper(papers, language, "docx")))
    table = document.tables[0]
    in_word = [[cell.text for cell in row.cells] for row in table.rows]
    page: Any = html.fromstring(paper(papers, language, "html").decode())
    on_page = [
        ["".join(cell.itertext()) for cell in row.iter("td", "th")] for row in page.iter("tr")
    ]
    text = pdf_text(paper(papers, language, "pdf"))
    for row in ROWS[language]:
        assert row in in_word
        assert row in on_page
        assert " ".join(row) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_is_higher_than_the_page(papers: Compendium, language: str) -> None:
    document: Any = docx.Document(io.BytesIO(paper(papers, language, "docx")))
    section = document.sections[0]
    assert len(document.inline_shapes) == 6
    for shape in document.inline_shapes:
        assert shape.height < section.page_height - section.top_margin - section.bottom_margin
        assert shape.width <= section.page_width - section.left_margin - section.right_margin


def test_word_gets_pixels_of_pictures_made_of_lines(papers: Compendium) -> None:
    document = docx.Document(io.BytesIO(paper(papers, "id", "docx")))
    names = [str(part.partname) for part in document.part.package.iter_parts()]
    pictures = [name for name in names if "/media/" in name]
    assert pictures
    assert all(name.endswith(".png") for name in pictures)


def test_appendices_stand_behind_the_references(papers: Compendium) -> None:
    for suffix, read in READ.items():
        text = read(paper(papers, "en", suffix))
        assert text.rindex("References") < text.rindex("Interview guide"), suffix


def test_a_wide_table_lies_across_and_a_long_one_goes_on(papers: Compendium) -> None:
    data = paper(papers, "en", "pdf")
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(data)]
    assert [width > height for width, height in sizes].count(True) == 1
    assert pdf_text(data).count("Table 5 (continued)") >= 2
    document = docx.Document(io.BytesIO(paper(papers, "en", "docx")))
    assert [section.orientation for section in document.sections] == [0, 1, 0]
