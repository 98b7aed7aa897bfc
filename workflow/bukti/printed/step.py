"""Reads the finished papers of a compendium back and compares each with its editions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Problem
from bukti.manuscript.saying import Words
from bukti.printed.against import Compared, Edition, edition_of, printed_against_ledger
from bukti.printed.annex import without_annex
from bukti.printed.evidence import evidence_of_paper
from bukti.printed.papers import read_paper
from bukti.printed.records import Printed
from bukti.printed.side_by_side import parallel_against_ledger
from bukti.project import Project
from bukti.project.config import PARALLEL_FORMATS
from bukti.project.inventory import LABELS
from bukti.project.products import LEDGER, manuscript_file, paper_file
from bukti.tools.yaml_files import read_yaml


def papers_of(project: Project) -> dict[str, tuple[str, ...]]:
    """The paths of all papers, each with the languages of its editions."""
    formats = project.config.formats
    found = {
        paper_file(language, suffix): (language,)
        for language in project.config.editions
        for suffix in formats
    }
    return found | {
        paper_file("-".join(pair), suffix): tuple(pair)
        for pair in project.config.parallel
        for suffix in formats
        if suffix in PARALLEL_FORMATS
    }


def check_papers(project: Project, papers: Path | None = None) -> tuple[Compared, ...]:
    """Every paper of a compendium that is built, against the records of that build.

    `papers` is another folder whose papers are read, by the same paths; one that is missing or
    cannot be read is told and does not stop the others.
    """
    editions = {each: _edition(project, each) for each in project.config.editions}
    return tuple(_compared(project, papers or project.root, editions))


def _compared(project: Project, folder: Path, editions: dict[str, Edition]) -> Iterator[Compared]:
    for path, languages in papers_of(project).items():
        try:
            data = (folder / path).read_bytes() if (folder / path).is_file() else b""
            paper = _text_of(project, read_paper(data, path), languages)
        except Problem as problem:
            marks = sum(editions[each].printed_marks for each in languages)
            yield Compared(path=path, marks=marks, held=0, findings=problem.diagnostics)
            continue
        if len(languages) == 1:
            found = printed_against_ledger(paper, path, editions[languages[0]])
        else:
            found = parallel_against_ledger(paper, path, [editions[each] for each in languages])
        records = {each: _json(project, manuscript_file(each, "evidence")) for each in languages}
        carried = evidence_of_paper(paper, path, records)
        yield replace(found, findings=(*found.findings, *carried))


def _text_of(project: Project, paper: Printed, languages: tuple[str, ...]) -> Printed:
    """A paper without the evidence appendix that its settings ask for."""
    if paper.suffix.removeprefix(".") not in project.config.page.annex or len(languages) > 1:
        return paper
    return without_annex(paper, languages[0])


def _edition(project: Project, language: str) -> Edition:
    return edition_of(
        _json(project, manuscript_file(language, "tree")),
        _json(project, manuscript_file(language, "marks")),
        _json(project, LEDGER)["claims"],
        Words(
            language=language,
            rounding=project.config.rounding,
            labels=_labels(project),
            families={},
            tolerances=project.config.tolerances,
        ),
        project.config.allowed_numbers,
    )


def _labels(project: Project) -> Any:
    if LABELS not in project.inventory.shared:
        return {}
    return read_yaml(project.root / LABELS, shown_as=LABELS).data


def _json(project: Project, path: str) -> Any:
    return json.loads((project.root / path).read_bytes())
