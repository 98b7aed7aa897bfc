"""The lines of sources below figures and tables, and what else stands there."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.base.tree import Node, Nodes, attributes
from bukti.manuscript.exhibits import NOTES, SOURCE, Below, division
from bukti.manuscript.source_lines import Register, source_line
from bukti.manuscript.tree import plain_text, words

SOURCES: dict[str, dict[str, Any]] = {
    "S_BPS19": {"title": "x", "publisher": "BPS", "year": 2019, "url": "https://bps.example/19"},
    "S_BPS20": {"title": "x", "publisher": "BPS", "year": 2020},
    "S_DOL": {"title": "x", "publisher": "Department", "short": {"id": "Dinas", "en": "Office"}},
    "S_SELF": {"title": {"id": "Buku", "en": "Book"}, "year": "2001"},
    "S_CITED": {"title": "x", "publisher": "X", "year": 1, "cite": "sari2018"},
    "sari2019": {"title": "x", "publisher": "X", "year": 1},
}
SOURCES |= {f"S_{n}": {"title": "x", "publisher": f"P{n}", "year": n} for n in range(1, 9)}
REGISTER = Register(
    sources=SOURCES,
    origins={"loans": ["S_SELF"], "again": ["S_SELF"], "other": []},
    keys=frozenset({"sari2018", "sari2019"}),
)


@pytest.mark.parametrize(
    ("ids", "computed", "indonesian", "english"),
    [
        (["S_BPS20"], False, "Sumber: BPS (2020).", "Source: BPS (2020)."),
        (
            ["S_BPS20", "S_DOL", "S_BPS19"],
            False,
            "Sumber: BPS (2019, 2020); Dinas (tanpa tanggal).",
            "Sources: BPS (2019, 2020); Office (undated).",
        ),
        (
            ["S_SELF"],
            True,
            "Sumber: Buku (2001); data diolah.",
            "Source: Book (2001); own calculation.",
        ),
        (["S_NONE"], True, "", ""),
        (
            ["S_CITED", "sari2019"],
            False,
            "Sumber: @sari2018; @sari2019.",
            "Sources: @sari2018; @sari2019.",
        ),
        ([f"S_{n}" for n in range(1, 8)], False, None, None),
    ],
)
def test_a_line_names_each_publisher_once(
    ids: list[str], computed: bool, indonesian: str | None, english: str | None
) -> None:
    for language, wanted in (("id", indonesian), ("en", english)):
        said = plain_text(source_line(ids, REGISTER, language, computed=computed))
        if wanted is not None:
            assert said == wanted
        else:
            assert said.count("P") == 7  # one more than the most is not worth counting


def test_a_long_line_counts_what_it_leaves_out() -> None:
    said = plain_text(source_line([f"S_{n}" for n in range(1, 9)], REGISTER, "en"))
    assert said.endswith("P6 (6); 2 further sources.")


def test_years_are_linked_to_the_address_and_keys_are_cited() -> None:
    line = source_line(["S_BPS19", "S_BPS20", "S_CITED"], REGISTER, "en")
    assert [node["c"][2][0] for node in line if node["t"] == "Link"] == ["https://bps.example/19"]
    (cite,) = [node for node in line if node["t"] == "Cite"]
    assert cite["c"][0][0]["citationId"] == "sari2018"


@pytest.mark.parametrize(
    ("product", "ids"),
    [
        ({"sources": ["S_A"], "tables": ["loans"]}, ("S_A",)),
        ({"sources": [], "tables": ["loans"]}, ("S_SELF",)),
        ({"reads": ["loans"]}, ("S_SELF",)),
        ({"reads": ["loans", "other"]}, ()),
        ({"reads": ["loans", "again"], "tables": []}, ("S_SELF",)),
        ({"reads": ["loans", "again", "other"], "tables": []}, ()),
        ({"reads": ["loans", "unknown"]}, ()),
        ({"reads": ["unknown"]}, ()),
        ({}, ()),
    ],
)
def test_sources_follow_from_the_rows_else_from_the_only_table(
    product: dict[str, Any], ids: tuple[str, ...]
) -> None:
    assert REGISTER.ids_of(product) == ids


def table(**pairs: str) -> Node:
    attribute = attributes("tbl:a", pairs=pairs.items())
    return {"t": "Table", "c": [attribute, [None, []], [], [], [], []]}


def para(text: str) -> Node:
    return {"t": "Para", "c": words(text)}


def written(name: str, *texts: str) -> Node:
    return division(name, [para(text) for text in texts])


def below(*blocks: Node, language: str = "id") -> tuple[list[tuple[str, list[str]]], Below]:
    gathering = Below(language=language)
    result: Nodes = gathering.gathered(list(blocks))
    return [
        (each["c"][0][1][0], [plain_text(block) for block in each["c"][1]])
        for each in result
        if each["t"] == "Div"
    ], gathering


AUTOMATIC = division(SOURCE, [para("Sumber: BPS.")], "table:a")
UNKNOWN = division(SOURCE, [], "table:a")


def test_what_the_author_says_replaces_what_follows_from_the_data() -> None:
    assert below(table(), AUTOMATIC)[0] == [(SOURCE, ["Sumber: BPS."])]
    own = [(SOURCE, ["Sumber: Buku (2001)."])]
    assert below(table(), AUTOMATIC, written("source", "Buku (2001)."))[0] == own
    assert below(table(source="Buku (2001)."), AUTOMATIC)[0] == own
    assert below(table(source="none"), AUTOMATIC)[0] == []
    assert below(table(source="Source: a book."), language="en")[0] == [
        (SOURCE, ["Source: a book."])
    ]


def test_notes_come_first_and_in_the_order_of_their_kind() -> None:
    raised: Node = {"t": "Superscript", "c": words("a")}
    lettered = {"t": "Para", "c": [raised, *words(" Perkiraan.")]}
    stars = {"t": "BulletList", "c": [[{"t": "Plain", "c": words("p < 0,05")}]]}
    notes = division(NOTES, [stars, lettered, para("Dibulatkan.")])
    assert below(table(), AUTOMATIC, notes)[0] == [
        (NOTES, ["Catatan. Dibulatkan.", "a Perkiraan.", "* p < 0,05"]),
        (SOURCE, ["Sumber: BPS."]),
    ]
    assert below(table(), written(NOTES, "Catatan. Dibulatkan."))[0] == [
        (NOTES, ["Catatan. Dibulatkan."])
    ]


def test_a_product_without_a_source_is_known_unless_the_author_gives_one() -> None:
    assert below(table(), UNKNOWN)[1].without == ["table:a"]
    assert below(table(), UNKNOWN)[0] == []
    assert below(table(), UNKNOWN, written("source", "Buku."))[1].without == []
    assert below(table(source="none"), UNKNOWN)[1].without == []


def test_notes_and_sources_elsewhere_are_strays() -> None:
    shown, gathering = below(para("Teks."), written(NOTES, "Tersesat."), table())
    assert gathering.strays == ["Tersesat."]
    assert shown == [(NOTES, ["Tersesat."])]


def test_figures_within_divisions_and_lists_are_found() -> None:
    inner = {"t": "BulletList", "c": [[table(source="Buku.")]]}
    gathering = Below(language="id")
    result = gathering.gathered([{"t": "Div", "c": [attributes(), [inner]]}])
    assert plain_text(result[0]["c"][1][0]["c"][0][1]["c"][1]) == "Sumber: Buku."
