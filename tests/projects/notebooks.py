"""Putting a cell into a test's notebook."""

from __future__ import annotations

import json

from tests.projects.conftest import Compendium

NOTEBOOK = "analysis/notebooks/10-months.ipynb"


def add_cell(paper: Compendium, source: str) -> int:
    """Put a code cell at the end; its number, counted from 1."""
    path = paper.path(NOTEBOOK)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "id": "added", "metadata": {}, "source": source}
    notebook["cells"].append({**cell, "outputs": [], "execution_count": None})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return len(notebook["cells"])
