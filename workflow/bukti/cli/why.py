"""`bukti why`: from a claim, a line of the text or an output back to where it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import click

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import Span
from bukti.cli.places import in_compendium
from bukti.cli.session import Session
from bukti.cli.why_claim import explained_claim, family_of
from bukti.cli.why_line import explained_line
from bukti.cli.why_output import explained_output
from bukti.cli.why_rows import explained_row
from bukti.cli.why_source import explained_source
from bukti.cli.why_tree import Branch, show
from bukti.plan import Plan, plan
from bukti.project import Project, load_project
from bukti.tools.records import read_record
from bukti.tools.staleness import reasons

LEDGER = "outputs/ledger.json"
_PLACE = re.compile(r"(?P<path>.*?)(?::(?P<line>[1-9]\d*)(?::(?P<column>[1-9]\d*))?)?\Z", re.DOTALL)


def explain(session: Session, what: str) -> int:
    """Show the origin of a claim, of all on a line, of a row of data or of an output, as a tree."""
    show(session, _explained(session, what))
    return 0


def _explained(session: Session, what: str) -> list[Branch]:
    project = load_project(session.root)
    steps = plan(project)
    if what in project.inventory.register.sources:
        return [explained_source(session, project, what)]
    match = _PLACE.match(what)
    assert match
    name = in_compendium(session.root, match["path"])
    number = int(match["line"]) if match["line"] else None
    row = explained_row(session, project, name, number) if number else None
    if row is not None:
        return [row]
    step = steps.maker_of(name) or next((item for item in steps.steps if item.id == what), None)
    if step is not None:
        return [explained_output(session, steps, step, name)]
    column = int(match["column"]) if match["column"] else None
    where = Span(path=name, line=number, column=column)
    if (session.root / name).is_file():
        return [_file(session, project, steps, where)]
    return _claims(session, project, steps, what)


def _file(session: Session, project: Project, steps: Plan, where: Span) -> Branch:
    """A file of the compendium, or a line of it: what stands there, and which steps use it."""
    ledger = read_record(session.root / LEDGER)
    found = explained_line(session, project, steps, ledger, where)
    if found is not None and where.line:
        return found
    users = tuple(
        Branch(kind="why-used-by", text=step.id)
        for step in steps.steps
        if where.path in step.inputs
    )
    children = (*(found.children if found else ()), *users) or (Branch(kind="why-nothing"),)
    return Branch(kind="why-place", text=str(where), span=where, children=children)


def _claims(session: Session, project: Project, steps: Plan, what: str) -> list[Branch]:
    """The claims and given values of a name, a family; Problem where there is none such."""
    ledger = read_record(session.root / LEDGER)
    if ledger is None:
        raise Problem(diagnose("CFG118", path=LEDGER))
    scheme, _, name = what.partition(":") if ":" in what else ("", "", what)
    wanted = [
        entry
        for entry in ledger["claims"]
        if entry["id"] == name and scheme in ("", entry["scheme"])
    ]
    found = [explained_claim(session, project, steps, entry) for entry in wanted]
    family = family_of(ledger["claims"], name)
    if not found and family:
        found.append(family)
    if not found:
        raise Problem(_unknown(project, steps, ledger, what))
    return found


def _unknown(project: Project, steps: Plan, ledger: Mapping[str, Any], what: str) -> Diagnostic:
    known = [*(entry["id"] for entry in ledger["claims"]), *steps.products()]
    known += project.inventory.register.sources
    near = ", ".join(get_close_matches(what, known, n=3)) or "-"
    return diagnose("CFG119", name=what, near=near)


def stale_steps(session: Session) -> int:
    """Show every step that a build would do, and why."""
    root = session.root
    count = 0
    for step in plan(load_project(root)).steps:
        found = reasons(root, step)
        if found:
            count += 1
            click.echo(step.id)
            for reason in found:
                click.echo(f"  {session.word(reason.key, **reason.arguments)}")
    if not count:
        session.say(session.word("nothing-to-do"))
    return 0
