"""Notes that say where a claim comes from."""

from __future__ import annotations

from bukti.base.claims import Claim
from bukti.base.diagnostic import Note, note


def evidence_notes(claim: Claim) -> tuple[Note, ...]:
    """The row, the notebook's cell or the register's source behind a claim."""
    evidence = claim.evidence
    notes: list[Note] = []
    if evidence.table and evidence.row_numbers:
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
