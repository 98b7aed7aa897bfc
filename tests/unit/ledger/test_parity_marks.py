"""Locators, precision and years in passages that correspond."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.base.claims import Mark, Status
from bukti.base.span import Span
from bukti.ledger.join import EditionRecord
from bukti.ledger.parity import disparities
from bukti.ledger.passages import PartRecord, PassageRecord


def edition(language: str, text: str, *, marked: str = "", cited: str = "") -> EditionRecord:
    """An edition of one line with a mark or a citation in it."""
    span = Span(path=f"{language}.md", line=1, column=1, end_line=1, end_column=len(text) + 1)
    parts = [
        PartRecord(kind=kind, start=text.index(words), end=text.index(words) + len(words), name="a")
        for kind, words in (("mark", marked), ("citation", cited))
        if words
    ]
    begin = text.index(marked or cited) + 1
    inside: dict[str, Any] = {
        "path": span.path,
        "line": 1,
        "column": begin,
        "end_line": 1,
        "end_column": begin + 1,
    }
    return EditionRecord(
        language=language,
        marks=(mark(marked, Span(**inside)),) if marked else (),
        products=(),
        citations=({"key": "a", **inside},) if cited else (),
        references=(),
        sections=(),
        passages=(
            PassageRecord(
                kind="paragraph",
                section="",
                text=text,
                span=span,
                parts=tuple(parts),
                runs=((0, 1, 1),),
            ),
        ),
    )


def mark(text: str, span: Span) -> Mark:
    return Mark(
        index=1,
        scheme="claim",
        claims=("a",),
        options={},
        text=text,
        span=span,
        section="",
        status=Status.HOLDS,
    )


def codes(here: EditionRecord, there: EditionRecord) -> list[str]:
    return [f"{each.code} {each.span}" for each in disparities((here, there))]


@pytest.mark.parametrize(
    ("here", "there", "differ"),
    [
        ("[@a, hlm. 31]", "[@a, p. 31]", False),
        ("[@a, hlm. 31]", "[@a, p. 13]", True),
        ("[@a, hlm. 31\u201333]", "[@a, pp. 31-33]", False),
        ("[@a, hlm. iv]", "[@a, p. iv]", False),
        ("[@a, hlm. iv]", "[@a, p. vi]", True),
        ("[@a, hlm. 3]", "[@a]", True),
        ("[lihat @a, bab 2]", "[see @a, chap. 2]", False),
    ],
)
def test_places_in_a_work(here: str, there: str, differ: bool) -> None:
    found = codes(
        edition("id", f"Teks {here}.", cited=here), edition("en", f"Text {there}.", cited=there)
    )
    assert found == (["PAR119 en.md:1:6"] if differ else [])


@pytest.mark.parametrize(
    ("here", "there", "differ"),
    [
        ("2,3 persen", "2.3 percent", False),
        ("2,3 persen", "2.30 percent", True),
        ("1,27 juta", "1,270,000", False),
        ("14.250", "14,250", False),
        ("dari 2,1 ke 3,2", "from 2.1 to 3.25", True),
        ("naik", "rose", False),
    ],
)
def test_precision(here: str, there: str, differ: bool) -> None:
    found = codes(
        edition("id", f"Teks {here}.", marked=here), edition("en", f"Text {there}.", marked=there)
    )
    assert found == (["PAR120 en.md:1:6"] if differ else [])


def test_years() -> None:
    def years(here: str, there: str) -> list[str]:
        return codes(
            edition("id", f"Angka {here}", marked="Angka"),
            edition("en", f"Data {there}", marked="Data"),
        )

    assert years("2017\u20132021, tahun 1990-an", "of the 1990s and 2017 to 2021") == []
    assert years("pada 2018", "in 2013") == ["PAR122 en.md:1:9"]
    assert years("pada 2018", "in that year") == ["PAR122 id.md:1:12"]
    assert years("2.018 orang, 20180", "two thousand people") == []


def test_a_year_in_a_mark_of_the_other_edition_is_there() -> None:
    here = edition("id", "Pada 2017 naik 3 persen.", marked="naik 3 persen")
    there = edition("en", "It rose by 3 percent in 2017.", marked="rose by 3 percent in 2017")
    assert codes(here, there) == []
