"""The work of the stage report: gather what the other stages made, and write the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from bukti.base.diagnostic import Diagnostic
from bukti.gate.verdict import judge
from bukti.ledger.join import edition_record
from bukti.plan import Step
from bukti.project import Project
from bukti.project.inventory import CLAIMS, LABELS
from bukti.project.products import (
    LEDGER,
    cleaning_ledger,
    executed_notebook,
    figure_file,
    manuscript_file,
    results_of,
)
from bukti.project.raw_files import RAW
from bukti.report.assembly import Engine, Paper, Records, report_data
from bukti.report.claims import Closed, used_rows
from bukti.report.cleaning import lines_behind, lines_of
from bukti.report.page import page_of
from bukti.tools.environment import engine_digest, packages_used, python_version
from bukti.tools.records import Products, read_findings
from bukti.tools.yaml_files import read_yaml


def work(project: Project, step: Step) -> Products:
    """The report of the last build, as one page."""
    data = report_data(_records(project, step), _paper(project, step), _engine())
    return Products(files={step.outputs[0]: page_of(data)})


def _records(project: Project, step: Step) -> Records:
    inventory = project.inventory
    books = [book.name for book in inventory.notebooks]
    found = [Diagnostic.from_json(item) for item in step.params["plan"]]
    for name in step.params["findings"]:
        found += read_findings(project.root / name)
    ledger = _json(project, LEDGER)
    cleaning = {table.name: _json(project, cleaning_ledger(table.name)) for table in inventory.made}
    return Records(
        ledger=ledger,
        editions=tuple(
            edition_record(
                _json(project, manuscript_file(language, "marks")),
                _json(project, manuscript_file(language, "passages")),
            )
            for language in project.config.languages
        ),
        results={name: _json(project, results_of(name)) for name in books},
        notebooks={name: _json(project, executed_notebook(name)) for name in books},
        cleaning=cleaning,
        judged=judge(found, step.params["waivers"]),
        written=_yaml(project, CLAIMS),
        labels=_yaml(project, LABELS),
        register=inventory.register,
        pictures=_pictures(project),
        raw_lines=_raw_lines(project, ledger, cleaning),
        steps=step.params["steps"],
        closed=_closed(project),
    )


def _closed(project: Project) -> Closed:
    inventory = project.inventory
    tables = frozenset(each.name for each in inventory.tables if not inventory.is_open(each))
    return Closed(
        tables=tables,
        notebooks=frozenset(book.path for book in inventory.notebooks if tables & {*book.reads}),
        passages=bool(tables & {*inventory.coded}),
    )


def _paper(project: Project, step: Step) -> Paper:
    config = project.config
    return Paper(
        name=config.name,
        level=str(config.level),
        languages=config.languages,
        editions=config.editions,
        version=config.version,
        date=config.date,
        authors=tuple(author.name for author in config.authors),
        papers=tuple(step.params["papers"]),
    )


def _engine() -> Engine:
    return Engine(
        version=version("bukti"),
        code=engine_digest("report"),
        python=python_version(),
        packages=packages_used(),
    )


def _pictures(project: Project) -> dict[str, dict[str, tuple[bytes, bytes]]]:
    """The SVG and the PNG of each figure, by its id and language."""
    found: dict[str, dict[str, tuple[bytes, bytes]]] = {}
    for book in project.inventory.notebooks:
        for figure in book.figures:
            for language in project.config.editions:
                svg, png = (
                    (project.root / figure_file(book.name, figure, language, suffix)).read_bytes()
                    for suffix in ("svg", "png")
                )
                found.setdefault(figure, {})[language] = (svg, png)
    return found


def _raw_lines(
    project: Project, ledger: Mapping[str, Any], cleaning: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, str]]:
    """The lines that rows of claims come from, of raw files that everyone may see."""
    found: dict[str, dict[str, str]] = {}
    behind = lines_behind(cleaning, used_rows(ledger["claims"]))
    for name, numbers in sorted(behind.items()):
        path = f"{RAW}/{name}"
        if path in project.inventory.open_texts:
            with (project.root / path).open(encoding="utf-8-sig", errors="replace") as lines:
                found[name] = lines_of(lines, numbers)
    return found


def _yaml(project: Project, path: str) -> Any:
    if path not in project.inventory.shared:
        return {}
    return read_yaml(project.root / path, shown_as=path).data or {}


def _json(project: Project, name: str) -> Any:
    return json.loads((project.root / name).read_bytes())
