"""The work of the stage ledger: read what the editions use, join, compare, write."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bukti.base.diagnostic import Diagnostic
from bukti.base.digest import canonical_json
from bukti.ledger.comparison import pairs_of_editions
from bukti.ledger.join import (
    EditionRecord,
    edition_record,
    join,
    moved,
    unused,
    with_counts_in_use,
)
from bukti.ledger.parity import disparities_of_two
from bukti.ledger.patterns import unused_patterns
from bukti.ledger.readings import readings_of_claims
from bukti.ledger.sources import (
    Cleaning,
    not_included,
    told_not_included,
    uncited,
    unknown_sources,
    unused_sources,
)
from bukti.ledger.terms import terms_of, unmatched_terms
from bukti.ledger.tongues import passages_in_other_languages
from bukti.ledger.translations import declared_of, one_sided_changes
from bukti.manuscript.pool import Pool
from bukti.manuscript.step import read_shared
from bukti.plan import Step
from bukti.project import Project
from bukti.project.config import Level
from bukti.project.inventory import ACCEPTED_TRANSLATIONS, ACCEPTED_VALUES, BIBLIOGRAPHY
from bukti.project.products import cleaning_ledger, manuscript_file, results_of
from bukti.tools.accepted import read_accepted_translations, read_accepted_values
from bukti.tools.files import read_text
from bukti.tools.languages import likeliest_language
from bukti.tools.records import Products


def work(project: Project, step: Step) -> Products:
    """The ledger of all editions, and what does not hold between them."""
    shared = read_shared(project)
    editions = [
        edition_record(
            _json(project, manuscript_file(language, "marks")),
            _json(project, manuscript_file(language, "passages")),
        )
        for language in project.config.languages
    ]
    pool = with_counts_in_use(shared.pool, editions)
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
    findings = unused(pool, editions) + moved(pool, editions, accepted)
    findings += parity_findings(project, editions, shared.glossary)
    findings += unused_patterns(project.number_patterns, editions)
    findings += source_findings(project, pool, editions, cleaning)
    return Products(files={step.outputs[0]: canonical_json(ledger).encode()}, findings=findings)


def parity_findings(
    project: Project, editions: Sequence[EditionRecord], glossary: Mapping[str, Any]
) -> tuple[Diagnostic, ...]:
    """Where the editions do not say the same, or not in their language or in the paper's terms."""
    path = project.root / ACCEPTED_TRANSLATIONS
    stored = read_accepted_translations(path, shown_as=ACCEPTED_TRANSLATIONS)
    languages = project.config.languages
    found: list[Diagnostic] = []
    for edition in editions:
        found += passages_in_other_languages(edition, languages, likeliest_language)
    untranslated = {each.arguments["language"] for each in found if each.code == "PAR212"}
    strays = {each.span for each in found if each.code == "PAR210" and each.span}
    terms, declared = terms_of(glossary, languages), declared_of(stored)
    for both in pairs_of_editions(editions):
        found += disparities_of_two(both)
        if not untranslated & {both.here.edition.language, both.there.edition.language}:
            found += unmatched_terms(both, terms, strays)
        found += one_sided_changes(both, declared)
    return tuple(found)


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
