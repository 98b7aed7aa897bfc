"""The files of a compendium, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bukti.base.diagnostic import Problem
from bukti.project.inventory import TableSource, take_inventory

CONTRACT = "raw: [a.csv]\nschema: {fields: [{name: year, type: integer}]}\n"
FILES = {
    "data/contract/a.yaml": CONTRACT,
    "data/raw/a.csv": "year\n2020\n",
    "data/sources.yaml": "sources: {S: {title: T}}\nraw: {a.csv: {source: S}}\n",
    "analysis/cleaning/a.py": "",
    "analysis/notebooks/10-x.ipynb": '{"cells": []}',
    "manuscript/en/01-b.md": "B",
    "manuscript/en/00-abstract.md": "A",
    "manuscript/en/front.md": "",
    "manuscript/en/picture.PNG": "",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        write(tmp_path, name, text)
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


def problems(root: Path) -> list[str]:
    with pytest.raises(Problem) as caught:
        take_inventory(root, ("en",))
    return [f"{item.code} {item.span}" for item in caught.value.diagnostics]


def findings(root: Path) -> list[str]:
    return [f"{item.code} {item.span}" for item in take_inventory(root, ("en",))[1]]


def test_what_there_is(root: Path) -> None:
    inventory, found = take_inventory(root, ("en",))
    assert found == ()
    assert inventory.tables == (
        TableSource(
            name="a",
            contract="data/contract/a.yaml",
            script="analysis/cleaning/a.py",
            raw=("data/raw/a.csv",),
        ),
    )
    assert [notebook.name for notebook in inventory.notebooks] == ["10-x"]
    chapters = ("00-abstract.md", "01-b.md", "front.md")
    assert inventory.manuscript == {"en": tuple(f"manuscript/en/{name}" for name in chapters)}
    assert inventory.pictures == ("manuscript/en/picture.PNG",)
    assert inventory.raw == ("data/raw/a.csv",)
    assert inventory.shared == ("data/sources.yaml",)


def test_what_editors_leave_is_passed_over(root: Path) -> None:
    before = take_inventory(root, ("en",))
    (root / "manuscript/en/.#01-b.md").symlink_to("nobody@nowhere")
    for name in (
        "manuscript/en/._02.md",
        "manuscript/en/01-b.md~",
        "manuscript/en/.ipynb_checkpoints/p.png",
        "analysis/notebooks/.10-x.ipynb",
        "data/contract/.a.yaml",
        "data/raw/.~lock.a.csv#",
    ):
        write(root, name, "\x00")
    (root / "manuscript/en/folder.md").mkdir()
    assert take_inventory(root, ("en",)) == before


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("data/contract/a.yaml", "raw: [", ["CFG102 data/contract/a.yaml:1:7"]),
        ("data/contract/a.yaml", f"{CONTRACT}chekcs: []\n", ["CFG103 data/contract/a.yaml:3:1"]),
        ("data/contract/b.yaml", CONTRACT, ["CLN103 data/contract/b.yaml"]),
        (
            "data/contract/a.yaml",
            CONTRACT.replace("[a.csv]", "[a.csv, b.csv]"),
            ["SRC103 data/contract/a.yaml:1:14"],
        ),
        (
            "data/contract/a.yaml",
            CONTRACT.replace("integer}", "integer}, {name: year, type: date}"),
            ["CFG107 data/contract/a.yaml:2:49"],
        ),
        ("analysis/notebooks/10-x.ipynb", "{", ["ANA101 analysis/notebooks/10-x.ipynb:1:2"]),
        ("data/sources.yaml", "- a\n", ["CFG107 data/sources.yaml:1:1"]),
        ("data/sources.yaml", "sources: {}\nraw:\n", ["CFG107 data/sources.yaml:2:1"]),
        ("data/sources.yaml", "a: [", ["CFG102 data/sources.yaml:1:5"]),
    ],
)
def test_problems(root: Path, name: str, text: str, found: list[str]) -> None:
    write(root, name, text)
    listed = problems(root)
    assert listed[: len(found)] == found
    assert all(item.startswith("SRC1") for item in listed[len(found) :])


def test_all_problems_are_told_at_once(root: Path) -> None:
    write(root, "data/contract/a.yaml", "raw: [")
    write(root, "data/contract/c.yaml", "raw: [")
    write(root, "analysis/notebooks/10-x.ipynb", "{")
    codes = [problem.partition(" ")[0] for problem in problems(root)]
    assert codes == ["CFG102", "CFG102", "ANA101", "SRC106"]


@pytest.mark.parametrize("kept", [(), ("front.md",)])
def test_an_edition_without_a_chapter(root: Path, kept: tuple[str, ...]) -> None:
    for path in (root / "manuscript/en").glob("*.md"):
        if path.name not in kept:
            path.unlink()
    assert problems(root) == ["CFG114 manuscript/en"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            lambda root: write(root, "data/raw/sub/b.csv", "x"),
            ["SRC106 data/raw/sub/b.csv", "SRC105 data/raw/sub/b.csv"],
        ),
        (
            lambda root: write(root, "data/sources.yaml", "sources: {}\n"),
            ["SRC105 data/raw/a.csv"],
        ),
        (lambda root: (root / "data/sources.yaml").unlink(), ["SRC105 data/raw/a.csv"]),
    ],
)
def test_raw_files_that_nobody_knows(
    root: Path, change: Callable[[Path], object], found: list[str]
) -> None:
    change(root)
    assert findings(root) == found
