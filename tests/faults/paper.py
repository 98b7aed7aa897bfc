"""The papers into which faults are seeded: their files, built and approved."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from bukti.analyse.step import work as analyse
from bukti.base.diagnostic import Diagnostic, Problem
from bukti.base.language import language_of
from bukti.clean.step import work as clean
from bukti.cli.accept import accept_translation, accept_values
from bukti.cli.check import check
from bukti.cli.session import Session
from bukti.plan import plan
from bukti.project import load_project
from bukti.tools.records import run_step

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PAPERS = ("flagship", "market", "waders")
FILES = ("bukti.yaml", "analysis", "data", "manuscript")
MADE = shutil.ignore_patterns("clean", "__pycache__")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A compendium in which everything holds, and the languages of its editions."""

    name: str
    root: Path
    languages: tuple[str, ...]

    def text(self, path: str) -> str:
        """A file's text."""
        return (self.root / path).read_text(encoding="utf-8")

    def chapters(self, language: str) -> tuple[str, ...]:
        """The files of an edition's text, the abstract among them."""
        folder = self.root / "manuscript" / language
        return tuple(
            path.relative_to(self.root).as_posix()
            for path in sorted(folder.glob("*.md"))
            if path.name != "front.md"
        )

    def other(self, path: str) -> tuple[str, ...]:
        """The same file of the other editions."""
        _, own, name = path.split("/")
        return tuple(f"manuscript/{each}/{name}" for each in self.languages if each != own)


def prepared(name: str, folder: Path) -> Paper:
    """A copy of a paper in a folder, at the level `submit`, built, its values and texts approved.

    `flagship` is the paper of this repository; the others lie beside this file.
    """
    root = folder / name
    root.mkdir(parents=True)
    source = ROOT if name == "flagship" else HERE / "papers" / name
    for each in FILES:
        if (source / each).is_dir():
            shutil.copytree(source / each, root / each, ignore=MADE if each == "data" else None)
        else:
            shutil.copy(source / each, root / each)
    settings = root / "bukti.yaml"
    settings.write_text(settings.read_text().replace("level: draft", "level: submit"))
    failures = build(root)
    assert not failures, failures
    session = Session(folder=root, language="en", form="concise", quiet=True, verbose=False)
    if not (root / "manuscript/accepted/values.json").is_file():
        accept_values(session, ())
    accept_translation(session, ())
    return Paper(name=name, root=root, languages=load_project(root).config.editions)


def build(root: Path) -> tuple[Diagnostic, ...]:
    """Clean and analyse what is stale; why what cannot be done cannot."""
    failures: dict[str, Diagnostic] = {}
    project = load_project(root)
    steps = plan(project)
    for stage, work in (("clean", clean), ("analyse", analyse)):
        for step in steps.stage(stage):
            try:
                run_step(root, step, partial(work, project, step))
            except Problem as problem:
                failures |= {str(each.to_json()): each for each in problem.diagnostics}
    return tuple(failures.values())


def findings(root: Path, *, stale: bool = False) -> tuple[Diagnostic, ...]:
    """What a check says, and a build before it where the results are `stale`."""
    try:
        failures = build(root) if stale else ()
        return failures + tuple(each.finding for each in check(root).judged if not each.waived)
    except Problem as problem:
        return problem.diagnostics


def claims(root: Path) -> dict[str, Any]:
    """The values of all claims that the notebooks made, by id."""
    found: dict[str, Any] = {}
    for path in sorted((root / "outputs/results").glob("*.json")):
        data: Mapping[str, Any] = json.loads(path.read_bytes())
        found |= {name: claim["value"] for name, claim in data["claims"].items()}
    return found


@cache
def has_words(language: str) -> bool:
    """Whether the engine has the words of a language, or its separators alone."""
    return bool(language_of(language).up)
