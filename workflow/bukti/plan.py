"""From a compendium to the steps that build it. Pure: the rules and the build both read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from bukti.base.diagnostic import Problem
from bukti.project import Project
from bukti.project import inventory as paths
from bukti.project.citation_style import bundled_styles
from bukti.project.config import PARALLEL_FORMATS
from bukti.project.fit import in_order, misfits
from bukti.project.kept import KEPT_DIGESTS, kept_ledger, kept_result, kept_table
from bukti.project.notebook_source import NotebookSource
from bukti.project.plain_settings import byline_settings, plain
from bukti.project.privacy_inputs import searched_files
from bukti.project.products import (
    DATA_PACKAGE,
    DIGESTS,
    FINDINGS,
    LEDGER,
    REPORT,
    clean_table,
    cleaning_ledger,
    executed_notebook,
    figure_file,
    findings_file,
    manuscript_file,
    paper_file,
    results_of,
)
from bukti.project.raw_files import RAW
from bukti.project.steps import Plan as Plan
from bukti.project.steps import Step as Step

STAGES = ("clean", "analyse", "manuscript", "ledger", "render", "privacy", "report", "gate")
FIGURE_FORMATS = {"pdf": "svg", "html": "svg", "docx": "png"}


def plan(project: Project) -> Plan:
    """The plan of a compendium; raises Problem where notebooks and tables do not fit together."""
    faults = tuple(misfits(project.inventory))
    if faults:
        raise Problem(*faults)
    steps = [
        *_clean(project),
        *_data_package(project),
        *_analyse(project),
        *_manuscript(project),
        _ledger(project),
    ]
    steps += _render(project)
    steps.append(_privacy(project, steps))
    steps.append(_report(project, tuple(steps)))
    return Plan(steps=(*steps, _gate(project, tuple(steps))))


RENDERED_RECORDS = ("tree", "evidence", "places")
MANUSCRIPT_RECORDS = ("tree", "marks", "evidence", "passages", "places", "appendix")


def _shared(project: Project, *names: str) -> tuple[str, ...]:
    return tuple(name for name in names if name in project.inventory.shared)


def _clean(project: Project) -> Iterator[Step]:
    for table in in_order(project.inventory.made):
        accepted = _shared(project, paths.RAW_DIGESTS)
        kept = _kept(project, kept_table(table.name), kept_ledger(table.name))
        raw = tuple(name for name in table.raw if name.removeprefix(f"{RAW}/") not in table.absent)
        others = sorted(table.others)
        findings = findings_file(f"clean.{table.name}")
        products = (
            clean_table(table.name),
            f"data/clean/{table.name}.csv",
            cleaning_ledger(table.name),
        )
        yield Step(
            stage="clean",
            name=table.name,
            inputs=(
                *(table.contract, table.script, *raw, *accepted, *kept),
                *map(clean_table, others),
            ),
            outputs=(*products, findings),
            findings=findings,
            params={
                "seconds": project.config.cleaning_seconds,
                "memory": project.config.cleaning_memory,
                "sources": project.inventory.source_columns(table),
                "from": project.inventory.origin_of(table),
                "open": project.inventory.is_open(table),
            },
        )


def _kept(project: Project, *names: str) -> tuple[str, ...]:
    """Those of the kept files that are there, with the list of their digests."""
    there = tuple(name for name in names if name in project.inventory.kept)
    return (*there, *_shared(project, KEPT_DIGESTS)) if there else ()


def _data_package(project: Project) -> Iterator[Step]:
    tables = project.inventory.made
    if tables:
        findings = findings_file("clean")
        yield Step(
            stage="clean",
            name="",
            inputs=(
                *(table.contract for table in tables),
                *(f"data/clean/{table.name}.csv" for table in tables),
                *_shared(project, paths.REGISTER),
            ),
            outputs=(DATA_PACKAGE, findings),
            findings=findings,
            params={
                "name": project.config.name,
                "version": project.config.version,
                "language": project.config.languages[0],
            },
        )


def _analyse(project: Project) -> Iterator[Step]:
    config = project.config
    for notebook in project.inventory.notebooks:
        stem = f"outputs/results/{notebook.name}"
        figures = tuple(
            figure_file(notebook.name, figure, language, suffix)
            for figure in notebook.figures
            for language in config.editions
            for suffix in ("svg", "png")
        )
        findings = findings_file(f"analyse.{notebook.name}")
        behind, origin = _read_by(project, notebook)
        yield Step(
            stage="analyse",
            name=notebook.name,
            inputs=(notebook.path, *behind, *_shared(project, paths.LABELS)),
            outputs=(
                executed_notebook(notebook.name),
                f"{stem}.html",
                f"{stem}.json",
                *figures,
                findings,
            ),
            findings=findings,
            params={
                "languages": list(config.editions),
                "seconds": config.seconds_of(notebook.name),
                "memory": config.memory_of(notebook.name),
                "parameters": dict(config.parameters.get(notebook.name, {})),
                "from": origin,
            },
        )


def _read_by(project: Project, notebook: NotebookSource) -> tuple[tuple[str, ...], str]:
    """What a notebook's results come from: its clean tables, or its kept result without them."""
    kept = _kept(project, kept_result(notebook.name))
    if not can_run(project, notebook):
        return kept, "kept"
    tables = tuple(clean_table(table) for table in notebook.reads)
    ledgers = tuple(cleaning_ledger(table) for table in notebook.reads)
    return (*tables, *ledgers, *kept), "tables"


