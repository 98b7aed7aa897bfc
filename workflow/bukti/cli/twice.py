"""`bukti check --twice`: whether the notebooks give the same results in every run."""

from __future__ import annotations

from bukti.analyse.step import repeat
from bukti.base.diagnostic import Diagnostic, Problem
from bukti.cli import stages
from bukti.cli.session import Session
from bukti.plan import plan
from bukti.project import load_project


def run_twice(session: Session) -> tuple[Diagnostic, ...]:
    """What differs between two runs of each notebook, and why a run does not finish.

    The clean tables are brought up to date first; Problem where that cannot be done.
    """
    project = load_project(session.root)
    steps = plan(project)
    stages.run(project, steps, "clean", None)
    found: list[Diagnostic] = []
    for step in steps.stage("analyse"):
        session.say(session.word("running-twice", notebook=step.inputs[0]))
        try:
            found += repeat(project, step)
        except Problem as problem:
            found += problem.diagnostics
    return tuple(found)
