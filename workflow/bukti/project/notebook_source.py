"""What a notebook reads and makes, found in its source before anything runs."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bukti.base.claims import is_claim_id
from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import LineIndex, Span
from bukti.project import notebook_calls as python
from bukti.project.parameters import TAG, defaults

CALLS = {
    "read": "reads",
    "claim": "claims",
    "claims": "families",
    "figure": "figures",
    "table": "tables",
}
KERNEL = "python3"
SKIPPED = "skip-execution"
_ELSEWHERE = re.compile(
    r"#[^\n]*|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
    r"|\bbukti_(?P<function>read|claims?|figure|table)[ \t]*\(\s*(?P<argument>[^\s,)]*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookSource:
    """A notebook and the names that it gives as literals.

    `kernel` is the name of the kernel it asks for, `language` what that runs, in small letters;
    `parameters` are the defaults of the cell with the tag `parameters`, which is number
    `parameters_cell`, counted from 1.
    """

    name: str
    path: str
    kernel: str = KERNEL
    language: str = "python"
    reads: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    parameters_cell: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """A call of one of bukti's functions; `name` is its first argument where that is a text."""

    function: str
    name: str | None
    place: Span


def code_cells(notebook: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The number, counted from 1 over all cells, and the source of each cell that is run."""
    for number, cell in enumerate(notebook.get("cells", ()), start=1):
        if cell.get("cell_type") == "code" and SKIPPED not in tags(cell):
            source = cell.get("source", "")
            yield number, source if isinstance(source, str) else "".join(source)


def tags(cell: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags of a cell."""
    metadata = cell.get("metadata")
    found = metadata.get("tags") if isinstance(metadata, dict) else None
    return tuple(tag for tag in found if isinstance(tag, str)) if isinstance(found, list) else ()


def scan_notebook(name: str, path: str, text: str) -> tuple[NotebookSource, tuple[Diagnostic, ...]]:
    """The literals of a notebook; raises Problem where the file is no notebook."""
    notebook = _notebook(path, text)
    kernel, language = _kernel(notebook)
    cells = dict(code_cells(notebook))
    found: dict[str, list[str]] = {kind: [] for kind in CALLS.values()}
    findings = [*_left_behind(path, notebook), *_skipped(path, notebook)]
    uses = _in_python(path, cells, findings) if language == "python" else _elsewhere(path, cells)
    for use in uses:
        if use.name is None:
            if use.function in python.LITERAL:
                findings.append(diagnose("ANA102", use.place, function=use.function))
        elif use.function != "read" and not is_claim_id(use.name):
            findings.append(diagnose("CLM104", use.place, id=use.name))
        else:
            found[CALLS[use.function]].append(use.name)
    names = {kind: tuple(dict.fromkeys(values)) for kind, values in found.items()}
    tagged = _tagged(notebook, cells)
    source = NotebookSource(
        name=name,
        path=path,
        kernel=kernel,
        language=language,
        parameters=defaults(cells[tagged], language) if tagged else {},
        parameters_cell=tagged,
        **names,
    )
    return source, tuple(findings)


def _tagged(notebook: Mapping[str, Any], cells: Mapping[int, str]) -> int | None:
    """The first cell with the tag `parameters`, as papermill takes it."""
    return next((each for each in cells if TAG in tags(notebook["cells"][each - 1])), None)


def _kernel(notebook: Mapping[str, Any]) -> tuple[str, str]:
    metadata = notebook.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    spec = spec if isinstance(spec, dict) else {}
    name = str(spec.get("name") or KERNEL)
    usual = "r" if name == "ir" else "python"
    return name, str(spec.get("language") or usual).lower()


def _left_behind(path: str, notebook: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Outputs and counts that were saved with the notebook."""
    run = [
        number
        for number, cell in enumerate(notebook["cells"], start=1)
        if cell.get("outputs") or cell.get("execution_count") is not None
    ]
    if run:
        yield diagnose("ANA109", Span(path=path, cell=run[0]), count=len(run))


def _skipped(path: str, notebook: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell.get("cell_type") == "code" and SKIPPED in tags(cell):
            yield diagnose("ANA110", Span(path=path, cell=number), tag=SKIPPED)


def _notebook(path: str, text: str) -> dict[str, Any]:
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        place = Span(path=path, line=error.lineno, column=error.colno)
        raise Problem(diagnose("ANA101", place, path=path, reason=error.msg)) from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise Problem(diagnose("ANA101", Span(path=path), path=path, reason="no cells"))
    for number, cell in enumerate(notebook["cells"], start=1):
        source = cell.get("source", "") if isinstance(cell, dict) else None
        if not isinstance(source, str | list):
            where = Span(path=path, cell=number)
            raise Problem(diagnose("ANA101", where, path=path, reason="a cell without source"))
    return notebook


def _in_python(path: str, cells: Mapping[int, str], findings: list[Diagnostic]) -> Iterator[_Use]:
    trees = {number: tree for number, source in cells.items() if (tree := python.parsed(source))}
    bound = python.bindings(trees.values())
    for number, tree in trees.items():  # of other cells the kernel will say that they are no Python
        for function, call, argument in python.calls(tree, bound):
            value = argument.value if isinstance(argument, ast.Constant) else None
            name = value if isinstance(value, str) else None
            place = _place(path, number, call, cells[number])
            yield _Use(function=function, name=name, place=place)
        for written, node in python.handed_on(tree, bound):
            place = _place(path, number, node, cells[number])
            findings.append(diagnose("ANA105", place, name=written))


def _elsewhere(path: str, cells: Mapping[int, str]) -> Iterator[_Use]:
    """The calls of `bukti_read("x")` and its like in a language that is not Python."""
    for number, source in cells.items():
        lines = LineIndex(source)
        for match in _ELSEWHERE.finditer(source):
            if match["function"]:
                argument = match["argument"]
                quoted = len(argument) > 2 and argument[0] == argument[-1] and argument[0] in "\"'"
                line, column = lines.position(match.start())
                place = Span(path=path, cell=number, line=line, column=column)
                name = argument[1:-1] if quoted else None
                yield _Use(function=match["function"], name=name, place=place)


def _place(path: str, cell: int, node: ast.expr, source: str) -> Span:
    lines = source.split("\n")
    end_line = node.end_lineno or node.lineno
    return Span(
        path=path,
        cell=cell,
        line=node.lineno,
        column=_column(lines[node.lineno - 1], node.col_offset),
        end_line=end_line,
        end_column=_column(lines[end_line - 1], node.end_col_offset or 0),
    )


def _column(line: str, offset: int) -> int:
    """The column of an offset that Python counts in bytes of UTF-8."""
    return len(line.encode()[:offset].decode(errors="ignore")) + 1
