"""What was read twice of the rows behind a claim."""

from __future__ import annotations

from typing import Any

from bukti.base.claims import Claim, Evidence, Kind
from bukti.ledger.readings import readings_of_claims
from bukti.manuscript.pool import Pool


def claim(name: str, table: str | None, *rows: int) -> Claim:
    return Claim(id=name, kind=Kind.VALUE, evidence=Evidence(table=table, row_numbers=rows))


def reading(row: int, by: str, on: str, *, agrees: bool = True) -> dict[str, Any]:
    return {"row": row, "by": by, "on": on, "agrees": agrees, "line": row + 1}


READINGS = [
    reading(1, "CD", "2024-03-02"),
    reading(1, "AB", "2024-03-01"),
    reading(3, "AB", "2024-03-01", agrees=False),
]
CLEANING = {"t": {"rows_out": 4, "readings": READINGS}, "once": {"rows_out": 2, "readings": []}}


def behind(*claims: Claim) -> dict[str, Any]:
    return readings_of_claims(Pool(claims={each.id: each for each in claims}, given={}), CLEANING)


def test_the_rows_that_a_claim_names() -> None:
    assert behind(claim("a", "t", 1, 2))["a"] == {
        "rows": 2,
        "twice": 1,
        "differ": 0,
        "by": ["AB", "CD"],
        "first": "2024-03-01",
        "last": "2024-03-02",
    }


def test_a_claim_without_rows_rests_on_its_whole_table() -> None:
    found = behind(claim("a", "t"))["a"]
    assert (found["rows"], found["twice"], found["differ"]) == (4, 2, 1)


def test_rows_that_were_read_once() -> None:
    found = behind(claim("a", "t", 2))["a"]
    assert (found["twice"], found["by"], found["first"], found["last"]) == (0, [], None, None)


def test_nothing_is_said_of_tables_without_a_second_reading() -> None:
    assert behind(claim("a", "once", 1), claim("b", None), claim("c", "gone")) == {}
