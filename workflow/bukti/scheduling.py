"""The plan as Snakemake's rules need it: names, commands and the digests it cannot see itself."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from bukti.base.codes import code_of
from bukti.base.diagnostic import Problem
from bukti.base.digest import digest_bytes, digest_json
from bukti.plan import Plan, Step, plan
from bukti.project import load_project
from bukti.tools.environment import engine_digest, environment_digest
from bukti.tools.records import disturbed_outputs

LOG_FOLDER = "outputs/logs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A step as a rule. `key` changes with everything that Snakemake does not look at."""

    stage: str
    rule: str
    inputs: list[str]
    outputs: list[str]
    key: str
    log: str
    benchmark: str
    sentence: str
    command: str


def jobs(root: Path) -> tuple[Job, ...]:
    """The rules of the compendium in a folder; Problem where it has no plan."""
    steps = plan(load_project(root))
    return tuple(_job(root, steps, step) for step in steps.steps)


def _job(root: Path, steps: Plan, step: Step) -> Job:
    return Job(
        stage=step.stage,
        rule=rule_name(step),
        inputs=[_escaped(name) for name in step.inputs],
        outputs=[_escaped(name) for name in step.outputs],
        key=_key(root, steps, step),
        log=_escaped(step.log),
        benchmark=_escaped(f"{LOG_FOLDER}/{step.id}.tsv"),
        sentence=_escaped(f"{step.stage} {step.name}".strip()),
        command=command(step.stage, step.name, log=step.log),
    )


def rule_name(step: Step) -> str:
    """The name of a step's rule: the step's own."""
    return step.id


def command(stage: str, name: str, *, enforce: bool = False, log: str | None = None) -> str:
    """The shell command of a step."""
    words = [sys.executable, "-m", "bukti", stage, *([name] if name else [])]
    words += ["--enforce"] if enforce else []
    line = " ".join(shlex.quote(word) for word in words)
    return f"{line} > {shlex.quote(log)} 2>&1" if log else line


def _key(root: Path, steps: Plan, step: Step) -> str:
    sources = {
        name: digest_bytes((root / name).read_bytes()) if (root / name).is_file() else ""
        for name in step.inputs
        if steps.maker_of(name) is None
    }
    return digest_json(
        {
            "sources": sources,
            "engine": engine_digest(step.stage),
            "environment": environment_digest(),
            "params": dict(step.params),
            "disturbed": list(disturbed_outputs(root, step)),
        }
    )


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def explained(problem: Problem) -> str:
    """What is wrong with a plan, for Snakemake's own message."""
    lines = []
    for finding in problem.diagnostics:
        text = code_of(finding.code).texts["en"]["message"].format(**finding.arguments)
        lines.append(f"{finding.span}: {finding.code} {finding.name}: {text}")
    return "\n".join(lines)
