"""A small corpus of interviews whose informants were promised that nobody would name them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.projects.conftest import Compendium

NAME, ALIAS, NIK, EMAIL = "Ratna Wulandari", "Bu Ratna", "3201014501900001", "ratna@desa.id"
NOTEBOOK = "analysis/notebooks/10-codes.ipynb"
TEXT = "manuscript/en/01-introduction.md"


@pytest.fixture
def interviews(tmp_path: Path) -> Compendium:
    """The starter with coded interviews, at level ready, with a list of names beside it."""
    Compendium(tmp_path).run("new", "--coded", "paper")
    paper = Compendium(tmp_path / "paper")
    paper.replace("bukti.yaml", "level: draft", "level: ready\nprivacy: {names: ../names.txt}")
    reason = "reason: The starter itself."
    with paper.path("bukti.yaml").open("a", encoding="utf-8") as file:
        file.write(f"waivers:\n  - {{code: REN170, {reason}}}\n")
    (tmp_path / "names.txt").write_text(f"Dr. {NAME}, M.Si. | {ALIAS}\n", encoding="utf-8")
    return paper


def plant(paper: Compendium) -> None:
    """A name in the data, an address in the text, an identity number in a notebook's output."""
    paper.replace("data/raw/interviews.csv", "R1,Relawan 1,", f"R1,{ALIAS},")
    paper.run("accept", "raw")
    paper.replace(TEXT, "This paper is an example.", f"This paper is an example ({EMAIL}).")
    book = json.loads(paper.path(NOTEBOOK).read_bytes())
    number = next(n for n, cell in enumerate(book["cells"]) if cell["cell_type"] == "code")
    source = book["cells"][number]["source"]
    lines = source if isinstance(source, list) else source.splitlines(keepends=True)
    book["cells"][number]["source"] = [*lines, f"\nprint(int('{NIK[:8]}' + '{NIK[8:]}'))"]
    paper.path(NOTEBOOK).write_text(json.dumps(book), encoding="utf-8")


def written(paper: Compendium, *folders: str) -> str:
    """All that findings and records say, as text."""
    files = [path for name in folders for path in sorted(paper.path(name).rglob("*.json"))]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def test_informants_are_found_where_they_can_be_taken_out(interviews: Compendium) -> None:
    plant(interviews)
    ended = interviews.run("build", "--format", "concise")
    assert ended.status == 1, ended.out + ended.err
    lines = [line for line in ended.out.splitlines() if "[QUA" in line]
    assert [line.partition("]")[0] for line in lines] == [
        f"{NOTEBOOK}:cell 2: warning[QUA312",
        "data/clean/documents.csv:4: warning[QUA311",
        "data/clean/segments.csv:7: warning[QUA311",
        f"{TEXT}:3:27: warning[QUA314",
    ]
    findings = written(interviews, "outputs/findings") + interviews.path(
        "outputs/findings.json"
    ).read_text(encoding="utf-8")
    for secret in (NAME, ALIAS, NIK, EMAIL):
        assert secret not in ended.out + ended.err + findings
        assert secret not in written(interviews, ".bukti/steps", ".bukti/failures")
    assert "outputs/papers/paper.en.pdf" in findings
    assert interviews.path("outputs/papers/paper.id.pdf").is_file()

    shown = interviews.run("privacy", "--show")
    assert shown.status == 0
    for secret in (ALIAS, NIK, EMAIL):
        assert secret in shown.out

    names = interviews.root.parent / "names.txt"
    names.write_text("Somebody Else\n", encoding="utf-8")
    again = interviews.run("build", "--format", "concise")
    assert "[3/3]" in again.err, again.err
    assert ("QUA311" in again.out, "QUA314" in again.out) == (False, True)
    assert again.status == 1

    names.unlink()
    without = interviews.run("build", "-v", "--format", "concise")
    assert "notice[QUA302]" in without.out
    names.write_text(f"{NAME}|{ALIAS}", encoding="utf-8")
    assert "warning[QUA311]" in interviews.run("build", "--format", "concise").out


def test_a_paper_that_names_nobody(interviews: Compendium) -> None:
    ended = interviews.run("build", "--format", "concise")
    assert (ended.status, ended.out) == (0, ""), ended.out + ended.err
