from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pytest

from bukti.base.diagnostic import Problem
from bukti.render.pdf import render_pdf, typst_sources
from bukti.render.plan import Invocation, TypesetResult, Typesetter
from bukti.tools import pandoc, typst

Paper = Callable[..., Invocation]


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    with opened(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join("\n".join(pages).split())


def test_the_same_paper_gives_the_same_bytes(paper: Paper, typeset: Typesetter) -> None:
    first, _ = render_pdf(paper(), convert=pandoc.convert, typeset=typeset)
    second, _ = render_pdf(paper(), convert=pandoc.convert, typeset=typeset)
    assert first == second


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_sound_paper_has_no_findings(paper: Paper, typeset: Typesetter, language: str) -> None:
    pdf, found = render_pdf(paper(language), convert=pandoc.convert, typeset=typeset)
    assert found == ()
    assert pdf.startswith(b"%PDF-")


def test_all_parts_stand_in_the_text(paper: Paper, typeset: Typesetter) -> None:
    pdf, _ = render_pdf(paper(), convert=pandoc.convert, typeset=typeset)
    text = text_of(pdf)
    for words in (
        "DRAF",
        "Abstrak",
        "Keywords:",
        "2,30 persen",
        "Gambar 1. Angka perkawinan anak menurut tahun",
        "Tabel 1. Angka perkawinan anak menurut provinsi",
        "Sumber: Badan statistik.",
        "Ketersediaan data",
        "Daftar Pustaka",
        "2.1",
        "“memperlebar”",
    ):
        assert words in text
    assert text.index("Ketersediaan data") < text.index("Daftar Pustaka")


def test_a_finished_paper_does_not_say_draft(paper: Paper, typeset: Typesetter) -> None:
    pdf, _ = render_pdf(paper(draft=False), convert=pandoc.convert, typeset=typeset)
    assert "DRAF" not in text_of(pdf)


def test_properties_and_evidence_are_in_the_file(paper: Paper, typeset: Typesetter) -> None:
    pdf, _ = render_pdf(paper(), convert=pandoc.convert, typeset=typeset)
    with opened(pdf) as document:
        properties = document.get_metadata_dict()
        attached = document.get_attachment(0)
        name, data = attached.get_name(), bytes(attached.get_data())
        outline = [item.get_title() for item in document.get_toc()]
    assert properties["Title"].startswith("Perkawinan anak")
    assert properties["Author"] == "Dewi Rahmawati, Suparman"
    assert (name, data) == ("evidence.id.json", paper().evidence)
    assert b"pdfaid:part" in pdf and b"pdfuaid:part" in pdf
    assert outline[:2] == ["1\u2002Pendahuluan", "1.1\u2002Metode"]


def test_a_long_table_is_complete(paper: Paper, typeset: Typesetter) -> None:
    rows = "".join(f"| baris{number} | {number * 37} |\n" for number in range(120))
    extra = f"\n\n| nama | nilai |\n|:--|--:|\n{rows}\n: Tabel panjang {{#tbl:long}}\n"
    pdf, _ = render_pdf(paper(extra=extra), convert=pandoc.convert, typeset=typeset)
    text = text_of(pdf)
    assert all(f"baris{number} {number * 37}" in text for number in range(120))
    assert text.count("nama nilai") > 2


def test_formulas_know_nothing_of_the_template(paper: Paper, typeset: Typesetter) -> None:
    extra = "\n\n$a\\,b\\;c\\quad \\text{thin} + \\sum_{i=1}^n x_i^2 \\leq \\alpha$\n"
    pdf, found = render_pdf(paper(extra=extra), convert=pandoc.convert, typeset=typeset)
    assert found == ()
    assert "luma" not in text_of(pdf)


@pytest.mark.parametrize(
    "words",
    [
        "- minus",
        "= sama",
        "\\# pagar",
        "@ at",
        "\\$5 dan \\$6",
        "a_b*c*`d`",
        "\\<x\\>",
        "//",
        "]",
        "/ x: y",
    ],
)
def test_signs_of_typst_are_only_signs(paper: Paper, typeset: Typesetter, words: str) -> None:
    table = f"| {words} |\n|:--|\n| {words} |\n\n: {words}"
    extra = f"\n\n# {words}\n\n{table}\n\n[{words}](#sec:results)\n"
    _, found = render_pdf(paper(extra=extra), convert=pandoc.convert, typeset=typeset)
    assert found == ()


def test_skipped_heading_levels_do_not_stop_the_pdf(paper: Paper, typeset: Typesetter) -> None:
    extra = "\n\n#### Dalam\n\nTeks.\n"
    pdf, _ = render_pdf(paper(extra=extra), convert=pandoc.convert, typeset=typeset)
    assert "Dalam" in text_of(pdf)


def test_an_unknown_fault_names_the_part_of_the_paper_and_nothing_of_the_code(
    paper: Paper, typeset: Typesetter
) -> None:
    def broken(sources: Mapping[str, bytes], *, epoch: int = 0) -> TypesetResult:
        main = sources["main.typ"].replace(
            b"// part: Lampiran\n", b"// part: Lampiran\n\n#nowhere\n"
        )
        return typeset({**sources, "main.typ": main}, epoch=epoch)

    with pytest.raises(Problem) as caught:
        render_pdf(
            paper(extra="\n\n# Lampiran\n\nTeks.\n"),
            convert=pandoc.convert,
            typeset=broken,
            kept="outputs/logs/x.typ",
        )
    (fault,) = caught.value.diagnostics
    assert fault.code == "REN111"
    assert fault.arguments == {"part": "Lampiran", "kept": "outputs/logs/x.typ"}
    assert not fault.notes


DRAWN = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">%b</svg>'


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\nbroken",
        DRAWN % b'<image href="x.png" width="9" height="9"/>',
        DRAWN % b"<te",
    ],
)
def test_a_picture_that_cannot_be_drawn_does_not_stop_the_pdf(
    paper: Paper, typeset: Typesetter, data: bytes
) -> None:
    extra = "\n\n![Peta](peta.png){alt='Peta.'}\n\nBaris ![kecil](peta.png) ini.\n"
    given = dataclasses.replace(paper(extra=extra), pictures={"peta.png": data})
    pdf, found = render_pdf(given, convert=pandoc.convert, typeset=typeset)
    assert {(each.code, each.arguments["picture"]) for each in found} == {("REN119", "peta.png")}
    assert "ini." in text_of(pdf)


