"""Whatever stands in a draft is read back from the Markdown as the same words."""

from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bukti.base.tree import Node, Nodes, attributes, walk
from bukti.draft import markdown
from bukti.draft.loss import everything_in
from bukti.manuscript.candidates import find_candidates
from bukti.manuscript.tree import words
from bukti.manuscript.tree import words as inlines_of
from bukti.tools.pandoc import convert, read_markdown

PIECES = st.sampled_from(
    [
        "@fig:x",
        "[x](claim:a)",
        "![x](figure:a)",
        "{claim=x}",
        "{#id}",
        ":::",
        "::: {.a}",
        "Table:",
        ":",
        "#",
        "1.",
        "(1)",
        "(@a)",
        "-",
        "+",
        "*",
        "**a**",
        "_a_",
        "a_b_c",
        "~a~",
        "^a^",
        "`a`",
        "$a$",
        "US$5",
        "\\",
        "\\ref{a}",
        "<b>",
        "<!--",
        "-->",
        "&amp;",
        "|",
        "[^1]",
        "[^1]:",
        "[@a]",
        "a@b.id",
        "@a",
        "http://a.id/b_c",
        "---",
        "--",
        "...",
        "\u2014",
        "\u201ckata\u201d",
        "\u2018k\u2019",
        '"k"',
        "it's",
        "1\u00a0000",
        "kata",
        "BAB",
        "i.",
        "A.",
        ">",
        "=",
        "===",
        "%",
        "\u2026",
    ]
)
LINES = st.lists(PIECES, min_size=1, max_size=8).map(" ".join)


@settings(max_examples=20, phases=(Phase.generate,))
@given(st.lists(LINES, min_size=12, max_size=12), LINES, st.lists(LINES, min_size=4, max_size=4))
def test_paragraphs_headings_cells_and_notes_read_back(
    lines: list[str], title: str, cells: list[str]
) -> None:
    note = {"t": "Note", "c": [paragraph(lines[0])]}
    blocks = [
        {"t": "Header", "c": [1, attributes("sec:a"), words(title)]},
        *map(paragraph, lines[1:]),
        {"t": "Para", "c": [*words("Catatan"), note]},
        {"t": "BulletList", "c": [[{"t": "Plain", "c": words(lines[0])}]]},
        {"t": "BlockQuote", "c": [paragraph(lines[1])]},
        table(cells),
    ]
    tree = read_back(blocks)
    assert sorted(map(plain, everything_in(tree["blocks"]))) == sorted(
        map(plain, everything_in(blocks))
    )
    kinds = [node["t"] for node in walk(tree["blocks"])]
    assert not {"Cite", "Link", "Math", "RawInline", "Code", "Image"} & set(kinds)
    assert [kind for kind in kinds if kind in ("Header", "Table", "Div")] == ["Header", "Table"]


@settings(max_examples=20, phases=(Phase.generate,))
@given(st.lists(LINES, min_size=12, max_size=12))
def test_nothing_in_it_is_a_candidate_for_a_mark(lines: list[str]) -> None:
    text = written([paragraph(line) for line in lines])
    assert find_candidates("a.md", text, 0).candidates == {}


def paragraph(text: str) -> Node:
    return {"t": "Para", "c": inlines_of(text)}


def table(cells: list[str]) -> Node:
    def row(texts: list[str]) -> list[object]:
        made = [
            [attributes(), {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": words(text)}]]
            for text in texts
        ]
        return [attributes(), made]

    widths = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": 0.5}] for _ in range(2)]
    head = [attributes(), [row(cells[:2])]]
    body = [attributes(), 0, [], [row(cells[2:])]]
    caption = [None, [{"t": "Plain", "c": words("Judul")}]]
    return {
        "t": "Table",
        "c": [attributes("tbl:a"), caption, widths, head, [body], [attributes(), []]],
    }


def written(blocks: Nodes) -> str:
    flat = markdown.flat(markdown.joined([blocks]))
    tree = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": flat}
    data, _ = convert(tree, markdown.WRITER, arguments=markdown.ARGUMENTS)
    (text,) = markdown.parted(data.decode())
    return text


def read_back(blocks: Nodes) -> dict[str, list[Node]]:
    tree, _ = read_markdown(written(blocks))
    return tree


def plain(text: str) -> str:
    """A text without what smart punctuation may change."""
    for signs, sign in (("\u201c\u201d", '"'), ("\u2018\u2019", "'")):
        for each in signs:
            text = text.replace(each, sign)
    return " ".join(text.replace("\u2026", "...").split(" ")).strip()
