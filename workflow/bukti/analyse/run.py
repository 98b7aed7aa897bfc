"""What a run of a notebook left: whether it was whole, and what may not be taken from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bukti.analyse import pictures
from bukti.analyse.bundle import MIME
from bukti.analyse.parameters import numbered
from bukti.analyse.results import Results, bundles
from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.project.notebook_source import SKIPPED, NotebookSource, tags


def not_run(path: str, notebook: Mapping[str, Any], injected: int | None) -> Iterator[Diagnostic]:
    """Cells with code that a run passed over, though it is said to have ended."""
    for number, cell in numbered(notebook, injected):
        written = cell["cell_type"] == "code" and cell["source"].strip()
        if written and SKIPPED not in tags(cell) and cell.get("execution_count") is None:
            yield diagnose("ANA219", Span(path=path, cell=number))


def of_failed_cells(
    path: str, notebook: Mapping[str, Any], injected: int | None
) -> Iterator[Diagnostic]:
    """Results stated by a cell that was allowed to fail, and did."""
    for number, cell in numbered(notebook, injected):
        outputs = cell.get("outputs", ())
        failed = any(output["output_type"] == "error" for output in outputs)
        if failed and any(MIME in output.get("data", {}) for output in outputs):
            yield diagnose("ANA214", Span(path=path, cell=number))


def broken_pictures(
    path: str, notebook: Mapping[str, Any], injected: int | None, languages: Sequence[str]
) -> Iterator[Diagnostic]:
    """Figures that lack a language, or whose files are none."""
    for cell, data in bundles(notebook, injected):
        if data["kind"] == "figure":
            yield from pictures.faults(path, cell, data, languages)


def not_made(source: NotebookSource, results: Results) -> Iterator[Diagnostic]:
    """Figures and tables that the notebook names and its run did not make."""
    where = Span(path=source.path)
    for kind, names, made in _products(source, results):
        for name in names:
            if name not in made:
                yield diagnose("ANA207", where, kind=kind, id=name)


def not_literal(source: NotebookSource, results: Results) -> Iterator[Diagnostic]:
    """Figures and tables that a run made and that the notebook does not name."""
    for kind, names, made in _products(source, results):
        for name, product in made.items():
            if name not in names:
                where = Span(path=source.path, cell=product["cell"])
                yield diagnose("ANA211", where, kind=kind, id=name)


def _products(
    source: NotebookSource, results: Results
) -> tuple[tuple[str, tuple[str, ...], Mapping[str, Any]], ...]:
    return (
        ("figure", source.figures, results.figures),
        ("table", source.tables, results.tables),
    )
