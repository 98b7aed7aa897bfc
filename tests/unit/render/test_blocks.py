"""What stands between paragraphs besides tables: lists, verse, pictures, formulas."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from PIL import Image
from tests.unit.render.conftest import Paper

from bukti.base.tree import Nodes
from bukti.render.docx import render_docx
from bukti.render.docx_math import mend_formulas
from bukti.render.docx_xml import parsed, w
from bukti.render.html import render_html
from bukti.render.pdf import typst_sources
from bukti.render.picture_sizes import natural_size_mm
from bukti.render.typst_blocks import set_block
from bukti.tools import pandoc
from bukti.tools.vectors import pixels_of

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def main(paper: Paper, extra: str) -> str:
    sources, found = typst_sources(paper(extra=f"\n\n{extra}\n"), convert=pandoc.convert)
    assert found == ()
    return sources["main.typ"].decode()


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("(3) tiga\n(4) empat", '#(paper.numbered.with("(1)", 3))['),
        ("a) satu\nb) dua", '#(paper.numbered.with("a)", 1))['),
        ("A.  satu\nB.  dua", '#(paper.numbered.with("A.", 1))['),
        ("iv. empat\nv. lima", '#(paper.numbered.with("i.", 4))['),
        ("- [ ] belum\n- [x] sudah", "#(paper.tasks)["),
        ("| satu\n|   dua", "#paper.verse("),
        ("Kata\n:   Arti.", "#paper.definition("),
    ],
)
def test_lists_are_set_by_the_template(paper: Paper, text: str, call: str) -> None:
    assert call in main(paper, text)


def test_ordinary_lists_are_left_to_pandoc() -> None:
    def same(value: Any) -> Any:
        return value

    blocks: Nodes = pandoc.read_markdown("1. satu\n2. dua\n\n<!-- -->\n\n- a\n- b\n")[0]["blocks"]
    assert [set_block(block, same) for block in blocks] == [None] * len(blocks)


def test_paragraphs_of_a_definition_stay_apart(paper: Paper) -> None:
    extra = "\n\nKata\n:   Arti pertama.\n\n    Arti kedua.\n"
    page, _ = render_html(paper(extra=extra), convert=pandoc.convert)
    assert "<p>Arti pertama.</p>" in page.decode()
    assert "<p>Arti kedua.</p>" in page.decode()


def test_numbers_in_brackets_keep_them_on_the_page(paper: Paper) -> None:
    page, _ = render_html(paper(extra="\n\n(3) tiga\n(4) empat\n"), convert=pandoc.convert)
    assert 'style="list-style-type: parens-1"' in page.decode()


def png(width: int, height: int, dpi: float | None = None) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (width, height)).save(buffer, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return buffer.getvalue()


def svg(attributes: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(960, 480), (254.0, 127.0)),
        (png(300, 150, 300), (25.4, 12.7)),
        (png(96, 96, 1), (25.4, 25.4)),
        (svg('width="2cm" height="1cm"'), (20.0, 10.0)),
        (svg('viewBox="0 0 96 48"'), (25.4, 12.7)),
        (svg('viewBox="0 0 200 100" width="10mm"'), (10.0, 5.0)),
        (svg('viewBox="0 0 200 100" height="10mm"'), (20.0, 10.0)),
        (svg('width="100%" height="100%"'), None),
        (svg('width="1em"'), None),
        (b"<svg", None),
        (b"no picture", None),
        (b"", None),
    ],
)
def test_pictures_tell_their_size(data: bytes, size: tuple[float, float] | None) -> None:
    found = natural_size_mm(data)
    assert found == (pytest.approx(size, rel=0.001) if size else None)


def test_pictures_of_lines_become_pixels_the_same_each_time() -> None:
    drawn = svg('viewBox="0 0 96 48" width="96" height="48"')
    first = pixels_of(drawn)
    assert first is not None
    assert first == pixels_of(drawn)
    assert Image.open(io.BytesIO(first)).size == (384, 192)
    assert natural_size_mm(first) == pytest.approx(natural_size_mm(drawn), rel=0.001)


def test_a_picture_that_cannot_be_drawn_is_none() -> None:
    assert pixels_of(b"<svg") is None


def formula(inner: str) -> Any:
    tree = parsed(f'<d xmlns:m="{M}"><m:oMath>{inner}</m:oMath></d>'.encode())
    mend_formulas(tree)
    return tree


def run(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


POWER = f"<m:sSup><m:e>{run(')')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>"


def shape(element: Any) -> str:
    """The names of elements within elements, and the text."""
    name = element.tag.partition("}")[2]
    if name == "t":
        return str(element.text)
    if name in ("dPr", "naryPr"):
        return ""
    inner = "".join(map(shape, element))
    return inner if name in ("r", "oMath", "e") or not name else f"{name}({inner})"


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        (run("(") + run("x") + run(")"), "d(x)"),
        (run("(") + run("x") + POWER, "sSup(d(x)sup(2))"),
        (run("(") + run("(") + run("x") + run(")") + POWER, "sSup(d(d(x))sup(2))"),
        (run("(") + run("x"), "(x"),
        (run("x") + run(")"), "x)"),
        (f"<m:nary><m:e>{run('(')}</m:e></m:nary>{run('x')}{POWER}", "nary(sSup(d(x)sup(2)))"),
        (f"<m:nary><m:e>{run('(')}</m:e></m:nary>{run('x')}", "nary(()x"),
        (f"<m:nary><m:e>{run('x')}</m:e></m:nary>{run('y')}", "nary(x)y"),
    ],
)
def test_brackets_of_formulas_are_pairs(inner: str, wanted: str) -> None:
    assert shape(formula(inner)[0]) == wanted


def test_a_formula_within_a_sentence_stands_on_a_line_of_its_own(paper: Paper) -> None:
    text = '\n\nSeperti [$$a = b$$]{#eq:x .equation number="9" alt="a"} lalu lagi.\n'
    data, _ = render_docx(paper(extra=text), convert=pandoc.convert)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = parsed(package.read("word/document.xml"))
    styles = [
        (each.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")), "".join(each.itertext()))
        for each in body.iter(w("p"))
        if each.find(f"{w('pPr')}/{w('pStyle')}") is not None
    ]
    place = next(i for i, (style, text) in enumerate(styles) if "(9)" in text)
    assert [style for style, _ in styles[place - 1 : place + 2]] == [
        "BodyText",
        "Equation",
        "FirstParagraph",
    ]


def test_lists_in_cells_keep_their_bullets(paper: Paper) -> None:
    grid = "+----+--------+\n| a  | b      |\n+====+========+\n| c  | - satu |\n|    | - dua  |\n"
    extra = f"\n\n{grid}+----+--------+\n\n: Judul {{#tbl:list}}\n"
    data, _ = render_docx(paper(extra=extra), convert=pandoc.convert)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = parsed(package.read("word/document.xml"))
    cell = list(body.iter(w("tc")))[-1]
    paragraphs = cell.findall(w("p"))
    assert ["".join(each.itertext()) for each in paragraphs] == ["satu", "dua"]
    assert all(each.find(f"{w('pPr')}/{w('numPr')}") is not None for each in paragraphs)
