"""One seeded fault for each family of codes, in a whole build, in both message languages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PIL import Image

from tests.projects.conftest import Compendium
from tests.projects.notebooks import add_cell


@dataclass(frozen=True)
class Fault:
    """A fault, how it is seeded, and how it must be reported."""

    seed: Callable[[Compendium], object]
    status: int
    place: str
    code: str


RESULTS = "manuscript/en/02-results.md"
FAULTS = {
    "CFG": Fault(
        lambda paper: paper.replace("bukti.yaml", "languages:", "langauges:"),
        2,
        "bukti.yaml:",
        "CFG103",
    ),
    "SRC": Fault(
        lambda paper: paper.replace("data/raw/months.csv", "2,28,29", "2,29,29"),
        2,
        "data/raw/months.csv:",
        "SRC102",
    ),
    "CLN": Fault(
        lambda paper: paper.replace("data/contract/months.yaml", "maximum: 31", "maximum: 30"),
        2,
        "data/raw/months.csv:2:",
        "CLN203",
    ),
    "ANA": Fault(lambda paper: add_cell(paper, "1 / 0"), 2, "10-months.ipynb:cell 6:1:", "ANA201"),
    "CLM": Fault(
        lambda paper: paper.replace(RESULTS, "[7](claim", "[8](claim"), 1, f"{RESULTS}:3:", "CLM201"
    ),
    "PAR": Fault(
        lambda paper: paper.replace(RESULTS, "[7](claim:months_long)", "several"),
        1,
        "manuscript/id/02-results.md:4:",
        "PAR102",
    ),
    "REF": Fault(
        lambda paper: paper.replace(RESULTS, "@tbl:months", "@tbl:month"),
        1,
        f"{RESULTS}:4:",
        "REF102",
    ),
    "FIG": Fault(
        lambda paper: paper.replace(RESULTS, "(figure:months)", "(figure:month)"),
        1,
        f"{RESULTS}:6:",
        "FIG101",
    ),
    "REN": Fault(
        lambda paper: paper.replace(RESULTS, "# Results", "![A map](map.png)\n\n# Results"),
        1,
        f"{RESULTS}:1:",
        "REN104",
    ),
}


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("family", FAULTS)
def test_a_fault_is_reported_at_its_place(paper: Compendium, family: str, language: str) -> None:
    fault = FAULTS[family]
    fault.seed(paper)
    ended = paper.run("build", "--format", "concise", "--lang", language)
    assert ended.status == fault.status, ended.out + ended.err
    assert any(
        line.startswith(fault.place) or f"/{fault.place}" in line
        for line in ended.out.splitlines()
        if f"[{fault.code}]" in line
    ), ended.out
    assert "Traceback" not in ended.out + ended.err


def test_what_only_a_page_shows_is_told_at_the_line_and_papers_hold_no_lines(
    paper: Compendium,
) -> None:
    Image.new("L", (60, 40)).save(paper.path("manuscript/en/map.png"))
    Image.new("L", (60, 40)).save(paper.path("manuscript/id/map.png"))
    paper.replace(RESULTS, "# Results", "![A map](map.png){alt='A map.'}\n\n# Results")
    paper.replace(
        "manuscript/id/02-results.md", "# Hasil", "![Peta](map.png){alt='Peta.'}\n\n# Hasil"
    )
    ended = paper.run("build", "-v", "--format", "concise")
    assert ended.status == 0, ended.out + ended.err
    assert f"{RESULTS}:1:10: notice[FIG123]" in ended.out
    before = paper.digests()
    paper.replace(RESULTS, "![A map]", "\n\n![A map]")
    ended = paper.run("build", "-v", "--format", "concise")
    assert f"{RESULTS}:3:10: notice[FIG123]" in ended.out
    changed = {name for name, digest in paper.digests().items() if before[name] != digest}
    assert not any(name.startswith("outputs/papers") for name in changed)


def test_a_broken_snakefile_is_explained(paper: Compendium) -> None:
    with paper.path("Snakefile").open("a", encoding="utf-8") as snakefile:
        snakefile.write("rule x: (\n")
    ended = paper.run("build", "--format", "concise")
    assert ended.status == 2
    assert (
        "error[CFG120] scheduler-failed: Snakemake could not run the build: SyntaxError"
        in ended.out
    )
    assert "SyntaxError" in paper.path("outputs/logs/snakemake.log").read_text(encoding="utf-8")


def test_a_compendium_needs_no_snakefile(fresh: Compendium) -> None:
    fresh.path("Snakefile").unlink()
    ended = fresh.run("build", "clean")
    assert ended.status == 0, ended.out + ended.err
    assert fresh.path("data/clean/months.parquet").is_file()


def test_a_place_that_cannot_be_written_is_named(paper: Compendium) -> None:
    shutil.rmtree(paper.path("outputs/papers"))
    paper.path("outputs/papers").write_text("a file where the folder should be", encoding="utf-8")
    ended = paper.run("build", "render", "--format", "concise")
    assert ended.status == 2
    assert "error[CFG121] cannot-write: outputs/papers/paper.en.html cannot be written" in ended.out
