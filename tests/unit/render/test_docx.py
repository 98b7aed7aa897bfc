from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest

from bukti.render.docx import render_docx
from bukti.render.docx_fields import bookmark_name, numbered_label
from bukti.render.docx_xml import parsed, w
from bukti.render.plan import Invocation
from bukti.tools import pandoc

Paper = Callable[..., Invocation]


@pytest.fixture(name="data", scope="module")
def data_fixture(paper: Paper) -> bytes:
    data, found = render_docx(paper(), convert=pandoc.convert)
    assert found == ()
    return data


@pytest.fixture(name="body", scope="module")
def body_fixture(data: bytes) -> Any:
    return parsed(part(data, "word/document.xml"))


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def test_the_same_paper_gives_the_same_bytes(paper: Paper, data: bytes) -> None:
    assert render_docx(paper(), convert=pandoc.convert)[0] == data


def test_the_package_has_fixed_times_and_order(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    names = [entry.filename for entry in entries]
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[2:] == sorted(names[2:])


def test_another_reader_opens_it(data: bytes) -> None:
    document = docx.Document(io.BytesIO(data))
    assert document.core_properties.title.startswith("Perkawinan anak")
    assert document.core_properties.language == "id-ID"
    assert document.core_properties.created.year == 1980
    captions = (each for each in document.paragraphs if each.style and each.style.name == "Caption")
    texts = [each.text for each in captions]
    assert any("Angka perkawinan anak menurut provinsi" in each for each in texts)
    rows = document.tables[0].rows
    assert [cell.text for cell in rows[1].cells] == ["Sulawesi Barat", "122.436", "5.105", "4,17"]


def test_every_style_in_use_is_defined(data: bytes, body: Any) -> None:
    styles = parsed(part(data, "word/styles.xml"))
    defined = {each.get(w("styleId")) for each in styles.iter(w("style"))}
    notes = parsed(part(data, "word/footnotes.xml"))
    for kind in ("pStyle", "rStyle", "tblStyle"):
        used = {each.get(w("val")) for tree in (body, notes) for each in tree.iter(w(kind))}
        assert used <= defined


def test_captions_count_and_references_repeat_them(body: Any) -> None:
    fields = [each.get(w("instr")).strip() for each in body.iter(w("fldSimple"))]
    assert [each for each in fields if each.startswith("SEQ")] == [
        "SEQ Gambar \\* ARABIC",
        "SEQ Tabel \\* ARABIC",
        "SEQ Gambar \\* ARABIC",
    ]
    names = {each.get(w("name")) for each in body.iter(w("bookmarkStart"))}
    wanted = {each.split()[1] for each in fields if each.startswith("REF")}
    assert wanted == {"fig_trend", "tbl_province", "eq_rate", "fig_cases"}
    assert wanted <= names


def test_a_number_alone_is_repeated_too(paper: Paper) -> None:
    extra = "\n\nLihat Gambar [1](#fig:trend){.reference} dan [2](#fig:cases){.reference}.\n"
    data, _ = render_docx(paper(extra=extra), convert=pandoc.convert)
    body = parsed(part(data, "word/document.xml"))
    fields = [each.get(w("instr")).split() for each in body.iter(w("fldSimple"))]
    names = {each.get(w("name")) for each in body.iter(w("bookmarkStart"))}
    wanted = {"fig_trend_number", "fig_cases_number"}
    assert wanted <= {each[1] for each in fields if each[0] == "REF"}
    assert wanted <= names


def test_marks_are_content_controls(body: Any) -> None:
    controls = [each.find(f"{w('sdtPr')}/{w('tag')}") for each in body.iter(w("sdt"))]
    tags = [each.get(w("val")) for each in controls]
    assert tags.count("claim:rate.2020") == 4
    assert "claim:rate.2019+rate.2020" in tags
    numbers = [each.get(w("val")) for each in body.iter(w("id"))]
    assert len(numbers) == len(set(numbers))


def test_pictures_have_alt_text_and_tables_heads(body: Any) -> None:
    shown = [each for each in body.iter() if str(each.tag).endswith("}docPr")]
    assert [each.get("descr")[:6] for each in shown] == ["Garis ", "Empat "]
    inner = [each for each in body.iter() if str(each.tag).endswith("}cNvPr")]
    assert [each.get("descr") for each in inner] == [each.get("descr") for each in shown]
    for table in body.iter(w("tbl")):
        first, *rest = table.findall(w("tr"))
        assert first.find(f"{w('trPr')}/{w('tblHeader')}") is not None
        assert all(row.find(f"{w('trPr')}/{w('tblHeader')}") is None for row in rest)


def test_the_evidence_travels_with_it(paper: Paper, data: bytes) -> None:
    evidence = parsed(part(data, "customXml/item1.xml"))
    assert evidence.text.encode() == paper().evidence
    links = part(data, "customXml/_rels/item1.xml.rels")
    assert b'/customXmlProps" Target="itemProps1.xml"' in links
    assert b"urn:bukti:evidence" in part(data, "customXml/itemProps1.xml")
    types = part(data, "[Content_Types].xml")
    assert b'PartName="/customXml/itemProps1.xml"' in types


def test_long_names_become_bookmarks_of_word() -> None:
    first, second = (bookmark_name(f"fig:{'x' * 60}{end}") for end in "ab")
    assert first != second
    assert max(len(first), len(second)) <= 40
    assert bookmark_name("2020") != "2020"


def test_each_appendix_counts_anew() -> None:
    label = numbered_label("Gambar\u00a0B12", "B12")
    assert "SEQ GambarB " in label
    assert ">Gambar\u00a0<" in label
    assert ">B<" in label
    assert ">12<" in label


@pytest.mark.parametrize(
    ("label", "number"), [("Figure A.1", "A.1"), ("Gambar", ""), ("図1-2", "1-2"), ("1", "1")]
)
def test_labels_that_word_cannot_count_stay_text(label: str, number: str) -> None:
    assert "fldSimple" not in numbered_label(label, number)
    assert label in numbered_label(label, number)
