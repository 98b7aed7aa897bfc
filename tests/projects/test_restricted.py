"""A raw file that others may not have: what is kept in its place carries the build."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.projects.conftest import Compendium

RAW = "data/raw/months.csv"
SOURCE = "    kind: standard\n"


def restrict(paper: Compendium) -> None:
    """Say that the raw file's source is restricted."""
    words = f"{SOURCE}    access: restricted\n    obtain: Ask the office.\n"
    paper.replace("data/sources.yaml", SOURCE, words)


def not_included(paper: Compendium) -> Any:
    return json.loads(paper.path("outputs/ledger.json").read_bytes())["not_included"]


SAYING_SO = (
    *("outputs/ledger.json", "outputs/findings.json", "outputs/report/index.html"),
    *("outputs/SHA256SUMS", "data/clean/months.json"),
)


def made(paper: Compendium) -> dict[str, str]:
    """The digests of what must not depend on whether the raw file is there."""
    return {
        name: digest
        for name, digest in paper.digests().items()
        if name not in SAYING_SO
        and not name.startswith("outputs/findings/")
    }


def test_a_kept_table_stands_for_a_restricted_file(paper: Compendium) -> None:
    restrict(paper)
    before = paper.run("build")
    assert before.status == 0, before.out + before.err
    kept = paper.run("accept", "table")
    assert "data/kept/months.parquet" in kept.err
    assert paper.run("build").status == 0
    assert not_included(paper) == []
    with_raw = made(paper)
    raw = paper.path(RAW).read_bytes()

    paper.path(RAW).unlink()
    without = paper.run("build", "-v", "--format", "concise")
    assert without.status == 0, without.out + without.err
    assert (
        'data/contract/months.yaml: notice[SRC120] raw-file-not-included: the table "months"'
        in (without.out)
    )
    assert not_included(paper) == [
        {
            "table": "months",
            "from": "table",
            "raw": [{"name": "months.csv", "access": "restricted"}],
            "claims": ["days_longest", "days_total", "months_long"],
        }
    ]
    assert made(paper) == with_raw
    assert "SRC120" in paper.run("check", "-v", "--format", "concise").out
    assert "SRC126" in paper.run("accept", "table", "months").out
    assert paper.run("accept", "raw").err.startswith("Everything is accepted already.")

    paper.path(RAW).write_bytes(raw)
    assert paper.run("build").status == 0
    assert not_included(paper) == []

    script = "analysis/cleaning/months.py"
    paper.replace(script, "return frame", "return frame.reverse()")
    differs = paper.run("check", "--format", "concise")
    assert "data/contract/months.yaml: error[SRC122] kept-table-differs" in differs.out


def test_a_kept_result_stands_for_a_table_that_may_not_be_passed_on(paper: Compendium) -> None:
    restrict(paper)
    assert paper.run("build").status == 0
    kept = paper.run("accept", "result", "10-months")
    assert "data/kept/10-months.ipynb" in kept.err
    papers = {name: digest for name, digest in made(paper).items() if "papers" in name}

    paper.path(RAW).unlink()
    ended = paper.run("build", "-v", "--format", "concise")
    assert ended.status == 0, ended.out + ended.err
    (entry,) = not_included(paper)
    assert (entry["table"], entry["from"]) == ("months", "result")
    assert not paper.path("data/clean/months.parquet").exists()
    ledger = json.loads(paper.path("outputs/ledger.json").read_bytes())
    assert ledger["confinement"] == {"10-months": "kept"}
    assert ledger["summary"]["statuses"]["holds"] > 0
    assert papers.keys() == {name for name in made(paper) if "papers" in name}

    notebook = "analysis/notebooks/10-months.ipynb"
    paper.replace(notebook, "claim(", "claim( ")
    changed = paper.run("build", "--format", "concise")
    assert changed.status == 2
    assert "error[SRC125] kept-result-outdated" in changed.out


def test_nothing_in_its_place(paper: Compendium) -> None:
    restrict(paper)
    paper.path(RAW).unlink()
    ended = paper.run("build", "--format", "concise")
    assert (ended.status, "data/contract/months.yaml: error[SRC121]" in ended.out) == (2, True)


@pytest.mark.parametrize("name", ["months.parquet", "months.json"])
def test_a_kept_file_that_was_changed(paper: Compendium, name: str) -> None:
    restrict(paper)
    paper.run("build")
    paper.run("accept", "table", "months")
    paper.path(RAW).unlink()
    path = paper.path(f"data/kept/{name}")
    path.write_bytes(path.read_bytes() + b" ")
    ended = paper.run("clean", "months", "--format", "concise")
    assert (ended.status, f"data/kept/{name}: error[SRC123]" in ended.out) == (2, True)
