"""The work of the stage analyse: execute a notebook, take its results, write them out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import polars as pl

from bukti.analyse.context import VARIABLE
from bukti.analyse.failures import Failure, explain
from bukti.analyse.page import page
from bukti.analyse.results import Results, bundles, figure_bytes, results_json, results_of
from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.digest import canonical_json
from bukti.base.span import Span
from bukti.plan import Step, clean_table, figure_file
from bukti.project import Project
from bukti.project.inventory import LABELS
from bukti.project.notebook_source import NotebookSource
from bukti.tools.confine import Policy
from bukti.tools.environment import ENGINE
from bukti.tools.files import read_text, write_json
from bukti.tools.kernel import CellFailure, Execution, execute
from bukti.tools.records import STATE, Products
from bukti.tools.schemas import first_fault
from bukti.tools.yaml_files import read_yaml

MIB = 1024 * 1024


def work(project: Project, step: Step) -> Products:
    """Execute one notebook and take its results; Problem, at the cell, where it does not finish."""
    source = next(item for item in project.inventory.notebooks if item.name == step.name)
    execution = _execute(project, source)
    if execution.failure is not None:
        failure = _failure(project, execution.failure)
        raise Problem(explain(source.path, failure, project.config.cell_seconds))
    malformed = tuple(_malformed(source.path, execution.notebook))
    if malformed:
        raise Problem(*malformed)
    tables = {name: pl.read_parquet(project.root / clean_table(name)) for name in source.reads}
    results = results_of(source.path, execution.notebook, tables)
    missing = tuple(_not_made(source, results))
    if missing:
        raise Problem(*missing)
    findings = [*results.findings, *_not_literal(source, results)]
    if execution.confinement == "unconfined":
        findings.append(diagnose("ANA208", Span(path=source.path), notebook=source.path))
    return Products(
        files=_files(project, step, source, execution, results), findings=tuple(findings)
    )


def _execute(project: Project, source: NotebookSource) -> Execution:
    root = project.root
    scratch = root / STATE / "scratch" / source.name
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    tables = {name: root / clean_table(name) for name in source.reads}
    context = scratch / "context.json"
    labels = LABELS in project.inventory.shared
    write_json(
        context,
        {
            "languages": list(project.config.editions),
            "labels": read_yaml(root / LABELS, shown_as=LABELS).data if labels else {},
            "tables": {name: str(path) for name, path in tables.items()},
        },
    )
    notebook = nbformat.reads(read_text(root / source.path, shown_as=source.path), as_version=4)
    kernel = notebook.metadata.get("kernelspec", {}).get("name", "python3")
    try:
        return execute(
            notebook,
            kernel=kernel,
            scratch=scratch,
            policy=Policy(read=tuple(tables.values())),
            environment={
                VARIABLE: str(context),
                "PYTHONPATH": str(ENGINE.parent),
                "SOURCE_DATE_EPOCH": "0",
            },
            seconds_per_cell=project.config.cell_seconds,
            memory_bytes=project.config.kernel_memory * MIB,
        )
    except LookupError as error:
        where = Span(path=source.path)
        raise Problem(diagnose("ANA210", where, kernel=kernel, known="python3")) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _failure(project: Project, failure: CellFailure) -> Failure:
    denied = failure.denied_path
    exists = False
    if denied is not None:
        path = Path(os.path.normpath(denied))
        exists = path.exists()
        if path.is_relative_to(project.root):
            denied = path.relative_to(project.root).as_posix()
    return Failure(
        kind=failure.kind,
        cell=failure.cell,
        name=failure.ename,
        text=failure.evalue,
        traceback=failure.traceback,
        line=failure.line,
        denied=denied,
        denied_exists=exists,
        network=failure.denied_network,
    )


def _malformed(path: str, notebook: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for cell, data in bundles(notebook):
        reason = first_fault(data, "result-bundle")
        if reason:
            yield diagnose("ANA213", Span(path=path, cell=cell), reason=reason)


def _not_made(source: NotebookSource, results: Results) -> Iterator[Diagnostic]:
    where = Span(path=source.path)
    for name in source.figures:
        if name not in results.figures:
            yield diagnose("ANA207", where, kind="figure", id=name)
    for name in source.tables:
        if name not in results.tables:
            yield diagnose("ANA207", where, kind="table", id=name)


def _not_literal(source: NotebookSource, results: Results) -> Iterator[Diagnostic]:
    made = (("figure", results.figures, source.figures), ("table", results.tables, source.tables))
    for kind, products, literal in made:
        for name, product in products.items():
            if name not in literal:
                where = Span(path=source.path, cell=product["cell"])
                yield diagnose("ANA211", where, kind=kind, id=name)


def _files(
    project: Project, step: Step, source: NotebookSource, execution: Execution, results: Results
) -> dict[str, bytes]:
    executed, html, records, *_ = step.outputs
    files = {
        executed: nbformat.writes(execution.notebook).encode() + b"\n",
        html: page(execution.notebook, source.name, project.config.editions[0]).encode(),
        records: canonical_json(
            results_json(results, source.reads, execution.confinement)
        ).encode(),
    }
    for name in source.figures:
        for language in project.config.editions:
            for suffix in ("svg", "png"):
                place = figure_file(source.name, name, language, suffix)
                files[place] = figure_bytes(results.figures[name], language, suffix)
    return files
