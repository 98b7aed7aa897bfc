"""Marks in documents that are put together at random: each is read at its place or is a finding."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bukti.base.claims import Claim, Kind
from bukti.base.diagnostic import Diagnostic
from bukti.base.span import LineIndex
from bukti.base.tree import walk
from bukti.manuscript.edition import Edition, Material, assemble
from bukti.manuscript.pool import Pool
from bukti.manuscript.products import Products
from bukti.manuscript.source_lines import Register
from bukti.tools import pandoc

PATH = "manuscript/en/01-text.md"
MARK = re.compile(r"\[(?P<words>[^\[\]]+)\]\(claim:(?P<id>(?P<kind>[nc])\d+)\)")
STATED = (
    "12",
    "**12**",
    "12 *boats*",
    "12\nboats",
    "12 e\u0301lan",
    "12 \\* x",
    "some `12` 12",
    "12$x$",
)
WORDS = (
    "word",
    "two words",
    "\u00e9",
    "e\u0301",
    "\U0001f6a3",
    "x\\*y",
    "\\[a\\]",
    "\\_",
    "*it*",
    "**b**",
    "`a_b`",
    "$x_1$",
    "[@a2020, p. 3]",
    "@a2020",
    "&amp;",
    "H~2~O",
    "a^b^",
    "<http://e.org>",
    "\n",
    "\\\n",
    "[a](http://e.org)",
    "\u201cq\u201d",
    '"q"',
    "it's",
    "--",
    "...",
    "<!-- c -->",
    "![i](p.png)",
    "<b>x</b>",
    "^[a note]",
    "[small]{.smallcaps}",
)
AROUND = (
    ("", ""),
    ("*", "*"),
    ("**", "**"),
    ("***", "***"),
    ("_", "_"),
    ("~~", "~~"),
    ('"', '"'),
    ("(", ")"),
    ("^[", "]"),
    ("[", "](http://e.org)"),
    ("[", "]{.u}"),
    ("<b>", "</b>"),
    ("[", "]"),
    ("\u201c", "\u201d"),
    ("'", "'"),
    ("^", "^"),
    ("\\[", "\\]"),
)
HIDDEN = (("`", "`"), ("<!-- ", " -->"), ("$", "$"), ("``", "``"))


def words() -> st.SearchStrategy[str]:
    return st.sampled_from(WORDS)


def marks(kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from(STATED).map(lambda text: f"[{text}](claim:{kind}0)")


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(AROUND), inner).map(lambda pair: pair[1].join(pair[0]))


def inlines() -> st.SearchStrategy[str]:
    shown = st.recursive(words() | marks("n"), wrapped, max_leaves=3)
    hidden = st.tuples(st.sampled_from(HIDDEN), marks("c")).map(lambda pair: pair[1].join(pair[0]))
    return st.lists(shown | hidden, min_size=1, max_size=4).map(" ".join)


def indented(text: str, first: str, other: str) -> str:
    return first + text.replace("\n", f"\n{other}")


def line(text: str) -> str:
    return re.sub(r"\\?\n", " ", text)


def block(kind: int, text: str, other: str) -> str:
    flat, more = line(text), line(other)
    wide = max(len(flat), len(more)) + 2
    rule = f"+{'-' * wide}+"
    grid = [rule, f"| {flat.ljust(wide - 1)}|", rule, f"| {more.ljust(wide - 1)}|", rule]
    return (
        text,
        indented(text, "> ", "> "),
        indented(text, "> > ", "> > "),
        f"{indented(text, '- ', '  ')}\n{indented(other, '- ', '  ')}",
        f"{indented(text, '1. ', '   ')}\n\n   - {more}",
        f"Term {more}\n\n:   {indented(text, '', '    ')}",
        f"| {flat}\n| {more}",
        f"## {flat} {{#sec:s}}",
        f"::: {{.box}}\n{text}\n\n{other}\n:::",
        f"| a | b |\n|---|---|\n| {flat} | {more} |\n\n: {flat}",
        "\n".join(grid),
        f"Word[^1] and again[^1].\n\n[^1]: {indented(text, '', '    ')}",
        f"```\n{text.replace(':n0', ':c0')}\n```",
        f"<div>\n{text}\n</div>",
        f"Text\n\\\n{text}",
    )[kind]


def documents() -> st.SearchStrategy[str]:
    blocks = st.builds(block, st.integers(0, 14), inlines(), inlines())
    return st.lists(blocks, min_size=1, max_size=5).map("\n\n".join).map(numbered)


def numbered(text: str) -> str:
    """Each mark with a claim of its own."""
    count = itertools.count()
    return re.sub(r"claim:([nc])0", lambda match: f"claim:{match[1]}{next(count)}", text)


def read(text: str, path: str, *, metadata: bool) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    return pandoc.read_markdown(text, path=path)


def edition_of(text: str) -> Edition:
    names = [match["id"] for match in MARK.finditer(text)]
    claims = {name: Claim(id=name, kind=Kind.VALUE, value=12) for name in names}
    register = Register(sources={}, origins={}, keys=frozenset({"a2020"}))
    material = Material(
        language="en",
        chapters={PATH: text},
        pool=Pool(claims=claims, given={}),
        products=Products(figures={}, tables={}, columns={}, register=register),
        labels={},
        keys=frozenset({"a2020"}),
        rounding="half-even",
    )
    return assemble(material, read)


def found_within(findings: list[Diagnostic], start: tuple[int, int], end: tuple[int, int]) -> bool:
    return any(
        finding.span
        and finding.span.line
        and start <= (finding.span.line, finding.span.column or 1) <= end
        for finding in findings
    )


def unread(text: str, edition: Edition) -> Iterator[str]:
    """The marks that are neither read at their place nor a finding there."""
    index = LineIndex(text)
    places = {name: mark.span for mark in edition.marks for name in mark.claims}
    for match in MARK.finditer(text):
        start, end = index.position(match.start("words")), index.position(match.end())
        span = places.get(match["id"])
        if match["kind"] == "c" and span is None:
            continue
        at_place = span is not None and (span.line, span.column) == start
        if not at_place and not found_within(edition.findings, index.position(match.start()), end):
            yield match[0]


@settings(max_examples=40, deadline=None)
@given(documents())
def test_each_mark_is_read_at_its_place_or_is_a_finding(text: str) -> None:
    edition = edition_of(text)
    assert list(unread(text, edition)) == []
    printed = [node["c"] for node in walk(edition.blocks) if node["t"] == "Str"]
    assert not [word for word in printed if "bktat" in word]
    told = {finding.code for finding in edition.findings}
    assert "CLM101" in told or not [word for word in printed if "claim:n" in word]
