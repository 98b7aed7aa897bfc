"""The settings of the page in PDF and HTML."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from bukti.project.page_settings import GUTTER, PROFILES, page_of
from bukti.render.html import render_html
from bukti.render.pdf import render_pdf, typst_sources
from bukti.render.plan import Invocation, Typesetter
from bukti.tools import pandoc, typst

Paper = Callable[..., Invocation]
SANS = Path(typst.__file__).resolve().parents[1] / "fonts/SourceSans3-Regular.ttf"
POINTS = 72 / 25.4


def made(invocation: Invocation, typeset: Typesetter, **settings: Any) -> pypdfium2.PdfDocument:
    page = page_of({name.replace("_", "-"): value for name, value in settings.items()})
    invocation = dataclasses.replace(invocation, page=page)
    pdf, found = render_pdf(invocation, convert=pandoc.convert, typeset=typeset)
    assert found == ()
    return pypdfium2.PdfDocument(pdf)


def words_between(page: Any, left_mm: float, right_mm: float) -> list[str]:
    text = page.get_textpage().get_text_bounded(left=left_mm * POINTS, right=right_mm * POINTS)
    return str(text).split()


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_sound_paper_is_set_in_every_profile(
    paper: Paper, typeset: Typesetter, profile: str, language: str
) -> None:
    assert len(made(paper(language), typeset, profile=profile)) > 1


def test_paper_and_margins(paper: Paper, typeset: Typesetter) -> None:
    document = made(paper(), typeset, paper="17x24cm", margins={"left": "4cm", "right": "2cm"})
    assert [round(each / POINTS) for each in document[0].get_size()] == [170, 240]
    assert [words_between(page, 0, 39) for page in document] == [[]] * len(document)
    assert words_between(document[1], 39, 60)


def test_margins_that_change_sides(paper: Paper, typeset: Typesetter) -> None:
    document = made(paper(), typeset, margins={"inner": "4cm", "outer": "2cm"})
    assert not words_between(document[0], 0, 39)
    assert words_between(document[1], 19, 39)
    assert not words_between(document[1], 171.5, 210)


def test_two_columns_leave_their_gap_free(paper: Paper, typeset: Typesetter) -> None:
    first = made(paper(), typeset, profile="journal")[0].get_textpage()

    def text(left_mm: float, right_mm: float) -> str:
        sides = {"left": left_mm * POINTS, "right": right_mm * POINTS}
        return str(first.get_text_bounded(bottom=30 * POINTS, top=150 * POINTS, **sides))

    edge = GUTTER / 2 - 0.5
    assert not text(105 - edge, 105 + edge).split()
    assert "Penghitungan" in text(19, 104)
    assert "Kesimpulan" in text(106, 191)


def test_lines_are_numbered_through(paper: Paper, typeset: Typesetter) -> None:
    numbers = [
        int(word)
        for page in made(paper(), typeset, line_numbers=True, margins="30mm")
        for word in words_between(page, 10, 29)
    ]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 50


def test_without_running_heads_the_number_stands_below(paper: Paper, typeset: Typesetter) -> None:
    page = made(paper(), typeset, running_heads=False)[1]
    text = page.get_textpage()
    above = text.get_text_bounded(bottom=(297 - 26) * POINTS)
    below = text.get_text_bounded(top=24 * POINTS)
    assert above.split() == ["DRAF"]
    assert below.startswith("2/")


def test_double_spacing_takes_more_pages(paper: Paper, typeset: Typesetter) -> None:
    plain, double = (made(paper(), typeset, paper="a5", spacing=each) for each in (1, "double"))
    assert len(double) > len(plain) + 1


def test_fonts_of_the_compendium(paper: Paper, typeset: Typesetter) -> None:
    """The font is bundled, under another name: only so is it not there already."""
    old, new = (name.encode("utf-16-be") for name in ("Source Sans 3", "Another Sans3"))
    font = SANS.read_bytes().replace(old, new)
    page = page_of({"fonts": {"text": "Another Sans3", "headings": "serif"}})
    invocation = dataclasses.replace(paper("en"), page=page, fonts=(font,))
    pdf, found = render_pdf(invocation, convert=pandoc.convert, typeset=typeset)
    assert (pdf[:5], found) == (b"%PDF-", ())
    sources, _ = typst_sources(invocation, convert=pandoc.convert)
    assert sources["settings.typ"].decode().splitlines()[:2] == [
        '#let serif = ("Another Sans3", "Libertinus Serif", )',
        '#let sans = ("Libertinus Serif", "Source Sans 3", )',
    ]
    html = render_html(invocation, convert=pandoc.convert)[0].decode()
    assert '--serif: "Another Sans3", ' in html
    assert html.count('@font-face { font-family: "Another Sans3"; font-weight: 400') == 1
    assert "Source Sans 3" not in html


def test_the_default_fonts_of_html_are_inside(paper: Paper) -> None:
    html = render_html(paper(), convert=pandoc.convert)[0].decode()
    assert html.count('@font-face { font-family: "Libertinus Serif"') == 4
    assert html.count('@font-face { font-family: "Source Sans 3"') == 3
    assert "font-src data:" in html


@pytest.mark.parametrize("columns", [1, 2])
def test_a_long_table_without_a_title(paper: Paper, typeset: Typesetter, columns: int) -> None:
    rows = "\n".join(f"| {'wide ' * 12} {number} | {number} |" for number in range(60))
    invocation = paper("en", extra=f"\n\n| Name | Number |\n|---|---|\n{rows}\n")
    text = "".join(
        page.get_textpage().get_text_range() for page in made(invocation, typeset, columns=columns)
    )
    assert text.count("wide wide") >= 60
    assert " 59" in text
