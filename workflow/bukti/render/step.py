"""The work of the stage render: gather an edition's bytes, call the writers, hand over a paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from bukti.manuscript.node_record import places_in
from bukti.plan import FIGURE_FORMATS, Step, has_appendix
from bukti.project import Project
from bukti.project.products import figure_file, manuscript_file, results_of
from bukti.render.docx import render_docx
from bukti.render.html import render_html, render_parallel_html
from bukti.render.pdf import render_parallel_pdf, render_pdf
from bukti.render.plan import FigureFiles, Invocation, Result
from bukti.tools import pandoc, typst
from bukti.tools.environment import ENGINE
from bukti.tools.files import write_bytes
from bukti.tools.records import Products
from bukti.tools.vectors import pixels_of

UNDATED = 315532800  # 1980-01-01, the first day that a zip can name


def work(project: Project, step: Step) -> Products:
    """One paper in one format; Problem where it cannot be set."""
    suffix = step.name.rpartition(".")[2]
    invocations = [_invocation(project, each, suffix) for each in step.params["languages"]]
    writers = SINGLE if len(invocations) == 1 else PARALLEL
    made = partial(writers[suffix], *invocations, convert=pandoc.convert)
    if suffix == "pdf":
        paper, found = _pdf(made, project.root, f"outputs/logs/{step.id}.typ")
    else:
        paper, found = made()
    return Products(files={step.outputs[0]: paper}, findings=found)


def _pdf(made: Callable[..., Result], root: Path, kept: str) -> Result:
    """The PDF; what Typst says and the code that it says it of are kept for a report."""

    def typeset(sources: Mapping[str, bytes], *, epoch: int = 0) -> typst.Typeset:
        made = typst.typeset(sources, fonts=ENGINE / "fonts", epoch=epoch)
        said = [message.raw or message.text for message in made.warnings]
        said += [made.error.raw or made.error.text] if made.error else []
        if said:
            heads = "".join(f"// {line}\n" for line in "\n".join(said).splitlines())
            write_bytes(root / kept, heads.encode() + sources["main.typ"])
        return made

    (root / kept).unlink(missing_ok=True)
    return made(typeset=typeset, kept=kept)


SINGLE: dict[str, Callable[..., Result]] = {
    "pdf": render_pdf,
    "docx": render_docx,
    "html": render_html,
}
PARALLEL: dict[str, Callable[..., Result]] = {
    "pdf": render_parallel_pdf,
    "html": render_parallel_html,
}


def _invocation(project: Project, language: str, suffix: str) -> Invocation:
    root = project.root
    tree = json.loads((root / manuscript_file(language, "tree")).read_bytes())
    return Invocation(
        tree=tree,
        language=language,
        figures=_figures(project, language, FIGURE_FORMATS[suffix]),
        pictures=_pictures(project, suffix),
        places=places_in(json.loads((root / manuscript_file(language, "places")).read_bytes())),
        evidence=(root / manuscript_file(language, "evidence")).read_bytes(),
        appendix=_appendix(project, language, suffix),
        epoch=_epoch(project.config.date),
        path=f"manuscript/{language}",
        page=project.config.page,
        fonts=tuple((root / path).read_bytes() for path in project.inventory.fonts),
        reference=_reference(project, suffix),
    )


def _appendix(project: Project, language: str, suffix: str) -> dict[str, Any] | None:
    if not has_appendix(project, suffix):
        return None
    record: dict[str, Any] = json.loads(
        (project.root / manuscript_file(language, "appendix")).read_bytes()
    )
    return record


def _reference(project: Project, suffix: str) -> bytes | None:
    if suffix != "docx" or not project.reference:
        return None
    return (project.root / project.reference).read_bytes()


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
