"""Numbers of headings, figures, tables and equations, and the references to them."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.base.span import Span
from bukti.base.tree import Node, attributes
from bukti.manuscript.references import Numbering, Resolver, bibliography_keys
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


def test_headings_are_counted_by_level() -> None:
    blocks = [header(1, "a"), header(2, "b"), header(2, "c"), header(1, "d"), header(2, "e")]
    numbering = numbered(*blocks)
    assert list(numbering.labels.values()) == [
        f"Bagian\u00a0{number}" for number in ("1", "1.1", "1.2", "2", "2.1")
    ]
    assert blocks[2]["c"][1][2] == [["number", "1.2"]]


def test_a_heading_that_is_not_numbered_does_not_count() -> None:
    numbering = numbered(header(1, "a", "unnumbered"), header(1, "b"))
    assert numbering.labels == {"b": "Bagian\u00a01"}


def test_figures_and_tables_are_counted_apart_also_in_divisions_and_quotes() -> None:
    division = {"t": "Div", "c": [attributes(), [figure("fig:b"), table("tbl:b")]]}
    quote = {"t": "BlockQuote", "c": [figure("fig:c")]}
    blocks = [figure("fig:a"), table("tbl:a"), division, quote, figure("other")]
    assert numbered(*blocks, language="en").labels == {
        "fig:a": "Figure\u00a01",
        "tbl:a": "Table\u00a01",
        "fig:b": "Figure\u00a02",
        "tbl:b": "Table\u00a02",
        "fig:c": "Figure\u00a03",
    }


@pytest.mark.parametrize("space", [True, False])
def test_an_equation_takes_its_id_and_loses_the_braces(space: bool) -> None:
    block = equation("{#eq:sum}", space=space)
    assert numbered(block).labels == {"eq:sum": "Persamaan\u00a01"}
    (inline,) = block["c"]
    assert inline["c"][0] == ["eq:sum", ["equation"], [["number", "1"], ["alt", "a = b"]]]


def test_braces_behind_words_are_no_equation() -> None:
    block = {"t": "Para", "c": [*words("a b"), {"t": "Str", "c": "{#eq:sum}"}]}
    assert numbered(block).labels == {}


def test_an_id_that_stands_twice_is_remembered() -> None:
    assert numbered(figure("fig:a"), figure("fig:a"), header(1, "x")).repeated == ["fig:a"]


def test_every_language_has_words_for_what_is_numbered() -> None:
    assert numbered(figure("fig:a"), language="de").labels == {"fig:a": "Figure\u00a01"}


def citation(key: str, mode: str = "AuthorInText", prefix: str = "", suffix: str = "") -> Any:
    return {
        "citationId": key,
        "citationMode": {"t": mode},
        "citationPrefix": words(prefix) if prefix else [],
        "citationSuffix": words(suffix) if suffix else [],
    }


def cite(*citations: Any) -> Node:
    return {"t": "Cite", "c": [list(citations), words("@x")]}


def resolver() -> Resolver:
    places = dict.fromkeys(range(5), (HERE, "sec:here"))
    labels = {"fig:a": "Gambar\u00a01", "tbl:b": "Tabel\u00a02"}
    return Resolver(labels=labels, keys=frozenset({"sari2018"}), places=places)


def said(node: Node) -> str:
    changed = resolver().change(node)
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
    resolving.change(cite(citation(f"{key}:bktat3")))
    (found,) = resolving.findings
    assert (found.code, found.span, found.arguments["key"]) == (code, HERE, key)
    assert (found.hint.arguments["near"] if found.hint else None) == near


def test_other_nodes_are_left_alone() -> None:
    assert resolver().change({"t": "Str", "c": "x"}) is None


def test_keys_of_a_bibliography() -> None:
    text = (
        "% @book{no,}\n@comment{none, }\n@string{s = {x}}\n@preamble{ {x} }\n"
        "@book{sari2018,\n title = {A @ b}}\n  @Article { budi:2019 ,\n}\n@misc{last}\n"
    )
    assert bibliography_keys(text) == ("sari2018", "budi:2019", "last")
