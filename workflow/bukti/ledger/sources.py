"""What the paper rests on, source by source, and how that agrees with the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bukti.base.claims import Claim
from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.span import LineIndex, Span
from bukti.manuscript.bibliography.scan import entries_of
from bukti.manuscript.pool import Pool
from bukti.project import Project
from bukti.project.inventory import BIBLIOGRAPHY, Inventory, TableSource
from bukti.project.register import Register

Cleaning = Mapping[str, Mapping[str, Any]]


def unknown_sources(register: Register, cleaning: Cleaning) -> tuple[Diagnostic, ...]:
    """Sources that rows of data name and the register does not hold, each once a table.

    `cleaning` maps a table to its cleaning ledger.
    """
    return tuple(
        diagnose("SRC112", Span(path=named["path"], line=named["line"]), source=named["id"])
        for ledger in cleaning.values()
        for named in ledger["sources"]
        if named["id"] not in register.sources
    )


def unused_sources(
    register: Register, cleaning: Cleaning, pool: Pool, cited: Iterable[str]
) -> tuple[Diagnostic, ...]:
    """Sources that no raw file, row of data, claim or citation of the text names."""
    used = {str(entry.get("source")) for entry in register.raw.values()}
    used |= {named["id"] for ledger in cleaning.values() for named in ledger["sources"]}
    used |= {name for claim in _claims(pool) for name in claim.evidence.sources}
    keys = set(cited)
    return tuple(
        diagnose("SRC115", register.places.get(name), name=name)
        for name, source in register.sources.items()
        if name not in used and not {name, source.get("cite")} & keys
    )


def uncited(text: str, register: Register, cited: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Entries of a list of sources that no edition cites and no source of the register names."""
    lines = LineIndex(text)
    used = {*cited, *(str(source.get("cite")) for source in register.sources.values())}
    return tuple(
        diagnose("REF117", lines.span(BIBLIOGRAPHY, entry.start, entry.end), key=entry.key)
        for entry in entries_of(text)
        if entry.key not in used and entry.kind not in ("xdata", "set")
    )


def _claims(pool: Pool) -> Iterable[Claim]:
    return (*pool.claims.values(), *pool.given.values())


def not_included(project: Project, pool: Pool) -> list[dict[str, Any]]:
    """The tables whose raw files the paper does not include, and the claims that rest on them."""
    inventory = project.inventory
    return [
        {
            "table": table.name,
            "from": "table" if inventory.origin_of(table) == "kept" else "result",
            "raw": [
                {"name": name, "access": inventory.register.access(name)} for name in table.absent
            ],
            "claims": sorted(
                claim.id for claim in pool.claims.values() if _rests_on(claim, table, inventory)
            ),
        }
        for table in inventory.tables
        if table.absent
    ]


def _rests_on(claim: Claim, table: TableSource, inventory: Inventory) -> bool:
    """Whether a claim may come from a table: from it alone, or with others its notebook reads."""
    evidence = claim.evidence
    if evidence.table is not None:
        return evidence.table == table.name
    return any(
        notebook.path == evidence.notebook and table.name in notebook.reads
        for notebook in inventory.notebooks
    )


def told_not_included(
    project: Project, missing: Iterable[Mapping[str, Any]]
) -> tuple[Diagnostic, ...]:
    """A notice for each table whose raw files are not included, at its contract."""
    contracts = {table.name: table.contract for table in project.inventory.tables}
    found: list[Diagnostic] = []
    for item in missing:
        claims = ", ".join(item["claims"])
        notes = [note("rests-claims", claims=claims)] if claims else []
        where = Span(path=contracts[item["table"]])
        raw = ", ".join(each["name"] for each in item["raw"])
        found.append(diagnose("SRC120", where, notes=notes, table=item["table"], raw=raw))
    return tuple(found)
