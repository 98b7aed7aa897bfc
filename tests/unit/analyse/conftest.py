"""A compendium whose one notebook a test writes and runs in a real kernel."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bukti.analyse.step import work
from bukti.base.diagnostic import Problem
from bukti.plan import Step, plan
from bukti.project import Project, load_project
from bukti.tools.records import Products

BASE = Path(__file__).resolve().parents[2] / "cases/base"
NAME = "10-loans"
NOTEBOOK = f"analysis/notebooks/{NAME}.ipynb"
SETTINGS = "version: 1\nname: a-paper\nlanguages: [id, en]\n"


@dataclass(slots=True)
class Paper:
    """The compendium and what its notebook says."""

    root: Path
    kernel: dict[str, str] = field(default_factory=lambda: {"name": "python3"})

    def settings(self, text: str) -> None:
        (self.root / "bukti.yaml").write_text(SETTINGS + text, encoding="utf-8")

    def cells(self, *sources: str, tags: dict[int, str] | None = None) -> None:
        cells: list[Any] = [
            {
                "cell_type": "code",
                "id": f"c{number}",
                "metadata": {"tags": [tags[number]]} if tags and number in tags else {},
                "source": source,
                "outputs": [],
                "execution_count": None,
            }
            for number, source in enumerate(sources, start=1)
        ]
        metadata = {"kernelspec": {"display_name": "x", **self.kernel}}
        whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
        (self.root / NOTEBOOK).write_text(json.dumps(whole), encoding="utf-8")

    def planned(self) -> tuple[Project, Step]:
        project = load_project(self.root)
        return project, plan(project).step("analyse", NAME)

    def run(self) -> Products:
        project, step = self.planned()
        return work(project, step)

    def results(self) -> Any:
        return json.loads(self.run().files[f"outputs/results/{NAME}.json"])

    def faults(self) -> list[str]:
        with pytest.raises(Problem) as caught:
            self.run()
        return [f"{each.code} {each.span}" for each in caught.value.diagnostics]


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    root = tmp_path / "paper"
    shutil.copytree(BASE, root)
    shutil.rmtree(root / "outputs")
    clean = root / "data/clean"
    clean.mkdir()
    frame = pl.read_csv(root / "data/raw/loans.csv")
    frame.write_parquet(clean / "loans.parquet")
    (clean / "loans.json").write_text("{}")
    return Paper(root)
