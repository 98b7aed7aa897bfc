"""What a notebook reads and makes, found in its source before anything runs."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bukti.base.claims import is_claim_id
from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.span import Span

CALLS = {
    "read": "reads",
    "claim": "claims",
    "claims": "families",
    "figure": "figures",
    "table": "tables",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookSource:
    """A notebook and the names that it gives as literals."""

    name: str
    path: str
    reads: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


def code_cells(notebook: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """The number, counted from 1 over all cells, and the source of each code cell."""
    for number, cell in enumerate(notebook.get("cells", ()), start=1):
        if cell.get("cell_type") == "code":
            source = cell.get("source", "")
            yield number, source if isinstance(source, str) else "".join(source)


def scan_notebook(name: str, path: str, text: str) -> tuple[NotebookSource, tuple[Diagnostic, ...]]:
    """The literals of a notebook; raises Problem where the file is no notebook."""
    notebook = _notebook(path, text)
    found: dict[str, list[str]] = {kind: [] for kind in CALLS.values()}
    findings: list[Diagnostic] = []
    for number, source in code_cells(notebook):
        for call, argument in _calls(source):
            place = _place(path, number, call)
            value = argument.value if isinstance(argument, ast.Constant) else None
            function = _function(call)
            if not isinstance(value, str):
                if function not in ("claim", "claims"):
                    findings.append(diagnose("ANA102", place, function=function))
            elif function in ("claim", "claims") and not is_claim_id(value):
                findings.append(diagnose("CLM104", place, id=value))
            else:
                found[CALLS[function]].append(value)
    names = {kind: tuple(dict.fromkeys(values)) for kind, values in found.items()}
    return NotebookSource(name=name, path=path, **names), tuple(findings)


def _notebook(path: str, text: str) -> dict[str, Any]:
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        place = Span(path=path, line=error.lineno, column=error.colno)
        raise Problem(diagnose("ANA101", place, path=path, reason=error.msg)) from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise Problem(diagnose("ANA101", Span(path=path), path=path, reason="no cells"))
    return notebook


def _calls(source: str) -> Iterator[tuple[ast.Call, ast.expr]]:
    try:
        tree = ast.parse(_without_magics(source))
    except SyntaxError:
        return  # the kernel will say so, at the cell
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _function(node) in CALLS:
            yield node, node.args[0]


def _function(call: ast.Call) -> str:
    """The name called, as `read` or as `bukti.read`; empty for any other call."""
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id="bukti"), attr=name):
            return name
    return ""


def _without_magics(source: str) -> str:
    lines = source.split("\n")
    return "\n".join("pass" if line.startswith(("%", "!")) else line for line in lines)


def _place(path: str, cell: int, node: ast.Call) -> Span:
    return Span(
        path=path,
        cell=cell,
        line=node.lineno,
        column=node.col_offset + 1,
        end_line=node.end_lineno,
        end_column=(node.end_col_offset or 0) + 1,
    )
