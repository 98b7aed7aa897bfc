"""How a claim is grounded, and which tables came as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bukti.report import grounds
from bukti.verify.verdict import Ground

_GROUNDS = {
    grounds.Ground.COMPUTED: Ground.COMPUTED,
    grounds.Ground.TRANSCRIBED: Ground.TRANSCRIBED,
    grounds.Ground.GIVEN: Ground.TRANSCRIBED,
    grounds.Ground.DOCUMENTED: Ground.DOCUMENTED,
    grounds.Ground.QUOTATION: Ground.DOCUMENTED,
}


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
    """How a claim of the ledger is grounded, as the report counts it.

    Running a notebook again proves nothing of a value that it only took over.
    """
    return _GROUNDS[grounds.ground_of(entry)]