def can_run(project: Project, notebook: NotebookSource) -> bool:
    """Whether every table that a notebook reads can be made."""
    return {*notebook.reads} <= {table.name for table in project.inventory.made}


def _results(project: Project) -> tuple[str, ...]:
    return tuple(results_of(notebook.name) for notebook in project.inventory.notebooks)


def _contracts(project: Project) -> tuple[str, ...]:
    return tuple(table.contract for table in project.inventory.tables)


def _manuscript(project: Project) -> Iterator[Step]:
    config = project.config
    own = config.citation_style not in (None, *bundled_styles())
    style = (str(config.citation_style),) if own else ()
    words = _shared(
        project,
        paths.CLAIMS,
        paths.LABELS,
        paths.GLOSSARY,
        paths.BIBLIOGRAPHY,
        paths.REGISTER,
    )
    fronts = tuple(
        f"manuscript/{language}/{name}"
        for language in config.languages
        for name in paths.FRONT_FILES
    )
    for language, chapters in project.inventory.manuscript.items():
        others = tuple(
            chapter
            for other, its_chapters in project.inventory.manuscript.items()
            if other != language
            for chapter in its_chapters
            if chapter in fronts
        )
        findings = manuscript_file(language, "findings")
        products = tuple(manuscript_file(language, name) for name in MANUSCRIPT_RECORDS)
        yield Step(
            stage="manuscript",
            name=language,
            inputs=(
                *(*chapters, *others, *_results(project), *_contracts(project), *words, *style),
                *(*project.inventory.pictures, *project.inventory.fonts),
                *project.inventory.documents,
            ),
            outputs=(*products, findings),
            findings=findings,
            params={
                "languages": list(config.languages),
                "edition": language in config.editions,
                "rounding": config.rounding,
                "tolerances": {name: str(part) for name, part in asdict(config.tolerances).items()},
                "allowed_numbers": dict(config.allowed_numbers),
                "style": config.citation_style,
                "level": str(config.level),
                "version": config.version,
                "date": config.date,
                **byline_settings(config),
            },
        )


def _ledger(project: Project) -> Step:
    editions = tuple(
        manuscript_file(language, name)
        for language in project.config.languages
        for name in ("marks", "passages")
    )
    findings = findings_file("ledger")
    cleaning = tuple(cleaning_ledger(table.name) for table in project.inventory.made)
    shared = _shared(
        project,
        paths.CLAIMS,
        paths.GLOSSARY,
        paths.ACCEPTED_VALUES,
        paths.ACCEPTED_TRANSLATIONS,
        paths.REGISTER,
        paths.BIBLIOGRAPHY,
    )
    return Step(
        stage="ledger",
        name="",
        inputs=(*editions, *_results(project), *cleaning, *shared, *project.inventory.documents),
        outputs=(LEDGER, findings),
        findings=findings,
        params={
            "languages": list(project.config.languages),
            "name": project.config.name,
            "level": str(project.config.level),
            "patterns": [
                [each.form, each.pattern, str(each.span)] for each in project.number_patterns
            ],
        },
    )


def _render(project: Project) -> Iterator[Step]:
    for language in project.config.editions:
        for suffix in project.config.formats:
            yield _paper(project, language, (language,), suffix)
    for pair in project.config.parallel:
        for suffix in project.config.formats:
            if suffix in PARALLEL_FORMATS:
                yield _paper(project, "-".join(pair), pair, suffix)


