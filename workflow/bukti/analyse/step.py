"""The work of the stage analyse: execute a notebook, take its results, write them out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import polars as pl
from nbformat import NotebookNode

from bukti.analyse import run
from bukti.analyse.context import R_VARIABLE, VARIABLE, context_json, r_classes
from bukti.analyse.failures import Failure, explain, writes
from bukti.analyse.kept import other_code, other_results
from bukti.analyse.page import page
from bukti.analyse.parameters import inject
from bukti.analyse.repeat import differences
from bukti.analyse.results import Results, bundles, figure_bytes, results_json, results_of
from bukti.base.diagnostic import Diagnostic, Problem, diagnose, note
from bukti.base.digest import canonical_json, digest_bytes
from bukti.base.span import Span
from bukti.plan import Step
from bukti.project import Project
from bukti.project.inventory import LABELS
from bukti.project.kept import broken, kept_result, read_kept
from bukti.project.notebook_source import NotebookSource
from bukti.project.products import clean_table, figure_file
from bukti.tools.confine import SHORTENED, Policy
from bukti.tools.environment import ENGINE
from bukti.tools.files import read_text, write_bytes, write_json, write_text
from bukti.tools.kernel import Execution, execute
from bukti.tools.records import STATE, Products
from bukti.tools.schemas import first_fault
from bukti.tools.yaml_files import read_yaml

MIB = 1024 * 1024
_THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "RAYON")
OTHER = {
    "PYTHONHASHSEED": "4242",
    "POLARS_MAX_THREADS": "4",
    **{f"{name}_NUM_THREADS": "4" for name in _THREADS},
}


def work(project: Project, step: Step) -> Products:
    """Execute one notebook and take its results; Problem, at the cell, where it does not finish."""
    source = source_of(project, step)
    if step.params["from"] == "kept":
        return _from_kept(project, step, source)
    before = _digests(project.root, step.inputs)
    execution = whole_run(project, source)
    after = _digests(project.root, step.inputs)
    changed = tuple(path for path in step.inputs if before[path] != after[path])
    if changed:
        where = Span(path=source.path)
        raise Problem(*(diagnose("ANA216", where, path=path) for path in changed))
    tables = {name: pl.read_parquet(project.root / clean_table(name)) for name in source.reads}
    results = results_of(source.path, execution.notebook, tables, injected(project, source))
    missing = tuple(run.not_made(source, results))
    if missing:
        raise Problem(*missing)
    findings = [*results.findings, *run.not_literal(source, results)]
    if execution.confinement == "unconfined":
        findings.append(diagnose("ANA208", Span(path=source.path), notebook=source.path))
    if kept_result(source.name) in step.inputs:
        findings += _compared(project, source, results, tables)
    files = _files(project, step, source, execution.notebook, results, execution.confinement)
    return Products(files=files, findings=tuple(findings))


def _from_kept(project: Project, step: Step, source: NotebookSource) -> Products:
    """The results that the author kept, since the tables behind them cannot be made here."""
    notebook = _kept_notebook(project, source)
    results = results_of(source.path, notebook, {}, injected(project, source))
    missing = tuple(run.not_made(source, results))
    if missing:
        raise Problem(*missing)
    findings = (*results.findings, *run.not_literal(source, results))
    files = _files(project, step, source, notebook, results, "kept")
    return Products(files=files, findings=findings)


def _kept_notebook(project: Project, source: NotebookSource) -> NotebookNode:
    """A kept executed notebook; Problem where it is broken, or not of the notebook as it is."""
    name = kept_result(source.name)
    data = read_kept(project.root, name)
    try:
        notebook: NotebookNode = nbformat.reads(data.decode(), as_version=4)
    except (ValueError, nbformat.ValidationError) as error:
        raise broken(name, " ".join(str(error).split())[:120]) from error
    now, behind = _written(project, source)
    faults = other_code(source.path, source.name, notebook, now, behind)
    faults += _unusable(project, source, notebook)
    if faults:
        raise Problem(*faults)
    return notebook


def _written(project: Project, source: NotebookSource) -> tuple[NotebookNode, int | None]:
    """A notebook as it is to be executed, and the cell behind which its parameters stand."""
    text = read_text(project.root / source.path, shown_as=source.path)
    notebook: NotebookNode = nbformat.reads(text, as_version=4)
    behind = injected(project, source)
    if behind is not None:
        inject(notebook, behind, project.config.parameters[source.name], source.language)
    return notebook, behind


def _compared(
    project: Project, source: NotebookSource, results: Results, tables: Mapping[str, pl.DataFrame]
) -> tuple[Diagnostic, ...]:
    """Whether the kept result says what the run just made says."""
    try:
        notebook = _kept_notebook(project, source)
    except Problem as problem:
        return problem.diagnostics
    kept = results_of(source.path, notebook, tables, injected(project, source))
    return other_results(source.path, source.name, kept, results)


def repeat(project: Project, step: Step) -> tuple[Diagnostic, ...]:
    """What differs when a notebook is run twice, in kernels of different surroundings.

    Problem where a run does not finish. No output of the step is touched.
    """
    source = source_of(project, step)
    first = whole_run(project, source, place="twice/1")
    second = whole_run(project, source, place="twice/the-second", environment=OTHER)
    behind = injected(project, source)
    return differences(source.path, first.notebook, second.notebook, behind)


def source_of(project: Project, step: Step) -> NotebookSource:
    """The notebook that a step executes."""
    return next(item for item in project.inventory.notebooks if item.name == step.name)


def injected(project: Project, source: NotebookSource) -> int | None:
    """The cell behind which values for parameters are put; None where none are given."""
    return source.parameters_cell if project.config.parameters.get(source.name) else None


def _digests(root: Path, paths: tuple[str, ...]) -> dict[str, str]:
    return {
        path: digest_bytes((root / path).read_bytes()) if (root / path).is_file() else ""
        for path in paths
    }


def whole_run(
    project: Project,
    source: NotebookSource,
    *,
    place: str = "scratch",
    environment: Mapping[str, str] | None = None,
) -> Execution:
    """Execute a notebook in a scratch folder at `place` below the engine's own folder.

    Raises Problem, at the cell, where it does not go through to its end, or where what it states
    may not be taken.
    """
    execution = _execute(project, source, place, environment or {})
    if execution.failure is not None:
        failure = _failure(project, source, execution)
        seconds = project.config.seconds_of(source.name)
        raise Problem(explain(source.path, failure, seconds))
    faults = _unusable(project, source, execution.notebook)
    if faults:
        raise Problem(*faults)
    return execution


def _unusable(
    project: Project, source: NotebookSource, notebook: NotebookNode
) -> tuple[Diagnostic, ...]:
    """Why nothing may be taken from an executed notebook: the faults of the first kind found."""
    about = (source.path, notebook, injected(project, source))
    kinds = (
        tuple(run.not_run(*about)),
        tuple(_malformed(*about)),
        tuple(run.of_failed_cells(*about)),
        tuple(run.broken_pictures(*about, project.config.editions)),
    )
    return next((faults for faults in kinds if faults), ())


def _execute(
    project: Project, source: NotebookSource, place: str, environment: Mapping[str, str]
) -> Execution:
    root = project.root
    scratch = root / STATE / place / source.name
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    tables = {name: root / clean_table(name) for name in source.reads}
    notebook, _ = _written(project, source)
    try:
        return execute(
            notebook,
            kernel=source.kernel,
            scratch=scratch,
            policy=Policy(read=tuple(tables.values())),
            environment={
                **_context(project, source, scratch, tables),
                "PYTHONPATH": str(ENGINE.parent),
                "SOURCE_DATE_EPOCH": "0",
                **environment,
            },
            seconds_per_cell=project.config.seconds_of(source.name),
            memory_bytes=project.config.memory_of(source.name) * MIB,
        )
    except LookupError as error:
        where = Span(path=source.path)
        known = error.args[0]
        hint = note("install-ir", known=known) if source.kernel == "ir" else None
        finding = diagnose("ANA210", where, hint=hint, kernel=source.kernel, known=known)
        raise Problem(finding) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _context(
    project: Project, source: NotebookSource, scratch: Path, tables: Mapping[str, Path]
) -> dict[str, str]:
    """Writes what the notebook finds of the compendium; the variables that lead there."""
    labels = LABELS in project.inventory.shared
    words = read_yaml(project.root / LABELS, shown_as=LABELS).data if labels else {}
    data = context_json(project.config.editions, words, tables)
    if source.language != "python":
        data["csv"] = {}
        for name, path in tables.items():
            frame = pl.read_parquet(path)
            copy = scratch / ".tables" / f"{name}.csv"
            write_bytes(copy, frame.write_csv(quote_style="non_numeric").encode())
            data["csv"][name] = {"path": str(copy), "columns": r_classes(frame)}
    context = scratch / "context.json"
    fonts = scratch / "fonts.conf"
    write_json(context, data)
    write_text(fonts, f"<fontconfig><dir>{ENGINE / 'fonts'}</dir></fontconfig>\n")
    return {
        VARIABLE: str(context),
        R_VARIABLE: str(Path(__file__).with_name("bukti.R")),
        "FONTCONFIG_FILE": str(fonts),
    }


def _failure(project: Project, source: NotebookSource, execution: Execution) -> Failure:
    failure = execution.failure
    assert failure is not None
    cell, lines = _author_cell(project, source, failure.cell, execution.notebook)
    written = next((number for number, line in enumerate(lines, 1) if line.strip()), None)
    line = lines[failure.line - 1] if failure.line and failure.line <= len(lines) else ""
    denied = _whole_path(project.root, failure.denied_path)
    declared = [str(project.root / clean_table(name)) for name in source.reads]
    writing = denied is not None and (
        denied in declared or not Path(denied).exists() or writes(line)
    )
    if denied is not None and Path(denied).is_relative_to(project.root):
        denied = Path(denied).relative_to(project.root).as_posix()
    return Failure(
        kind=failure.kind,
        cell=cell,
        name=failure.ename,
        text=failure.evalue,
        traceback=failure.traceback,
        line=failure.line,
        first_line=written,
        denied=denied,
        written=writing,
        network=failure.denied_network,
    )


def _whole_path(root: Path, path: str | None) -> str | None:
    """A path of the compendium in whole, where a message has shortened its beginning."""
    if path is None or not path.startswith(SHORTENED):
        return path
    _, found, inside = path.partition(f"/{root.name}/")
    return str(root / inside) if found else path


def _author_cell(
    project: Project, source: NotebookSource, executed: int, notebook: Any
) -> tuple[int, list[str]]:
    """The number in the author's notebook of a cell that was executed, and the cell's lines."""
    behind = injected(project, source)
    lines = notebook.cells[executed - 1].source.split("\n") if executed else []
    return executed - int(behind is not None and executed > behind), lines


def _malformed(path: str, notebook: Mapping[str, Any], behind: int | None) -> Iterator[Diagnostic]:
    for cell, data in bundles(notebook, behind):
        reason = first_fault(data, "result-bundle")
        if reason:
            yield diagnose("ANA213", Span(path=path, cell=cell), reason=reason)


def _files(
    project: Project,
    step: Step,
    source: NotebookSource,
    notebook: NotebookNode,
    results: Results,
    confinement: str,
) -> dict[str, bytes]:
    executed, html, records, *_ = step.outputs
    files = {
        executed: nbformat.writes(notebook).encode() + b"\n",
        html: page(notebook, source.name, project.config.editions[0]).encode(),
        records: canonical_json(results_json(results, source.reads, confinement)).encode(),
    }
    for name in source.figures:
        for language in project.config.editions:
            for suffix in ("svg", "png"):
                place = figure_file(source.name, name, language, suffix)
                files[place] = figure_bytes(results.figures[name], language, suffix)
    return files
