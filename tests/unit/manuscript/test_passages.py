"""The passages of a chapter: what is prose in it, where each word stands, what its parts are."""

from __future__ import annotations

import pytest

from bukti.manuscript.anchors import anchored
from bukti.manuscript.candidates import find_candidates
from bukti.manuscript.passage_reader import passages_of
from bukti.manuscript.passages import Passage
from bukti.tools import pandoc


def passages(text: str, *, settings: bool = False) -> tuple[Passage, ...]:
    source = find_candidates("id/01.md", text, 0)
    reader = pandoc.READER
    if settings:
        reader = reader.replace("-yaml_metadata_block", "+yaml_metadata_block")

    def read(copy: str) -> dict[str, object]:
        return pandoc.read_markdown(source.with_numbers(copy), from_format=reader)[0]

    tree, anchors = anchored(text, read, read(text), settings=settings)
    return passages_of(tree, anchors, source)


def placed(text: str, words: str) -> tuple[int | None, int | None]:
    """Where the span of the words of a passage begins."""
    for passage in passages(text):
        if words in passage.text:
            start = passage.text.index(words)
            span = passage.span(start, start + len(words))
            return span.line, span.column
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Dua kata.", "paragraph", "Dua kata."),
        ("# Judul {#sec:a}", "heading", "Judul"),
        ("- satu\n- dua", "item", "dua"),
        ("> kutipan", "quote", "kutipan"),
        ("Istilah\n:   arti", "definition", "arti"),
        ("![Judul](a.png){alt='Isi gambar'}", "caption", "Judul"),
        ("![Judul](a.png){alt='Isi gambar'}", "alt", "Isi gambar"),
        ("Teks ![Judul](a.png){alt='Isi'} di sini.", "alt", "Isi"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "cell", "2"),
        ("| a |\n|---|\n| 1 |\n\n: Judul tabel", "caption", "Judul tabel"),
        ("Teks.^[Catatan 5.]", "note", "Catatan 5."),
        ("| baris satu\n| baris dua", "paragraph", "baris dua"),
        ("::: {.n}\nDi dalam.\n:::", "paragraph", "Di dalam."),
    ],
)
def test_what_is_prose(text: str, kind: str, words: str) -> None:
    assert (kind, words) in [(passage.kind, passage.text) for passage in passages(text)]


@pytest.mark.parametrize("text", ["```\nkode 5\n```", "<!-- 5 -->", "***", "::: {.n}\n:::"])
def test_what_is_none(text: str) -> None:
    assert passages(text) == ()


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("Satu *dua* tiga 5 empat.", "5", (1, 17)),
        ("Satu\ndua 12,5 persen\n", "12,5", (2, 5)),
        ("a\n\n| x | y |\n|---|---|\n| 1 | 22 |", "22", (5, 7)),
        ("Teks[^n] lagi.\n\n[^n]: Isi 7.\n", "7", (3, 11)),
        ("Naik [2,30 persen](claim:rate.2020) di 34 provinsi.", "34", (1, 40)),
        ("Kata [@kunci2020, hlm. 5] lalu 6.", "6", (1, 32)),
        ("*tebal **sekali 8***", "8", (1, 17)),
        ("caf&eacute; 9", "9", (1, 13)),
        ("tanda -- 10", "10", (1, 10)),
    ],
)
def test_places(text: str, words: str, place: tuple[int, int]) -> None:
    assert placed(text, words) == place


def test_parts() -> None:
    text = (
        "[naik](claim:a+b?of=c) [18](given:age) @fig:x dan [@k, hlm. 3] [t](http://a.b) `5` $x$ "
        '"kata" [child]{lang=en}.^[c] [s]{claim=d}'
    )
    (first, *_) = passages(text)
    found = [(part.kind, part.name, first.text[part.start : part.end]) for part in first.parts]
    assert found == [
        ("mark", "claim:a+b?of=c", "naik"),
        ("mark", "given:age", "18"),
        ("reference", "fig:x", "@fig:x"),
        ("citation", "k", "[@k, hlm. 3]"),
        ("link", "http://a.b", "t"),
        ("code", "", "5"),
        ("math", "", "x"),
        ("quoted", "", "kata"),
        ("language", "en", "child"),
        ("note", "", ""),
        ("mark", "claim:d", "s"),
    ]


def test_an_equation_has_its_id() -> None:
    (passage,) = passages('$$a = b$$ {#eq:rate alt="a sama dengan b"}')
    assert [part.name for part in passage.within("equation")] == ["eq:rate"]


def test_settings_are_prose_in_the_order_of_the_file() -> None:
    text = "---\nsubtitle: Dua\ntitle: Satu\nkeywords: [a, b]\nstatements:\n  data: Ada 7.\n---\n"
    found = [(passage.kind, passage.text) for passage in passages(text, settings=True)]
    assert found == [
        ("title", "Dua"),
        ("title", "Satu"),
        ("keyword", "a"),
        ("keyword", "b"),
        ("statement", "Ada 7."),
    ]


def test_the_section_is_that_of_the_heading_above() -> None:
    found = passages("Awal.\n\n# A {#sec:a}\n\nIsi.\n\n## B {#sec:b}\n\nIsi lain.\n")
    assert [passage.section for passage in found] == ["", "sec:a", "sec:a", "sec:b", "sec:b"]


def test_offsets_are_given_only_for_characters_that_stand_there_just_so() -> None:
    text = "Kata *miring* 12 &amp; sini"
    (passage,) = passages(text)
    start = passage.text.index("12")
    assert passage.offsets(start, start + 2) == (text.index("12"), text.index("12") + 2)
    whole = passage.text.index("Kata"), passage.text.index("12")
    assert passage.offsets(*whole) is None


SPANNING = """
+-----+-----+-----+
| a   | b   | c   |
+=====+=====+=====+
| d   | e         |
|     +-----+-----+
|     | f   | g   |
+-----+-----+-----+
"""


def test_a_cell_has_its_place_in_its_table() -> None:
    found = passages("| x |\n|---|\n| y |\n\n" + SPANNING + "\nText.")
    places = {
        passage.text: (passage.cell.table, passage.cell.row, passage.cell.column)
        for passage in found
        if passage.cell
    }
    assert places == {
        "x": (1, 1, 1),
        "y": (1, 2, 1),
        "a": (2, 1, 1),
        "b": (2, 1, 2),
        "c": (2, 1, 3),
        "d": (2, 2, 1),
        "e": (2, 2, 2),
        "f": (2, 3, 2),
        "g": (2, 3, 3),
    }
    assert found[-1].cell is None


def test_what_stands_in_a_division_of_notes_is_below() -> None:
    text = "Before.\n\n::: notes\n- One.\n\nTwo.\n:::\n\n::: aside\nBehind.\n:::"
    assert {passage.text: passage.below for passage in passages(text)} == {
        "Before.": False,
        "One.": True,
        "Two.": True,
        "Behind.": False,
    }
