"""Notation of other programs: found where pandoc takes it for text, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bukti.manuscript.foreign import foreign_findings, proposed
from bukti.tools import pandoc


def read(text: str) -> dict[str, Any]:
    return pandoc.read_markdown(text)[0]


def found(text: str, language: str = "en", keys: frozenset[str] = frozenset()) -> list[str]:
    """The codes, the texts and the forms of what is found."""
    findings = foreign_findings("manuscript/en/01-x.md", text, language, keys, read)
    return [
        " ".join(
            filter(
                None, [each.code, each.arguments["text"], *_form(each.hint and each.hint.arguments)]
            )
        )
        for each in findings
    ]


def _form(arguments: Any) -> list[str]:
    return ["->", arguments["form"]] if arguments else []


FOREIGN = {
    "see @tbl-a-b.": "REN171 @tbl-a-b -> @tbl:a-b",
    "see \\@ref(tab:x).": "REN171 \\@ref(tab:x) -> @tbl:x",
    "see \\@ref(methods).": "REN171 \\@ref(methods) -> @sec:methods",
    "see \\autoref{fig:x}.": "REN171 \\autoref{fig:x} -> @fig:x",
    "# A {#sec-a}": "REN172 {#sec-a -> {#sec:a}",
    "Caption (\\#tab:x)": "REN172 (\\#tab:x) -> {#tbl:x}",
    "\\emph{so}": "REN173 \\emph{so} -> *...*",
    "\\begin{center}": "REN173 \\begin{center}",
    "\\vspace{2cm}": "REN173 \\vspace{2cm}",
    "\\pagebreak": "REN173 \\pagebreak",
    "```{python}\nx\n```": "REN174 ```{python}",
    "- a\n\n  ```{r}\n  x\n  ```": "REN174 ```{r}",
    "is `{python} x` here": "REN174 `{python} x`",
    "::: {.panel-tabset}\nx\n:::": "REN175 ::: {.panel-tabset}",
    "::: {layout-ncol=2}\nx\n:::": "REN175 ::: {layout-ncol=2}",
    "{{< video x >}}": "REN176 {{< video x >}}",
    "{{total}}": "REN176 {{total}}",
    "$if(draft)$": "REN176 $if(draft)$",
    "[@pmid:123; @x]": "REN177 @pmid:123",
    "@url:https://a.org/b says": "REN177 @url:https://a.org/b",
    "---\ntitle: X\n---\n\nText": "REN178 --- title: X ---",
    "rose to TBD percent": "REN170 TBD",
    "so it is [citation needed].": "REN170 [citation needed]",
    "Error!  Reference source\nnot found.": "REN170 Error! Reference source not found.",
    "Lorem ipsum dolor": "REN170 Lorem ipsum",
    "in [XXX] and": "REN170 XXX",
}  # fmt: skip


@pytest.mark.parametrize("text", FOREIGN)
def test_each_notation_is_named_with_its_form(text: str) -> None:
    assert found(text) == [FOREIGN[text]]


SOUND = [
    "`@fig-x` and `\\ref{x}` and `TODO`",
    "    \\textbf{x} TODO\n\n",
    "```\n```{r}\nTODO {{x}}\n```\n",
    "`` `r x` ``",
    "<!-- TODO @fig-x \\ref{x} {{x}} -->",
    "$\\mathbf{x} \\ref{x}$ and $$\\begin{aligned}a\\end{aligned}$$",
    "me@fig-tree.org, a\\@fig-x",
    "what?? and ?! and why???",
    "TODOS, todo, mastodon, XXX, Pasal XXX, ABTBDX",
    '\u201cTODO\u201d and "TBD"',
    "> TODO",
    "[reference](https://example.org/TODO) and [ref]: x",
    "a == b == c",
    "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+==+==+==+\n",
    "+:==+==:+\n| a | b |\n+----+----+\n",
    "C:\\data\\new",
    "::: {.note}\nx\n:::",
    "# A {#sec:a-b}",
    "Text\n\n---\n\ntitle: x\n\n---\n",
    "US$5 and US$6",
]


@pytest.mark.parametrize("text", SOUND)
def test_what_is_meant_as_it_stands_gives_nothing(text: str) -> None:
    assert found(text) == []


def test_a_key_of_the_bibliography_is_no_foreign_reference() -> None:
    assert found("@fig-x", keys=frozenset({"fig-x"})) == []


def test_words_left_over_are_those_of_the_language_and_of_english() -> None:
    text = "Naik (sumber?) TODO."
    assert found(text, "id") == ["REN170 (sumber?)", "REN170 TODO"]
    assert found(text, "en") == ["REN170 TODO"]


def test_an_edition_front_may_begin_with_settings() -> None:
    text = "---\ntitle: X\n---\n"
    assert foreign_findings("manuscript/en/front.md", text, "en", frozenset(), read) == ()


ROOT = Path(__file__).parents[3]
PAPERS = sorted(
    (*ROOT.glob("manuscript/??/*.md"), *ROOT.glob("workflow/bukti/cli/starter/*/**/*.md"))
)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_papers_of_this_repository_have_none(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert foreign_findings(f"manuscript/en/{path.name}", text, "id", frozenset(), read) == ()


@settings(max_examples=50)
@given(st.text(alphabet="abc def.,:;()[]*_^~#>-1250%\n", max_size=80))
def test_text_without_such_signs_is_not_even_read_again(text: str) -> None:
    assert proposed(text, "en", frozenset()) == ()
