"""The page in Word: by the settings, and as a journal's reference document has it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from tests.word import png

from bukti.project.page_settings import page_of
from bukti.render.docx import render_docx
from bukti.render.plan import Invocation
from bukti.tools import pandoc

Paper = Callable[..., Invocation]
MANUSCRIPT = {"profile": "manuscript", "paper": "letter", "fonts": {"text": "Garamond"}}
JOURNAL = {"profile": "journal", "margins": {"inner": "3cm", "outer": "2cm"}}


def made(invocation: Invocation) -> docx.document.Document:
    data, found = render_docx(invocation, convert=pandoc.convert)
    assert found == ()
    return docx.Document(io.BytesIO(data))


def by_settings(paper: Paper, settings: Mapping[str, Any], extra: str = "") -> Any:
    return made(replace(paper(extra=extra), page=page_of(settings)))


def millimetres(length: Any) -> int:
    return round(float(length.mm))


def test_without_settings_the_page_is_the_plain_one(paper: Paper) -> None:
    document = made(paper())
    (section,) = document.sections
    assert (millimetres(section.page_width), millimetres(section.left_margin)) == (210, 25)
    assert section._sectPr.find(qn("w:lnNumType")) is None
    assert (
        document.styles["Normal"].element.getparent().find(f".//{qn('w:sz')}").get(qn("w:val"))
        == "22"
    )


def test_a_manuscript_has_wide_lines_and_numbers_beside_them(paper: Paper) -> None:
    document = by_settings(paper, MANUSCRIPT)
    (section,) = document.sections
    assert (millimetres(section.page_width), millimetres(section.left_margin)) == (216, 30)
    assert section._sectPr.find(qn("w:lnNumType")).get(qn("w:restart")) == "continuous"
    default = document.styles.element.find(qn("w:docDefaults"))
    assert default.find(f".//{qn('w:spacing')}").get(qn("w:line")) == "480"
    assert default.find(f".//{qn('w:sz')}").get(qn("w:val")) == "24"
    assert default.find(f".//{qn('w:rFonts')}").get(qn("w:ascii")) == "Garamond"
    assert document.styles["caption"].paragraph_format.line_spacing == 1.0


def test_two_columns_begin_below_the_abstracts(paper: Paper) -> None:
    document = by_settings(paper, JOURNAL)
    columns = [each._sectPr.find(qn("w:cols")).get(qn("w:num")) for each in document.sections]
    assert columns[0] is None
    assert columns[-1] == "2"
    kinds = [each._sectPr.find(qn("w:type")) for each in document.sections]
    assert kinds[0] is None
    assert kinds[-1].get(qn("w:val")) == "continuous"
    assert document.settings.element.find(qn("w:mirrorMargins")) is not None
    assert round(document.sections[0].left_margin.mm) == 30


def test_without_running_heads_a_finished_paper_has_no_head(paper: Paper) -> None:
    settings = page_of({"running-heads": False})
    document = made(replace(paper(draft=False), page=settings))
    assert document.sections[0].header.is_linked_to_previous
    assert not document.sections[0].footer.is_linked_to_previous


@pytest.fixture(name="journal", scope="module")
def journal_fixture() -> bytes:
    """A journal's document, with a picture in its head and ids of another language."""
    document = docx.Document()
    (section,) = document.sections
    section.page_width, section.page_height = Mm(176), Mm(250)
    section.left_margin = section.right_margin = Mm(22)
    head = section.header.paragraphs[0]
    head.text = "Jurnal Penelitian"
    head.add_run().add_picture(io.BytesIO(png(20, 20, (200, 0, 0))), width=Mm(8))
    document.styles["Normal"].font.name = "Garamond"
    document.styles["Heading 1"].font.size = Pt(17)
    document.styles["Heading 1"].element.set(qn("w:styleId"), "Judul1")
    document.core_properties.author = "pengguna komputer"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture(name="styled", scope="module")
def styled_fixture(paper: Paper, journal: bytes) -> docx.document.Document:
    return made(replace(paper(), reference=journal))


def test_page_and_head_are_those_of_the_journal(styled: docx.document.Document) -> None:
    (section,) = styled.sections
    assert (millimetres(section.page_width), millimetres(section.left_margin)) == (176, 22)
    assert section.header.paragraphs[0].text == "Jurnal Penelitian"
    assert any("image" in each.reltype for each in section.header.part.rels.values())


def test_styles_are_those_of_the_journal_and_ours_for_what_it_lacks(
    styled: docx.document.Document,
) -> None:
    first = next(each for each in styled.paragraphs if each.text.startswith("1\u2002"))
    assert first.style is not None
    assert (first.style.style_id, first.style.font.size) == ("Judul1", Pt(17))
    assert styled.styles["Normal"].font.name == "Garamond"
    source = styled.styles["Source Line"]
    assert (source.font.size, source.font.name) == (Pt(8), None)
    names = [each.name for each in styled.styles]
    assert len(names) == len(set(names))


def test_every_style_in_use_is_defined(styled: docx.document.Document) -> None:
    defined = {each.style_id for each in styled.styles}
    for kind in ("pStyle", "rStyle", "tblStyle"):
        used = {each.get(qn("w:val")) for each in styled.element.body.iter(qn(f"w:{kind}"))}
        assert used <= defined


def test_a_draft_says_so_though_the_head_is_not_ours(paper: Paper, journal: bytes) -> None:
    draft, finished = (
        made(replace(paper(draft=draft), reference=journal)).paragraphs[0].text
        for draft in (True, False)
    )
    assert draft == "DRAF"
    assert finished != "DRAF"


def test_nobody_of_the_journal_is_named(styled: docx.document.Document) -> None:
    assert styled.core_properties.author == "Dewi Rahmawati; Suparman"


def test_tables_have_the_width_of_the_journals_page(paper: Paper, journal: bytes) -> None:
    words = "kata yang panjang " * 20
    extra = f"\n\n| a | b |\n|---|---|\n| satu | {words}|\n\n: Lebar {{#tbl:wide}}\n"
    document = made(replace(paper(extra=extra), reference=journal))
    widths = [int(each.get(qn("w:w"))) for each in document.tables[-1]._tbl.iter(qn("w:gridCol"))]
    assert sum(widths) == pytest.approx(Mm(132).twips, abs=5)
