"""What does not work as written in a chapter: found, and nothing beside it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bukti.base.span import Span
from bukti.manuscript.candidates import find_candidates
from bukti.manuscript.structure.chapter import structure_findings
from bukti.manuscript.structure.headings import heading_findings
from bukti.tools import pandoc


def read(text: str) -> dict[str, Any]:
    return pandoc.read_markdown(text)[0]


def found(text: str) -> list[str]:
    """The codes with the words at their places, those of pandoc's own warnings with their lines."""
    source = find_candidates("manuscript/id/01-x.md", text, first_index=0)
    tree, warnings = pandoc.read_markdown(source.numbered, path=source.path)
    lines = text.split("\n")
    shown = [f"{each.code} {each.span.line}" for each in warnings if each.span]
    for each in structure_findings(source, tree, read):
        assert each.span is not None
        assert each.span.line is not None
        assert each.span.column is not None
        assert each.span.end_column is not None
        place = slice(each.span.column - 1, each.span.end_column - 1)
        shown.append(f"{each.code} {lines[each.span.line - 1][place]}")
    return shown


WRONG = {
    "See [the tables]() here.": ["REN185 [the tables]()"],
    "![A picture](<>) and [words](<>)": ["REN185 [words](<>)"],
    "See [](https://example.org/a).": ["REN194 [](https://example.org/a)"],
    "A note[^a] and `[^b]`.\n\n[^c]: x": ["REN181 3", "REN183 [^a]"],
    "A note.[^a]\n\n[^a]: x\n\n[^a]: y": ["REN182 5"],
    "See [a].\n\n[a]: https://example.org/1\n[a]: https://example.org/2": ["REN184 4"],
    "So **bold for ever.": ["REN192 **bold"],
    "A `code for ever.": ["REN193 `code"],
    "As ``quoted'' in TeX.": ["REN193 ``quoted"],
    "::: notes\nx": ["REN195 1"],
    "::: notes\nx\n:::\n\n:::\n\ny": ["REN180 :::"],
    "::: two words\nx\n\n:::": ["REN180 ::: two words", "REN180 :::"],
    "| a | b |\n|---|---|\n| 1 | 2 | 3 |": ["REN189 | 1 | 2 | 3 "],
    "a | b\n--|--\n1 | 2 | 3": ["REN189 1 | 2 | 3"],
    "> | a | b |\n> |---|---|\n> | 1 | 2 | 3 |": ["REN189 > | 1 | 2 | 3 "],
    "- | a | b |\n  |---|---|\n  | 1 | 2 | 3 |": ["REN189   | 1 | 2 | 3 "],
    "| a | b | c |\n|---|---|\n| 1 | 2 |": ["REN189 | a | b | c "],
    "| a | b | c |\n|---|---|---|\n| 1 | 2 |": ["REN190 | 1 | 2 "],
    "Words.\n| a | b |\n|---|---|\n| 1 | 2 |": ["REN191 | a | b |"],
    "Words.\n+---+---+\n| a | b |\n+---+---+": ["REN191 +---+---+"],
}


@pytest.mark.parametrize("text", WRONG)
def test_what_does_not_work_is_found_at_its_place(text: str) -> None:
    assert found(text) == WRONG[text]


@pytest.mark.parametrize(
    "text",
    [
        "[words](https://example.org) and <https://example.org> and [](claim:x)",
        "```\n**bold\n[](x)\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n:::\n```",
        "<!-- [^a] **x [](y) -->",
        "`[^a]` and \\[^b] and \\*\\*c and \\`d",
        "The Qur`an.",
        "0,52** and 5 * 3 ** 2 and **bold**",
        "| a | b |\n|---|---|\n| `x|y` | a \\| b |\n| **Java** |\n| | |",
        "| a | b |\n|:--|--:|\n| 1 | [2](claim:x) |\n\n: Title {#tbl:a}",
        "    | a | b |\n    |---|---|\n    | 1 | 2 | 3 |",
        "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+",
        "  a    b\n---  ---\n  1    2",
        "::: notes\nx\n:::\n\n:::: {.a}\n::: b\ny\n:::\n::::",
        "| verse\n| of a poem",
        "1. one\n\n---\n\n2. two",
        "a --- b | c -- d",
        "A note.[^a]\n\n[^a]: x `y`",
        "isn't \"so\" 'or' ’tis",
    ],
)
def test_what_works_is_let_pass(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet="|-: a\n*`[]^()+", max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_looked_at(text: str) -> None:
    source = find_candidates("manuscript/id/01-x.md", text, first_index=0)
    list(structure_findings(source, read(source.numbered), read))


@given(st.integers(1, 5), st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_a_row_is_uneven_as_its_cells_are_counted(columns: int, cells: int) -> None:
    head = "|".join(["", *"abcde"[:columns], ""])
    rule = "|".join(["", *["---"] * columns, ""])
    row = "|".join(["", *map(str, range(cells)), ""])
    codes = [each.partition(" ")[0] for each in found(f"{head}\n{rule}\n{row}\n")]
    fewer = ["REN190"] if 1 < cells < columns else []
    assert codes == (["REN189"] if cells > columns else fewer)


def test_headings() -> None:
    where = Span(path="x.md")

    def codes(level: int, before: int, title: str = "Title") -> list[str]:
        return [each.code for each in heading_findings(level, before, title, where)]

    assert codes(1, 0) == codes(2, 1) == codes(1, 4) == []
    assert codes(2, 0) == codes(4, 2) == ["REN187"]
    assert codes(2, 2, " ") == ["REN188"]
