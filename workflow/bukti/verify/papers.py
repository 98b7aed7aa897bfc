"""The verdicts on the finished papers: read back, and compared with what their sources make."""

from __future__ import annotations

from collections.abc import Mapping

from bukti.base.diagnostic import Note, note
from bukti.printed.against import Compared
from bukti.verify.built import PAPERS, Built
from bukti.verify.verdict import Ground, Outcome, Verdict


def paper_verdicts(theirs: Built, ours: Built, read: Mapping[str, Compared]) -> tuple[Verdict, ...]:
    """A verdict for each paper of the archive, and for those that only the rebuild has.

    `read` is what came of reading the archive's papers back, by their paths: against the editions
    and the ledger of the rebuild.
    """
    names = sorted({*theirs.papers, *ours.papers})
    return tuple(_paper(theirs, ours, name, read.get(name)) for name in names)


def _paper(theirs: Built, ours: Built, name: str, read: Compared | None) -> Verdict:
    outcome, reasons = _compared(theirs, ours, name, read)
    return Verdict(
        kind="paper",
        id=name.removeprefix(PAPERS),
        ground=Ground.UNCHECKED if outcome is Outcome.UNCHECKED else Ground.COMPUTED,
        outcome=outcome,
        reasons=reasons,
        place=name,
    )


def _compared(
    theirs: Built, ours: Built, name: str, read: Compared | None
) -> tuple[Outcome, tuple[Note, ...]]:
    if name not in theirs.digests:
        return Outcome.DIFFERS, (note("verify-not-in-archive"),)
    if name not in ours.digests or read is None:
        return Outcome.UNCHECKED, (note("verify-paper-not-made"),)
    same = theirs.digests[name] == ours.digests[name]
    told = note("verify-paper-read", held=read.held, marks=read.marks)
    if read.findings:
        return (Outcome.CONTRADICTED if same else Outcome.DIFFERS), (told,)
    if same:
        return Outcome.REPRODUCED, (told,)
    return Outcome.WITHIN, (told, note("verify-paper-same-text"))
