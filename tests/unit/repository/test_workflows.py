"""The workflows of the continuous integration: pinned, and safe for changes from strangers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted([*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob(".github/actions/*/action.yml")])
WORKFLOWS = [path for path in FILES if path.parent.name == "workflows"]
IDS = [path.relative_to(ROOT).as_posix() for path in FILES]
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
LOCAL = re.compile(r"uses: \./\.github/actions/[\w-]+")


def load(path: Path) -> dict[Any, Any]:
    loaded: dict[Any, Any] = YAML(typ="safe", pure=True).load(path)
    return loaded


def steps_of(record: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    for job in record.get("jobs", {}).values():
        yield from job["steps"]
    yield from record.get("runs", {}).get("steps", [])


def test_they_are_there() -> None:
    assert {path.name for path in FILES} >= {"ci.yml", "paper.yml", "comment.yml", "action.yml"}


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_action_is_pinned_to_a_commit(path: Path) -> None:
    uses = re.findall(r"uses: .*", path.read_text(encoding="utf-8"))
    assert uses
    assert [line for line in uses if not (PINNED.fullmatch(line) or LOCAL.fullmatch(line))] == []


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_nothing_from_outside_is_written_into_a_script(path: Path) -> None:
    scripts = [step.get("run", "") for step in steps_of(load(path))]
    assert [script for script in scripts if "${{" in script] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=[path.name for path in WORKFLOWS])
def test_what_runs_code_of_a_change_may_only_read(path: Path) -> None:
    record = load(path)
    triggers = record[True] if True in record else record["on"]  # YAML reads "on" as a truth value
    assert "pull_request_target" not in triggers
    assert record["permissions"] in ({"contents": "read"}, {})
    runs_code = any("checkout" in step.get("uses", "") for step in steps_of(record))
    for job in record["jobs"].values():
        written = [name for name, level in job.get("permissions", {}).items() if level == "write"]
        assert written == [] or (not runs_code and written == ["pull-requests"])
    for step in steps_of(record):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False
