"""Drafts and starters as whole papers: what `bukti new` makes builds at once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.open_text import head, image, odt, para, ranged, sequence
from tests.projects.conftest import Compendium, Ended
from tests.word import (
    bold,
    box,
    caption,
    cell,
    commented,
    contents,
    deleted,
    field,
    footnote,
    formula,
    grid,
    heading,
    inserted,
    item,
    paragraph,
    picture,
    png,
    raised,
    run,
    table,
    word,
    zotero,
)

ROOT = Path(__file__).resolve().parents[2]
WORDS = 7000
_MARK = re.compile(r"\[([^\]]*)\]\((?:claim|given)[^)]*\)")
_NOTATION = re.compile(r"\[[^\]]*@[^\]]*\]|-?@[\w:.-]*\w|\{[^}]*\}|[*_\[\]]|\([^)]*:[^)]*\)")


def codes(ended: Ended) -> set[str]:
    """The codes of all findings that a build shows."""
    return set(re.findall(r"(?:error|warning)\[([A-Z]{3}\d{3})\]", ended.out))


def prose(language: str) -> list[str]:
    """Paragraphs of a real paper, without its notation."""
    files = sorted((ROOT / "manuscript" / language).glob("0[1-9]*.md"))
    blocks = "\n\n".join(path.read_text(encoding="utf-8") for path in files).split("\n\n")
    plain = [" ".join(_NOTATION.sub("", _MARK.sub(r"\1", block)).split()) for block in blocks]
    return [text for text in plain if len(text) > 120 and not text.startswith(("#", "!", "|"))]


def front(second: bool) -> list[str]:
    lines = [
        paragraph(bold("Rencana dan hasil kerja sama untuk anak"), centred=True),
        paragraph(
            run("Triani Safira"), raised("1"), run(", Budi Kusuma"), raised("2"), centred=True
        ),
        paragraph(raised("1"), run("Universitas A"), centred=True),
        paragraph(raised("2"), run("Lembaga B"), centred=True),
        paragraph(bold("Abstrak"), centred=True),
        paragraph("Jumlahnya turun dari 1,27 juta menjadi 0,92 juta pada 2020."),
        paragraph(bold("Kata kunci:"), run(" anak; kerja sama")),
    ]
    if second:
        lines += [
            paragraph(bold("Plan and result of the cooperation for the children"), centred=True),
            paragraph(bold("Abstract"), centred=True),
            paragraph("It fell from 1.27 million to 0.91 million in 2020."),
            paragraph(bold("Keywords:"), run(" children; cooperation")),
        ]
    return lines


def long_draft() -> bytes:
    body: list[str] = []
    texts = prose("id")
    count = chapter = 0
    while count < WORDS:
        chapter += 1
        body.append(heading(f"Bagian tentang hal ke {chapter}"))
        for text in texts:
            body.append(paragraph(text))
            count += len(text.split())
        body += [
            paragraph(
                run(f"Lihat Tabel {chapter} dan Gambar {chapter}"),
                footnote(2),
                run(" menurut "),
                zotero("(Safira 2022, hlm. 3)", (7, item(), {"locator": "3", "label": "page"})),
                commented(0, "."),
            ),
            caption("Tabel", str(chapter), f"Anak ke {chapter}"),
            table([["Tahun", "Juta"], ["2017", "1,27"], ["2020", "0,92"]]),
            paragraph("Sumber: BPS."),
            paragraph(picture("rId-a.png", "Garis turun"), centred=True),
            caption("Gambar", str(chapter), f"Arah ke {chapter}"),
        ]
    body += difficult(chapter + 1)
    body.append(paragraph(field("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", "Safira. 2022. Karya.")))
    return word(
        *front(second=True),
        paragraph(bold("DAFTAR ISI"), centred=True),
        contents("Bagian tentang hal ke 1"),
        *body,
        footnotes={2: "Catatan kaki.", 3: "Catatan dalam tabel."},
        comments={0: ("Ani", "Periksa @rahasia 123.")},
        pictures={"a.png": png(600, 400, (30, 90, 160)), "b.emf": b"\x01\x00\x00\x00emf"},
        numbering=NUMBERING,
    )


def difficult(number: int) -> list[str]:
    """What real drafts hold besides text."""
    wide = '<w:gridSpan w:val="2"/>'
    tall, under = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    level = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    return [
        heading("BAB IV: Hal sulit"),
        *(paragraph(text, more=level.format(depth)) for depth, text in enumerate(("satu", "dua"))),
        paragraph(run("Ada "), inserted("sisipan "), deleted("buangan "), box("Isi kotak")),
        grid([[cell(formula("r=x", alone=True)), cell("(1)")]], 2),
        caption("Tabel", str(number), "Gabungan"),
        grid(
            [
                [cell("Provinsi", properties=tall), cell("Ekspor", properties=wide)],
                [cell("", properties=under), cell("2019"), cell("2020")],
                [cell(run("Aceh"), footnote(3)), cell("1,27"), cell(formula("x"))],
            ],
            3,
        ),
        paragraph(picture("rId-b.emf", "Peta")),
        paragraph("Gambar 99. Peta lama"),
        paragraph(run("tersembunyi", "<w:vanish/>"), run("Selesai.")),
    ]


NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def test_a_long_bilingual_draft_builds_at_once(tmp_path: Path) -> None:
    (tmp_path / "naskah.docx").write_bytes(long_draft())
    before = (tmp_path / "naskah.docx").read_bytes()
    started = Compendium(tmp_path).run("new", "paper", "--from", "naskah.docx", "--lang", "id")
    assert started.status == 0, started.err
    for line in (
        "angka dalam abstrak berbeda: 2",
        "1 sisipan terlacak",
        "1 penghapusan terlacak",
        "1 paragraf dari kotak teks",
        "1 gambar dalam bentuk yang tidak dapat dimuat makalah",
        "1 bagian yang tidak tampil",
        "2 baris daftar isi",
    ):
        assert line in started.err
    assert "sebagian katanya tidak ada" not in started.err
    assert (tmp_path / "naskah.docx").read_bytes() == before
    paper = Compendium(tmp_path / "paper")
    settings = paper.path("bukti.yaml").read_text(encoding="utf-8")
    assert "languages: [id, en]" in settings
    assert "editions: [id]" in settings
    ended = paper.run("build")
    assert (ended.status, codes(ended)) == (0, {"CLM401"}), ended.out + ended.err
    html = paper.path("outputs/papers/paper.id.html").read_text(encoding="utf-8")
    assert "Plan and result of the cooperation" in html
    assert "rahasia" not in html
    assert len(paper.path("outputs/papers/paper.id.pdf").read_bytes()) > 10_000


def test_drafts_in_two_languages_build_as_one_paper(tmp_path: Path) -> None:
    indonesian = [heading("Pendahuluan"), *map(paragraph, prose("id")[:3])]
    indonesian += [caption("Tabel", "1", "Anak"), table([["a", "b"], ["1", "2"]])]
    english = [heading("Introduction"), *map(paragraph, prose("en")[:3])]
    english += [caption("Table", "1", "Children"), table([["a", "b"], ["1", "2"]])]
    title = paragraph("Plan and result of the cooperation", style="Title")
    opening = [
        title,
        paragraph("Abstract: It fell in 2020."),
        paragraph("Keywords: children; plan"),
    ]
    (tmp_path / "a.docx").write_bytes(word(*front(second=False), *indonesian))
    (tmp_path / "b.docx").write_bytes(word(*opening, *english, language="en-GB"))
    started = Compendium(tmp_path).run("new", "p", "--from", "a.docx", "--from", "en=b.docx")
    assert started.status == 0, started.err
    paper = Compendium(tmp_path / "p")
    assert paper.path("manuscript/en/01-pendahuluan.md").is_file()
    ended = paper.run("build")
    assert (ended.status, codes(ended)) == (0, {"CLM401"}), ended.out + ended.err


def test_drafts_of_libreoffice_and_quarto_build_as_one_paper(tmp_path: Path) -> None:
    work = json.dumps({"citationItems": [{"id": 1, "itemData": item()}]})
    cited = ranged("reference-mark", f"ZOTERO_ITEM CSL_CITATION {work} RND1", "(Safira 2022)")
    caption = f"{image('a.png', 'Garis')}Gambar {sequence('Gambar', '1')}. Arah"
    data = odt(
        para("Rencana kerja sama untuk anak", "Title"),
        para("Triani Safira", "P1"),
        para("Abstrak", "Heading_20_1"),
        para("Jumlahnya turun."),
        para("Kata kunci: anak; negara"),
        head("Pendahuluan"),
        para(f"Ini adalah kerja sama yang baik {cited}."),
        para(
            f"<draw:frame><draw:text-box>{para(caption, 'Illustration')}</draw:text-box></draw:frame>"
        ),
        head("Hasil"),
        *map(para, prose("id")[:3]),
        parts={"Pictures/a.png": png(600, 400, (30, 90, 160))},
    )
    text = (
        "---\ntitle: The plan of the cooperation\nabstract: It fell.\nkeywords: [children, state]\n"
        "bibliography: works.bib\n---\n\n# Introduction\n\nIt is in @fig-way and in [@safira2022].\n\n"
        '![The way](way.png){#fig-way fig-alt="A line"}\n\n## Results\n\nIt is of the state.\n'
    ).replace("## Results", "# Results")
    works = "@book{basu1998,\n  author = {Basu, K.},\n  title = {{Children}},\n  date = {1998},\n  "
    works += "publisher = {Press},\n  location = {London}\n}\n"
    (tmp_path / "naskah.odt").write_bytes(data)
    (tmp_path / "paper.qmd").write_text(text, encoding="utf-8")
    (tmp_path / "works.bib").write_text(works, encoding="utf-8")
    (tmp_path / "way.png").write_bytes(png(600, 400, (160, 90, 30)))
    started = Compendium(tmp_path).run("new", "p", "--from", "naskah.odt", "--from", "paper.qmd")
    assert started.status == 0, started.err
    paper = Compendium(tmp_path / "p")
    assert paper.path("manuscript/en/02-hasil.md").is_file()
    ended = paper.run("build")
    of_parity = {code for code in codes(ended) if code.startswith("PAR")}
    assert (codes(ended) - of_parity) <= {"CLM401"}, ended.out + ended.err


@pytest.mark.parametrize(
    ("languages", "formats"), [("en,de,fr", "docx,html"), ("ms,id", "pdf"), ("en", "pdf,docx,html")]
)
def test_a_new_paper_in_other_languages_and_formats_builds(
    tmp_path: Path, languages: str, formats: str
) -> None:
    words = ("new", "p", "--languages", languages, "--formats", formats)
    started = Compendium(tmp_path).run(*words)
    assert started.status == 0, started.err
    paper = Compendium(tmp_path / "p")
    ended = paper.run("build")
    left = {"PAR211", "PAR212"} if {"ms", "de", "fr"} & set(languages.split(",")) else set()
    assert (ended.status, codes(ended) - left) == (0, set()), ended.out + ended.err
    made = {path.name for path in paper.path("outputs/papers").iterdir()}
    assert made == {
        f"paper.{language}.{form}"
        for language in languages.split(",")
        for form in formats.split(",")
    }
