from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from bukti.base.diagnostic import diagnose
from bukti.base.digest import canonical_json
from bukti.base.span import Span
from bukti.gate.step import work
from bukti.plan import Step
from bukti.project import Project
from bukti.tools.records import findings_json

NAMES = ("outputs/papers/paper.id.pdf", "outputs/manuscript/id/findings.json", "data/clean/t.csv")


def compendium(root: Path) -> tuple[Project, Step]:
    found = diagnose("CLM301", Span(path="manuscript/id/01.md", line=3, column=1), id="x")
    texts = ("a paper", canonical_json(findings_json((found,))), "a,b\n")
    for name, text in zip(NAMES, texts, strict=True):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    step = Step(
        stage="gate",
        name="",
        inputs=NAMES,
        outputs=("outputs/findings.json", "outputs/SHA256SUMS"),
        findings="outputs/findings.json",
        params={"level": "ready", "waivers": [], "plan": [], "findings": [NAMES[1]]},
    )
    return cast(Project, SimpleNamespace(root=root)), step


def test_the_gate_collects_the_findings_of_those_files_alone(tmp_path: Path) -> None:
    made = work(*compendium(tmp_path))
    record: dict[str, Any] = json.loads(made.files["outputs/findings.json"])
    assert [each["code"] for each in record["findings"]] == ["CLM301"]


def test_sha256sum_checks_every_file_of_the_build(tmp_path: Path) -> None:
    made = work(*compendium(tmp_path))
    for name, data in made.files.items():
        (tmp_path / name).write_bytes(data)
    check = ["sha256sum", "--check", "--strict", "outputs/SHA256SUMS"]
    done = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    listed = [line.partition(": ")[0] for line in done.stdout.splitlines()]
    assert listed == sorted((*NAMES, "outputs/findings.json"))
    (tmp_path / NAMES[0]).write_text("another paper", encoding="utf-8")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 1
