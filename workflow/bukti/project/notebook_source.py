"""What a notebook reads and makes, found in its source before anything runs."""

from __future__ import annotations

import ast
import json
import re
import warnings
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
NAMES = ("name", "claim_id", "family", "figure_id", "table_id")
_MAGIC = re.compile(
    r"^([ \t]*)(?:[\w.,\t ]+=[ \t]*)?(?:[%!?].*|[\w.]+\?{1,2}[ \t]*)$", re.MULTILINE
)


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
            place = _place(path, number, call, source)
            value = argument.value if isinstance(argument, ast.Constant) else None
            function = _function(call)
            if not isinstance(value, str):
                if function not in ("claim", "claims"):
                    findings.append(diagnose("ANA102", place, function=function))
            elif function != "read" and not is_claim_id(value):
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
    for number, cell in enumerate(notebook["cells"], start=1):
        source = cell.get("source", "") if isinstance(cell, dict) else None
        if not isinstance(source, str | list):
            where = Span(path=path, cell=number)
            raise Problem(diagnose("ANA101", where, path=path, reason="a cell without source"))
    return notebook


def _calls(source: str) -> Iterator[tuple[ast.Call, ast.expr]]:
    tree = _parsed(source) or _parsed(_without_magics(source))
    if tree is None:
        return  # the kernel will say so, at the cell
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _function(node) in CALLS:
            named = [keyword.value for keyword in node.keywords if keyword.arg in NAMES]
            for argument in [*node.args, *named][:1]:
                yield node, argument


def _parsed(source: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError):
            return None


def _function(call: ast.Call) -> str:
    """The name called, as `read` or as `bukti.read`; empty for any other call."""
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id="bukti"), attr=name):
            return name
    return ""


def _without_magics(source: str) -> str:
    return _MAGIC.sub(lambda match: f"{match[1]}pass", source)


def _place(path: str, cell: int, node: ast.Call, source: str) -> Span:
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
