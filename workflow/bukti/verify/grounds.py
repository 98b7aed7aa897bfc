"""How a claim is grounded, and which tables came as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bukti.verify.verdict import Ground

_DOCUMENTS = ("documentary", "quotation")


def received_tables(
    cleaning: Mapping[str, Mapping[str, Any]], kinds: Mapping[str, str]
) -> frozenset[str]:
    """The clean tables all of whose raw files are included as they came from their makers.

    `cleaning` maps a table to its cleaning ledger, `kinds` a raw file to what the register says
    that it is: `received` or `transcribed`. Of a file that it says nothing of, nothing is assumed.
    """
    return frozenset(
        table
        for table, record in cleaning.items()
        if record["raw"] and all(kinds.get(name) == "received" for name in record["raw"])
    )


def ground_of(entry: Mapping[str, Any]) -> Ground:
    """How a claim of the ledger is grounded.

    A value that stands as a cell in the only row behind it was taken over, not computed: running
    the notebook again proves nothing of it.
    """
    if entry["kind"] in _DOCUMENTS:
        return Ground.DOCUMENTED
    if entry["kind"] == "given":
        return Ground.TRANSCRIBED
    rows, value = entry["evidence"]["rows"], entry["value"]
    if entry["kind"] == "test" or len(rows) != 1:
        return Ground.COMPUTED
    taken_over = any(type(cell) is not bool and cell == value for cell in rows[0].values())
    return Ground.TRANSCRIBED if taken_over else Ground.COMPUTED
