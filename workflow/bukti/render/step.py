"""The work of the stage render: gather an edition's bytes, call the writers, hand over a paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from bukti.plan import (
    FIGURE_FORMATS,
    Step,
    figure_file,
    manuscript_file,
    results_of,
)
from bukti.project import Project
from bukti.render.docx import render_docx
from bukti.render.html import render_html
from bukti.render.pdf import render_pdf
from bukti.render.plan import FigureFiles, Invocation, Result
from bukti.tools import pandoc, typst
from bukti.tools.environment import ENGINE
from bukti.tools.records import Products
from bukti.tools.vectors import pixels_of

UNDATED = 315532800  # 1980-01-01, the first day that a zip can name


def work(project: Project, step: Step) -> Products:
    """One paper in one format; Problem where it cannot be set."""
    language, suffix = step.name.rsplit(".", 1)
    paper, found = WRITERS[suffix](_invocation(project, language, suffix))
    return Products(files={step.outputs[0]: paper}, findings=found)


def _pdf(invocation: Invocation) -> Result:
    typeset = partial(typst.typeset, fonts=ENGINE / "fonts")
    return render_pdf(invocation, convert=pandoc.convert, typeset=typeset)


WRITERS: dict[str, Callable[[Invocation], Result]] = {
    "pdf": _pdf,
    "docx": partial(render_docx, convert=pandoc.convert),
    "html": partial(render_html, convert=pandoc.convert),
}


def _invocation(project: Project, language: str, suffix: str) -> Invocation:
    root = project.root
    tree = json.loads((root / manuscript_file(language, "tree")).read_bytes())
    return Invocation(
        tree=tree,
        language=language,
        figures=_figures(project, language, FIGURE_FORMATS[suffix]),
        pictures=_pictures(project, suffix),
        evidence=(root / manuscript_file(language, "evidence")).read_bytes(),
        epoch=_epoch(project.config.date),
        path=f"manuscript/{language}",
        page=project.config.page,
        fonts=tuple((root / path).read_bytes() for path in project.inventory.fonts),
    )


def _figures(project: Project, language: str, suffix: str) -> dict[str, FigureFiles]:
    found = {}
    for notebook in project.inventory.notebooks:
        results: Mapping[str, Any] = json.loads(
            (project.root / results_of(notebook.name)).read_bytes()
        )
        for name in notebook.figures:
            data = (project.root / figure_file(notebook.name, name, language, suffix)).read_bytes()
            found[name] = FigureFiles(
                svg=data if suffix == "svg" else b"",
                png=data if suffix == "png" else b"",
                width_mm=results["figures"][name]["width"],
            )
    return found


def _pictures(project: Project, suffix: str) -> dict[str, bytes]:
    """Picture files by their path, their name, and their way from a chapter's folder.

    Word gets pixels of those that are made of lines; one that cannot be drawn counts as missing.
    """
    found: dict[str, bytes] = {}
    for path in project.inventory.pictures:
        data: bytes | None = (project.root / path).read_bytes()
        if data is not None and suffix == "docx" and path.lower().endswith(".svg"):
            data = pixels_of(data)
        if data is not None:
            names = (path, PurePosixPath(path).name, f"../{path.removeprefix('manuscript/')}")
            found |= dict.fromkeys(names, data)
    return found


def _epoch(date: str | None) -> int:
    if date is None:
        return UNDATED
    return int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp())
