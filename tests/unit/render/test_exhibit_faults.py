"""Pictures with too few pixels and tables that no page can hold, at their places in the text."""

from __future__ import annotations

import dataclasses
import io

import pytest
from PIL import Image
from tests.unit.render.conftest import Paper

from bukti.base.span import Span
from bukti.render.docx import render_docx
from bukti.render.html import render_html
from bukti.render.plan import Invocation
from bukti.render.prepare import prepare
from bukti.render.typst_document import TypstDocument
from bukti.tools import pandoc

PLACE = Span(path="manuscript/id/02-hasil.md", line=7, column=9)
WORDS = ("Perlindungan", "kabupaten", "Pertanian", "ketenagakerjaan")


def pixels(width: int) -> bytes:
    data = io.BytesIO()
    Image.new("L", (width, 10)).save(data, format="PNG")
    return data.getvalue()


def wide(columns: int) -> str:
    row = "|".join(WORDS[number % len(WORDS)] for number in range(columns))
    rule = "|".join(["---"] * columns)
    return f"\n\n|{row}|\n|{rule}|\n|{row}|\n\n: Lebar {{#tbl:lebar}}\n"


def told(given: Invocation) -> list[str]:
    document = TypstDocument(given, prepare(given))
    document.blocks()
    return [f"{each.code} {each.span} {sorted(each.arguments.items())}" for each in document.found]


@pytest.mark.parametrize(
    ("across", "size", "expected"),
    [
        (600, "width=100mm", "152"),
        (1000, "width=100mm", ""),
        (600, "width=70mm", ""),
        (100, "", "96"),
    ],
)
def test_a_picture_with_few_pixels_for_its_width_is_told(
    paper: Paper, across: int, size: str, expected: str
) -> None:
    extra = f"\n\n![Peta](manuscript/id/peta.png){{alt='Peta.' {size}}}\n"
    name = "manuscript/id/peta.png"
    given = dataclasses.replace(
        paper(extra=extra), pictures={name: pixels(across)}, places={("picture", name): PLACE}
    )
    found = told(given)
    assert [each.partition(" [")[0] for each in found] == [f"FIG123 {PLACE}"] * bool(expected)
    assert all(f"('dots', '{expected}')" in each for each in found)


def test_drawings_and_figures_of_notebooks_have_no_pixels_to_count(paper: Paper) -> None:
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>'
    extra = "\n\n![Peta](peta.svg){alt='Peta.'}\n"
    assert told(dataclasses.replace(paper(extra=extra), pictures={"peta.svg": drawn})) == []


def test_a_table_that_no_page_can_hold_is_told_where_pages_are(paper: Paper) -> None:
    given = dataclasses.replace(
        paper(extra=wide(20)), places={("table", "tbl:lebar"): PLACE}, path="manuscript/id"
    )
    assert [each.partition(" [")[0] for each in told(given)] == [f"FIG124 {PLACE}"]
    _, found = render_docx(given, convert=pandoc.convert)
    assert [each.code for each in found] == ["FIG124"]
    _, found = render_html(given, convert=pandoc.convert)
    assert found == ()


def test_a_table_that_a_page_across_holds_is_sound(paper: Paper) -> None:
    assert told(paper(extra=wide(10))) == []
