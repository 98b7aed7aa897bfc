"""Drafts as they come from word processors, and what a compendium holds of them."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Sequence

import pytest
from lxml import etree
from tests.word import (
    bold,
    bookmark,
    box,
    caption,
    cell,
    commented,
    contents,
    deleted,
    endnote,
    field,
    footnote,
    formula,
    grid,
    heading,
    inserted,
    italic,
    item,
    mendeley,
    paragraph,
    picture,
    png,
    raised,
    run,
    table,
    word,
    zipped,
    zotero,
)

from bukti.base.diagnostic import Problem
from bukti.base.tree import walk
from bukti.draft.finds import Kind
from bukti.draft.loss import everything_in
from bukti.draft.records import Draft, Imported
from bukti.draft.step import imported
from bukti.draft.wording import advice_for, line_for
from bukti.tools.pandoc import convert, read_markdown

PROSE = "Kajian ini membahas kerja sama yang dilakukan oleh negara dan lembaga untuk anak."
ENGLISH = "This study is about the cooperation of the state and of an agency for the children."


def take(*body: str, language: str = "id", speech: str = "en", **parts: object) -> Imported:
    data = word(*body, **parts)  # type: ignore[arg-type]
    return imported([Draft(name="naskah.docx", data=data, language=language)], speech)


def text(found: Imported, name: str) -> str:
    return found.files[f"manuscript/{name}"].decode()


def chapter(found: Imported, number: int = 1, language: str = "id") -> str:
    (name,) = [path for path in found.files if f"manuscript/{language}/{number:02}-" in path]
    return found.files[name].decode()


def page(found: Imported) -> str:
    return found.files[found.page].decode()


def unclear(found: Imported) -> str:
    return "\n".join(found.unclear)


def test_headings_become_files_with_ids() -> None:
    found = take(
        heading("Pendahuluan"),
        paragraph(PROSE),
        heading("Bahan dan Metode"),
        paragraph("Satu."),
        heading("Data", 2),
        paragraph("Dua."),
    )
    assert chapter(found) == f"# Pendahuluan {{#sec:pendahuluan}}\n\n{PROSE}\n"
    assert "manuscript/id/02-bahan-dan-metode.md" in found.files
    assert "## Data {#sec:data}" in chapter(found, 2)


def test_doubtful_headings_are_listed_at_their_lines() -> None:
    found = take(
        heading("Satu"),
        heading(""),
        heading("1.2 Dua"),
        paragraph(PROSE),
        paragraph(bold("Seperti judul")),
        paragraph(PROSE),
    )
    told = page(found)
    assert "`manuscript/id/01-satu.md:1`: Satu" in told
    assert "1 empty heading" in unclear(found)
    assert "1 heading with a typed number" in unclear(found)
    line = chapter(found, 2).split("\n").index("**Seperti judul**") + 1
    assert f"`manuscript/id/02-1-2-dua.md:{line}`: Seperti judul" in told


def test_paragraphs_of_the_outline_are_headings_without_such_a_style() -> None:
    found = take(
        paragraph("Judul bab", more='<w:outlineLvl w:val="0"/>'),
        paragraph(PROSE, more='<w:outlineLvl w:val="9"/>'),
        paragraph("Anak judul", more='<w:outlineLvl w:val="1"/>'),
        paragraph("Isi di sini."),
        paragraph("Bab lain", more='<w:outlineLvl w:val="0"/>'),
        paragraph(PROSE),
    )
    assert chapter(found) == (
        f"# Judul bab {{#sec:judul-bab}}\n\n{PROSE}\n\n"
        "## Anak judul {#sec:anak-judul}\n\nIsi di sini.\n"
    )
    assert chapter(found, 2).startswith("# Bab lain {#sec:bab-lain}")


def test_a_heading_that_is_a_number_and_the_next_are_one() -> None:
    found = take(heading("BAB I"), heading("PENDAHULUAN"), paragraph(PROSE), heading("Hasil"))
    assert chapter(found).startswith("# BAB I PENDAHULUAN {#sec:bab-i-pendahuluan}\n")
    assert "1 heading with a typed number" in unclear(found)


def test_a_link_without_an_address_stays_text() -> None:
    link = f'<w:hyperlink r:id="rId-gone">{run("laman")}</w:hyperlink>'
    found = take(heading("Satu"), paragraph(run("Lihat "), link, run(".")))
    assert "Lihat laman." in chapter(found)
    assert "1 cross-reference that leads nowhere" in unclear(found)


@pytest.mark.parametrize("styled", [True, False])
def test_the_front_is_recognised_in_both_languages(styled: bool) -> None:
    if styled:
        titles = [
            paragraph("Kerja sama untuk anak dan negara", style="Title"),
            paragraph("Cooperation for the children of the state", style="Title"),
            paragraph("Triani Safira, Budi Kusuma", style="Author"),
        ]
    else:
        titles = [
            paragraph(bold("Kerja sama untuk anak dan negara"), centred=True),
            paragraph(bold("Cooperation for the children of the state"), centred=True),
            paragraph("Triani Safira dan Budi Kusuma", centred=True),
        ]
    found = take(
        *titles,
        paragraph(bold("Abstrak"), centred=True),
        paragraph("Turun 2,5 persen dan 3 kali."),
        paragraph(bold("Kata kunci:"), run(" anak; negara.")),
        paragraph(bold("Abstract. "), run("Fell by 2.6 percent and 3 times.")),
        paragraph("Keywords: children, the state"),
        heading("Pendahuluan"),
        paragraph(PROSE),
    )
    assert text(found, "id/front.md") == (
        '---\ntitle: "Kerja sama untuk anak dan negara"\nkeywords:\n  - "anak"\n  - "negara"\n---\n'
    )
    assert 'title: "Cooperation for the children of the state"' in text(found, "en/front.md")
    assert text(found, "id/00-abstract.md") == "Turun 2,5 persen dan 3 kali.\n"
    assert text(found, "en/00-abstract.md") == "Fell by 2.6 percent and 3 times.\n"
    assert [author.name for author in found.authors] == ["Triani Safira", "Budi Kusuma"]
    assert (found.languages, found.others) == (("id",), ("en",))
    assert "the abstracts differ in 2 numbers" in found.unclear
    assert "- id: 2,5 persen\n- en: 2.6 percent" in page(found)
    assert "Pendahuluan" in chapter(found)


def test_affiliations_follow_their_marks_and_addresses_their_names() -> None:
    found = take(
        paragraph(bold("Judul"), centred=True),
        paragraph(
            run("Triani Safira"), raised("1,*"), run(", Dr. Budi, S.H."), raised("2"), centred=True
        ),
        paragraph(raised("1"), run("Universitas A, Jakarta"), centred=True),
        paragraph(raised("2"), run("Lembaga B"), centred=True),
        paragraph("safira@contoh.ac.id", centred=True),
        paragraph("Diterima 3 Mei 2021", centred=True),
        heading("Abstrak"),
        paragraph(PROSE),
        heading("Pendahuluan"),
        paragraph(PROSE),
    )
    first, second = found.authors
    assert (first.name, first.affiliation, first.email) == (
        "Triani Safira",
        "Universitas A, Jakarta",
        "safira@contoh.ac.id",
    )
    assert (second.name, second.affiliation, second.email) == ("Dr. Budi, S.H.", "Lembaga B", "")
    assert "- Diterima 3 Mei 2021" in page(found)


def test_citations_get_keys_of_name_and_year_and_a_bibliography() -> None:
    other = item(title="Statistik", author=[{"literal": "BPS"}], language="")
    found = take(
        heading("Satu"),
        paragraph(
            run("Lihat "),
            zotero(
                "(Safira 2022, hlm. 12; lihat BPS 2022)",
                (7, item(), {"locator": "12", "label": "page"}),
                (8, other, {"prefix": "lihat"}),
            ),
            run(", "),
            mendeley("(Basu 1998)", item(title="Anak A", author=[{"family": "Basu"}])),
            run(" dan "),
            mendeley("(Basu 1998)", item(title="Anak B", author=[{"family": "Basu"}])),
            run(" serta "),
            endnote("(Smith 2010)", "Smith, John", "2010", "On things"),
            run("."),
        ),
    )
    assert "[@safira2022, hlm. 12; lihat @bps2022]" in chapter(found)
    assert "[@basu2022a] dan [@basu2022b] serta [@smith2010]" in " ".join(chapter(found).split())
    works = text(found, "references.bib")
    assert re.findall(r"@\w+\{(\w+),", works) == [
        "basu2022a",
        "basu2022b",
        "bps2022",
        "safira2022",
        "smith2010",
    ]
    assert "title = {Kerja sama Indonesia dan UNICEF}" in works
    assert "title = {{Statistik}}" in works
    assert "typed by hand" not in unclear(found)


def test_mendeley_cites_content_controls_are_read() -> None:
    data = {"citationItems": [{"id": "u", "itemData": {**item(), "id": "u"}}]}
    tag = "MENDELEY_CITATION_v3_" + base64.b64encode(json.dumps(data).encode()).decode()
    control = (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>'
        f"<w:sdtContent>{run('(Safira, 2022)')}</w:sdtContent></w:sdt>"
    )
    found = take(heading("Satu"), paragraph(run("A "), control, run(".")))
    assert "A [@safira2022]." in chapter(found)


def test_a_citation_edited_by_hand_is_listed() -> None:
    shown = "(sebagaimana dikemukakan Safira 2022)"
    found = take(heading("Satu"), paragraph(zotero(shown, (7, item(), {}))))
    assert "1 citation shows words" in unclear(found)
    assert "sebagaimana dikemukakan Safira 2022" in page(found)


def test_typed_citations_stay_and_are_compared_with_the_typed_list() -> None:
    found = take(
        heading("Satu"),
        paragraph("Lihat (Safira 2022; Basu dan Van 1998, 3), Edmonds (2005) pada (Mei 2020)."),
        heading("Daftar Pustaka"),
        paragraph("Safira, T. 2022. Kerja sama. Politica."),
        paragraph("Basu, K. dan P. Van. 1998. Anak. AER."),
        paragraph("Nawawi, H. 2001. Metode."),
    )
    assert "(Safira 2022; Basu dan Van 1998, 3), Edmonds (2005)" in chapter(found)
    assert "3 citations typed by hand" in found.unclear
    assert "1 citation not in the list of references" in found.unclear
    assert "`manuscript/id/01-satu.md:3`: Edmonds (2005)" in page(found)
    assert "1 entry of the list that nothing cites" in found.unclear
    assert "{#sec:reference-list .unnumbered}" in chapter(found, 2)


def test_exhibits_get_titles_ids_sources_and_pictures() -> None:
    found = take(
        heading("Satu"),
        paragraph("Lihat Tabel 1, tabel 1, dan (BPS 2020, Tabel 1)."),
        paragraph(run("Juga "), field("REF _R1 \\h", "Gambar 1"), run(".")),
        caption("Tabel", "1", "Anak & negara"),
        table([["Tahun", "Anak"], ["2017", "1,27"]]),
        paragraph("Sumber: BPS."),
        paragraph(picture("rId-a.png", "Garis turun")),
        caption("Gambar", "1", "Arah", mark="_R1"),
        paragraph("Tabel 3", centred=True),
        paragraph(bold("Di dua baris"), centred=True),
        table([["A"], ["B"]]),
        table([["C"], ["D"]]),
        pictures={"a.png": png(60, 40, (9, 9, 9))},
    )
    written = chapter(found)
    assert "Lihat @tbl:anak-negara, tabel 1, dan (BPS 2020, Tabel 1)." in written
    assert "Juga @fig:arah." in written
    assert ": Anak & negara {#tbl:anak-negara}\n\n::: source-line\nSumber: BPS.\n:::" in written
    assert '![Arah](../pictures/arah.png){#fig:arah alt="Garis turun" width="6.0cm"}' in written
    assert found.files["manuscript/pictures/arah.png"] == png(60, 40, (9, 9, 9))
    assert ": Di dua baris {#tbl:di-dua-baris}" in written
    assert "Tabel 3 \u2192 Tabel 2" in page(found)
    assert "1 table or picture without a title" in found.unclear
    assert '1 mention such as "Table 1" became a reference' in found.unclear
    assert "2 mentions of tables or figures left as they are" in found.unclear


def test_pictures_that_papers_cannot_show_are_kept_and_listed() -> None:
    gif = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
    found = take(
        heading("Satu"),
        paragraph(picture("rId-a.emf", "Peta")),
        paragraph("Gambar 1. Peta lama"),
        paragraph(picture("rId-b.gif", "Titik")),
        pictures={"a.emf": b"\x01\x00\x00\x00emf", "b.gif": gif, "c.png": png(2, 2, (0, 0, 0))},
    )
    assert found.files["manuscript/pictures/peta-lama.emf"] == b"\x01\x00\x00\x00emf"
    assert "Gambar 1. Peta lama" in chapter(found)
    assert '![](../pictures/titik.png){alt="Titik"' in chapter(found)
    assert found.files["manuscript/pictures/titik.png"].startswith(b"\x89PNG")
    assert "1 picture that stands in no text" in found.unclear


def test_comments_are_hidden_and_changes_accepted() -> None:
    found = take(
        heading("Satu"),
        paragraph(
            run("Awal "),
            commented(0, "kata ini"),
            inserted(" baru"),
            deleted(" lama sekali"),
            run(" akhir."),
        ),
        comments={0: ("Budi", "Cek --> dulu")},
    )
    assert "Awal <!-- Comment (Budi): Cek -- > dulu -->kata ini baru akhir." in chapter(found)
    assert "- `manuscript/id/01-satu.md:3`: lama sekali" in page(found)


def test_notes_formulas_quotations_and_foreign_words() -> None:
    found = take(
        heading("Satu"),
        paragraph(
            run("Teks"), footnote(2), run(" dan "), italic("child labour", "en-US"), run(".")
        ),
        paragraph(formula("a=b", alone=True)),
        paragraph(run("Dengan "), formula("x"), run(".")),
        paragraph("Kutipan", style="Quote"),
        footnotes={2: "Isi catatan."},
    )
    written = chapter(found)
    assert 'Teks[^1] dan [*child labour*]{lang="en"}.\n\n[^1]: Isi catatan.' in written
    assert "$$a = b$$" in written
    assert "Dengan $x$." in written
    assert "> Kutipan" in written


@pytest.mark.parametrize("way", ["control", "bold", "heading"])
def test_a_table_of_contents_is_left_out_and_listed(way: str) -> None:
    listing = contents("Pendahuluan", "Hasil")
    if way == "control":
        gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        inner = f"<w:sdtContent>{paragraph('Daftar Isi')}{listing}</w:sdtContent>"
        opening = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr>{inner}</w:sdt>"
    elif way == "bold":
        opening = paragraph(bold("DAFTAR ISI"), centred=True) + listing
    else:
        opening = heading("Daftar Isi") + listing
    found = take(opening, heading("Pendahuluan"), paragraph(PROSE))
    assert chapter(found) == f"# Pendahuluan {{#sec:pendahuluan}}\n\n{PROSE}\n"
    assert "3 lines of tables of contents" in unclear(found)
    assert "missing" not in unclear(found)


def test_hidden_words_are_left_out_and_listed() -> None:
    hidden = run("rahasia", "<w:vanish/>") + run("terlihat", '<w:vanish w:val="0"/>')
    found = take(heading("Satu"), paragraph(run("Kata "), hidden, run(".")))
    assert "Kata terlihat." in chapter(found)
    assert "- rahasia" in page(found)
    assert "1 passage that no page of the draft shows" in unclear(found)


def test_a_formula_with_its_number_in_a_table_is_an_equation() -> None:
    row = [cell(formula("r=x", alone=True)), cell("(1)")]
    found = take(heading("Satu"), grid([row], 2), grid([[cell(formula("y")), cell("a (1)")]], 2))
    assert "$$r = x$$ {#eq:1}\n" in chapter(found)
    assert "| $y$ | a (1) |" in chapter(found)
    assert "missing" not in unclear(found)


def test_a_table_without_a_head_is_listed() -> None:
    rows = table([["Tahun", "Anak"], ["2017", "2"]]).replace('w:firstRow="1"', 'w:firstRow="0"')
    found = take(heading("Satu"), caption("Tabel", "1", "Anak"), rows)
    assert "1 table without a head row" in unclear(found)


def test_what_looks_like_notation_is_read_as_words() -> None:
    signs = "@fig:x [a](claim:b) {claim=c} $5 #1 *x* <!-- y --> a@b.id (@z) \u2014"
    found = take(heading("Satu"), paragraph(signs), paragraph(": x"), paragraph("::: y"))
    tree, _ = read_markdown(chapter(found))
    assert list(everything_in(tree["blocks"])) == ["Satu", signs, ": x", "::: y"]
    assert not any(node["t"] in ("Cite", "Link", "Math") for node in walk(tree))


def test_languages_share_names_and_ids() -> None:
    first = word(
        heading("Pendahuluan"),
        paragraph(PROSE),
        caption("Tabel", "1", "Anak"),
        table([["a"], ["b"]]),
        heading("Hasil"),
        paragraph(PROSE),
    )
    second = word(
        heading("Introduction"),
        paragraph(ENGLISH),
        caption("Table", "1", "Children"),
        table([["a"], ["b"]]),
        heading("Results"),
        paragraph(ENGLISH),
        language="en-US",
    )
    drafts = [Draft(name="a.docx", data=first), Draft(name="b.docx", data=second)]
    found = imported(drafts, "id")
    assert found.languages == ("id", "en")
    assert text(found, "en/02-hasil.md").startswith("# Results {#sec:hasil}")
    assert ": Children {#tbl:anak}" in text(found, "en/01-pendahuluan.md")
    shorter = imported([drafts[0], Draft(name="b.docx", data=word(paragraph(ENGLISH)))], "en")
    assert "2 differences between the languages" in shorter.unclear


def test_an_open_document_is_read_too() -> None:
    tree, _ = read_markdown(f"# Pendahuluan\n\n{PROSE}[^1]\n\n[^1]: Isi catatan.\n")
    data, _ = convert(tree, "odt")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    boxed = "<text:p><draw:frame><draw:text-box><text:p>Dalam kotak</text:p></draw:text-box>"
    boxed += "</draw:frame></text:p></office:text>"
    parts["content.xml"] = parts["content.xml"].replace(b"</office:text>", boxed.encode())
    found = imported([Draft(name="a.odt", data=zipped(parts))], "en")
    assert chapter(found).startswith(f"# Pendahuluan {{#sec:pendahuluan}}\n\n{PROSE}[^1]")
    assert "Dalam kotak" in page(found) + chapter(found)


def test_no_word_is_lost() -> None:
    """The words of every part of the file against those of the compendium and its page."""
    more = {
        "word/charts/chart1.xml": b'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/'
        b'2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r>'
        b"<a:t>Judul grafik</a:t></a:r></a:p></c:chart>",
        "word/embeddings/Lembar.xlsx": b"x",
    }
    data = word(
        paragraph("Judul naskah", style="Title"),
        paragraph("Judul kedua entah apa", style="Title"),
        paragraph("Baris entah apa", centred=True),
        heading("Abstrak"),
        paragraph("Isi abstrak."),
        heading("Pendahuluan"),
        paragraph(PROSE, run(" Kotak:"), box("Isi kotak teks"), run(" sesudahnya"), footnote(2)),
        paragraph(bookmark("x", run("tanda buku")), run(" sambung "), bold("dan"), run(" kata")),
        paragraph(
            field("REF _Hilang \\h", "Kesalahan rujukan"), run(" dan "), field("DATE", "3 Mei")
        ),
        paragraph("\u2022 butir \uf0b7 simbol ", italic("miring", "en-GB")),
        table([["satu", "dua"], ["tiga", "empat lima"]]),
        paragraph(field("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", "Safira. 2022. Karya.")),
        paragraph(commented(0, "dikomentari"), inserted("sisip"), deleted("buang")),
        footnotes={2: "Catatan kaki panjang"},
        comments={0: ("Ani", "Komentar penting"), 1: ("Ani", "Balasan tanpa tempat")},
        header="Kepala halaman",
        more=more,
    )
    found = imported([Draft(name="naskah.docx", data=data, language="id")], "id")
    files = "\n".join(file.decode("utf-8", "ignore") for file in found.files.values())
    written = Counter(words(files))
    missing = Counter(words(all_text(data))) - written
    assert missing == Counter({"Abstrak": 1}) - written
    assert "Lembar.xlsx" in page(found)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def all_text(data: bytes) -> str:
    """The text of every paragraph of every part, without the copies for old programs."""
    lines: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith(".xml"):
                continue
            root = etree.fromstring(archive.read(name))
            for copy in list(root.iter("{*}Fallback")):
                copy.getparent().remove(copy)
            for each in root.iter("{*}p"):
                own = (t for t in each.iter("{*}t") if next(t.iterancestors("{*}p")) is each)
                lines.append("".join(t.text or "" for t in own))
    return "\n".join(lines)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"no zip at all", "CFG140"),
        ("a.docx", zipped({"x": b"y"}), "CFG140"),
        ("a.docx", zipped({"word/document.xml": b"<broken"}), "CFG140"),
        ("a.docx", word(paragraph(PROSE))[:400], "CFG140"),
        ("a.doc", OLE + b"WordDocument", "CFG141"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "CFG142"),
        ("a.pdf", b"%PDF-1.7", "CFG143"),
        ("a", b"text", "CFG143"),
        ("a.docx", word(paragraph("Lorem ipsum dolor sit amet.")), "CFG145"),
        ("a.docx", word(paragraph("")), "CFG148"),
    ],
)
def test_what_is_no_draft_is_refused(name: str, data: bytes, code: str) -> None:
    assert codes_of([Draft(name=name, data=data)]) == [code]


def test_the_main_part_may_have_any_name_and_the_strict_namespaces() -> None:
    with zipfile.ZipFile(io.BytesIO(word(heading("Satu"), paragraph(PROSE, box("Kotak"))))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    usual, strict = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    other = {
        name.replace("document.xml", "document2.xml"): data.replace(
            b"document.xml", b"document2.xml"
        )
        .replace(f"{usual}wordprocessingml/2006/".encode(), f"{strict}wordprocessingml/".encode())
        .replace(f"{usual}officeDocument/2006/".encode(), f"{strict}officeDocument/".encode())
        for name, data in parts.items()
    }
    found = imported([Draft(name="a.docx", data=zipped(other))], "en")
    assert chapter(found) == f"# Satu {{#sec:satu}}\n\n{PROSE}\n"
    assert "- Kotak" in page(found)


def test_a_draft_may_begin_with_its_title_as_the_only_heading_of_its_level() -> None:
    found = take(
        heading("Judul makalah"),
        paragraph("Ani Budi", centred=True),
        paragraph(bold("Abstrak"), centred=True),
        paragraph(PROSE),
        heading("Pendahuluan", 2),
        paragraph(PROSE),
        heading("Hasil", 2),
        paragraph(PROSE),
    )
    assert 'title: "Judul makalah"' in text(found, "id/front.md")
    assert [author.name for author in found.authors] == ["Ani Budi"]
    assert text(found, "id/00-abstract.md") == f"{PROSE}\n"
    assert chapter(found, 2).startswith("# Hasil {#sec:hasil}")


def test_a_picture_that_is_only_linked_is_listed() -> None:
    found = take(heading("Satu"), paragraph(picture("rId-none", "Peta jalan")), paragraph(PROSE))
    assert "1 picture in a form that papers cannot show" in found.unclear
    assert "- Peta jalan" in page(found)


def test_an_inflated_draft_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bukti.draft.package._MOST_BYTES", 1000)
    assert codes_of([Draft(name="a.docx", data=word(paragraph(PROSE)))]) == ["CFG144"]


def test_a_language_has_one_draft() -> None:
    draft = Draft(name="a.docx", data=word(paragraph(PROSE)))
    assert codes_of([draft, draft]) == ["CFG146"]


def codes_of(drafts: Sequence[Draft]) -> list[str]:
    with pytest.raises(Problem) as caught:
        imported(drafts, "en")
    return [each.code for each in caught.value.diagnostics]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", ["en", "id"])
def test_every_kind_is_told_in_both_languages(kind: Kind, language: str) -> None:
    assert line_for(kind, 1, language)
    assert line_for(kind, 2, language)
    assert advice_for(kind, language).endswith(".")


def test_the_same_draft_gives_the_same_files() -> None:
    draft = Draft(name="a.docx", data=word(heading("Satu"), paragraph(PROSE)))
    assert imported([draft], "id") == imported([draft], "id")
