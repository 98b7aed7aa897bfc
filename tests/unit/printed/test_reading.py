from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from tests.unit.printed.conftest import Finished

from bukti.base.diagnostic import Problem
from bukti.printed import pieces
from bukti.printed.docx import read_docx, read_parts
from bukti.printed.html import read_html
from bukti.printed.pdf import read_pdf
from bukti.printed.records import FORMULA, Kind, Printed, PrintedPassage

READERS: dict[str, Callable[[bytes], Printed]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "html": read_html,
}
OPENING = "Perkawinan pada usia anak menurun, tetapi tidak di semua daerah"


def squeezed(paper: Printed) -> str:
    text = "".join(each.text for each in paper.passages)
    return "".join(sign for sign in text if not sign.isspace() and sign != "-")


def passage(paper: Printed, opening: str) -> PrintedPassage:
    return next(each for each in paper.passages if each.text.startswith(opening))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_the_formats_are_read_as_the_same_text(
    finished: Finished, language: str, suffix: str
) -> None:
    page = read_html(finished(language, "html"))
    paper = READERS[suffix](finished(language, suffix))
    assert paper.whole
    assert len(page.passages) > 30
    assert squeezed(paper) == squeezed(page)


def test_a_paragraph_is_read_with_its_words_and_spaces(finished: Finished) -> None:
    texts = {
        suffix: passage(read(finished("id", suffix)), OPENING).text
        for suffix, read in READERS.items()
    }
    plain = {text.replace("\u00a0", " ") for text in texts.values()}
    assert len(plain) == 1
    assert "(Rahman dkk. 2020, 3)" in plain.pop()


@pytest.mark.parametrize("suffix", READERS)
def test_passages_are_told_apart(finished: Finished, suffix: str) -> None:
    paper = READERS[suffix](finished("id", suffix))
    kinds = {each.kind for each in paper.passages}
    assert kinds - {Kind.REFERENCE} == {
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.CAPTION,
        Kind.CELL,
        Kind.NOTE,
    }
    notes = [each.text for each in paper.passages if each.kind is Kind.NOTE]
    assert [note.startswith("Undang-Undang Nomor") for note in notes] == [True]
    assert paper.passages[-1].kind is Kind.NOTE
    assert [each.place.passage for each in paper.passages[:3]] == [1, 2, 3]
    assert any(FORMULA in each.text for each in paper.passages)


@pytest.mark.parametrize("suffix", READERS)
def test_what_stands_around_the_text_is_no_part_of_it(finished: Finished, suffix: str) -> None:
    paper = READERS[suffix](finished("id", suffix))
    around = " ".join(each.text for each in paper.apart)
    assert "DRAF" in around.upper()
    assert "DRAF" not in squeezed(paper)


def test_a_pdf_says_the_page_of_each_passage(finished: Finished) -> None:
    paper = read_pdf(finished("id", "pdf"))
    pages = [each.place.page for each in paper.passages if each.kind is not Kind.NOTE]
    assert pages[0] == 1
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert len({*pages}) > 1
    head = [each.text for each in paper.apart if each.place.page == 2]
    assert head == ["Perkawinan anak di Indonesia DRAF 2/3"]


def test_a_passage_over_two_pages_is_one_and_knows_both() -> None:
    builder = pieces.PassageBuilder()
    builder.add("Kalimat ini berjalan ", 4)
    builder.add("terus.", 5)
    builder.end(Kind.PARAGRAPH)
    (found,) = builder.result()
    assert found.text == "Kalimat ini berjalan terus."
    assert [found.page_at(0), found.page_at(20), found.page_at(22)] == [4, 4, 5]


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_marks_are_read_with_their_claims(finished: Finished, suffix: str) -> None:
    paper = READERS[suffix](finished("id", suffix))
    shown = [
        (each.text[mark.start : mark.end].replace("\u00a0", " "), mark.claims, mark.scheme)
        for each in paper.passages
        for mark in each.marks
    ]
    assert ("1,98 persen", ("rate.2019",), "claim") in shown
    assert ("19 tahun", ("age.child",), "given") in shown
    assert ("tajam", ("rate.2019", "rate.2020"), "claim") in shown


def test_html_names_the_element_and_the_language(finished: Finished) -> None:
    paper = read_html(finished("id", "html"))
    assert passage(paper, "Tabel 1.").place.element == "tbl:province"
    assert passage(paper, "This study compares").language == "en"


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("data", [b"", b"no paper at all", b"%PDF-1.7\n", b"PK\x03\x04"])
def test_what_is_no_paper_is_told(suffix: str, data: bytes) -> None:
    if suffix == "html" and data:
        assert READERS[suffix](data).evidence == {}
        return
    with pytest.raises(Problem) as raised:
        READERS[suffix](data)
    assert [each.code for each in raised.value.diagnostics] == ["VER201"]


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_half_a_paper_is_told(finished: Finished, suffix: str) -> None:
    whole = finished("id", suffix)
    with pytest.raises(Problem):
        READERS[suffix](whole[: len(whole) // 2])


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for each in source.infolist():
            content = source.read(each)
            target.writestr(
                each, content.replace(old, new, 1) if each.filename == name else content
            )
    return buffer.getvalue()


def test_a_document_with_entities_of_its_own_is_refused(finished: Finished) -> None:
    bomb = b'?>\n<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">]>\n'
    data = changed(finished("id", "docx"), "word/document.xml", b"?>", bomb)
    with pytest.raises(Problem):
        read_docx(data)


def test_a_document_too_large_when_unpacked_is_refused(
    finished: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bukti.printed.docx._LARGEST", 1000)
    with pytest.raises(Problem):
        read_parts(finished("id", "docx"))


def test_a_deleted_passage_of_tracked_changes_is_not_read() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f"<w:document {space}><w:body><w:p><w:r><w:t>Naik </w:t></w:r>"
        "<w:del><w:r><w:delText>turun </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>tajam</w:t></w:r></w:ins></w:p></w:body></w:document>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", body)
    assert [each.text for each in read_docx(buffer.getvalue()).passages] == ["Naik tajam"]


def test_a_pdf_without_structure_is_read_by_its_lines() -> None:
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    buffer = io.BytesIO()
    with PdfPages(buffer) as pages:
        for number in (1, 2, 3):
            sheet = Figure()
            sheet.text(0.1, 0.95, "Head of every page")
            sheet.text(0.1, 0.6, f"Text of its own {'abc'[number - 1]}")
            sheet.text(0.1, 0.5, "and a second line")
            sheet.text(0.1, 0.4, f"third {'xyz'[number - 1]}")
            sheet.text(0.5, 0.05, f"{number}")
            pages.savefig(sheet)
    paper = read_pdf(buffer.getvalue())
    assert not paper.whole
    assert [each.text for each in paper.passages] == [
        "Text of its own a and a second line third x",
        "Text of its own b and a second line third y",
        "Text of its own c and a second line third z",
    ]
    assert [each.place.page for each in paper.passages] == [1, 2, 3]
    assert [each.text for each in paper.apart][:2] == ["Head of every page", "1"]
