from __future__ import annotations

from typing import Any

import pytest

from bukti.manuscript.node_places import Kind, Sought, places_of
from bukti.tools import pandoc


def read(text: str) -> dict[str, Any]:
    return pandoc.read_markdown(text)[0]


def found(text: str, kind: Kind, content: str) -> list[str]:
    sought = Sought(kind=kind, content=content)
    spans = places_of("a.md", text, [sought], read).get(sought, ())
    lines = text.splitlines()
    return [
        f"{span.line}:{span.column} {lines[(span.line or 1) - 1][(span.column or 1) - 1 :][:12]}"
        for span in spans
    ]


@pytest.mark.parametrize(
    ("text", "content", "places"),
    [
        ("`$x^2$` and $x^2$ and \\$x^2\\$ and $ x $.", "x^2", ["1:14 x^2$ and \\$x"]),
        ("A $a$ and $a$.", "a", ["1:4 a$ and $a$.", "1:12 a$."]),
        ("> $$ a +\n> b $$", "a +\nb", ["1:6 a +"]),
        ("- item\n\n  $$\n  a\n  $$\n", "\na\n", ["4:3 a"]),
        ("<!-- $a$ --> none", "a", []),
    ],
)
def test_formulas_are_found_where_pandoc_reads_formulas(
    text: str, content: str, places: list[str]
) -> None:
    assert found(text, Kind.FORMULA, content) == places


@pytest.mark.parametrize(
    ("text", "content", "places"),
    [
        ("![a](x.png) `![a](x.png)`", "x.png", ["1:6 x.png) `![a]"]),
        ("![a](<x y.png>)", "x%20y.png", ["1:7 x y.png>)"]),
        ("![a][r] [b][r]\n\n[r]: x.png", "x.png", ["3:6 x.png"]),
        ("[a](x.png) ![b](x.png 'T')", "x.png", ["1:17 x.png 'T')"]),
        ("![a]() ![b](c.png)", "", ["1:1 ![a]() ![b]("]),
        ("[a]()", "", []),
    ],
)
def test_pictures_are_found_by_their_address(text: str, content: str, places: list[str]) -> None:
    assert found(text, Kind.PICTURE, content) == places


def test_tags_and_characters_are_found_in_text_alone() -> None:
    text = "a<b>c</b> `<b>` \\<b> <!-- <b> -->"
    assert found(text, Kind.TAG, "<b>") == ["1:2 <b>c</b> `<b"]
    text = "a \u6f22 `\u6f22` $\\text{\u6f22}$ [x](y\u6f22) <!-- \u6f22 -->"
    assert len(found(text, Kind.CHARACTERS, "\u6f22")) == 3


def test_nothing_sought_reads_nothing() -> None:
    def never(text: str) -> dict[str, Any]:
        raise AssertionError(text)

    assert places_of("a.md", "text", [], never) == {}
    assert places_of("a.md", "text", [Sought(kind=Kind.LINK, content="#x")], never) == {}
