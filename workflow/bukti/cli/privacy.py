"""`bukti privacy`: the search for personal details in the outputs, and all of it in full."""

from __future__ import annotations

import click

from bukti.cli import stages
from bukti.cli.session import Session
from bukti.plan import Step, plan
from bukti.privacy.finds import OWN
from bukti.privacy.names import read_names
from bukti.privacy.step import search_now
from bukti.privacy.survey import Exposure
from bukti.project import Project, load_project
from bukti.project.privacy_inputs import is_output


def search(session: Session) -> int:
    """Search the outputs that a build has made, and show the findings."""
    project = load_project(session.root)
    steps = plan(project)
    session.show(stages.run(project, steps, "privacy", None))
    session.say(_sum(session, project, steps.step("privacy", "")))
    return 0


def show_all(session: Session) -> int:
    """List every personal detail as it is written, with its place and the outputs that hold it."""
    project = load_project(session.root)
    step = plan(project).step("privacy", "")
    exposures = search_now(project, step).exposures
    for exposure in sorted(exposures, key=_order):
        click.echo(_line(exposure))
        for output in exposure.outputs:
            click.echo(f"    {output}")
    if not exposures:
        session.say(session.word("privacy-nothing"))
    session.say(_sum(session, project, step))
    return 0


def _order(exposure: Exposure) -> tuple[object, ...]:
    span = exposure.span
    return (span.path, span.cell or 0, span.line or 0, span.column or 0, *exposure.find.about)


def _line(exposure: Exposure) -> str:
    """The place, the kind and the words of a find, each on its own stretch of one line."""
    where = [str(exposure.span), exposure.column, exposure.part]
    kind = exposure.find.kind.removeprefix(OWN)
    words = " ".join(exposure.find.text.split())
    return f"{'  '.join(filter(None, where))}: {kind}: {words}"


def _sum(session: Session, project: Project, step: Step) -> str:
    count = sum(map(is_output, step.inputs))
    privacy = project.privacy
    if privacy.digest:
        names = len({name.line for name in read_names(privacy.names).names})
        return session.word("privacy-searched", count=count, names=names)
    return session.word("privacy-list-absent" if privacy.path else "privacy-no-list", count=count)