def test_characters_without_a_glyph_are_squares_and_told_where_a_picture_has_them(
    paper: Paper, typeset: Typesetter
) -> None:
    extra = "\n\nKata \u6f22.\n\n![Peta](peta.svg){alt='Peta \u6f22.'}\n"
    drawn = DRAWN % '<text y="9">\u6f22\u5b57 a</text>'.encode()
    given = dataclasses.replace(paper(extra=extra), pictures={"peta.svg": drawn})
    pdf, found = render_pdf(given, convert=pandoc.convert, typeset=typeset)
    assert [(each.code, dict(each.arguments)) for each in found] == [
        ("REN118", {"picture": "peta.svg", "characters": "\u5b57"})
    ]
    assert "Kata \u25a1." in text_of(pdf)
    assert b"/Alt<FEFF" + "Peta \u6f22.".encode("utf-16-be").hex().upper().encode() in pdf


def test_characters_without_a_glyph_in_formulas_and_code_are_squares(
    paper: Paper, typeset: Typesetter
) -> None:
    extra = "\n\nSatu $\\text{\u6f22} x$ dua `\u5b57`, *\u5b57*.\n\n# Bab \u6f22\n\n    \u6f22\n"
    pdf, found = render_pdf(paper(extra=extra), convert=pandoc.convert, typeset=typeset)
    assert found == ()  # the stage manuscript tells them, at their places
    assert text_of(pdf).count("\u25a1") >= 5
    assert "\u6f22" not in text_of(pdf)


