"""Where a notebook finds its tables, languages and words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bukti.analyse.context import VARIABLE, Context, context


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    context.cache_clear()
    yield
    context.cache_clear()


def test_from_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = {"languages": ["id", "en"], "labels": {"a": {"id": "A"}}, "tables": {"t": "/x/t"}}
    (tmp_path / "context.json").write_text(json.dumps(data))
    monkeypatch.setenv(VARIABLE, str(tmp_path / "context.json"))
    assert context() == Context(
        languages=("id", "en"), labels={"a": {"id": "A"}}, tables={"t": Path("/x/t")}
    )


@pytest.mark.parametrize(
    ("labels", "expected"), [("a: {en: A}\n", {"a": {"en": "A"}}), ("# none\n", {}), (None, {})]
)
def test_from_the_compendium_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, labels: str | None, expected: Any
) -> None:
    for folder in ("analysis/notebooks", "data/clean", "manuscript"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "bukti.yaml").write_text("languages: [en]\n")
    (tmp_path / "data/clean/t.parquet").touch()
    if labels is not None:
        (tmp_path / "manuscript/labels.yaml").write_text(labels)
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path / "analysis/notebooks")
    assert context() == Context(
        languages=("en",), labels=expected, tables={"t": tmp_path / "data/clean/t.parquet"}
    )


def test_outside_of_a_compendium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"bukti\.yaml"):
        context()
