"""Numbers of headings, figures, tables and equations, and the references to them."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.base.span import Span
from bukti.base.tree import Node, attributes
from bukti.manuscript.numbering import Label, Numbering, letters
from bukti.manuscript.references import Resolver, bibliography_keys
from bukti.manuscript.tree import plain_text, words

HERE = Span(path="a.md", line=1)


def header(level: int, identifier: str, *classes: str) -> Node:
    return {"t": "Header", "c": [level, attributes(identifier, classes), words("Title")]}


def figure(identifier: str) -> Node:
    return {"t": "Figure", "c": [attributes(identifier), [None, []], []]}


def table(identifier: str) -> Node:
    return {"t": "Table", "c": [attributes(identifier), [None, []], [], [], [], []]}


def equation(label: str, *, space: bool = True) -> Node:
    math = {"t": "Math", "c": [{"t": "DisplayMath"}, "a = b"]}
    gap = [{"t": "Space"}] if space else []
    return {"t": "Para", "c": [math, *gap, {"t": "Str", "c": label}]}


def numbered(*blocks: Node, language: str = "id") -> Numbering:
    numbering = Numbering(language=language)
    numbering.number(list(blocks))
    return numbering


def printed(numbering: Numbering) -> dict[str, str]:
    return {key: each.text(numbering.language) for key, each in numbering.labels.items()}


def test_headings_are_counted_by_level() -> None:
    blocks = [header(1, "a"), header(2, "b"), header(2, "c"), header(1, "d"), header(2, "e")]
    numbering = numbered(*blocks)
    assert list(printed(numbering).values()) == [
        f"Bagian\u00a0{number}" for number in ("1", "1.1", "1.2", "2", "2.1")
    ]
    assert blocks[2]["c"][1][2] == [["number", "1.2"]]


def test_a_heading_that_is_not_numbered_does_not_count() -> None:
    numbering = numbered(header(1, "a", "unnumbered"), header(1, "b"))
    assert printed(numbering) == {"a": "Title", "b": "Bagian\u00a01"}


def test_figures_and_tables_are_counted_apart_also_in_divisions_and_quotes() -> None:
    division = {"t": "Div", "c": [attributes(), [figure("fig:b"), table("tbl:b")]]}
    quote = {"t": "BlockQuote", "c": [figure("fig:c")]}
    blocks = [figure("fig:a"), table("tbl:a"), division, quote, figure("other")]
    assert printed(numbered(*blocks, language="en")) == {
        "fig:a": "Figure\u00a01",
        "tbl:a": "Table\u00a01",
        "fig:b": "Figure\u00a02",
        "tbl:b": "Table\u00a02",
        "fig:c": "Figure\u00a03",
    }


@pytest.mark.parametrize("space", [True, False])
def test_an_equation_takes_its_id_and_loses_the_braces(space: bool) -> None:
    block = equation("{#eq:sum}", space=space)
    assert printed(numbered(block)) == {"eq:sum": "Persamaan\u00a0(1)"}
    (inline,) = block["c"]
    assert inline["c"][0] == ["eq:sum", ["equation"], [["number", "1"], ["alt", "a = b"]]]


def test_braces_behind_words_are_no_equation() -> None:
    block = {"t": "Para", "c": [*words("a b"), {"t": "Str", "c": "{#eq:sum}"}]}
    assert numbered(block).labels == {}


def test_an_id_that_stands_twice_is_remembered() -> None:
    assert numbered(figure("fig:a"), figure("fig:a"), header(1, "x")).repeated == ["fig:a"]


def test_every_language_has_words_for_what_is_numbered() -> None:
    assert printed(numbered(figure("fig:a"), language="de")) == {"fig:a": "Figure\u00a01"}


def test_an_equation_takes_words_of_its_own_for_those_who_cannot_see_it() -> None:
    quoted = {"t": "Quoted", "c": [{"t": "DoubleQuote"}, words("a sama dengan b")]}
    block = equation("{#eq:sum")
    block["c"] += [{"t": "Space"}, {"t": "Str", "c": "alt="}, quoted, {"t": "Str", "c": "}"}]
    numbered(block)
    (inline,) = block["c"]
    assert inline["c"][0][2] == [["number", "1"], ["alt", "a sama dengan b"]]


def test_two_equations_of_one_paragraph_and_words_between_them_stay() -> None:
    block = equation("{#eq:a},")
    assert printed(numbered(block)) == {}
    first, second = equation("{#eq:a}"), equation("{#eq:b}")
    both = {"t": "Para", "c": [*first["c"], *words(" dan "), *second["c"]]}
    assert list(numbered(both).labels) == ["eq:a", "eq:b"]
    assert plain_text(both["c"]) == "a = b dan a = b"


def test_appendices_have_letters_and_count_anew() -> None:
    blocks = [
        header(1, "one"),
        table("tbl:a"),
        header(1, "first", "appendix"),
        header(2, "inner"),
        table("tbl:b"),
        equation("{#eq:b}"),
        header(1, "second"),
        table("tbl:c"),
        figure("fig:c"),
    ]
    assert printed(numbered(*blocks, language="en")) == {
        "one": "Section\u00a01",
        "tbl:a": "Table\u00a01",
        "first": "Appendix\u00a0A",
        "inner": "Section\u00a0A.1",
        "tbl:b": "Table\u00a0A1",
        "eq:b": "Equation\u00a0(A1)",
        "second": "Appendix\u00a0B",
        "tbl:c": "Table\u00a0B1",
        "fig:c": "Figure\u00a0B1",
    }
    assert blocks[2]["c"][1][2] == [["number", "A"], ["lead", "Appendix\u00a0A"]]


def test_letters_go_on_behind_z() -> None:
    assert [letters(number) for number in (1, 26, 27, 52, 53)] == ["A", "Z", "AA", "AZ", "BA"]


def test_what_stands_in_lists_is_numbered_too() -> None:
    bullets = {"t": "BulletList", "c": [[equation("{#eq:a}")]]}
    ordered = {"t": "OrderedList", "c": [[], [[figure("fig:a")]]]}
    definitions = {"t": "DefinitionList", "c": [[words("x"), [[table("tbl:a")]]]]}
    assert list(numbered(bullets, ordered, definitions).labels) == ["eq:a", "fig:a", "tbl:a"]


def citation(key: str, mode: str = "AuthorInText", prefix: str = "", suffix: str = "") -> Any:
    return {
        "citationId": key,
        "citationMode": {"t": mode},
        "citationPrefix": words(prefix) if prefix else [],
        "citationSuffix": words(suffix) if suffix else [],
    }


def cite(*citations: Any) -> Node:
    return {"t": "Cite", "c": [list(citations), words("@x")]}


def resolver(language: str = "id") -> Resolver:
    places = dict.fromkeys(range(5), (HERE, "sec:here"))
    numbers = {"fig": "1 2 3 5 A1", "tbl": "2"}
    kinds = {"fig": "figure", "tbl": "table"}
    names = [(kind, number) for kind in numbers for number in numbers[kind].split()]
    labels = {
        f"{kind}:{'abcde'[place] if kind == 'fig' else 'b'}": Label(
            kind=kinds[kind], number=number, place=place
        )
        for place, (kind, number) in enumerate(names)
    }
    labels["eq:a"] = Label(kind="equation", number="4")
    labels["sec:end"] = Label(kind="section", title="Penutup")
    keys = frozenset({"sari2018"})
    return Resolver(labels=labels, keys=keys, language=language, places=places)


def said(node: Node, language: str = "id") -> str:
    changed = resolver(language).change(node)
    return plain_text(changed).replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("citations", "text"),
    [
        ([citation("fig:a:bktat0")], "Gambar_1"),
        ([citation("fig:a:bktat0", "SuppressAuthor")], "1"),
        ([citation("fig:a:bktat0", "NormalCitation", "lihat")], "lihat Gambar_1"),
        ([citation("fig:a:bktat0", suffix=", kiri")], "Gambar_1, kiri"),
        ([citation("fig:a:bktat0"), citation("tbl:b:bktat1")], "Gambar_1, Tabel_2"),
        ([citation("fig:a:bktat0"), citation("sari2018:bktat1")], "Gambar_1 @sari2018"),
        ([citation("fig:z:bktat0")], "@fig:z"),
        ([citation("sari2018:bktat0")], "@sari2018"),
    ],
)
def test_a_reference_becomes_a_label_and_a_citation_stays(citations: Any, text: str) -> None:
    assert said(cite(*citations)) == text


@pytest.mark.parametrize(
    ("keys", "indonesian", "english"),
    [
        ("fig:a fig:b", "Gambar_1 dan 2", "Figures_1 and 2"),
        ("fig:b fig:a", "Gambar_1 dan 2", "Figures_1 and 2"),
        ("fig:a fig:b fig:c", "Gambar_1–3", "Figures_1–3"),
        ("fig:a fig:b fig:c fig:d", "Gambar_1–3 dan 5", "Figures_1–3 and 5"),
        ("fig:a fig:d fig:e", "Gambar_1, 5, dan A1", "Figures_1, 5, and A1"),
        ("fig:a tbl:b", "Gambar_1, Tabel_2", "Figure_1, Table_2"),
        ("fig:a fig:b tbl:b", "Gambar_1 dan 2, Tabel_2", "Figures_1 and 2, Table_2"),
        ("Fig:a", "Gambar_1", "Figure_1"),
        ("eq:a", "Persamaan_(4)", "Equation_(4)"),
        ("sec:end", "Penutup", "Penutup"),
        ("fig:a fig:zz", "Gambar_1, @fig:zz", "Figure_1, @fig:zz"),
    ],
)
def test_references_that_stand_together_share_their_word(
    keys: str, indonesian: str, english: str
) -> None:
    node = cite(*(citation(f"{key}:bktat0", "NormalCitation") for key in keys.split()))
    assert said(node, "id") == indonesian
    assert said(node, "en") == english


def test_numbers_alone_share_no_word() -> None:
    keys = ("fig:a", "fig:b", "fig:c")
    assert said(cite(*(citation(f"{key}:bktat0", "SuppressAuthor") for key in keys))) == "1–3"


def test_a_reference_links_to_what_it_names() -> None:
    (link,) = resolver().change(cite(citation("fig:a:bktat0"))) or []
    assert isinstance(link, dict) and link["c"][2][0] == "#fig:a"


def test_what_is_cited_and_referred_to_is_kept_once_with_its_place() -> None:
    resolving = resolver()
    for _ in range(2):
        resolving.change(cite(citation("fig:a:bktat0"), citation("sari2018:bktat1")))
    assert [(each.key, each.span, each.section) for each in resolving.references] == [
        ("fig:a", HERE, "sec:here")
    ]
    assert [each.key for each in resolving.citations] == ["sari2018"]
    assert resolving.findings == []


@pytest.mark.parametrize(
    ("key", "code", "near"),
    [
        ("sari2019", "REF101", "sari2018"),
        ("xyz", "REF101", None),
        ("fig:aa", "REF102", "fig:a"),
        ("eq:none", "REF102", None),
    ],
)
def test_what_is_not_there_is_reported_with_what_is_near(
    key: str, code: str, near: str | None
) -> None:
    resolving = resolver()
    resolving.labels = {"fig:a": resolving.labels["fig:a"]}
    resolving.change(cite(citation(f"{key}:bktat3")))
    (found,) = resolving.findings
    assert (found.code, found.span, found.arguments["key"]) == (code, HERE, key)
    assert (found.hint.arguments.get("near") if found.hint else None) == near


def test_other_nodes_are_left_alone() -> None:
    assert resolver().change({"t": "Str", "c": "x"}) is None


def test_keys_of_a_bibliography() -> None:
    text = (
        "% @book{no,}\n@comment{none, }\n@string{s = {x}}\n@preamble{ {x} }\n"
        "@book{sari2018,\n title = {A @ b}}\n  @Article { budi:2019 ,\n}\n@misc{last}\n"
    )
    assert bibliography_keys(text) == ("sari2018", "budi:2019", "last")
