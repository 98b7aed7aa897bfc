"""The work of the stage ledger: read what the editions use, join, compare, write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bukti.base.diagnostic import Diagnostic
from bukti.base.digest import canonical_json
from bukti.ledger.join import EditionRecord, edition_record, join, moved, unused
from bukti.ledger.parity import disparities
from bukti.ledger.readings import readings_of_claims
from bukti.ledger.sources import (
    Cleaning,
    not_included,
    told_not_included,
    uncited,
    unknown_sources,
    unused_sources,
)
from bukti.manuscript.pool import Pool
from bukti.manuscript.step import read_shared
from bukti.plan import Step, cleaning_ledger, manuscript_file, results_of
from bukti.project import Project
from bukti.project.config import Level
from bukti.project.inventory import ACCEPTED_VALUES, BIBLIOGRAPHY
from bukti.tools.accepted import read_accepted_values
from bukti.tools.files import read_text
from bukti.tools.records import Products


def work(project: Project, step: Step) -> Products:
    """The ledger of all editions, and what does not hold between them."""
    pool = read_shared(project).pool
    editions = [
        edition_record(
            _json(project, manuscript_file(language, "marks")),
            _json(project, manuscript_file(language, "passages")),
        )
        for language in project.config.languages
    ]
    accepted = read_accepted_values(project.root / ACCEPTED_VALUES, shown_as=ACCEPTED_VALUES)
    confinement = {
        notebook.name: _json(project, results_of(notebook.name))["confinement"]
        for notebook in project.inventory.notebooks
    }
    missing = not_included(project, pool)
    cleaning = {
        table.name: _json(project, cleaning_ledger(table.name)) for table in project.inventory.made
    }
    readings = readings_of_claims(pool, cleaning)
    ledger = join(project.config.name, pool, editions, accepted, confinement, missing, readings)
    findings = unused(pool, editions) + moved(pool, editions, accepted) + disparities(editions)
    findings += source_findings(project, pool, editions, cleaning)
    return Products(files={step.outputs[0]: canonical_json(ledger).encode()}, findings=findings)


def source_findings(
    project: Project, pool: Pool, editions: Sequence[EditionRecord], cleaning: Cleaning
) -> tuple[Diagnostic, ...]:
    """Where data and register do not agree; a draft may have sources that it does not use yet."""
    register = project.inventory.register
    found = unknown_sources(register, cleaning)
    found += told_not_included(project, not_included(project, pool))
    if project.config.level is Level.DRAFT:
        return found
    cited = {use["key"] for edition in editions for use in edition.citations}
    bibliography = project.root / BIBLIOGRAPHY
    entries = read_text(bibliography, shown_as=BIBLIOGRAPHY) if bibliography.is_file() else ""
    found += uncited(entries, register, cited)
    return found + unused_sources(register, cleaning, pool, cited)


def _json(project: Project, name: str) -> Any:
    return json.loads((project.root / name).read_bytes())
