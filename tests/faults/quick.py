"""What makes hundreds of checks affordable: texts read once, notebooks run in this process."""

from __future__ import annotations

import base64
import copy
import os
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import Any
from unittest.mock import patch

import IPython.display
from nbformat import NotebookNode
from nbformat.v4 import new_output
from PIL import Image

from bukti.analyse import api
from bukti.analyse.context import VARIABLE, context
from bukti.tools import pandoc, yaml_files
from bukti.tools.confine import level
from bukti.tools.kernel import CellFailure, Execution

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10"/>'


@contextmanager
def quick() -> Iterator[None]:
    """Within it each text is read once, by pandoc and as YAML, and notebooks need no kernel."""
    with (
        patch.object(pandoc, "read_markdown", _remembered),
        patch.object(yaml_files, "parse_yaml", _parsed),
        patch("bukti.analyse.step.execute", _execute),
        patch.object(api, "render", _render),
    ):
        yield


_read_markdown = pandoc.read_markdown


@cache
def _read_once(text: str, from_format: str, path: str | None) -> Any:
    return _read_markdown(text, from_format=from_format, path=path)


def _remembered(text: str, *, from_format: str = pandoc.READER, path: str | None = None) -> Any:
    tree, findings = _read_once(text, from_format, path)
    return copy.deepcopy(tree), findings


_parse_yaml = yaml_files.parse_yaml


@cache
def _parse_once(text: str, shown_as: str, first_line: int) -> yaml_files.Document:
    return _parse_yaml(text, shown_as=shown_as, first_line=first_line)


def _parsed(text: str, *, shown_as: str, first_line: int = 1) -> yaml_files.Document:
    return copy.deepcopy(_parse_once(text, shown_as, first_line))


def _render(draw: Any, languages: Mapping[str, Any], width: float) -> dict[str, dict[str, str]]:
    """A blank picture for each language: what a figure looks like changes no finding here."""
    return {language: {"svg": SVG, "png": _png()} for language in languages}


@cache
def _png() -> str:
    written = BytesIO()
    Image.new("L", (1, 1)).save(written, "png")
    return base64.b64encode(written.getvalue()).decode()


def _execute(notebook: NotebookNode, *, environment: Mapping[str, str], **others: Any) -> Execution:
    """The cells one after another, as `bukti.tools.kernel.execute` would run them."""
    fresh = copy.deepcopy(notebook)
    names: dict[str, Any] = {"__name__": "__main__"}
    context.cache_clear()
    with patch.dict(os.environ, {VARIABLE: environment[VARIABLE]}):
        for number, cell in enumerate(fresh.cells, 1):
            if cell.cell_type == "code":
                cell.outputs = []
                cell.execution_count = number
                failure = _run(cell, number, names)
                if failure:
                    return Execution(notebook=fresh, failure=failure, confinement=level())
    context.cache_clear()
    return Execution(notebook=fresh, failure=None, confinement=level())


def _run(cell: NotebookNode, number: int, names: dict[str, Any]) -> CellFailure | None:
    def display(data: Mapping[str, Any], **named: Any) -> None:
        cell.outputs.append(new_output("display_data", data=dict(data)))

    with patch.object(IPython.display, "display", display):
        try:
            exec(compile(cell.source, f"<cell {number}>", "exec"), names)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            lines = [each.lineno for each in frames if each.filename == f"<cell {number}>"]
            return CellFailure(
                kind="error",
                cell=number,
                ename=type(error).__name__,
                evalue=str(error),
                traceback="".join(traceback.format_exception(error)),
                line=lines[-1] if lines else None,
            )
    return None
