"""Where pages may break: never between a table's title and its first rows, never within words."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
import pypdfium2
import pytest
from tests.unit.render.conftest import number_exhibits

from bukti.base.tree import walk
from bukti.render.docx import render_docx
from bukti.render.pdf import render_pdf
from bukti.render.plan import Invocation, Typesetter
from bukti.render.row_heights import opening_mm, table_mm
from bukti.render.tables import read_table
from bukti.tools import pandoc

CAPTION = "\n: Judul tabelnya {#tbl:long}\n"
LONG_CELL = "kata yang panjang sekali untuk satu sel ini " * 12


def rows(count: int, cell: str = "kata") -> str:
    lines = "".join(f"| baris{number} | {cell} akhir{number} |\n" for number in range(count))
    return f"| N | Kata |\n|---|------|\n{lines}{CAPTION}"


def paper(text: str) -> Invocation:
    tree, _ = pandoc.read_markdown(text)
    tree["meta"] = {}
    return Invocation(tree=number_exhibits(tree, "id"), language="id", path="manuscript/id")


def pages(invocation: Invocation, typeset: Typesetter) -> list[str]:
    data, _ = render_pdf(invocation, convert=pandoc.convert, typeset=typeset)
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def page_with(words: str, texts: list[str]) -> int:
    return next(number for number, text in enumerate(texts) if words in text)


@pytest.mark.parametrize(("count", "least"), [(10, 31), (30, 40)])
def test_a_title_stands_on_the_page_of_its_first_rows(
    count: int, least: int, typeset: Typesetter
) -> None:
    places = set()
    for before in range(least, least + 10):
        lines = "\n\n".join(f"Isi {number}." for number in range(before))
        texts = pages(paper(f"{lines}\n\n{rows(count)}\n\nSesudahnya.\n"), typeset)
        title = page_with("Judul tabelnya", texts)
        assert title == page_with("akhir0", texts) == page_with("akhir1", texts), before
        places.add(title)
    assert places == {0, 1}


def test_few_rows_that_fill_more_than_a_page_go_on_over_the_next(typeset: Typesetter) -> None:
    texts = pages(paper(rows(16, LONG_CELL)), typeset)
    assert page_with("akhir0", texts) < page_with("akhir15", texts)
    assert "(continued)" in texts[page_with("akhir15", texts)]


def kept(data: bytes) -> Iterator[bool]:
    """Of each row of the first table, whether it stays with the next."""
    for row in docx.Document(io.BytesIO(data)).tables[0].rows:
        yield all(each.paragraph_format.keep_with_next for each in row.cells[0].paragraphs)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (rows(4), [True, True, True, True, False]),
        (rows(30), [True, True, *[False] * 29]),
        (rows(16, LONG_CELL), [True, True, *[False] * 15]),
    ],
)
def test_word_keeps_a_short_table_together(table: str, expected: list[bool]) -> None:
    data, _ = render_docx(paper(table), convert=pandoc.convert)
    assert list(kept(data)) == expected


def test_heights_grow_with_lines_and_narrow_columns() -> None:
    tree, _ = pandoc.read_markdown(rows(3, LONG_CELL))
    model = read_table(next(node for node in walk(tree) if node["t"] == "Table"), "id")
    assert opening_mm(model, 150) < table_mm(model, 150) < table_mm(model, 80)
