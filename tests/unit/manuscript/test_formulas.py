from __future__ import annotations

import pytest

from bukti.manuscript.formulas import faults_in, snippets_of, tree_of_formulas
from bukti.manuscript.unsettable import COMMON, rare_characters
from bukti.tools import pandoc, typst
from bukti.tools.environment import ENGINE

FONTS = ENGINE / "fonts"


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("x_i = \\frac{n_i}{N_i} \\times 100", ""),
        ("\\begin{cases}a & b\\\\ c & d\\end{cases}", ""),
        ("\\boxed{x} \\phantom{y} \\hspace{1cm} \\label{eq:x}", ""),
        ("\\text{\u6f22}", ""),  # a sign without a shape is told as such
        ("\\rate{2020}", "REN105 formula-command \\rate"),
        ("\\frac{a}{b", "REN105 formula-unfinished"),
        ("a & b", "REN105 formula-sign '&'"),
        ("\\sqrt{}", "REN109"),
        ("\\frac{}{}", "REN109"),
    ],
)
def test_formulas_are_tried_before_anything_is_set(formula: str, told: str) -> None:
    formulas = ("a", formula, "b")
    written, refused = pandoc.typst_formulas(tree_of_formulas(formulas, [1, 23, 1]))
    snippets = snippets_of(written, formulas)
    failed, _ = typst.probe(tuple(snippets.values()), (), fonts=[FONTS])
    faults = faults_in(refused, snippets, failed)
    notes = [f" {n.key} {' '.join(n.arguments.values())}" for x in faults.values() for n in x.notes]
    shown = "".join(x.code for x in faults.values()) + "".join(notes)
    assert shown.strip() == told
    assert set(faults) <= {formula}


def test_every_common_character_has_a_glyph() -> None:
    common = [chr(code) for first, last in COMMON for code in range(first, last + 1)]
    assert rare_characters(["".join(common)]) == ()
    _, unshown = typst.probe((), common, fonts=[FONTS])
    assert sorted(unshown) == []


def test_characters_that_no_font_has_are_named() -> None:
    assert rare_characters(["a\u6f22\u1e25", "\U0001f600"]) == ("\u1e25", "\u6f22", "\U0001f600")
    _, unshown = typst.probe((), ("\u1e25", "\u6f22", "\U0001f600"), fonts=[FONTS])
    assert unshown == {"\u6f22", "\U0001f600"}
