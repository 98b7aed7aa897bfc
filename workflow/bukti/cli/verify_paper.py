"""`bukti verify PAPER`: what a finished paper carries, against an archive or the paper at hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bukti.archive.step import opened
from bukti.base.diagnostic import Problem, diagnose
from bukti.cli.session import Session
from bukti.cli.showing import show
from bukti.project import Project, load_project
from bukti.tools.files import read_bytes, write_bytes
from bukti.tools.work_folder import work_folder
from bukti.verify.single_paper import carried, compared_with, place_of
from bukti.verify.wording import Wording


def verify_paper(session: Session, paper: Path, archive: Path | None) -> int:
    """Show the evidence in a paper, and compare all that it prints with a finished build.

    That is the archive's or, without one, the one of the compendium at hand; nothing is rebuilt.
    """
    wording = Wording(session.language)
    data = read_bytes(paper, shown_as=paper.name)
    inside = carried(data, paper.name)
    for language in inside.languages:
        counts = {"claims": inside.claims[language], "marks": inside.marks[language]}
        session.say(wording.say("paper-carries", file=paper.name, language=language, **counts))
    with work_folder() as work, _at_hand(session, archive, work) as project:
        place = place_of(project, inside)
        if not place:
            languages = ", ".join(inside.languages) or "-"
            raise Problem(diagnose("VER126", file=paper.name, languages=languages))
        write_bytes(work / "read" / place, data)
        found = compared_with(project, place, work / "read")
    show(session, found.findings)
    session.say(wording.say("paper-read", held=found.held, marks=found.marks))
    numbers = ", ".join(
        f"{wording.say(f'number-{ground}')} {count}"
        for ground, count in found.numbers.items()
        if count
    )
    session.say(wording.say("paper-numbers", numbers=numbers or "-"))
    session.say(wording.say("paper-differs" if found.findings else "paper-agrees"))
    return 1 if found.findings else 0


@contextmanager
def _at_hand(session: Session, archive: Path | None, work: Path) -> Iterator[Project]:
    """The finished build to compare with; raises Problem where there is none."""
    if archive is None:
        root = session.root
    elif archive.is_dir():
        root = archive
    else:
        root = opened(archive, work / "archive").root
    project = load_project(root)
    if not (root / "outputs/ledger.json").is_file():
        raise Problem(diagnose("VER122", file=root.name))
    yield project
