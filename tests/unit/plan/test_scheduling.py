"""The plan as Snakemake's rules need it."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from bukti import scheduling
from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.plan import plan
from bukti.project import Project
from bukti.scheduling import Job, command, explained, rule_name
from bukti.tools.records import Products, run_step


@pytest.fixture
def jobs(project: Project, monkeypatch: pytest.MonkeyPatch) -> dict[str, Job]:
    return made(project, monkeypatch)


def made(project: Project, monkeypatch: pytest.MonkeyPatch) -> dict[str, Job]:
    monkeypatch.setattr(scheduling, "load_project", lambda root: project)
    return {job.rule: job for job in scheduling.jobs(project.root)}


def test_every_step_is_a_rule_of_its_own(project: Project, jobs: dict[str, Job]) -> None:
    steps = plan(project)
    assert len(jobs) == len(steps.steps)
    for step in steps.steps:
        job = jobs[rule_name(step)]
        assert rule_name(step) == step.id
        assert (job.inputs, job.outputs) == (list(step.inputs), list(step.outputs))


def test_the_command_runs_one_step() -> None:
    words = shlex.split(command("analyse", "10 x;'", log="outputs/logs/a b.log"))
    assert words[1:] == ["-m", "bukti", "analyse", "10 x;'", ">", "outputs/logs/a b.log", "2>&1"]
    assert shlex.split(command("gate", "", enforce=True))[1:] == [
        "-m",
        "bukti",
        "gate",
        "--enforce",
    ]


def test_a_source_changes_the_key_of_the_steps_that_read_it_and_of_no_other(
    project: Project, jobs: dict[str, Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = project.root / "data/raw/b.csv"
    raw.parent.mkdir(parents=True)
    raw.write_text("changed")
    after = made(project, monkeypatch)
    changed = [rule for rule in jobs if jobs[rule].key != after[rule].key]
    assert changed == ["clean.b", "privacy", "report"]


def test_a_product_does_not_change_a_key(
    project: Project, jobs: dict[str, Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = project.root / "data/clean/b.parquet"
    table.parent.mkdir(parents=True)
    table.write_text("made")
    assert made(project, monkeypatch) == jobs


@pytest.mark.parametrize("digest", ["engine_digest", "environment_digest"])
def test_another_engine_or_environment_changes_every_key(
    project: Project, jobs: dict[str, Job], monkeypatch: pytest.MonkeyPatch, digest: str
) -> None:
    monkeypatch.setattr(scheduling, digest, lambda *stage: "0" * 64)
    after = made(project, monkeypatch)
    assert not [rule for rule in jobs if jobs[rule].key == after[rule].key]


def test_an_output_edited_by_hand_changes_the_key_of_its_step(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = plan(project).step("clean", "a")
    for name in step.inputs:
        (project.root / name).parent.mkdir(parents=True, exist_ok=True)
        (project.root / name).write_text("x")
    products = Products(files=dict.fromkeys(step.outputs, b"made"))
    run_step(project.root, step, lambda: products)
    before = made(project, monkeypatch)
    (project.root / step.outputs[1]).write_text("edited")
    after = made(project, monkeypatch)
    assert [rule for rule in before if before[rule].key != after[rule].key] == ["clean.a"]
    run_step(project.root, step, lambda: products)
    assert made(project, monkeypatch) == before


def test_a_problem_is_told_in_lines() -> None:
    problem = Problem(
        diagnose("ANA103", Span(path="n.ipynb"), table="t", known="-"),
        diagnose("CFG101", folder="."),
    )
    first, second = explained(problem).split("\n")
    assert first.startswith("n.ipynb: ANA103 unknown-table: ")
    assert '"t"' in first
    assert "CFG101 no-compendium" in second


def test_no_compendium(tmp_path: Path) -> None:
    with pytest.raises(Problem):
        scheduling.jobs(tmp_path)