def test_warnings_of_typst_have_codes_of_their_own(paper: Paper, typeset: Typesetter) -> None:
    def warned(sources: Mapping[str, bytes], *, epoch: int = 0) -> TypesetResult:
        made = typeset(sources, epoch=epoch)
        texts = ("document did not converge within five attempts", "value of x did not converge")
        said = (*texts, "something new about line 3 of main.typ")
        return dataclasses.replace(  # type: ignore[type-var]
            made, warnings=tuple(typst.TypstMessage(text=text) for text in said)
        )

    _, found = render_pdf(paper("en"), convert=pandoc.convert, typeset=warned, kept="k.typ")
    assert [(each.code, dict(each.arguments)) for each in found] == [
        ("REN117", {}),
        ("REN115", {"kept": "k.typ"}),
    ]


def test_pictures_of_pixels_are_set_in_figures_and_lines(paper: Paper, typeset: Typesetter) -> None:
    extra = "\n\n![Peta](peta.png){alt='Peta.'}\n\nBaris ![kecil](peta.png){width=5mm} ini.\n"
    given = paper(extra=extra)
    given = dataclasses.replace(given, pictures={"peta.png": given.figures["trend"].png})
    pdf, found = render_pdf(given, convert=pandoc.convert, typeset=typeset)
    assert found == ()
    assert pdf.count(b"/Subtype/Image") + pdf.count(b"/Subtype /Image") >= 1


def test_a_figure_that_no_notebook_made_leaves_a_frame(paper: Paper, typeset: Typesetter) -> None:
    without = dataclasses.replace(paper(), figures={})
    pdf, found = render_pdf(without, convert=pandoc.convert, typeset=typeset)
    assert [each.code for each in found] == ["REN121", "REN121"]
    assert "Gambar 1" in text_of(pdf)


def test_a_missing_font_is_an_error(paper: Paper, typeset: Typesetter) -> None:
    def renamed(sources: Mapping[str, bytes], *, epoch: int = 0) -> TypesetResult:
        page = sources["settings.typ"].replace(b"Source Sans 3", b"Nowhere Sans")
        return typeset({**sources, "settings.typ": page}, epoch=epoch)

    _, found = render_pdf(paper("en"), convert=pandoc.convert, typeset=renamed)
    assert {(each.code, each.arguments["font"]) for each in found} == {("REN114", "nowhere sans")}


def test_divided_words_leave_no_soft_hyphens_within_lines(
    paper: Paper, typeset: Typesetter
) -> None:
    words = "pertanggungjawaban pelaksanaan perlindungan ketenagakerjaan instrumen " * 60
    text = text_of(
        render_pdf(paper("id", extra=f"\n\n{words}"), convert=pandoc.convert, typeset=typeset)[0]
    )
    ends = re.findall(r"\w+\ufffe\w+", text)  # how pdfium shows a hyphen at the end of a line
    assert len(ends) > 5
    assert {end.replace("\ufffe", "") for end in ends} & set(words.split())
    assert not re.search("\u00ad\\w", text)


def test_ranges_and_units_stay_on_one_line(paper: Paper) -> None:
    extra = "\n\nPada 2016–2020 sebanyak 2,30 persen dan Rp 1.000 menurut Pasal 74."
    sources, _ = typst_sources(paper("id", extra=extra), convert=pandoc.convert)
    main = sources["main.typ"].decode()
    assert "#box[2016--2020]" in main
    for tied in ("2,30~persen", "Rp~1.000", "Pasal~74"):
        assert tied in main


def test_an_entry_of_the_references_is_set_in_its_language(paper: Paper) -> None:
    extra = "\n\n::: {#ref-x .csl-entry lang=nl}\nEen titel.\n:::\n"
    sources, _ = typst_sources(paper(extra=extra), convert=pandoc.convert)
    entry = sources["main.typ"].decode().partition('#paper.reference(language: "nl"')[2]
    assert "Een titel." in entry
