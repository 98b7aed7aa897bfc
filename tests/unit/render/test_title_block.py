"""The title block: its lines, and that every format says the same."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import docx
import pypdfium2
import pytest

from bukti.manuscript.byline import Byline, byline_meta
from bukti.project.byline import Affiliation, Author, Publication
from bukti.render.docx import render_docx
from bukti.render.front import read_front
from bukti.render.html import render_html
from bukti.render.nodes import plain_text
from bukti.render.pdf import render_pdf
from bukti.render.plan import Invocation, Typesetter
from bukti.render.title_block import Role, license_of, title_block
from bukti.tools import pandoc

Paper = Callable[..., Invocation]
SAID = [
    ("imprint", "Jurnal Kependudukan, Vol. 3, No. 1, hlm. 1–24"),
    ("imprint", "https://doi.org/10.1234/jk.2026.7 · Versi 1.2 · 14 Maret 2026"),
    (
        "title",
        "Perkawinan anak di Indonesia: kecenderungan, perbedaan antardaerah, dan mutu data",
    ),
    ("subtitle", "Kajian atas dua survei nasional"),
    ("authors", "Dewi Rahmawati1,2,*,†, Suparman2,†"),
    ("affiliation", "1 Universitas Nusantara, Yogyakarta"),
    ("affiliation", "2 Pusat Kajian Kependudukan, Kupang"),
    ("note", "* Korespondensi: Dewi Rahmawati, dewi@example.org"),
    ("note", "† Para penulis ini berkontribusi setara dalam karya ini."),
    ("note", "ORCID: Dewi Rahmawati 0000-0002-1825-0097"),
    ("note", "Diterima 5 Januari 2026 · Disetujui 10 Februari 2026"),
    ("note", "© 2026 Penulis · Lisensi: CC BY 4.0"),
]


def lines(meta: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """The lines of a title block as plain text."""
    return [
        (str(line.role), _spaced(plain_text(line.inlines)))
        for line in title_block(read_front(meta, language))
    ]


def _spaced(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_every_line_in_its_order(paper: Paper) -> None:
    assert lines(paper("id").tree["meta"], "id") == SAID


def byline(*authors: Author, **more: Any) -> dict[str, Any]:
    return byline_meta(Byline(authors=authors, **more), "en")


def test_a_paper_without_anybody_has_its_title_alone() -> None:
    assert lines({}, "en") == [("title", "—")]
    assert lines(byline(), "en") == [("title", "—")]


def test_one_author_at_one_place_needs_no_signs() -> None:
    author = Author(
        name="Sukarno",
        affiliation="Here",
        email="s@example.org",
        corresponding=True,
        equal=True,
        orcid="0000-0002-1825-0097",
    )
    assert lines(byline(author), "en")[1:] == [
        ("authors", "Sukarno"),
        ("affiliation", "Here"),
        ("note", "Correspondence: s@example.org"),
        ("note", "ORCID: 0000-0002-1825-0097"),
    ]


def test_initials_stay_with_the_name() -> None:
    (line,) = (
        each
        for each in title_block(read_front(byline(Author(name="A. B. Ó Sari Budi")), "en"))
        if each.role is Role.AUTHORS
    )
    assert line.inlines[0]["c"] == "A.\u00a0B.\u00a0Ó\u00a0Sari Budi"


@pytest.mark.parametrize(
    ("given", "shown", "address"),
    [
        ("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        (
            "CC-BY-NC-SA-3.0",
            "CC BY-NC-SA 3.0",
            "https://creativecommons.org/licenses/by-nc-sa/3.0/",
        ),
        ("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("All rights reserved", "All rights reserved", ""),
        ("", "", ""),
    ],
)
def test_licences(given: str, shown: str, address: str) -> None:
    front = read_front(byline(publication=Publication(license=given)), "en")
    assert license_of(front.publication) == (shown, address)


def test_every_format_says_the_same(paper: Paper, typeset: Typesetter) -> None:
    """Signs that are raised stand apart or close, so spaces are left out of the comparison."""
    invocation = paper("id")
    page = render_html(invocation, convert=pandoc.convert)[0].decode()
    word = docx.Document(io.BytesIO(render_docx(invocation, convert=pandoc.convert)[0]))
    pdf = render_pdf(invocation, convert=pandoc.convert, typeset=typeset)[0]
    texts = {
        "html": unescape(re.sub(r"<[^>]+>", "", page.partition("<header>")[2])),
        "docx": "".join("".join(each.xpath(".//w:t/text()")) for each in _paragraphs(word)),
        "pdf": pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range(),
    }
    for _, said in SAID:
        for name, text in texts.items():
            assert re.sub(r"\s", "", said) in re.sub(r"\s", "", text), name


def _paragraphs(document: Any) -> Any:
    return document.element.body.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
    )


def test_what_scholars_tools_read(paper: Paper) -> None:
    page = render_html(paper("id"), convert=pandoc.convert)[0].decode()
    tags = re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', page)
    assert tags == [
        ("citation_title", f"{SAID[2][1]}: {SAID[3][1]}"),
        ("citation_author", "Rahmawati, Dewi"),
        ("citation_author_institution", "Universitas Nusantara, Yogyakarta"),
        ("citation_author_institution", "Pusat Kajian Kependudukan, Kupang"),
        ("citation_author_orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("citation_author", "Suparman"),
        ("citation_author_institution", "Pusat Kajian Kependudukan, Kupang"),
        ("citation_publication_date", "2026/03/14"),
        ("citation_language", "id"),
        ("citation_keywords", "perkawinan anak; survei rumah tangga; mutu data"),
        ("citation_doi", "10.1234/jk.2026.7"),
        ("citation_journal_title", "Jurnal Kependudukan"),
        ("citation_volume", "3"),
        ("citation_issue", "1"),
        ("citation_firstpage", "1"),
        ("citation_lastpage", "24"),
    ]
    assert '<meta name="DC.rights" content="https://creativecommons.org/licenses/by/4.0/">' in page


@pytest.mark.parametrize(
    ("short", "title", "shown"),
    [
        ("Short", "A long title", "Short"),
        ("", "A title", "A title"),
        ("", "A first part of a title: " + "long " * 20, "A first part of a title"),
        ("", "word " * 20, "word " * 13 + "word …"),
    ],
)
def test_the_head_of_the_page_is_short(short: str, title: str, shown: str) -> None:
    meta = {
        key: {"t": "MetaString", "c": text}
        for key, text in (("short-title", short), ("title", title.strip()))
    }
    assert read_front(meta, "en").running_title == shown


def test_many_long_names_and_places_fit_a_page(paper: Paper, typeset: Typesetter) -> None:
    names = [f"Raden Mas Soerjomentaram {number} Djojohadikoesoemo" for number in range(12)]
    places = {f"p{number}": Affiliation(name="Universitas " * 15) for number in range(6)}
    authors = [
        Author(name=name, affiliations=(f"p{number % 6}",), orcid="0000-0002-1825-0097")
        for number, name in enumerate(names)
    ]
    invocation = paper("id")
    meta = {**invocation.tree["meta"], **byline(*authors, affiliations=places)}
    many = replace(invocation, tree={**invocation.tree, "meta": meta})
    data, found = render_pdf(many, convert=pandoc.convert, typeset=typeset)
    assert found == ()
    text = pypdfium2.PdfDocument(data)[0].get_textpage()
    words = " ".join(text.get_text_range().split())
    assert all(name in words for name in names)
    page_width = pypdfium2.PdfDocument(data)[0].get_width()
    assert all(text.get_charbox(place)[2] <= page_width - 70 for place in range(text.count_chars()))
