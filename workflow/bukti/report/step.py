"""The work of the stage report: gather what the other stages made, and write the page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from bukti.base.codes import LANGUAGES, report_words
from bukti.base.diagnostic import Diagnostic
from bukti.base.digest import digest_text
from bukti.gate.verdict import Judged, judge
from bukti.ledger.join import EditionRecord, edition_record
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
from bukti.report.claims import RowPool, claims_data, used_rows
from bukti.report.cleaning import cleaning_data, lines_of, only_raw_file
from bukti.report.exhibits import ImagePool, labels_used, products_data
from bukti.report.findings import findings_data
from bukti.report.graph import graph_of, layout
from bukti.report.notebooks import notebook_data
from bukti.report.page import page_of
from bukti.report.sources import in_languages, shares_of, source_data, sources_in_use
from bukti.report.summary import summary_of
from bukti.report.texts import edition_data, places_of_marks
from bukti.tools.environment import engine_digest, packages_used, python_version
from bukti.tools.records import Products, read_findings
from bukti.tools.yaml_files import read_yaml

FORMAT = 1
SCRIPTS = ("dom", "state", "parts", "claims", "claim", "views", "data", "build", "start")


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What the page is made from: the records of the other stages, read."""

    ledger: Mapping[str, Any]
    editions: tuple[EditionRecord, ...]
    results: tuple[Mapping[str, Any], ...]
    notebooks: tuple[Mapping[str, Any], ...]
    cleaning: Mapping[str, Mapping[str, Any]]
    judged: tuple[Judged, ...]
    written: Mapping[str, Any]
    labels: Mapping[str, Mapping[str, str]]


def work(project: Project, step: Step) -> Products:
    """The report of the last build, as one page."""
    records = _read(project, step)
    data = _data(project, step, records)
    lead = data["lead"]
    title = f"{data['words'][lead]['report-title']}: {data['paper']['title'][lead]}"
    page = page_of(
        data,
        title=title,
        language=lead,
        style=_template("report.css"),
        script=_script(),
        without=data["words"][lead]["without-script"],
    )
    return Products(files={step.outputs[0]: page})


def _template(name: str) -> str:
    return files("bukti.report").joinpath("templates", name).read_text(encoding="utf-8")


