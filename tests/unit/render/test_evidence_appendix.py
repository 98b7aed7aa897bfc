"""The evidence appendix in papers: words of the text lead to it, and it leads back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from bukti.render.docx import render_docx
from bukti.render.html import render_html
from bukti.render.pdf import render_pdf, typst_sources
from bukti.render.plan import Invocation, Typesetter
from bukti.tools import pandoc

Paper = Callable[..., Invocation]
EXTRA = (
    "\n\nThe plan[^x], [both [there](https://example.org)^[A note.]]{.mark .holds claims=by_plan"
    " index=91}.\n\n[^x]: [So]{.mark .holds claims=by_plan index=90 kind=claim}."
)


def entry(name: str, scheme: str = "claim", **more: Any) -> dict[str, Any]:
    place = {
        "index": 17,
        "before": "Angka ",
        "text": "2,30 persen",
        "after": ".",
        "section": "",
        "title": "",
        "status": "holds",
        "with": [],
    }
    return {
        "number": 1,
        "scheme": scheme,
        "id": name,
        "kind": "value",
        "statement": None,
        "value": "2,3 persen",
        "places": [place],
        "grade": None,
        "counts": None,
        "items": [],
        "data": None,
        "sources": ["S_<PLAN>"],
        "more_sources": 0,
        "locator": None,
        **more,
    }


def item(**more: Any) -> dict[str, Any]:
    names = ("document", "codes", "actor", "year", "locator", "page", "file", "tier", "attested")
    more_names = ("language", "text", "translation", "source", "shows", "id")
    return {
        **dict.fromkeys((*names, *more_names)),
        "kind": "segment",
        "against": False,
        "cut": False,
        "hidden": False,
        **more,
    }


COUNTS = {"passages": 1, "documents": 1, "actors": 1, "more": 0}
DATA = {
    "notebook": "analysis/notebooks/10-x.ipynb",
    "cell": 3,
    "count": None,
    "more": 4,
    "hidden": False,
    "tables": [{"name": "rates", "title": "Angka", "raw": ["rates.csv"]}],
    "columns": ["Tahun", "Persen"],
    "rows": [["2020", "2,3"]],
    "numbers": [7],
}
RECORD: dict[str, Any] = {
    "version": 1,
    "language": "id",
    "limits": dict.fromkeys(("characters", "passages", "rows", "columns", "cell", "sources"), 5),
    "entries": [
        entry("rate.2020", data=DATA),
        entry(
            "by_plan",
            kind="documentary",
            statement="Menurut <rencana>.",
            places=[{**entry("x")["places"][0], "index": index} for index in (90, 91, 999)],
            counts={"for": COUNTS, "against": COUNTS},
            grade={"ground": "segments", "sources": 1, "support": 1, "against": 1},
            items=[
                item(id="8a1f", text="Tanpa & biaya", cut=True, codes="Biaya", actor="Desa"),
                item(
                    kind="quotation",
                    id="q",
                    against=True,
                    text="a fee",
                    language="en",
                    tier="exact",
                ),
            ],
        ),
    ],
    "exhibits": [
        {
            "kind": "figure",
            "id": "trend",
            "target": "fig:trend",
            "label": "Gambar 1",
            "caption": "Angka",
            "notebook": "a.ipynb",
            "cell": 2,
            "tables": [],
            "sources": ["S_<PLAN>"],
            "more_sources": 3,
        }
    ],
    "sources": [
        {
            "id": "S_<PLAN>",
            "title": "Rencana & kerja",
            "publisher": "Desa",
            "year": "2018",
            "address": "https://example.org/?a=1&b=2",
            "accessed": "2026-01-02",
            "standing": "primary",
            "access": "restricted",
            "held": [],
        }
    ],
}


def with_appendix(paper: Paper, **changes: Any) -> Invocation:
    return replace(paper(extra=EXTRA), appendix={**RECORD, **changes})


@pytest.fixture(name="page", scope="module")
def page_fixture(paper: Paper) -> str:
    data, found = render_html(with_appendix(paper), convert=pandoc.convert)
    assert found == ()
    return data.decode()


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:
    names = re.findall(r'\sid="([^"]*)"', page)
    assert [name for name in names if names.count(name) > 1] == []
    targets = re.findall(r'<a [^>]*?href="#([^"]*)"', page)
    assert targets and not {*targets} - {*names}


def test_marks_lead_to_their_entries_and_entries_back(page: str) -> None:
    assert re.search(
        r'<a class="mark" href="#evidence-rate.2020" id="mark-17"[^>]*>2,30\u00a0persen</a>', page
    )
    assert len(re.findall(r'href="#mark-17"', page)) == 1
    assert "mark-999" not in page
    assert page.count('href="#mark-90"') == page.count('id="mark-90"') == 1


def test_no_link_stands_in_a_link(page: str) -> None:
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", page, re.DOTALL)


def test_entries_are_folded_and_need_no_script(page: str) -> None:
    section = page[page.index('<section class="evidence">') :]
    assert section.count("<details><summary>") == 3
    assert "<script" not in section[: section.index("</main>")]
    assert "Menurut &lt;rencana&gt;." in section and "Tanpa &amp; biaya" in section
    assert "dan 4 lagi" in section and "dan 3 lagi" in section


def test_a_paper_without_a_record_has_marks_that_are_no_links(paper: Paper) -> None:
    data, _ = render_html(paper(), convert=pandoc.convert)
    page = data.decode()
    assert '<span class="mark"' in page and 'class="evidence"' not in page
    none, _ = render_html(
        replace(paper(), appendix={**RECORD, "entries": []}), convert=pandoc.convert
    )
    assert none == data


def test_a_record_is_no_template(paper: Paper) -> None:
    entries = [entry("rate.2020", value="@body@ @style@ @x@")]
    data, _ = render_html(with_appendix(paper, entries=entries), convert=pandoc.convert)
    assert data.decode().count("@body@ @style@ @x@") == 1


def test_a_pdf_has_it_on_pages_of_its_own(paper: Paper, typeset: Typesetter) -> None:
    made, found = render_pdf(with_appendix(paper), convert=pandoc.convert, typeset=typeset)
    assert found == ()
    again, _ = render_pdf(with_appendix(paper), convert=pandoc.convert, typeset=typeset)
    assert made == again
    plain, _ = render_pdf(paper(extra=EXTRA), convert=pandoc.convert, typeset=typeset)
    with_it, without = (pypdfium2.PdfDocument(data) for data in (made, plain))
    texts = [page.get_textpage().get_text_range() for page in with_it]
    assert len(with_it) > len(without)
    assert "Dasar setiap pernyataan" in texts[len(without)]
    assert "8a1f" in texts[-1] + texts[-2]


def test_the_text_of_a_pdf_does_not_know_of_it_when_it_is_off(paper: Paper) -> None:
    sources, _ = typst_sources(paper(), convert=pandoc.convert)
    assert b"evidenced" not in sources["main.typ"] and b"annex" not in sources["main.typ"]


def test_every_link_of_a_docx_leads_somewhere(paper: Paper) -> None:
    data, found = render_docx(with_appendix(paper), convert=pandoc.convert)
    assert found == ()
    assert data == render_docx(with_appendix(paper), convert=pandoc.convert)[0]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = "".join(
            package.read(name).decode() for name in ("word/document.xml", "word/footnotes.xml")
        )
    anchors = re.findall(r'<w:hyperlink [^>]*w:anchor="([^"]+)"', text)
    names = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', text)
    assert len(anchors) > 6 and not {*anchors} - {*names}
    assert len(names) == len(set(names))
    assert "Tanpa &amp; biaya" in text
