"""A notebook's parameters: their defaults in its tagged cell, their values in `bukti.yaml`.

The tag is papermill's (papermill.readthedocs.io, "Parameterize").
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bukti.base.diagnostic import Diagnostic, diagnose, sort_key
from bukti.project.notebook_calls import parsed
from bukti.tools.yaml_files import Document

if TYPE_CHECKING:
    from bukti.project.notebook_source import NotebookSource

TAG = "parameters"
_R_ASSIGNMENT = re.compile(
    r"^[ \t]*([A-Za-z.][\w.]*)[ \t]*(?:<-|=)[ \t]*"
    r"(TRUE|FALSE|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?L?|\"(?:[^\"\\]|\\.)*\"|'[^'\\]*')"
    r"[ \t]*(?:#.*)?$",
    re.MULTILINE,
)


def defaults(source: str, language: str) -> dict[str, Any]:
    """The names that a cell assigns plain values to, with these values, in order."""
    return dict(_python(source) if language == "python" else _r(source))


def _python(source: str) -> Iterator[tuple[str, Any]]:
    tree = parsed(source)
    for node in tree.body if tree else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case _:
                continue
        try:
            yield name, ast.literal_eval(value)
        except (ValueError, TypeError):
            continue


def _r(source: str) -> Iterator[tuple[str, Any]]:
    for name, text in _R_ASSIGNMENT.findall(source):
        if text in ("TRUE", "FALSE"):
            yield name, text == "TRUE"
        elif text[0] in "\"'":
            yield name, text[1:-1]
        elif text.endswith("L"):
            yield name, int(text[:-1])
        else:
            yield name, float(text)


def fits(default: Any, value: Any) -> bool:
    """Whether a value is of the type that a default has; a whole number is a number too."""
    if default is None:
        return True
    if isinstance(default, list | tuple):
        return isinstance(value, list) and all(fits(default[0], each) for each in value if default)
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(default)


def check_settings(
    document: Document, notebooks: tuple[NotebookSource, ...]
) -> tuple[Diagnostic, ...]:
    """What `bukti.yaml` sets for notebooks or parameters that are not there or do not fit."""
    by_name = {notebook.name: notebook for notebook in notebooks}
    settings: Mapping[str, Any] = document.data.get("notebooks", {})
    found = (
        finding
        for group in ("parameters", "limits")
        for name, values in settings.get(group, {}).items()
        for finding in _check(document, (group, name), by_name, values)
    )
    return tuple(sorted(found, key=sort_key))


def _check(
    document: Document,
    place: tuple[str, str],
    by_name: Mapping[str, NotebookSource],
    values: Mapping[str, Any],
) -> Iterator[Diagnostic]:
    group, name = place
    if name not in by_name:
        where = document.span(("notebooks", *place))
        yield diagnose("ANA106", where, name=name, known=", ".join(by_name) or "-")
    elif group == "parameters":
        known = by_name[name].parameters
        for key, value in values.items():
            where = document.span(("notebooks", *place, key))
            path = by_name[name].path
            if key not in known:
                names = ", ".join(known) or "-"
                yield diagnose("ANA107", where, name=key, notebook=path, known=names)
            elif not fits(known[key], value):
                default, given = _shown(known[key]), _shown(value)
                yield diagnose(
                    "ANA108", where, name=key, notebook=path, default=default, value=given
                )


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
