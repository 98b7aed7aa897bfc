"""The work of the stage ledger: read what the editions use, join, compare, write."""

from __future__ import annotations

import json
from typing import Any

from bukti.base.digest import canonical_json
from bukti.ledger.join import edition_record, join, moved, unused
from bukti.ledger.parity import disparities
from bukti.manuscript.step import read_shared
from bukti.plan import Step, manuscript_file, results_of
from bukti.project import Project
from bukti.project.inventory import ACCEPTED_VALUES
from bukti.tools.accepted import read_accepted_values
from bukti.tools.records import Products


def work(project: Project, step: Step) -> Products:
    """The ledger of all editions, and what does not hold between them."""
    pool = read_shared(project).pool
    editions = [
        edition_record(_json(project, manuscript_file(language, "marks")))
        for language in project.config.languages
    ]
    accepted = read_accepted_values(project.root / ACCEPTED_VALUES, shown_as=ACCEPTED_VALUES)
    confinement = {
        notebook.name: _json(project, results_of(notebook.name))["confinement"]
        for notebook in project.inventory.notebooks
    }
    ledger = join(project.config.name, pool, editions, accepted, confinement)
    findings = unused(pool, editions) + moved(pool, editions, accepted) + disparities(editions)
    return Products(files={step.outputs[0]: canonical_json(ledger).encode()}, findings=findings)


def _json(project: Project, name: str) -> Any:
    return json.loads((project.root / name).read_bytes())
