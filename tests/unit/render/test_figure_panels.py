"""Several pictures in one figure, in every format."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest

from bukti.base.tree import Node, attributes
from bukti.render.docx import render_docx
from bukti.render.html import render_html
from bukti.render.pdf import render_pdf
from bukti.render.plan import Invocation, Typesetter
from bukti.tools import pandoc

Paper = Callable[..., Invocation]


def picture(name: str, letter: str, words: str) -> Node:
    pairs = [("alt", f"What {letter} shows"), ("panel", letter)]
    inlines = pandoc.read_markdown(words)[0]["blocks"][0]["c"]
    address = [f"figure:{name}", ""]
    return {
        "t": "Image",
        "c": [attributes(f"fig:all-{letter}", ["panel"], pairs), inlines, address],
    }


@pytest.fixture(name="panels", scope="module")
def panels_fixture(paper: Paper) -> Invocation:
    invocation = paper("en")
    first, *_ = invocation.figures
    row = [picture(first, "a", "First *words*"), picture(first, "b", "Second words")]
    alone = [picture(first, "c", "Third words")]
    caption = [None, [{"t": "Plain", "c": [{"t": "Str", "c": "Together."}]}]]
    attribute = attributes("fig:all", [], [("number", "9"), ("label", "Figure\u00a09")])
    figure = {"t": "Figure", "c": [attribute, caption, [plain(row), plain(alone)]]}
    target = ["#fig:all-b", ""]
    link = {"t": "Link", "c": [attributes(), [{"t": "Str", "c": "Figure\u00a09b"}], target]}
    blocks = [{"t": "Para", "c": [link]}, figure, *invocation.tree["blocks"]]
    return dataclasses.replace(invocation, tree={**invocation.tree, "blocks": blocks})


def plain(images: list[Node]) -> Node:
    return {"t": "Plain", "c": images}


def test_pdf(panels: Invocation, typeset: Typesetter) -> None:
    pdf, found = render_pdf(panels, convert=pandoc.convert, typeset=typeset)
    assert found == ()
    pages: Any = pypdfium2.PdfDocument(pdf)
    text = " ".join("\n".join(page.get_textpage().get_text_range() for page in pages).split())
    assert "(a) First words (b) Second words (c) Third words Figure 9. Together." in text


def test_html(panels: Invocation) -> None:
    data, found = render_html(panels, convert=pandoc.convert)
    page = data.decode()
    assert found == ()
    assert page.count('<div class="panels">') == 2
    assert page.count('alt="What b shows"') == 1
    assert '<a href="#fig:all-b">Figure\u00a09b</a>' in page
    assert '<div class="panel" id="fig:all-b">' in page
    assert "<strong>(a)</strong> First <em>words</em></p>" in page


def test_docx(panels: Invocation) -> None:
    data, found = render_docx(panels, convert=pandoc.convert)
    assert found == ()
    document = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    name = document.partition("Second words")[0].rpartition("<w:bookmarkStart")[2]
    assert 'w:name="' in name
    anchor = name.partition('w:name="')[2].partition('"')[0]
    assert f'w:anchor="{anchor}"' in document
