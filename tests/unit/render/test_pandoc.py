from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bukti.base.diagnostic import Problem
from bukti.base.language import language_of
from bukti.base.tree import walk
from bukti.manuscript.locators import understood
from bukti.project.citation_style import style_file
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


def cited(text: str, style: str | None, lang: str = "id") -> str:
    tree, _ = pandoc.read_markdown(text)
    understood(tree, lang)
    csl = style_file(HERE, style)
    terms = language_of(lang).citation_terms
    done, warned = pandoc.citeproc(
        tree, bibliography=HERE / "sample.bib", csl=csl, lang=lang, terms=terms
    )
    assert warned == ()
    return " ".join(pandoc.convert(done, "plain", arguments=["--wrap=none"])[0].decode().split())


@pytest.mark.parametrize(
    ("style", "text", "wanted"),
    [
        (None, "[@rahman2020, hal. 5]", "(Rahman dkk. 2020, 5)"),
        (None, "[@rahman2020, bab 2]", "(Rahman dkk. 2020, bab 2)"),
        ("apa", "[@rahman2020, h. 3]", "(Rahman dkk., 2020, hlm. 3)"),
        ("apa", "[@rahman2020, halaman 3--4]", "(Rahman dkk., 2020, hlm. 3–4)"),
        ("apa", "[lihat @rahman2020, p. 3]", "(lihat Rahman dkk., 2020, hlm. 3)"),
        ("ieee", "[@rahman2020]", "[1]"),
    ],
)
def test_styles_speak_the_language_of_the_edition(
    style: str | None, text: str, wanted: str
) -> None:
    assert wanted in cited(text, style)


def test_a_style_of_notes_makes_notes_that_grow_short() -> None:
    text = cited(
        "Satu [@rahman2020, hlm. 3]. Dua [@sari2018]. Tiga [@rahman2020, hlm. 4].",
        "chicago-notes-bibliography",
    )
    assert "Satu.[1] Dua.[2] Tiga.[3]" in text
    assert "[1] Dewi Rahman dkk., “Early" in text
    assert "[3] Rahman dkk., “Early" in text


def test_terms_are_added_for_one_language() -> None:
    style = b'<style xmlns="http://purl.org/net/xbiblio/csl"><info/><citation/></style>'
    changed = pandoc.with_terms(style, "id", {"chapter.short": "bab", "retrieved": "diakses"})
    assert b'xml:lang="id"' in changed
    assert b'<term name="chapter" form="short"><single>bab</single>' in changed
    assert b'<term name="retrieved">diakses</term>' in changed
    assert changed.index(b"<info/>") < changed.index(b"<locale") < changed.index(b"<citation/>")
    assert pandoc.with_terms(style, "id", {}) == style


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
