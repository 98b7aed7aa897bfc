from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bukti.base.diagnostic import Problem
from bukti.base.tree import walk
from bukti.render.nodes import plain_text
from bukti.tools import pandoc

HERE = Path(__file__).parent


def test_tex_and_raw_attributes_do_not_vanish() -> None:
    tree, _ = pandoc.read_markdown("Lihat \\ref{x}.\n\n\\vspace{1cm}\n\n`a`{=html}\n")
    text = plain_text(tree["blocks"])
    assert "\\ref{x}" in text and "\\vspace{1cm}" in text and "a{=html}" in text


def test_text_between_rules_and_references_in_brackets_are_text() -> None:
    tree, _ = pandoc.read_markdown("Satu.\n\n---\nauthor: x\n---\n\n(@fig:x) menunjukkan\n")
    assert "author: x" in plain_text(tree["blocks"])
    assert {node["t"] for node in walk(tree["blocks"])} >= {"Cite", "Para"}
    assert tree["meta"] == {}


def test_a_picture_that_is_not_there_is_a_finding() -> None:
    tree, _ = pandoc.read_markdown("![a](none.png)")
    _, found = pandoc.convert(tree, "docx", path="manuscript/id/01.md")
    assert [each.code for each in found] == ["REN104"]
    assert found[0].arguments == {"picture": "none.png"}


def test_a_formula_that_cannot_be_set_is_a_finding() -> None:
    tree, _ = pandoc.read_markdown("$\\foo{x}$")
    _, found = pandoc.convert(tree, "typst")
    assert [(each.code, each.arguments["formula"]) for each in found] == [("REN105", "\\foo{x}")]


def test_files_outside_are_out_of_reach(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n")
    tree, _ = pandoc.read_markdown(f"![a]({secret})")
    _, found = pandoc.convert(tree, "docx")
    assert [each.code for each in found] == ["REN104"]


def test_citations_are_written_out_and_unknown_ones_reported() -> None:
    tree, _ = pandoc.read_markdown("Lihat [@rahman2020, hlm. 3] dan [@nobody].")
    cited, warned = pandoc.citeproc(tree, bibliography=HERE / "sample.bib", lang="id")
    assert "(Rahman dkk. 2020, 3)" in plain_text(cited["blocks"])
    assert [entry.fields["message"] for entry in warned] == ["citation nobody not found"]
    assert cited["meta"] == {}


def test_a_style_that_needs_another_is_refused(tmp_path: Path) -> None:
    style = tmp_path / "short.csl"
    style.write_text('<style><info><link rel="independent-parent"/></info></style>')
    with pytest.raises(Problem) as caught:
        pandoc.citeproc(
            {"pandoc-api-version": [1, 23], "meta": {}, "blocks": []},
            bibliography=HERE / "sample.bib",
            csl=style,
            lang="id",
        )
    assert caught.value.diagnostics[0].code == "REN106"


def test_a_damaged_bibliography_does_not_show_where_it_lies(tmp_path: Path) -> None:
    damaged = tmp_path / "sample.bib"
    shutil.copy(HERE / "sample.bib", damaged)
    damaged.write_text(damaged.read_text() + "\n@book{x, title={a")
    tree, _ = pandoc.read_markdown("[@x]")
    with pytest.raises(Problem) as caught:
        pandoc.citeproc(tree, bibliography=damaged, lang="id")
    (fault,) = caught.value.diagnostics
    assert fault.code == "REN102"
    assert str(tmp_path) not in fault.arguments["reason"]


def test_a_text_that_takes_too_long_is_ended() -> None:
    with pytest.raises(Problem) as caught:
        pandoc.read_markdown("[" * 50_000, seconds=0.5)
    assert caught.value.diagnostics[0].code == "REN103"