def has_appendix(project: Project, suffix: str) -> bool:
    """Whether papers of a format have the evidence appendix: HTML always, others on demand."""
    return suffix == "html" or suffix in project.config.page.annex


def _paper(project: Project, name: str, languages: tuple[str, ...], suffix: str) -> Step:
    """A paper in one format: of one language, or of two side by side."""
    figures = tuple(
        figure_file(notebook.name, figure, language, FIGURE_FORMATS[suffix])
        for notebook in project.inventory.notebooks
        for figure in notebook.figures
        for language in languages
    )
    single = len(languages) == 1 and has_appendix(project, suffix)
    wanted = (*RENDERED_RECORDS, *(["appendix"] if single else []))
    records = (manuscript_file(language, record) for language in languages for record in wanted)
    findings = findings_file(f"render.{name}.{suffix}")
    reference = (project.reference,) if project.reference and suffix == "docx" else ()
    inventory = project.inventory
    return Step(
        stage="render",
        name=f"{name}.{suffix}",
        inputs=(*records, *figures, *inventory.pictures, *inventory.fonts, *reference),
        outputs=(paper_file(name, suffix), findings),
        findings=findings,
        params={
            "languages": list(languages),
            "date": project.config.date,
            "page": plain(asdict(project.config.page)),
        },
    )


def _privacy(project: Project, steps: Sequence[Step]) -> Step:
    """The search of all that is made before, and of the texts that the report shows."""
    findings, citation = findings_file("privacy"), _shared(project, paths.CITATION)
    return Step(
        stage="privacy",
        name="",
        inputs=searched_files(steps, "bukti.yaml", *citation, *project.inventory.open_texts),
        outputs=(findings,),
        findings=findings,
        params={"names": project.privacy.digest, "asked": project.privacy.path is not None},
    )


def _report(project: Project, steps: tuple[Step, ...]) -> Step:
    """The page about all of this; it judges the findings of the steps before it by itself."""
    config, inventory = project.config, project.inventory
    shown = {
        *(LEDGER, *_results(project)),
        *(executed_notebook(notebook.name) for notebook in inventory.notebooks),
        *(cleaning_ledger(table.name) for table in inventory.made),
        *(step.findings for step in steps),
    }
    made = tuple(name for step in steps for name in step.outputs if name in shown)
    texts = tuple(
        manuscript_file(language, name)
        for language in config.languages
        for name in ("marks", "passages")
    )
    pictures = tuple(
        figure_file(notebook.name, figure, language, suffix)
        for notebook in inventory.notebooks
        for figure in notebook.figures
        for language in config.editions
        for suffix in ("svg", "png")
    )
    words = _shared(project, paths.CLAIMS, paths.LABELS, paths.REGISTER)
    own = Step(
        stage="report",
        name="",
        inputs=(*made, *texts, *pictures, *words, *inventory.open_texts),
        outputs=(REPORT, findings_file("report")),
        findings=findings_file("report"),
    )
    return replace(
        own,
        params={
            **plain({"authors": [author.name for author in config.authors]}),
            "settings": [config.name, config.version, config.date, *config.editions],
            **judging(project),
            "findings": [step.findings for step in steps],
            "papers": [step.outputs[0] for step in steps if step.stage == "render"],
            "steps": [
                {"id": each.id, "stage": each.stage, "name": each.name}
                # An archive has a citation file always, a compendium perhaps.
                | {"inputs": [name for name in each.inputs if name != paths.CITATION]}
                | {"outputs": list(each.outputs)}
                for each in (*steps, own)
            ],
        },
    )


def judging(project: Project) -> dict[str, Any]:
    """What the findings of a build are judged by: level, waivers, and what the plan found."""
    return {
        "level": str(project.config.level),
        "waivers": [asdict(waiver) for waiver in project.config.waivers],
        "plan": [finding.to_json() for finding in project.findings],
    }


def _gate(project: Project, steps: tuple[Step, ...]) -> Step:
    findings = tuple(step.findings for step in steps)
    products = tuple(name for step in steps for name in step.outputs if name not in findings)
    return Step(
        stage="gate",
        name="",
        inputs=(*findings, *products),
        outputs=(FINDINGS, DIGESTS),
        findings=FINDINGS,
        params={**judging(project), "findings": list(findings)},
    )
