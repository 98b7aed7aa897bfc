"""Drafts in Markdown, of pandoc, Quarto and R Markdown: their words stay as they were written."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.word import heading, item, paragraph, png, word, zotero

from bukti.base.diagnostic import Problem
from bukti.draft.plain import sections, titled, without_settings
from bukti.draft.plain_notes import rejoined
from bukti.draft.records import Draft, Imported
from bukti.draft.step import imported

PROSE = "Kajian ini membahas kerja sama yang dilakukan oleh negara dan lembaga untuk anak."
WORKS = "@book{nawawi2001,\n  author = {Nawawi},\n  title = {Metode},\n  year = {2001},\n}\n"


def take(text: str, name: str = "naskah.md", beside: Mapping[str, bytes] | None = None) -> Imported:
    draft = Draft(name=name, data=text.encode(), language="id", beside=(beside or {}).get)
    return imported([draft], "en")


def text(found: Imported, name: str) -> str:
    return found.files[f"manuscript/{name}"].decode()


def page(found: Imported) -> str:
    return found.files[found.page].decode()


def test_settings_become_the_front_and_the_byline() -> None:
    found = take(
        "---\ntitle: 'Nikel: *downstreaming*'\nsubtitle: Bukti\nauthor:\n  - name: Triani Safira\n"
        "    affiliations:\n      - name: Universitas A\n        city: Depok\n"
        "    email: a@b.id\n    orcid: https://orcid.org/0000-0002-1825-0097\n"
        "  - name: {given: Budi, family: Kusuma}\n    affiliation: [B, C]\n"
        "abstract: |\n  Turun 2,5 persen.\nkeywords: [anak, negara]\ndate: 2026\n---\n\n"
        f"# Satu\n\n{PROSE}\n"
    )
    assert text(found, "id/front.md") == (
        '---\ntitle: "Nikel: *downstreaming*"\nsubtitle: "Bukti"\nkeywords:\n  - "anak"\n'
        '  - "negara"\n---\n'
    )
    assert text(found, "id/00-abstract.md") == "Turun 2,5 persen.\n"
    first, second = found.authors
    assert (first.name, first.affiliation) == ("Triani Safira", "Universitas A, Depok")
    assert (first.email, first.orcid) == ("a@b.id", "0000-0002-1825-0097")
    assert (second.name, second.affiliation) == ("Budi Kusuma", "B; C")
    assert "- date: 2026" in page(found)


def test_empty_settings_are_none_and_unknown_ones_are_listed() -> None:
    found = take(
        "---\ntitle: ''\nauthor:\n  - name: Ani\n    role: editor\n    affiliation:\n"
        f"      - name: A\n        region: Bali\n  - ''\n---\n\n# Satu\n\n{PROSE}\n"
    )
    assert [author.name for author in found.authors] == ["Ani"]
    assert "no title recognised" in found.unclear
    assert "- Ani: role: editor\n- Ani: region: Bali\n" in page(found)


def test_a_title_block_of_pandoc_and_plain_names() -> None:
    found = take(f"% Judul naskah\n% Ani; Budi\n\n# Satu\n\n{PROSE}\n")
    assert 'title: "Judul naskah"' in text(found, "id/front.md")
    assert [author.name for author in found.authors] == ["Ani", "Budi"]


def test_the_text_is_split_at_its_headings_and_stays_as_it_was() -> None:
    body = "Baris\npendek  \ndengan *miring*, `# bukan`\n\n```\n# bukan judul\n```\n"
    found = take(f"{PROSE}\n\n# Satu\n\n{body}\n## Dua ##\n\nX\n\nTiga\n====\n\nY\n")
    assert text(found, "id/01-opening.md") == f"{PROSE}\n"
    assert text(found, "id/02-satu.md") == (
        f"# Satu {{#sec:satu}}\n\n{body}\n## Dua {{#sec:dua}}\n\nX\n"
    )
    assert text(found, "id/03-tiga.md") == "# Tiga {#sec:tiga}\n\nY\n"
    assert "missing in the text" not in page(found)


def test_a_title_as_the_only_highest_heading_and_an_abstract_within() -> None:
    found = take(
        f"# Judul makalah\n\n## Abstrak\n\nIsi *abstrak*.\n\n**Kata kunci:** anak; negara\n\n"
        f"## Abstract\n\nIt is here.\n\n## Satu {{-}}\n\n{PROSE}\n"
    )
    assert 'title: "Judul makalah"' in text(found, "id/front.md")
    assert text(found, "id/00-abstract.md") == "Isi *abstrak*.\n"
    assert '"negara"' in text(found, "id/front.md")
    assert text(found, "en/00-abstract.md") == "It is here.\n"
    assert text(found, "id/01-satu.md") == f"# Satu {{#sec:satu -}}\n\n{PROSE}\n"
    assert (found.languages, found.others) == (("id",), ("en",))


def test_ids_are_rewritten_only_where_the_target_is_there() -> None:
    found = take(
        "# Satu {#sec-satu}\n\nLihat @fig-a, [-@tbl-b], \\@ref(fig:a) dan @eq-c. Juga @fig-lain."
        "\n\n"
        '![A](a.png){#fig-a fig-alt="Garis"}\n\n| X |\n|---|\n| Y |\n\n: B {#tbl-b}\n\n'
        "$$ x $$ {#eq-c}\n\n`@fig-a` dan [x](#sec-satu).\n",
        beside={"a.png": png(2, 2, (0, 0, 0))},
    )
    written = text(found, "id/01-satu.md")
    assert "Lihat @fig:a, [-@tbl:b], @fig:a dan @eq:c. Juga @fig-lain." in written
    assert '![A](../pictures/a.png){#fig:a alt="Garis"}' in written
    assert ": B {#tbl:b}" in written
    assert "$$ x $$ {#eq:c}" in written
    assert "`@fig-a`" in written
    assert "(#sec:satu)" in written
    assert found.files["manuscript/pictures/a.png"] == png(2, 2, (0, 0, 0))
    assert "1 place in the notation of another program" in found.unclear
    assert "- `manuscript/id/01-satu.md:3`: @fig-lain" in page(found)


def test_the_bibliography_comes_along() -> None:
    csl = [{"id": "lain", "type": "book", "title": "Lain", "author": [{"family": "Ani"}]}]
    found = take(
        "---\nbibliography: [karya.bib, karya.json, hilang.bib, rusak.json]\nreferences:\n"
        "  - id: sisip\n    type: book\n    title: Sisip\n---\n\n# Satu\n\nX [@nawawi2001].\n\n"
        "# Daftar Pustaka\n\n::: {#refs}\n:::\n",
        beside={
            "karya.bib": WORKS.replace("\n", "\r\n").encode(),
            "karya.json": json.dumps(csl).encode(),
            "rusak.json": b"{",
        },
    )
    works = text(found, "references.bib")
    assert WORKS in works
    assert "@book{lain," in works
    assert "@book{sisip," in works
    assert "- hilang.bib\n- rusak.json" in page(found)
    assert not [name for name in found.files if "daftar" in name]
    assert "References from the draft's own data: 3" in page(found)


def test_a_missing_picture_is_listed() -> None:
    found = take(f"# Satu\n\n{PROSE}\n\n![A](b%20c.png) ![B](<d e.png>) ![C](https://x.id/c.png)\n",
                 beside={"d e.png": b"", "d%20e.png": png(2, 2, (0, 0, 0))})  # fmt: skip
    assert "- b%20c.png" in page(found)
    assert "![B](<../pictures/d-20e.png>)" in text(found, "id/01-satu.md")


def test_notation_of_other_programs_stays_and_is_listed() -> None:
    body = "```{r}\nplot(1)\n```\n\nN `r nrow(x)` \\newpage {{< include a.md >}}\n"
    found = take(f"# Satu\n\n{body}\n{PROSE}\n", "naskah.Rmd")
    assert body in text(found, "id/01-satu.md")
    assert "4 places in the notation of other programs" in found.unclear


def test_notes_go_where_they_are_used() -> None:
    first, second = rejoined(
        ["A[^a] [b][u]\n", "B [u]\n\n[^a]: Isi [u]\n\n    dua\n[u]: http://u\n"]
    )
    assert first == "A[^a] [b][u]\n\n[^a]: Isi [u]\n\n    dua\n\n[u]: http://u\n"
    assert second == "B [u]\n\n[u]: http://u\n"
    assert rejoined(["A", "B\n\n[^x]: tak dipakai\n"]) == ["A", "B\n\n[^x]: tak dipakai\n"]


def test_a_typed_list_is_compared_with_typed_citations() -> None:
    found = take(
        f"# Satu\n\n{PROSE} (Safira 2022; Edmonds 2005)\n\n# Daftar Pustaka\n\n"
        "Safira, T. 2022. Kerja sama.\n\nNawawi. 2001. Metode.\n"
    )
    assert "1 citation not in the list of references" in found.unclear
    assert "1 entry of the list that nothing cites" in found.unclear
    assert "{#sec:reference-list .unnumbered}" in text(found, "id/02-daftar-pustaka.md")


def test_languages_share_ids_with_a_draft_of_another_program() -> None:
    first = word(heading("Pendahuluan"), paragraph(PROSE), heading("Hasil"), paragraph(PROSE))
    second = b"# Introduction\n\nIt is of the state.\n\n# Results\n\nAnd of the children.\n"
    found = imported(
        [
            Draft(name="a.docx", data=first, language="id"),
            Draft(name="b.md", data=second, language="en"),
        ],
        "en",
    )
    assert text(found, "en/02-hasil.md").startswith("# Results {#sec:hasil}")


def test_works_of_two_drafts_have_keys_of_their_own() -> None:
    first = word(heading("Satu"), paragraph(zotero("(Safira 2022)", (7, item(), {}))))
    second = b"---\nbibliography: a.bib\n---\n\n# One\n\nIt is of the state [@safira2022].\n"
    works = b"@book{safira2022,\n  title = {Other}\n}\n"
    found = imported(
        [
            Draft(name="a.docx", data=first, language="id"),
            Draft(name="b.md", data=second, language="en", beside={"a.bib": works}.get),
        ],
        "en",
    )
    assert "[@safira2022-2]" in text(found, "id/01-satu.md")
    assert "[@safira2022]" in text(found, "en/01-satu.md")
    assert text(found, "references.bib").count("{safira2022") == 2


@pytest.mark.parametrize("data", [b"\xff\xfe\x00bad", b"---\ntitle: [\n---\n\nX\n", b"\n\n"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Problem) as caught:
        imported([Draft(name="a.md", data=data, language="id")], "en")
    assert caught.value.diagnostics[0].code in ("CFG140", "CFG148")


@given(st.text(alphabet="a#=-`~<!>{}.: \n[]^%", max_size=80))
def test_the_sections_of_any_text_hold_all_of_its_words(source: str) -> None:
    _, body = without_settings(source)
    found = sections(body)
    written = "\n".join(each.written() for each in found)
    assert written.count("a") == body.count("a")
    _, raised = titled(found)
    assert min((each.level for each in raised if each.level), default=1) == 1
