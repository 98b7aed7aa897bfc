"""What editors and other programs get: schemas, tasks that read findings, hooks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from bukti.base.diagnostic import diagnose
from bukti.base.span import Span
from bukti.cli.editor import SCHEMAS, YAML_FILES, editor_files, schema_names
from bukti.console import Console
from bukti.tools.schemas import check_document, schema
from bukti.tools.yaml_files import read_yaml

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]


def test_a_new_paper_has_a_schema_for_each_of_its_yaml_files(run: Run, tmp_path: Path) -> None:
    run("new", "p", "-C", tmp_path)
    root = tmp_path / "p"
    settings = json.loads((root / ".vscode/settings.json").read_text())["yaml.schemas"]
    found = {path: root / name for name, pattern in settings.items() for path in root.glob(pattern)}
    yaml = [path for path in root.rglob("*.yaml") if path.is_file()]
    assert sorted(found) == sorted(yaml)
    for path, place in found.items():
        name = place.name.removesuffix(".schema.json")
        assert json.loads(place.read_text()) == schema(name)
        assert check_document(read_yaml(path, shown_as=path.name), name) == ()


@pytest.mark.parametrize("name", sorted(YAML_FILES))
def test_schemas_refer_to_nothing_outside_themselves(name: str) -> None:
    text = editor_files()[f"{SCHEMAS}/{name}.schema.json"].decode()
    assert set(re.findall(r'"\$ref": "([^"]*)', text)) == {
        ref for ref in re.findall(r'"\$ref": "([^"]*)', text) if ref.startswith("#/")
    }


def test_a_schema_is_printed_as_it_is(run: Run) -> None:
    assert json.loads(run("schema", "ledger").out) == schema("ledger")
    assert run("schema", "nothing").status == 2
    listed = [line.split() for line in run("schema").out.splitlines()]
    assert [words[0] for words in listed] == list(schema_names())
    assert ["sources", "data/sources.yaml"] in listed


def test_the_schemas_are_renewed_and_what_the_author_set_stays(run: Run, paper: Path) -> None:
    own, old = paper / ".vscode/tasks.json", paper / SCHEMAS / "bukti.schema.json"
    own.write_text("mine")
    old.write_text("{}")
    (paper / ".vscode/settings.json").unlink()
    assert run("schema", "--write", "-C", paper / "manuscript").status == 0
    assert own.read_text() == "mine"
    assert json.loads(old.read_text()) == schema("bukti")
    assert (paper / ".vscode/settings.json").is_file()


def read_as_vs_code(line: str) -> dict[str, str] | None:
    """What the problem matchers of the tasks make of a line."""
    tasks = json.loads(editor_files()[".vscode/tasks.json"])["tasks"]
    for matcher in tasks[0]["problemMatcher"]:
        pattern = matcher["pattern"]
        match = re.search(pattern["regexp"], line)
        if match:
            groups = {name: number for name, number in pattern.items() if isinstance(number, int)}
            return {name: match[number] for name, number in groups.items()}
    return None


@pytest.mark.parametrize(
    ("span", "place"),
    [
        (Span(path="manuscript/en/a b.md", line=3, column=7), {"line": "3", "column": "7"}),
        (Span(path="bukti.yaml"), {}),
        (Span(path="analysis/notebooks/1.ipynb", cell=2), {}),
        (Span(path="analysis/notebooks/1.ipynb", cell=2, line=4, column=1), {}),
        (Span(path="data/raw/a.csv", line=4), {}),
    ],
)
def test_the_task_reads_findings(span: Span, place: dict[str, str]) -> None:
    finding = diagnose("CLM301", span, id="x")
    console = Console(language="en", form="concise", source_line=lambda _: None)
    line = click.unstyle(console.render([finding]))
    message = f"{finding.name}: {console.message(finding)}"
    told = {"severity": "notice", "code": "CLM301", "message": message}
    assert read_as_vs_code(line) == {"file": span.path, **told, **place}


@pytest.mark.parametrize("line", ["No findings.", "Numbers bound: 7/7", "", "a: error: no"])
def test_the_task_reads_nothing_else(line: str) -> None:
    assert read_as_vs_code(line) is None


def test_the_hook_runs_the_check(run: Run, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (hook,) = read_yaml(ROOT / ".pre-commit-hooks.yaml", shown_as="hooks").data
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
    program, *words = hook["entry"].split()
    monkeypatch.chdir(paper)
    done = run(*words)
    assert (program, done.status, done.out) == ("bukti", 0, "")
    files = re.compile(hook["files"])
    assert all(
        files.search(name) for name in ("bukti.yaml", "manuscript/id/01.md", "data/raw/a.csv")
    )
    assert not files.search("README.md")


def test_only_the_named_files_are_judged(run: Run, paper: Path) -> None:
    path = paper / "manuscript/en/02-results.md"
    path.write_text(path.read_text().replace("[365 days]", "[364 days]"))
    assert run("check", path, "-C", paper).status == 1
    assert run("check", "manuscript/id", "-C", paper).status == 0
    assert run("check", ".", "-C", paper).status == 1
    for wrong in ("manuscript/no.md", "../other", "/etc/passwd"):
        done = run("check", wrong, "-C", paper)
        assert (done.status, "CFG173" in done.out) == (2, True)
