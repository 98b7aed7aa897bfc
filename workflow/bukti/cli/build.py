"""`bukti build`: from the plan to the papers, or nothing at all where nothing has changed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bukti.base.diagnostic import Diagnostic, Problem, Severity, diagnose
from bukti.base.digest import canonical_json
from bukti.base.span import Span
from bukti.gate.step import judged_now
from bukti.gate.verdict import Judged, judged_from
from bukti.locate import engine_snakefile
from bukti.plan import Plan, Step, plan
from bukti.progress import LiveView, PlainView, Run, View, follow
from bukti.project import load_config, load_project
from bukti.project.privacy_settings import VARIABLE
from bukti.tools.leftovers import remove_obsolete
from bukti.tools.lock import build_lock
from bukti.tools.records import failure_path, read_findings, read_record, record_path
from bukti.tools.stamp import is_current, sources, stamp_path, write_stamp

FINDINGS = "outputs/findings.json"
PAPERS = "outputs/papers"
SCHEDULER_LOG = "outputs/logs/snakemake.log"
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """How a build ended. `failures` are the reasons of steps that could not be done."""

    worked: bool
    level: str
    judged: tuple[Judged, ...]
    failures: tuple[Diagnostic, ...]
    papers: tuple[str, ...]

    @property
    def drafts(self) -> bool:
        """Whether any paper bears the word DRAFT."""
        errors = any(item.finding.severity is Severity.ERROR for item in self.judged)
        return self.level != "submit" or errors


def build(root: Path, targets: Sequence[str], *, language: str, quiet: bool, cores: int) -> Built:
    """Build what is stale; Problem where there is no plan or another build is at work."""
    with build_lock(root):
        if not targets and is_current(root):
            return _result(root, worked=False, failures=())
        return _build(root, targets, language=language, quiet=quiet, cores=cores)


def _build(root: Path, targets: Sequence[str], *, language: str, quiet: bool, cores: int) -> Built:
    from bukti.scheduling import rule_name

    stamp_path(root).unlink(missing_ok=True)
    before = sources(root)
    project = load_project(root)
    steps = plan(project)
    goals = _goals(steps, targets)
    remove_obsolete(root, {step.id for step in steps.steps}, set(steps.products()))
    for step in steps.steps:
        failure_path(root, step.id).unlink(missing_ok=True)
    rules = {rule_name(step): step for step in steps.steps}
    run = _schedule(root, goals, rules, _view(language, quiet), cores)
    failures = _failures(root, run)
    if targets:
        return _result(
            root, worked=True, failures=failures, judged=judged_now(root, steps.step("gate", ""))
        )
    if not failures:
        outside = {project.privacy.path: project.privacy.digest} if project.privacy.path else {}
        variables = {VARIABLE: os.environ.get(VARIABLE, "")}
        write_stamp(root, before, _outputs(root, steps), outside=outside, variables=variables)
    return _result(root, worked=True, failures=failures)


def _goals(steps: Plan, targets: Sequence[str]) -> list[str]:
    if not targets:
        return ["all"]
    goals: list[str] = []
    for target in targets:
        found = [
            output
            for step in steps.steps
            for output in step.outputs
            if target in (step.id, step.stage, output, Path(output).name)
        ]
        if not found:
            known = ", ".join(step.id for step in steps.steps)
            raise Problem(diagnose("CFG112", target=target, known=known))
        goals += found
    return goals


def _view(language: str, quiet: bool) -> View:
    if quiet:
        return _Silent()
    return LiveView(language) if sys.stderr.isatty() else PlainView(language)


class _Silent(PlainView):
    """Shows nothing."""

    def __init__(self) -> None:
        super().__init__("en")

    def update(self, run: Run, ended: str | None) -> None:
        """Show nothing."""


def _schedule(
    root: Path, goals: Sequence[str], rules: dict[str, Step], view: View, cores: int
) -> Run:
    from bukti.tools.process import end, guarded

    command = guarded(
        [
            *(sys.executable, "-m", "snakemake", *goals),
            *("--directory", str(root), "--snakefile", _snakefile(root)),
            *("--cores", str(cores), "--nolock", "--logger", "bukti"),
            *("--keep-going", "--rerun-incomplete", "--workflow-profile", "none"),
        ]
    )
    log = root / SCHEDULER_LOG
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command,
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(),
            start_new_session=True,
        )
        assert process.stdout is not None
        try:
            lines = io.TextIOWrapper(process.stdout, encoding="utf-8", errors="replace")
            run = follow(lines, rules, view)
            status = process.wait()
        finally:
            end(process)
    if status != 0 and not run.failed:
        run.failed.append("")
    if run.errors:
        with log.open("a", encoding="utf-8") as said:
            said.write("\n".join([*run.errors, ""]))
    return run


def _snakefile(root: Path) -> str:
    """The compendium's own, or the engine's where it has none."""
    own = root / "Snakefile"
    return str(own) if own.is_file() else engine_snakefile()


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SNAKEMAKE_")}
    return {**kept, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"}


def _failures(root: Path, run: Run) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []  # two steps may fail for the same reason
    for rule in run.failed:
        step = run.steps.get(rule)
        if step is None:
            reason = " ".join(" ".join(run.errors).split())[:_LONGEST] or "?"
            found.append(diagnose("CFG120", reason=reason, log=SCHEDULER_LOG))
            continue
        reasons = read_findings(failure_path(root, step.id))
        found.extend(
            reasons or (diagnose("CFG113", Span(path=step.log), step=step.id, log=step.log),)
        )
    return tuple({canonical_json(item.to_json()): item for item in found}.values())


def _outputs(root: Path, steps: Plan) -> dict[str, str]:
    digests: dict[str, str] = {}
    for step in steps.steps:
        record = read_record(record_path(root, step.id))
        digests |= record["outputs"] if record else {}
    return digests


def _result(
    root: Path,
    *,
    worked: bool,
    failures: tuple[Diagnostic, ...],
    judged: tuple[Judged, ...] | None = None,
) -> Built:
    record = read_record(root / FINDINGS)
    if judged is None:
        judged = judged_from(record) if record else ()
    papers = sorted(path.relative_to(root).as_posix() for path in (root / PAPERS).glob("paper.*"))
    return Built(
        worked=worked,
        level=str(load_config(root).level) if worked else record["level"] if record else "draft",
        judged=judged,
        failures=failures,
        papers=tuple(papers),
    )
