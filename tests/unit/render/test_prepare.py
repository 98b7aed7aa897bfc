from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from bukti.base.tree import walk
from bukti.render.nodes import attr_of, plain_text
from bukti.render.pictures import read_picture
from bukti.render.plan import FigureFiles, Invocation
from bukti.render.prepare import EXHIBIT, prepare
from bukti.render.tables import read_table
from bukti.render.typst_code import quoted
from bukti.render.typst_document import TypstDocument
from bukti.tools import pandoc

Paper = Callable[..., Invocation]


def test_a_figure_takes_its_source_along(paper: Paper) -> None:
    prepared = prepare(paper())
    groups = [each for each in prepared.body if EXHIBIT in attr_of(each)[1]]
    assert [[inner["t"] for inner in each["c"][1]] for each in groups] == [
        ["Figure", "Div"],
        ["Table", "Div"],
        ["Figure"],
    ]
    assert prepared.labels["fig:trend"] == "Gambar 1"
    assert prepared.labels["eq:rate"] == "(1)"


def test_citations_and_quotations_are_only_words(paper: Paper) -> None:
    kinds = {node["t"] for node in walk(prepare(paper()).body)}
    assert not kinds & {"Cite", "Quoted", "RawInline", "RawBlock"}


def test_references_get_a_heading_unless_they_have_one(paper: Paper) -> None:
    assert plain_text(prepare(paper()).back[0]) == "Daftar Pustaka"
    given = paper()
    blocks = list(given.tree["blocks"])
    own = {"t": "Header", "c": [1, ["", [], []], [{"t": "Str", "c": "Rujukan"}]]}
    blocks.insert(len(blocks) - 1, own)
    prepared = prepare(dataclasses.replace(given, tree={**given.tree, "blocks": blocks}))
    assert plain_text(prepared.back[0]) == "Rujukan"
    assert sum(each["t"] == "Header" for each in prepared.back) == 1


def test_a_link_to_nowhere_is_found_and_its_words_stay(paper: Paper) -> None:
    prepared = prepare(paper(extra="\n\n[lihat *sana*](#sec:none)\n"))
    assert [each.code for each in prepared.diagnostics] == ["REN108"]
    assert plain_text(prepared.body).endswith("lihat sana")


def test_a_second_identifier_is_dropped(paper: Paper) -> None:
    prepared = prepare(paper(extra="\n\n# Lagi {#sec:results}\n"))
    names = [attr_of(node)[0] for node in walk(prepared.body)]
    assert names.count("sec:results") == 1


def test_a_paper_without_metadata_can_be_set(paper: Paper) -> None:
    given = paper()
    bare = dataclasses.replace(given, tree={**given.tree, "meta": {}})
    prepared = prepare(bare)
    assert [each.code for each in prepared.diagnostics] == ["REN123"]
    assert TypstDocument(bare, prepared).blocks()


def test_cells_know_their_columns_below_spanning_rows() -> None:
    grid = (
        "+-----+----:+\n| a   | b   |\n+=====+=====+\n"
        "| c   | 1   |\n|     +-----+\n|     | 2   |\n+-----+-----+\n"
    )
    tree, _ = pandoc.read_markdown(grid.replace("----:+", "-----+").replace("=====+\n", "====:+\n"))
    table = read_table(tree["blocks"][0], "id")
    assert [[cell.align for cell in row] for row in table.body] == [["left", "right"], ["right"]]
    assert table.body[0][0].rows == 2
    assert {cell.heads for cell in table.head[0]} == {"col"}


@pytest.mark.parametrize(
    ("width", "millimetres"),
    [("50%", 76.0), ("8cm", 80.0), ("1in", 25.4), ("96px", 25.4), ("999mm", 152.0), ("much", None)],
)
def test_widths_are_read_and_limited(paper: Paper, width: str, millimetres: float | None) -> None:
    given = dataclasses.replace(paper(), pictures={"a.svg": b"<svg xmlns='x'/>"})
    attr = ["", [], [["width", width], ["alt", "A."]]]
    picture = read_picture({"t": "Image", "c": [attr, [], ["a.svg", ""]]}, given, [])
    assert picture is not None
    assert picture.width_mm == pytest.approx(millimetres) if millimetres else not picture.width_mm


def test_a_picture_of_an_unknown_kind_is_a_finding(paper: Paper) -> None:
    given = dataclasses.replace(paper(), pictures={"a.tif": b"II*\0"})
    found: list[object] = []
    image = {"t": "Image", "c": [["", [], []], [], ["a.tif", ""]]}
    assert read_picture(image, given, found) is None  # type: ignore[arg-type]
    assert len(found) == 1


def test_a_caption_is_no_alt_text(paper: Paper) -> None:
    given = dataclasses.replace(
        paper(), figures={"x": FigureFiles(svg=b"", png=b"\x89PNG\r\n", width_mm=50)}
    )
    found: list[object] = []
    image = {"t": "Image", "c": [["", [], []], [], ["figure:x", ""]]}
    caption = [{"t": "Plain", "c": [{"t": "Str", "c": "Judul"}]}]
    picture = read_picture(image, given, found, caption)  # type: ignore[arg-type]
    assert picture is not None and picture.alt == "Judul"
    assert found == []  # the stage manuscript tells it, at its place


def test_strings_of_typst_hold_any_text() -> None:
    assert quoted('a "b" \\ c\n') == '"a \\"b\\" \\\\ c\\n"'
