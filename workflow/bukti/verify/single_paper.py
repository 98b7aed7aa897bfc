"""One finished paper: what evidence it carries, and whether it says what a build at hand says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bukti.printed.against import Compared
from bukti.printed.papers import embedded
from bukti.printed.step import check_papers, papers_of
from bukti.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The evidence inside a paper: its languages, and how many claims and marks each has."""

    suffix: str
    claims: Mapping[str, int]
    marks: Mapping[str, int]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the paper, as far as its evidence tells."""
        return tuple(self.claims)


def carried(data: bytes, path: str) -> Carried:
    """What a paper carries, by its bytes and path; raises Problem where it cannot be read."""
    evidence: Mapping[str, Any] = embedded(data, path)
    return Carried(
        suffix=path.rpartition(".")[2].lower(),
        claims={language: _count(each, "claims") for language, each in sorted(evidence.items())},
        marks={language: _count(each, "marks") for language, each in sorted(evidence.items())},
    )


def _count(evidence: Any, key: str) -> int:
    found = evidence.get(key) if isinstance(evidence, Mapping) else None
    return len(found) if isinstance(found, list) else 0


def place_of(project: Project, paper: Carried) -> str:
    """Where a build puts the paper of these languages in this format; empty where it has none."""
    for path, languages in papers_of(project).items():
        same = {*languages} == {*paper.languages}
        if same and path.endswith(f".{paper.suffix}"):
            return path
    return ""


def compared_with(project: Project, place: str, folder: Path) -> Compared:
    """The paper that lies at its place below a folder, against the records of a finished build."""
    return next(each for each in check_papers(project, folder) if each.path == place)
