"""A compendium to set up, and one that is set up."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.bootstrap.machine import FILES, start


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "makalah saya é"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_text(f"content of {name}")
    return folder


@pytest.fixture
def ready(root: Path) -> Path:
    start(root, "test")
    return root
