"""Whether the editions say the same."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.ledger.test_alignment import edition as of_passages
from tests.unit.ledger.test_alignment import passage

from bukti.base.claims import Mark, Status
from bukti.base.span import Span
from bukti.ledger.join import EditionRecord
from bukti.ledger.parity import disparities


def where(language: str, line: int) -> dict[str, Any]:
    return {
        "path": f"{language}.md",
        "line": line,
        "column": 1,
        "end_line": line,
        "end_column": 2,
    }


def mark(language: str, line: int, *claims: str, scheme: str = "claim") -> Mark:
    return Mark(
        index=line,
        scheme=scheme,
        claims=claims,
        options={},
        text="x",
        span=Span(**where(language, line)),
        section="",
        status=Status.HOLDS,
    )


def edition(
    language: str,
    *,
    marks: list[Mark] | None = None,
    figures: str = "",
    cited: str = "",
    sections: str = "",
) -> EditionRecord:
    def uses(names: str, key: str, **more: Any) -> tuple[dict[str, Any], ...]:
        return tuple(
            {key: name, **more, **where(language, line)}
            for line, name in enumerate(names.split(), start=1)
        )

    return EditionRecord(
        language=language,
        marks=tuple(marks or ()),
        products=uses(figures, "id", kind="figure"),
        citations=uses(cited, "key"),
        references=(),
        sections=uses(sections, "id", title="T", level=1),
    )


def found(*editions: EditionRecord) -> list[tuple[str, str, str]]:
    return [(each.code, str(each.span), each.arguments["item"]) for each in disparities(editions)]


def test_editions_that_say_the_same_in_any_order() -> None:
    first = edition("id", marks=[mark("id", 1, "a"), mark("id", 2, "b")], cited="x y", figures="f")
    second = edition("en", marks=[mark("en", 1, "b"), mark("en", 2, "a")], cited="y x", figures="f")
    assert found(first, second) == []
    assert found(first) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            edition("id", sections="a b"),
            edition("en", sections="a"),
            [("PAR101", "id.md:2:1", "b")],
        ),
        (
            edition("id", marks=[mark("id", 1, "a"), mark("id", 2, "a")]),
            edition("en", marks=[mark("en", 1, "a")]),
            [("PAR102", "id.md:2:1", "claim:a")],
        ),
        (
            edition("id", marks=[mark("id", 1, "a")]),
            edition("en", marks=[mark("en", 1, "a", scheme="given")]),
            [("PAR102", "id.md:1:1", "claim:a"), ("PAR102", "en.md:1:1", "given:a")],
        ),
        (
            edition("id", figures="f g"),
            edition("en", figures="g"),
            [("PAR103", "id.md:1:1", "figure:f")],
        ),
        (
            edition("id", cited="x"),
            edition("en", cited="x x"),
            [("PAR104", "en.md:2:1", "@x")],
        ),
    ],
)
def test_what_one_edition_lacks_is_reported_where_the_other_has_it(
    first: EditionRecord, second: EditionRecord, expected: list[tuple[str, str, str]]
) -> None:
    assert found(first, second) == expected


def test_a_mark_of_several_claims_counts_for_each() -> None:
    first = edition("id", marks=[mark("id", 1, "a", "b")])
    second = edition("en", marks=[mark("en", 1, "b"), mark("en", 2, "a")])
    assert found(first, second) == []


def test_how_often_each_edition_has_it_is_said() -> None:
    (item,) = disparities(
        (edition("id", cited="x x x"), edition("en", cited="x x")),
    )
    assert item.arguments == {
        "item": "@x",
        "language": "id",
        "other": "en",
        "count": "3",
        "other_count": "2",
        "section": "",
    }


def test_with_three_editions_each_pair_is_compared() -> None:
    editions = (edition("id", cited="x"), edition("en", cited="x"), edition("de"))
    assert [each.arguments["language"] for each in disparities(editions)] == ["id", "en"]
    assert {each.arguments["other"] for each in disparities(editions)} == {"de"}


def test_what_is_missing_behind_a_table_belongs_behind_its_title_too() -> None:
    table = [
        passage("Jumlah anak menurut tahun.", 9, kind="caption"),
        passage("Tahun", 5, kind="cell"),
        passage("Anak", 7, kind="cell"),
    ]
    more = [*table, passage("Paragraf yang tidak ada di edisi lain sama sekali.", 11)]
    found = disparities([of_passages(more, "id"), of_passages(table, "en")])
    assert [(each.code, str(each.span)) for each in found] == [("PAR114", "01.md:9:27")]
