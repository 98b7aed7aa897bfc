"""The command line within this process, and a small paper whose notebook was never run."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bukti.analyse.bundle import (
    MIME,
    claim_bundle,
    figure_bundle,
    plain_rows,
    table_bundle,
)
from bukti.analyse.results import results_json, results_of
from bukti.base.digest import canonical_json
from bukti.cli import main
from bukti.cli.new import new
from bukti.cli.session import Session
from bukti.cli.stages import run as run_stage
from bukti.plan import plan
from bukti.project import load_project
from bukti.project.products import clean_table
from bukti.tools.records import Products, run_step


@dataclass(frozen=True)
class Ended:
    """How a run of bukti ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ended]:
    """Runs a verb as the command line does."""

    def call(*words: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["bukti", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, captured.out, captured.err)

    return call


def months_results(root: Path) -> dict[str, Any]:
    """What the starter's notebook states, without running it."""
    months = pl.read_parquet(root / clean_table("months"))
    december = plain_rows(months.filter(pl.col("month") == 12).rows(named=True))
    drawn = {language: {"svg": "<svg/>", "png": ""} for language in ("id", "en")}
    shown: list[dict[str, Any]] = [
        claim_bundle("days_total", 365, "days", []),
        claim_bundle("days_longest", 31, "days", december),
        claim_bundle("months_long", 7, "months", []),
        figure_bundle("months", drawn, 160.0),
        table_bundle("months", ["month", "days"], months.rows(named=True), {}),
    ]
    outputs = [{"data": {MIME: data}} for data in shown]
    name = "analysis/notebooks/10-months.ipynb"
    results = results_of(name, {"cells": [{"outputs": outputs}]}, {"months": months})
    return results_json(results, ("months",), "landlock")


@pytest.fixture(scope="session")
def paper_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("paper") / "a-paper"
    session = Session(folder=root.parent, language="en", form="full", quiet=True, verbose=False)
    new(session, Path(root.name), ("id", "en"))
    project = load_project(root)
    steps = plan(project)
    run_stage(project, steps, "clean", None)
    (analyse,) = steps.stage("analyse")
    files = dict.fromkeys(analyse.outputs, b"")
    del files[analyse.findings]
    files["outputs/results/10-months.json"] = canonical_json(months_results(root)).encode()
    run_step(root, analyse, lambda: Products(files=files))
    run_stage(project, steps, "manuscript", None)
    run_stage(project, steps, "ledger", None)
    return root


@pytest.fixture
def paper(paper_once: Path, tmp_path: Path) -> Path:
    """A paper that is built but for its papers, to be changed at will."""
    return Path(shutil.copytree(paper_once, tmp_path / "a-paper"))
