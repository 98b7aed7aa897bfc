"""How many of the rows behind a claim were read from their document twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bukti.base.claims import Claim
from bukti.ledger.sources import Cleaning
from bukti.manuscript.pool import Pool


def readings_of_claims(pool: Pool, cleaning: Cleaning) -> dict[str, dict[str, Any]]:
    """What second readings stand behind each claim whose table has any, by the claim's id.

    `cleaning` maps a table to its cleaning ledger.
    """
    found = {name: _behind(claim, cleaning) for name, claim in pool.claims.items()}
    return {name: readings for name, readings in found.items() if readings is not None}


def _behind(claim: Claim, cleaning: Cleaning) -> dict[str, Any] | None:
    """Of the rows that a claim names; of all rows of its table where it names none."""
    record: Mapping[str, Any] = cleaning.get(claim.evidence.table or "", {})
    if not record.get("readings"):
        return None
    rows = {*claim.evidence.row_numbers} or {*range(1, record["rows_out"] + 1)}
    found = [reading for reading in record["readings"] if reading["row"] in rows]
    days = sorted(reading["on"] for reading in found)
    return {
        "rows": len(rows),
        "twice": len({reading["row"] for reading in found}),
        "differ": len({reading["row"] for reading in found if not reading["agrees"]}),
        "by": sorted({reading["by"] for reading in found}),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
    }
