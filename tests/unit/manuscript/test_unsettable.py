"""What cannot be set is told once and is not in the tree that the writers get."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.base.tree import walk
from bukti.manuscript.formulas import FormulaFault
from bukti.manuscript.picture_faults import Pictures
from bukti.manuscript.unsettable import Setting, faults_of, identifiers_of, placed, settable
from bukti.tools import pandoc

FOLDER = "manuscript/en"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
SETTING = Setting(
    formulas={"\\x": FormulaFault(code="REN105")},
    unshown=frozenset("\u6f22\u5b57"),
    pictures=Pictures(names=frozenset({f"{FOLDER}/a.svg"}), read=lambda path: SVG),
    identifiers=frozenset({"sec:a"}),
)


def read(text: str) -> dict[str, Any]:
    return pandoc.read_markdown(text)[0]


def told(text: str) -> list[str]:
    faults = faults_of(read(text), FOLDER, SETTING)
    found = placed(faults, "a.md", text, read)
    return sorted(f"{each.code} {str(each.span).removeprefix('a.md:')}" for each in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A $\\x$ and $\\x$.", ["REN105 1:13", "REN105 1:4"]),
        ("A \u6f22\u5b57 and \u6f22, \u5b57.", ["REN116 1:3"]),
        ("&#x6f22;", ["REN116 a.md"]),
        ("a<b>c</b> d</i>", ["REN107 1:12", "REN107 1:2"]),
        ("[a](#sec:a) [b](#sec:b) [c](#ref-x) [d](https://e.org/#f)", ["REN108 1:17"]),
        ("![x](a.svg){alt=y} ![z](figure:t) ![](claim:a)", []),
        ("![x](a.svg)", ["REN122 1:6"]),
        ("a ![x](a.svg) b", []),
        ("a ![](a.svg) b", ["REN122 1:7"]),
        ("![x](data:image/png;base64,AA)", ["REN127 1:6"]),
        ("[x]{a=1 a=2}", ["REN130 1:9"]),
        ("<!-- <b>$\\x$ \u6f22 --> `<b>\\x`", []),
    ],
)
def test_faults_are_told_at_their_places(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_the_tree_that_is_set_holds_nothing_that_cannot_be() -> None:
    text = "A $\\x$ $y$ a<b>c</b><!-- n --> [w](#no) ![q](no.png) ![q](a.svg) ![q](claim:x)\n"
    tree = settable(read(text)["blocks"], FOLDER, SETTING)
    nodes = list(walk(tree))
    assert [node["c"][1] for node in nodes if node["t"] == "Math"] == ["y"]
    assert [node["c"][1] for node in nodes if node["t"] == "Code"] == ["\\x"]
    assert [node["c"][1] for node in nodes if node["t"] == "RawInline"] == ["<!-- n -->"]
    assert not any(node["t"] == "Link" for node in nodes)
    addresses = [node["c"][2][0] for node in nodes if node["t"] == "Image"]
    assert addresses == ["unset:no.png", f"{FOLDER}/a.svg", "unset:claim:x"]


def test_links_lead_to_whatever_has_an_identifier() -> None:
    tree = read("# A {#sec:a}\n\n[b]{#b}\n\n::: {#c}\nd\n:::\n")
    assert identifiers_of(tree["blocks"]) == {"sec:a", "b", "c"}
