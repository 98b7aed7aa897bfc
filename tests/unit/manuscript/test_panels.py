"""Several pictures in one figure: what is one, and what is not."""

from __future__ import annotations

import pytest

from bukti.base.tree import Node, attributes
from bukti.manuscript.numbering import Numbering
from bukti.manuscript.panels import Panels, letter, panels_of
from bukti.manuscript.tree import plain_text
from bukti.tools import pandoc

TWO = "![A](a.png){#fig:a} ![B](b.png)\n\n"


def division(text: str, identifier: str = "fig:x") -> Node:
    tree, _ = pandoc.read_markdown(f"::: {{#{identifier}}}\n{text}\n:::\n")
    (block,) = tree["blocks"]
    assert block["t"] == "Div"
    return dict(block)


def found(text: str) -> Panels:
    panels = panels_of(division(text))
    assert panels is not None
    return panels


def test_pictures_of_a_paragraph_are_a_row() -> None:
    panels = found(f"{TWO}![C](c.png){{alt='The third'}}\n\nAll *three*.")
    assert [[image["c"][2][0] for image in row] for row in panels.rows] == [
        ["a.png", "b.png"],
        ["c.png"],
    ]
    assert plain_text(panels.caption) == "All three."
    alone = panels.rows[1][0]
    assert (plain_text(alone["c"][1]), alone["c"][0][2]) == ("C", [["alt", "The third"]])


@pytest.mark.parametrize(
    "text",
    [
        "![A](a.png) ![B](b.png)",
        "![A](a.png)\n\nOne picture.",
        f"{TWO}Words between.\n\n![C](c.png)\n\nAll.",
        f"{TWO}- a list",
        "",
    ],
)
def test_other_divisions_are_no_figure(text: str) -> None:
    assert panels_of(division(text)) is None


def test_the_id_says_that_it_is_a_figure() -> None:
    assert panels_of(division(f"{TWO}All.", "tbl:x")) is None


def test_letters() -> None:
    assert [letter(place) for place in (0, 25, 26, 27, 701, 702)] == [
        "a",
        "z",
        "aa",
        "ab",
        "zz",
        "aaa",
    ]


def test_pictures_are_numbered_within_their_figure() -> None:
    images = [
        {"t": "Image", "c": [attributes(f"fig:{name}", ["panel"]), [], ["a.png", ""]]}
        for name in "pq"
    ]
    caption = [None, [{"t": "Plain", "c": []}]]
    blocks = [{"t": "Plain", "c": images}]
    figures = [
        {"t": "Figure", "c": [attributes("fig:before"), caption, []]},
        {"t": "Figure", "c": [attributes("fig:x"), caption, blocks]},
    ]
    numbering = Numbering(language="en")
    numbering.number(figures)
    assert {name: label.number for name, label in numbering.labels.items()} == {
        "fig:before": "1",
        "fig:x": "2",
        "fig:p": "2a",
        "fig:q": "2b",
    }
