"""Notebooks that reach for what they did not declare."""

from __future__ import annotations

import json

import pytest

from bukti.tools.confine import level
from tests.projects.conftest import Compendium, Ended
from tests.projects.notebooks import NOTEBOOK, add_cell

RAW = "data/raw/months.csv"
REACHES = {
    "polars": 'pl.read_csv("{path}")',
    "open": 'open("{path}").read()',
    "child process": 'import subprocess\nsubprocess.run(["cat", "{path}"])',
}


def _must_say_unconfined(ended: Ended) -> None:
    """On a machine that cannot confine, the build goes through and says so."""
    assert ended.status == 0
    assert "notice[ANA208] unconfined" in ended.out


def _must_say_how_far(paper: Compendium) -> None:
    ledger = json.loads(paper.path("outputs/ledger.json").read_bytes())
    assert ledger["confinement"] == {"10-months": level()}


@pytest.mark.parametrize("way", REACHES)
def test_an_undeclared_read_is_refused_at_its_cell(paper: Compendium, way: str) -> None:
    cell = add_cell(paper, REACHES[way].format(path=paper.path(RAW)))
    ended = paper.run("build", "-v", "--format", "concise")
    if level() == "unconfined":
        return _must_say_unconfined(ended)
    assert ended.status == 2
    assert f"{NOTEBOOK}:cell {cell}" in ended.out
    assert f"error[ANA202] undeclared-read: the notebook tried to open {RAW}" in ended.out


@pytest.mark.parametrize("kind", ["SOCK_STREAM", "SOCK_DGRAM"])
def test_a_socket_is_refused_at_its_cell(paper: Compendium, kind: str) -> None:
    source = f"import socket\nsocket.socket(socket.AF_INET, socket.{kind})"
    cell = add_cell(paper, source)
    ended = paper.run("build", "-v", "--format", "concise")
    if level() != "landlock+seccomp":
        return _must_say_how_far(paper)
    assert ended.status == 2
    assert f"{NOTEBOOK}:cell {cell}" in ended.out
    assert "error[ANA203]" in ended.out


def test_nothing_can_be_written_into_the_compendium(paper: Compendium) -> None:
    add_cell(paper, f'open("{paper.path("data/new.csv")}", "w")')
    ended = paper.run("build", "-v", "--format", "concise")
    if level() == "unconfined":
        return _must_say_unconfined(ended)
    assert ended.status == 2
    assert "error[ANA209] undeclared-write" in ended.out
    assert not paper.path("data/new.csv").exists()


def test_a_malformed_result_is_refused_at_its_cell(paper: Compendium) -> None:
    source = (
        "from IPython.display import display\n"
        'display({"application/vnd.bukti.result+json": {"kind": "claim"}}, raw=True)'
    )
    cell = add_cell(paper, source)
    ended = paper.run("build", "--format", "concise")
    assert ended.status == 2
    assert f"{NOTEBOOK}:cell {cell}: error[ANA213] malformed-result" in ended.out


def test_the_ledger_says_how_far_notebooks_were_confined(built_once: Compendium) -> None:
    _must_say_how_far(built_once)


def test_a_failed_notebook_leaves_the_last_good_papers_and_says_so(paper: Compendium) -> None:
    before = paper.digests()
    cell = add_cell(paper, "months.no_such_thing()")
    ended = paper.run("build", "--format", "full")
    assert ended.status == 2
    assert f"{NOTEBOOK}:cell {cell}:1: error[ANA201] cell-failed" in ended.out
    assert "  1 | months.no_such_thing()" in ended.out
    assert "last build that went through" in ended.err
    papers = {name: digest for name, digest in before.items() if "papers" in name}
    assert papers == {name: d for name, d in paper.digests().items() if "papers" in name}
