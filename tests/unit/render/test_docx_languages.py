"""Languages in a document of Word: the default, and every run that is in another."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from bukti.render.docx import render_docx
from bukti.render.docx_languages import word_language
from bukti.render.plan import Invocation
from bukti.tools import pandoc

Paper = Callable[..., Invocation]

EXTRA = """

Kata [foreign words]{lang=en} berdiri di sini.[^n]

::: {lang=en}
As shown in [Gambar 1](#fig:trend).
:::

::: {#ref-x .csl-entry lang=nl}
Een titel.
:::

[^n]: Catatan [in English]{lang=en}.
"""


@pytest.fixture(name="document", scope="module")
def document_fixture(paper: Paper) -> docx.document.Document:
    data, _ = render_docx(paper(extra=EXTRA), convert=pandoc.convert)
    return docx.Document(io.BytesIO(data))


def languages(element: object) -> dict[str, str]:
    """The text of each run that names a language, with that language."""
    found = {}
    for run in element.iter(qn("w:r")):  # type: ignore[attr-defined]
        spoken = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
        text = "".join(each.text or "" for each in run.iter(qn("w:t")))
        if spoken is not None:
            found[text] = str(spoken.get(qn("w:val")))
    return found


def test_the_default_is_the_papers_language(document: docx.document.Document) -> None:
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "id-ID"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("foreign words", "en-GB"),
        ("As shown in", "en-GB"),
        ("Gambar\N{NO-BREAK SPACE}1", "en-GB"),
        ("Een titel.", "nl-NL"),
        ("Abstract", "en-GB"),
        ("Abstrak", "id-ID"),
        ("berdiri di sini.", None),
    ],
)
def test_runs_name_their_language(
    document: docx.document.Document, text: str, language: str | None
) -> None:
    assert languages(document.element.body).get(text) == language


def test_notes_name_theirs_too(document: docx.document.Document) -> None:
    related = document.part.rels.values()
    notes = next(each.target_part for each in related if each.reltype.endswith("/footnotes"))
    assert languages(parse_xml(notes.blob)) == {"in English": "en-GB"}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("id", "id-ID"), ("en", "en-GB"), ("en-US", "en-US"), ("fr", "fr-FR"), ("xx", "xx")],
)
def test_each_language_has_a_region(tag: str, expected: str) -> None:
    assert word_language(tag) == expected


def test_properties_name_no_program_of_another_and_no_user(
    document: docx.document.Document,
) -> None:
    properties = document.core_properties
    assert properties.author == "Dewi Rahmawati; Suparman"
    assert properties.keywords == "perkawinan anak, survei rumah tangga, mutu data"
    assert (properties.language, properties.last_modified_by) == ("id-ID", "")
    package = document.part.package
    assert package is not None
    app = next(part.blob for part in package.iter_parts() if part.partname == "/docProps/app.xml")
    assert b"Microsoft" not in app
    assert b"TotalTime" not in app
