"""On what ground a claim of the ledger stands, and how much of a paper stands on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from bukti.base.claims import Kind

Entry = Mapping[str, Any]


class Ground(StrEnum):
    """How a claim is grounded: calculated, read from one cell, documents, words of a source.

    `given` values have a source that nothing in the compendium compares.
    """

    COMPUTED = "computed"
    TRANSCRIBED = "transcribed"
    DOCUMENTED = "documented"
    QUOTATION = "quotation"
    GIVEN = "given"


_WRITTEN = {
    Kind.DOCUMENTARY: Ground.DOCUMENTED,
    Kind.QUOTATION: Ground.QUOTATION,
    Kind.GIVEN: Ground.GIVEN,
}


def ground_of(entry: Entry) -> Ground:
    """The ground of an entry of the ledger.

    A value that stands as a cell in the only row behind it was read, all others of a notebook and
    counts of a coded corpus were calculated.
    """
    written = _WRITTEN.get(Kind(entry["kind"]))
    if written is not None:
        return written
    if entry["evidence"].get("count"):
        return Ground.COMPUTED
    rows = entry["evidence"]["rows"]
    if entry["kind"] != Kind.TEST and len(rows) == 1 and _holds(rows[0], entry["value"]):
        return Ground.TRANSCRIBED
    return Ground.COMPUTED


def _holds(row: Mapping[str, Any], value: Any) -> bool:
    return any(type(cell) is not bool and cell == value for cell in row.values())


def counts_of(entries: Iterable[Entry]) -> dict[str, dict[str, int]]:
    """For each ground the claims that the paper uses, and those of which every mark holds."""
    found = {str(ground): {"used": 0, "holds": 0} for ground in Ground}
    for entry in entries:
        if entry["status"] != "unused":
            count = found[ground_of(entry)]
            count["used"] += 1
            count["holds"] += entry["status"] == "holds"
    return found
