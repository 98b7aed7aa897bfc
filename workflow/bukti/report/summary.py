"""The first screen: what was not checked, what was, and on what ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bukti.gate.verdict import Judged
from bukti.ledger.join import EditionRecord
from bukti.report.findings import counts_of_findings
from bukti.report.grounds import counts_of
from bukti.report.texts import coverage_of

Ledger = Mapping[str, Any]
UNCONFINED = "unconfined"


def summary_of(
    ledger: Ledger, editions: Sequence[EditionRecord], judged: Sequence[Judged]
) -> dict[str, Any]:
    """The counts of the first screen."""
    entries = ledger["claims"]
    return {
        "grounds": counts_of(entries),
        "statuses": ledger["summary"]["statuses"],
        "claims": ledger["summary"]["claims"],
        "used": ledger["summary"]["used"],
        "editions": {edition.language: coverage_of(edition) for edition in editions},
        "documents": _grades(entries),
        "approved": _approved(entries),
        "read_twice": _read_twice(entries),
        "not_included": ledger["not_included"],
        "confinement": ledger["confinement"],
        "unconfined": sum(level == UNCONFINED for level in ledger["confinement"].values()),
        "findings": counts_of_findings(judged),
    }


def _grades(entries: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Of the documentary claims in use: how many rest on places nobody compared, on one source."""
    grades = [entry["grade"] for entry in entries if entry["grade"] and entry["status"] != "unused"]
    return {
        "all": len(grades),
        "locators": sum(grade["ground"] in ("locators", "nothing") for grade in grades),
        "one_source": sum(grade["sources"] <= 1 for grade in grades),
        "against": sum(grade["against"] > 0 for grade in grades),
    }


def _approved(entries: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    approved = [entry for entry in entries if entry["accepted"] is not None]
    same = [
        entry
        for entry in approved
        if (entry["accepted"]["value"], entry["accepted"]["unit"])
        == (entry["value"], entry["unit"])
    ]
    return {"all": len(approved), "same": len(same)}


def _read_twice(entries: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Claims in use whose table was read a second time, and those of which all rows were."""
    read = [
        entry["readings"]
        for entry in entries
        if entry["readings"] is not None and entry["status"] != "unused"
    ]
    return {
        "claims": len(read),
        "whole": sum(each["twice"] == each["rows"] for each in read),
        "differ": sum(each["differ"] > 0 for each in read),
    }