def _script() -> str:
    """All parts of the script in their order, as one function, so that no name leaks out."""
    parts = "\n".join(_template(f"{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _read(project: Project, step: Step) -> Records:
    books = project.inventory.notebooks
    found = [Diagnostic.from_json(item) for item in step.params["plan"]]
    for name in step.params["findings"]:
        found += read_findings(project.root / name)
    return Records(
        ledger=_json(project, LEDGER),
        editions=tuple(
            edition_record(
                _json(project, manuscript_file(language, "marks")),
                _json(project, manuscript_file(language, "passages")),
            )
            for language in project.config.languages
        ),
        results=tuple(_json(project, results_of(book.name)) for book in books),
        notebooks=tuple(_json(project, executed_notebook(book.name)) for book in books),
        cleaning={
            table.name: _json(project, cleaning_ledger(table.name))
            for table in project.inventory.made
        },
        judged=judge(found, step.params["waivers"]),
        written=_yaml(project, CLAIMS),
        labels=_yaml(project, LABELS),
    )


def _data(project: Project, step: Step, records: Records) -> dict[str, Any]:
    pool = RowPool()
    entries: Sequence[Mapping[str, Any]] = records.ledger["claims"]
    pictures = ImagePool()
    images = _images(project, pictures)
    products = products_data(records.results, records.editions, images)
    register = project.inventory.register
    used = sources_in_use(entries, [each for each in products if each["uses"]])
    rows = used_rows(entries)
    return {
        "format": FORMAT,
        "languages": _page_languages(project),
        "lead": _page_languages(project)[0],
        "words": {language: report_words(language) for language in LANGUAGES},
        "paper": _paper(project, step, records),
        "engine": _engine(),
        "summary": {
            **summary_of(records.ledger, records.editions, records.judged),
            "sources": shares_of(used, register.sources),
        },
        "claims": claims_data(entries, records.written, pool),
        "pool": pool.to_json(),
        "editions": [
            edition_data(edition, places_of_marks(edition)) for edition in records.editions
        ],
        "notebooks": [
            notebook_data(book.name, executed, result)
            for book, executed, result in zip(
                project.inventory.notebooks, records.notebooks, records.results, strict=True
            )
        ],
        "products": products,
        "images": pictures.images,
        "labels": labels_used(products, records.labels),
        "sources": [
            {**source_data(name, source), "used": name in used}
            for name, source in sorted(register.sources.items())
        ],
        "cleaning": [
            cleaning_data(record, rows.get(name, ()))
            for name, record in sorted(records.cleaning.items())
        ],
        "raw": _raw(project, step, records, rows),
        "findings": findings_data(records.judged),
        "graph": layout(graph_of(step.params["steps"])),
    }


def _page_languages(project: Project) -> list[str]:
    """The page's languages, the first one that the paper is in before the others."""
    leading = [language for language in project.config.languages if language in LANGUAGES]
    return list(dict.fromkeys([*leading, *LANGUAGES]))


def _paper(project: Project, step: Step, records: Records) -> dict[str, Any]:
    titles = {
        edition.language: passage.text
        for edition in reversed(records.editions)
        for passage in reversed(edition.passages)
        if passage.kind == "title"
    }
    config = project.config
    return {
        "name": config.name,
        "version": config.version,
        "date": config.date,
        "level": str(config.level),
        "editions": list(config.editions),
        "title": in_languages(titles or config.name) | titles,
        "authors": [in_languages(author.name) for author in config.authors],
        "papers": step.params["papers"],
    }


def _engine() -> dict[str, Any]:
    packages = packages_used()
    lines = "".join(f"{name}=={number}\n" for name, number in packages)
    return {
        "version": version("bukti"),
        "code": engine_digest("report"),
        "python": python_version(),
        "packages": [list(each) for each in packages],
        "lock": digest_text(lines),
    }


def _images(project: Project, pool: ImagePool) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for book in project.inventory.notebooks:
        for figure in book.figures:
            for language in project.config.editions:
                svg, png = (
                    (project.root / figure_file(book.name, figure, language, suffix)).read_bytes()
                    for suffix in ("svg", "png")
                )
                found.setdefault(figure, {})[language] = pool.index(svg, png)
    return found


def _raw(
    project: Project, step: Step, records: Records, rows: Mapping[str, set[int]]
) -> dict[str, dict[str, Any]]:
    """What the register says of the raw files, and the lines of them that claims rest on."""
    register = project.inventory.register
    wanted: dict[str, set[int]] = {}
    for table, record in records.cleaning.items():
        name = only_raw_file(record)
        if name is not None:
            origin = record["origin"]
            lines = {origin[row - 1] for row in rows.get(table, ()) if row <= len(origin)}
            wanted.setdefault(name, set()).update(line for line in lines if line is not None)
    names = {name for record in records.cleaning.values() for name in record["raw"]}
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(names):
        entry = register.raw.get(name, {})
        found[name] = {
            "title": in_languages(entry.get("title", "")),
            "kind": entry.get("kind", ""),
            "source": entry.get("source", ""),
            "access": register.access(name),
            "lines": _raw_lines(project, step, name, wanted.get(name, set())),
        }
    return found


def _raw_lines(project: Project, step: Step, name: str, numbers: set[int]) -> dict[str, str]:
    """Lines of a raw file that everyone may see and that is text."""
    if f"{RAW}/{name}" not in step.inputs or not numbers:
        return {}
    text = (project.root / RAW / name).read_bytes().decode("utf-8-sig", "replace")
    return lines_of(text.replace("\r\n", "\n").replace("\r", "\n"), numbers)


def _yaml(project: Project, path: str) -> Any:
    if path not in project.inventory.shared:
        return {}
    return read_yaml(project.root / path, shown_as=path).data or {}


def _json(project: Project, name: str) -> Any:
    return json.loads((project.root / name).read_bytes())
