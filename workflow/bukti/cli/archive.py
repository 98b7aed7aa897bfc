"""`bukti archive`: the paper with all it is made from, as one file for others."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import click

from bukti.archive.layout import CITATION, CRATE, README, SUMS, archive_file
from bukti.archive.readme_form import size_text
from bukti.archive.step import Chosen, Made, chosen, made, staged, withheld
from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.cli.build import Built, build
from bukti.cli.report import report
from bukti.cli.session import Session, summarise
from bukti.gate.verdict import Judged, failing
from bukti.plan import Plan, plan
from bukti.project import CONFIG, Project, load_project
from bukti.project.privacy_settings import VARIABLE, read_privacy
from bukti.tools.files import write_bytes
from bukti.tools.yaml_files import read_yaml

FOUND, IMPOSSIBLE = 1, 2
_GENERATED = (README, CITATION, CRATE, SUMS)
_BENCHMARKS = "outputs/logs/*.tsv"


def archive(session: Session, target: Path | None, *, with_wheels: bool, cores: int) -> int:
    """Build what is stale, then write the archive; the exit status is the build's.

    Nothing is written where the build fails.
    """
    built = build(session.root, (), language=session.language, quiet=session.quiet, cores=cores)
    status = report(session, built)
    if built.failures:
        return status
    project = load_project(session.root)
    steps = plan(project)
    parts = chosen(project, steps)
    path = _target(session, project, target)
    if with_wheels:
        session.say(session.word("archive-fetching"))
    with _to_archive(session, project, parts, cores) as root:
        result = _made(root, project, steps, parts, with_wheels=with_wheels)
    write_bytes(path, result.data)
    _tell(session, path, result, parts)
    return max(status, _judge(session, result, built))


def _made(root: Path, project: Project, steps: Plan, parts: Chosen, *, with_wheels: bool) -> Made:
    if root == project.root:
        return made(project, steps, parts, with_wheels=with_wheels)
    without = load_project(root)
    its_plan = plan(without)
    there = Chosen(
        sources=parts.sources, products=tuple(sorted(its_plan.products())), left_out=parts.left_out
    )
    return made(without, its_plan, there, with_wheels=with_wheels)


@contextmanager
def _to_archive(session: Session, project: Project, parts: Chosen, cores: int) -> Iterator[Path]:
    """The folder whose files go in: one without what may not be passed on, built anew there.

    The list of people who must not be named may not be, so it is not read there either.
    """
    names = withheld(project, parts)
    if project.privacy.digest:
        names = (*names, session.word("archive-list-of-names"))
    if not names:
        yield project.root
        return
    session.say(session.word("archive-without", names=", ".join(names)))
    with staged(project, parts) as root, _without_list(root):
        reasons = _failures(session, root, cores)
        if reasons:
            raise Problem(diagnose("ARC137", names=", ".join(names)), *reasons)
        yield root


@contextmanager
def _without_list(root: Path) -> Iterator[None]:
    """No list of names, as for others; Problem where the settings say where it lies here."""
    kept = os.environ.pop(VARIABLE, None)
    try:
        settings = read_yaml(root / CONFIG, shown_as=CONFIG)
        if read_privacy(settings, root).digest:
            raise Problem(
                diagnose("ARC139", settings.span(("privacy", "names")), variable=VARIABLE)
            )
        yield
    finally:
        if kept is not None:
            os.environ[VARIABLE] = kept


def _failures(session: Session, root: Path, cores: int) -> tuple[Diagnostic, ...]:
    try:
        built = build(root, (), language=session.language, quiet=session.quiet, cores=cores)
    except Problem as problem:
        return problem.diagnostics
    return built.failures


def _target(session: Session, project: Project, target: Path | None) -> Path:
    if target is None:
        config = project.config
        return session.root / archive_file(config.name, config.version)
    return session.folder / target


def _tell(session: Session, path: Path, result: Made, parts: Chosen) -> None:
    own = session.root
    shown = path.relative_to(own) if path.is_relative_to(own) else path
    session.say(
        session.word(
            "archive-written",
            path=shown,
            size=size_text(len(result.data)),
            files=len(result.files),
            digest=sha256(result.data).hexdigest(),
        )
    )
    names = ", ".join(f"data/raw/{each.name}" for each in parts.left_out)
    if names:
        session.say(session.word("archive-left-out", names=names))
    seconds, memory = _measured(own)
    if seconds:
        session.say(session.word("archive-measured", seconds=round(seconds), memory=round(memory)))


def _measured(root: Path) -> tuple[float, float]:
    """What the last run of each step took: the sum of the seconds, the largest memory in MiB."""
    seconds, memory = 0.0, 0.0
    for path in sorted(root.glob(_BENCHMARKS)):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                seconds += _number(row.get("s"))
                memory = max(memory, _number(row.get("max_rss")))
    return seconds, memory


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _judge(session: Session, result: Made, built: Built) -> int:
    judged = tuple(Judged(finding=each) for each in result.findings)
    if judged:
        summarise(session, judged)
    return FOUND if failing(judged, built.level) else 0


def listing(session: Session) -> int:
    """List the files that would go into the archive, and those that would not."""
    project = load_project(session.root)
    parts = chosen(project, plan(project))
    for name in sorted({*parts.sources, *parts.products, *_GENERATED}):
        click.echo(name)
    for each in parts.left_out:
        session.say(session.word("archive-left-out", names=f"data/raw/{each.name}"))
    return 0
