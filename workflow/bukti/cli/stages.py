"""The stages' own verbs: one step's work, as the rules start it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import click

from bukti.base.diagnostic import Diagnostic
from bukti.plan import Plan, Step
from bukti.project import Project
from bukti.tools.records import Products, read_findings, run_step


def run(project: Project, steps: Plan, stage: str, name: str | None) -> tuple[Diagnostic, ...]:
    """Do the work of one step, or of all steps of a stage; the findings of what was done.

    Raises Problem where a step cannot be done.
    """
    chosen = (steps.step(stage, name),) if name else steps.stage(stage)
    work = _work_of(stage)
    found: list[Diagnostic] = []
    for step in chosen:
        run_step(project.root, step, lambda step=step: _aloud(work(project, step)))  # type: ignore[misc]
        if stage != "gate":
            found.extend(read_findings(project.root / step.findings))
    return tuple(found)


def _aloud(products: Products) -> Products:
    if products.said:
        click.echo(products.said, err=True)
    return products


def _work_of(stage: str) -> Callable[[Project, Step], Products]:
    work: Callable[[Project, Step], Products] = import_module(f"bukti.{stage}.step").work
    return work
