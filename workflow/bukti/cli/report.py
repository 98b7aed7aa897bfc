"""How a build tells that it ended: findings, where the papers are, what was not touched."""

from __future__ import annotations

from bukti.cli.build import Built
from bukti.cli.coverage import coverage
from bukti.cli.session import Session, summarise
from bukti.gate.verdict import Judged, failing
from bukti.project.products import LEDGER, REPORT
from bukti.tools.records import read_record


def report(session: Session, built: Built) -> int:
    """Show how a build ended; the exit status that it asks for."""
    judged = tuple(Judged(finding=failure) for failure in built.failures) or built.judged
    summarise(session, judged)
    ledger = read_record(session.root / LEDGER)
    if ledger is not None and not built.failures:
        coverage(session, ledger["summary"]["numbers"])
    if not built.worked:
        session.say(session.word("nothing-to-do"))
    _papers(session, built)
    if (session.root / REPORT).is_file():
        session.say(session.word("report-here", path=REPORT))
    session.say(session.word("manuscript-untouched"))
    if built.failures:
        return 2
    return 1 if failing(built.judged, built.level) else 0


def _papers(session: Session, built: Built) -> None:
    if not built.papers:
        session.say(session.word("no-papers"))
        return
    session.say(session.word("papers-last-good" if built.failures else "papers-here"))
    for paper in built.papers:
        session.say(f"  {paper}")
    if not built.failures and built.drafts:
        session.say(session.word("draft-papers", level=built.level))
