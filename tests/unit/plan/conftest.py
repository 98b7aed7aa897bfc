"""A made-up compendium, without any file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bukti.project import Project
from bukti.project.byline import Author
from bukti.project.config import Config, Waiver
from bukti.project.inventory import Inventory, TableSource
from bukti.project.notebook_source import NotebookSource


def table(name: str, *raw: str) -> TableSource:
    return TableSource(
        name=name,
        contract=f"data/contract/{name}.yaml",
        script=f"analysis/cleaning/{name}.py",
        raw=tuple(f"data/raw/{file}" for file in raw),
    )


def notebook(name: str, **names: Any) -> NotebookSource:
    return NotebookSource(name=name, path=f"analysis/notebooks/{name}.ipynb", **names)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(
        root=tmp_path,
        config=Config(
            name="a-paper",
            languages=("id", "en"),
            authors=(Author(name={"id": "Nama", "en": "Name"}),),
            waivers=(Waiver(code="CLM301", at="", reason="because"),),
            citation_style="styles/apa.csl",
        ),
        inventory=Inventory(
            tables=(table("a", "a.csv"), table("b", "a.csv", "b.csv")),
            notebooks=(
                notebook("10-x", reads=("a",), figures=("trend",), tables=("trend", "sums")),
                notebook("20-y", reads=("a", "b"), figures=("map",)),
            ),
            manuscript={
                language: tuple(
                    f"manuscript/{language}/{name}.md"
                    for name in ("00-abstract", "01-results", "front")
                )
                for language in ("id", "en")
            },
            pictures=("manuscript/photo.png",),
            raw=("data/raw/a.csv", "data/raw/b.csv"),
            shared=(
                "manuscript/claims.yaml",
                "manuscript/labels.yaml",
                "manuscript/references.bib",
                "data/sources.yaml",
                "data/raw.sha256",
                "manuscript/accepted/values.json",
            ),
        ),
    )
