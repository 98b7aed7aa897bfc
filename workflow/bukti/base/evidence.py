"""Notes that say where a claim comes from."""

from __future__ import annotations

from bukti.base.claims import Claim, Count, Evidence
from bukti.base.diagnostic import Note, note

_SHOWN = 10


def evidence_notes(claim: Claim) -> tuple[Note, ...]:
    """The row, the notebook's cell, the count or the register's source behind a claim."""
    evidence = claim.evidence
    notes: list[Note] = []
    if evidence.count is not None:
        notes.append(_counted(evidence, evidence.count))
    elif evidence.table and evidence.row_numbers:
        rows = ", ".join(str(number) for number in evidence.row_numbers)
        notes.append(
            note(
                "evidence-row",
                table=evidence.table,
                rows=rows,
                notebook=evidence.notebook,
                cell=evidence.cell,
            )
        )
    elif evidence.notebook:
        notes.append(note("evidence-cell", notebook=evidence.notebook, cell=evidence.cell))
    elif evidence.sources:
        notes.append(
            note(
                "evidence-source",
                source=", ".join(evidence.sources),
                locator=evidence.locator or "-",
            )
        )
    return tuple(notes)


def _counted(evidence: Evidence, count: Count) -> Note:
    """What was counted, with or without the codes below, and in which rows of which table."""
    table = evidence.table
    if not count.code:
        return note("evidence-whole-table", table=table)
    rows = ", ".join(str(number) for number in evidence.row_numbers[:_SHOWN])
    more = ", …" if len(evidence.row_numbers) > _SHOWN else ""
    told = f"{rows}{more}" or "-"
    if count.of == "segments":
        key = "evidence-segments-below" if count.below else "evidence-segments"
        return note(key, path=count.path, table=table, rows=told)
    kind = "evidence-documents-below" if count.below else "evidence-documents"
    return note(kind, path=count.path, table=table, rows=told)
