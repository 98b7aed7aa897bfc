"""Drafts of LibreOffice: what is recognised in an OpenDocument text, and what is listed."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from tests.open_text import (
    fieldmark,
    head,
    image,
    odt,
    para,
    ranged,
    sequence,
    span,
)
from tests.word import item, png

from bukti.draft.records import Draft, Imported
from bukti.draft.step import imported

PROSE = "Kajian ini membahas kerja sama yang dilakukan oleh negara dan lembaga untuk anak."


def take(*body: str, parts: dict[str, bytes] | None = None, meta: str = "") -> Imported:
    data = odt(*body, parts=parts, meta=meta)
    return imported([Draft(name="naskah.odt", data=data, language="id")], "en")


def text(found: Imported, name: str) -> str:
    return found.files[f"manuscript/{name}"].decode()


def chapter(found: Imported) -> str:
    return text(found, "id/01-satu.md")


def page(found: Imported) -> str:
    return found.files[found.page].decode()


def zotero(**locator: object) -> str:
    work = {"id": 7, "uris": ["http://zotero.org/7"], "itemData": {**item(), "id": 7}, **locator}
    return f"ZOTERO_ITEM CSL_CITATION {json.dumps({'citationItems': [work]})}"


def test_the_front_is_recognised_by_styles_and_places() -> None:
    found = take(
        para("Judul naskah tentang anak", "Title"),
        para(f"Triani Safira{span('1', 'T2')}", "P1"),
        para(f"{span('1', 'T2')}Universitas A", "P1"),
        para("Abstrak", "Heading_20_1"),
        para(PROSE),
        para("Abstract: It fell by 2.5 percent."),
        head("Satu"),
        para(PROSE),
    )
    assert 'title: "Judul naskah tentang anak"' in text(found, "id/front.md")
    assert [(each.name, each.affiliation) for each in found.authors] == [
        ("Triani Safira", "Universitas A")
    ]
    assert text(found, "id/00-abstract.md") == f"{PROSE}\n"
    assert text(found, "en/00-abstract.md") == "It fell by 2.5 percent.\n"
    assert chapter(found) == f"# Satu {{#sec:satu}}\n\n{PROSE}\n"


def test_zoteros_marks_bookmarks_and_fields_are_citations() -> None:
    mark = f"{zotero(locator='12', label='page', prefix='lihat ')} RNDjURflxg9F1"
    code = zotero(**{"suppress-author": True})
    half = len(code) // 2
    meta = "".join(
        f'<meta:user-defined meta:name="ZOTERO_BREF_q_{number}">{escape(part)}</meta:user-defined>'
        for number, part in ((1, code[:half]), (2, code[half:]))
    )
    listing = '<text:section text:name="ZOTERO_BIBL {} CSL_BIBLIOGRAPHY RND1">'
    found = take(
        head("Satu"),
        para(f"A {ranged('reference-mark', mark, '(lihat Safira 2022, 12)')}."),
        para(f"B Safira {ranged('bookmark', 'ZOTERO_BREF_q', '(2022)')}."),
        para(f"C {fieldmark('ADDIN ' + zotero(), span('(Safira 2022)', 'T1'))}."),
        para(f"D {ranged('bookmark', 'ZOTERO_BREF_gone', '(Basu 1998)')}."),
        head("Daftar Pustaka"),
        f"{listing}{para('Safira. 2022. Kerja sama.')}</text:section>",
        meta=meta,
    )
    assert chapter(found) == (
        "# Satu {#sec:satu}\n\nA [lihat @safira2022, hlm. 12].\n\nB Safira [-@safira2022].\n\n"
        "C [@safira2022].\n\nD (Basu 1998).\n"
    )
    assert "@article{safira2022," in text(found, "references.bib")
    assert "1 citation of a reference manager" in page(found)
    assert "1 line of the list" in page(found)
    assert "missing in the text" not in page(found)


def test_a_list_within_a_field_is_made_anew() -> None:
    start, end = fieldmark("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", "|").split("|")
    found = take(
        head("Satu"), para(PROSE), para(f"{start}Satu. 2001."), para(f"Dua. 2002.{end}"), para("Z")
    )
    assert chapter(found) == f"# Satu {{#sec:satu}}\n\n{PROSE}\n\nZ\n"
    assert "2 lines of the list" in page(found)


def test_comments_and_changes_are_listed_and_nothing_is_lost() -> None:
    info = "<office:change-info><dc:creator>Ani</dc:creator></office:change-info>"
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        f"{info}{para('lama sekali')}</text:deletion></text:changed-region>"
        f'<text:changed-region text:id="c2"><text:insertion>{info}</text:insertion>'
        "</text:changed-region></text:tracked-changes>"
    )
    comment = "<office:annotation><dc:creator>Budi</dc:creator><text:p>Cek</text:p>"
    comment += "</office:annotation>"
    box = f"<draw:frame><draw:text-box>{para('Isi kotak')}</draw:text-box></draw:frame>"
    shape = f"<draw:custom-shape>{para('Isi bentuk')}</draw:custom-shape>"
    inserted = '<text:change-start text:change-id="c2"/>baru<text:change-end text:change-id="c2"/>'
    found = take(
        changes,
        head("Satu"),
        para(f"Awal {comment}kata {inserted} <text:change text:change-id='c1'/>akhir."),
        para(f"Kotak{box}{shape} di sini."),
    )
    assert "Awal <!-- Comment (Budi): Cek -->kata baru akhir." in chapter(found)
    assert "Kotak di sini." in chapter(found)
    told = page(found)
    for line in (
        "- `manuscript/id/01-satu.md:3`: lama sekali",
        "- `manuscript/id/01-satu.md:3`: baru",
        "- `manuscript/id/01-satu.md:3`: Budi: Cek",
        "- Isi kotak",
        "- Isi bentuk",
    ):
        assert line in told
    assert "missing in the text" not in told


def test_captions_pictures_and_references_to_them() -> None:
    caption = f"{image('a.png', 'Garis turun')}Gambar {sequence('Gambar', '1')}. Arah"
    boxed = f"<draw:text-box>{para(caption, 'Illustration')}</draw:text-box>"
    frame = f"<draw:frame>{boxed}</draw:frame>"
    refers = '<text:sequence-ref text:ref-name="{}">{}</text:sequence-ref>'
    cells = f"<table:table-cell>{para('Tahun')}</table:table-cell>"
    cells = f"<table:table-row>{cells}</table:table-row>"
    cells = f"<table:table-header-rows>{cells}</table:table-header-rows>{cells}"
    found = take(
        head("Satu"),
        para(f"Lihat {refers.format('refGambar1', 'Gambar 1')}."),
        para(frame),
        para(f"Tabel {sequence('Tabel', '1')}. Anak", "Table"),
        f"<table:table><table:table-column/>{cells}</table:table>",
        para(f"Lihat {refers.format('refTabel1', 'Tabel 1')}."),
        parts={"Pictures/a.png": png(60, 40, (9, 9, 9))},
    )
    written = chapter(found)
    assert "Lihat @fig:arah.\n" in written
    assert '![Arah](../pictures/arah.png){#fig:arah alt="Garis turun" width="6.0cm"}' in written
    assert ": Anak {#tbl:anak}" in written
    assert "Lihat @tbl:anak.\n" in written
    assert "missing in the text" not in page(found)


def test_an_index_is_left_out_and_listed() -> None:
    index = f"<text:index-body>{para('Daftar Isi')}{para('Satu 3')}</text:index-body>"
    found = take(
        f"<text:table-of-content>{index}</text:table-of-content>", head("Satu"), para(PROSE)
    )
    assert chapter(found) == f"# Satu {{#sec:satu}}\n\n{PROSE}\n"
    assert "2 lines of tables of contents" in page(found)


def test_formulas_quotations_and_foreign_words() -> None:
    maths = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>{}</mi></math>'
    formula = '<draw:frame><draw:object xlink:href="./Object {}"/></draw:frame>'
    found = take(
        head("Satu"),
        para(f"Dengan {formula.format(1)} dan {span('child labour', 'T1')}."),
        para(formula.format(2)),
        para("Kutipan panjang", "Quotations"),
        parts={
            "Object 1/content.xml": maths.format("x").encode(),
            "Object 2/content.xml": maths.format("y").encode(),
            "Object 3/content.xml": b"<office/>",
        },
    )
    written = chapter(found)
    assert 'Dengan $x$ dan [*child labour*]{lang="en"}.\n\n$$y$$\n\n> Kutipan panjang\n' in written
    assert "1 embedded file" in page(found)
    assert "formula" not in page(found)
