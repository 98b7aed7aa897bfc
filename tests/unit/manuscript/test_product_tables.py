"""A notebook's table in a language's words."""

from __future__ import annotations

from typing import Any

from bukti.base.tree import Node, attributes
from bukti.manuscript.product_tables import ProductTable
from bukti.manuscript.saying import Words
from bukti.manuscript.tree import plain_text

LABELS = {
    "rate": {"id": "Angka", "en": "Rate"},
    "bali": {"id": "Bali", "en": "Bali"},
    "juta": {"id": "juta", "en": "million"},
    "estimate": {"id": "Perkiraan", "en": "Estimate"},
}
COLUMNS: dict[str, dict[str, Any]] = {
    "year": {"type": "integer", "title": {"id": "Tahun", "en": "Year"}},
    "share": {"type": "number", "unit": "percent", "title": {"id": "Bagian", "en": "Share"}},
    "part": {"type": "number", "unit": "percent", "title": {"id": "Bagian (persen)"}},
}
ROWS = [
    {"year": 2019, "rate": 1.25, "share": 2, "part": 1, "flag": None, "island": "bali"},
    {"year": 2020, "rate": None, "share": 3.5, "part": 1, "flag": "*", "island": "bali"},
    {"year": 2021, "rate": 12345, "share": 4, "part": 1, "flag": "estimate", "island": None},
]


def built(language: str = "id", **layout: Any) -> tuple[Node, list[str], list[str]]:
    names = layout.pop("columns", ["year", "rate"])
    words = Words(language=language, rounding="half-even", labels=LABELS, families={})
    without: list[str] = []
    table = ProductTable(
        table={"columns": names, "digits": {}, "rows": ROWS, **layout},
        columns=COLUMNS,
        words=words,
        without_word=without.append,
    )
    node = table.node(attributes("tbl:a"), [None, []])
    return node, [plain_text(note) for note in table.notes()], without


def texts(rows: list[Any]) -> list[list[str]]:
    return [[plain_text(cell[4]) for cell in cells] for _, cells in rows]


def test_values_are_written_as_the_language_does() -> None:
    node, notes, without = built(columns=["year", "rate"], digits={"rate": 1})
    ((_, _, _, rows),) = node["c"][4]
    assert texts(rows) == [["2019", "1,2"], ["2020", "–"], ["2021", "12.345,0"]]
    assert texts(node["c"][3][1]) == [["Tahun", "Angka"]]
    assert (notes, without) == ([], [])


def test_heads_span_their_groups_and_others_span_the_rows() -> None:
    groups = [{"label": "2019", "columns": ["share", "part"]}]
    node, _, without = built(columns=["year", "share", "part"], groups=groups)
    first, second = node["c"][3][1]
    assert [(cell[2], cell[3]) for cell in first[1]] == [(2, 1), (1, 2)]
    assert texts([first, second]) == [["Tahun", "2019"], ["Bagian (%)", "Bagian (persen)"]]
    assert without == []


def test_heads_and_units_have_words_of_their_own() -> None:
    node, _, without = built(
        "en", heads={"year": "rate", "rate": "nowhere"}, units={"year": "juta", "rate": "kg"}
    )
    assert texts(node["c"][3][1]) == [["Rate (million)", "nowhere (kg)"]]
    assert without == ["nowhere"]


def test_sections_head_their_rows_and_totals_stand_apart() -> None:
    node, _, _ = built(sections="island", totals=1)
    (body,) = node["c"][4]
    assert texts(body[2]) == [["Bali"]]
    assert body[2][0][1][0][3] == 2
    assert texts(body[3]) == [["2019", "1,25"], ["2020", "–"]]
    assert texts(node["c"][5][1]) == [["2021", "12.345,00"]]


def test_flags_become_letters_with_notes_and_signs_stay() -> None:
    node, notes, _ = built(marks={"rate": "flag"})
    ((_, _, _, rows),) = node["c"][4]
    assert texts(rows) == [["2019", "1,25"], ["2020", "–*"], ["2021", "12.345,00a"]]
    assert notes == ["a Perkiraan"]
