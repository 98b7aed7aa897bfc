from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bukti.tools.checksums import write_checksums
from tests.projects.conftest import Compendium
from tests.projects.elsewhere import (
    ENGINE,
    NOBODY,
    YEAR,
    Elsewhere,
    copied_backwards,
    first_difference,
    lacking,
    products,
)

LIBRARY = Path(__file__).resolve().parents[1] / "cases/base"
PLAN = "The library serves all house-\nholds of the village, and asks for no fee.\n"
QUOTATION = """\
quotations:
  plan.fee:
    source: S_PLAN
    text: The library serves all households of the village
    language: en
    translations:
      id: Perpustakaan tidak memungut biaya.
documentary:
"""


def library(folder: Path) -> Compendium:
    """A compendium with every kind of product: formats, editions, figure, table, quotation."""
    shutil.copytree(LIBRARY, folder, ignore=shutil.ignore_patterns("outputs"))
    paper = Compendium(folder)
    paper.path("data/raw/plan.txt").write_text(PLAN, encoding="utf-8")
    received = "  loans.csv: {kind: transcribed, source: S_BOOK}\n"
    paper.replace("data/sources.yaml", received, f"{received}  plan.txt: {{kind: received}}\n")
    paper.replace("data/sources.yaml", "kind: received}", "kind: received, source: S_PLAN}")
    paper.replace("manuscript/claims.yaml", "documentary:\n", QUOTATION)
    paper.replace(
        "manuscript/en/01-introduction.md",
        "This library is",
        'The plan "[serves all households](claim:plan.fee)". This library is',
    )
    paper.replace(
        "manuscript/id/01-introduction.md",
        "Perpustakaan ini",
        'Menurut rencana, "[perpustakaan tidak memungut biaya](claim:plan.fee)". Perpustakaan ini',
    )
    with paper.path("bukti.yaml").open("a", encoding="utf-8") as settings:
        settings.write("formats: [pdf, docx, html]\nparallel: [[id, en]]\n")
    digests = {path.name: _sha256(path) for path in sorted(paper.path("data/raw").iterdir())}
    write_checksums(paper.path("data/raw.sha256"), digests)
    return paper


def _sha256(path: Path) -> str:
    from bukti.base.digest import digest_bytes

    return digest_bytes(path.read_bytes())


@pytest.fixture(name="here", scope="module")
def built_here(tmp_path_factory: pytest.TempPathFactory) -> Compendium:
    paper = library(tmp_path_factory.mktemp("here") / "library")
    ended = paper.run("build", env={"PYTHONPATH": str(ENGINE)})
    assert ended.status == 0, ended.out + ended.err
    return paper


@pytest.fixture(name="reachable")
def reachable_folder() -> Iterator[Path]:
    """A folder that another user may enter, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="bukti-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_build_elsewhere_gives_the_same_bytes(here: Compendium, reachable: Path) -> None:
    folder = reachable / "Naskah \u00fc" / "lebih dalam" / "perpustakaan kedua"
    pristine = library(reachable / "pristine")
    copied_backwards(pristine.root, folder)
    elsewhere = Elsewhere.made(reachable / "around")
    elsewhere.own(folder)
    ended = elsewhere.build(folder)
    assert ended.status == 0, ended.out + ended.err
    made = products(folder)
    assert first_difference(products(here.root), made) == ""
    suffixes = {Path(name).suffix for name in made}
    assert suffixes >= {".pdf", ".docx", ".html", ".json", ".parquet", ".csv", ".svg", ".png"}
    assert "outputs/papers/paper.id-en.pdf" in made


def test_the_other_place_is_another_one(reachable: Path) -> None:
    if lacking():
        pytest.skip(lacking())
    elsewhere = Elsewhere.made(reachable / "around")
    probe = "umask; id -u; hostname; date +%s; env -i date +%s; cat /proc/self/status"
    ended = elsewhere.run(reachable, "sh", "-c", probe)
    mask, user, host, now, bare, *status = ended.out.splitlines()
    assert (mask, int(user), host) == ("0077", NOBODY, "elsewhere")
    assert abs(int(now) - time.time() - YEAR) < 3600
    assert abs(int(bare) - time.time() - YEAR) < 3600
    assert "Cpus_allowed_list:\t0" in status
    assert os.uname().nodename != "elsewhere"


def test_the_digests_are_those_of_all_products(here: Compendium) -> None:
    command = ["sha256sum", "--check", "--strict", "--quiet", "outputs/SHA256SUMS"]
    done = subprocess.run(command, cwd=here.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    lines = here.path("outputs/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {line.partition("  ")[2] for line in lines}
    assert listed == {*products(here.root)} - {"outputs/SHA256SUMS"}


def test_papers_print_what_their_ledger_holds(here: Compendium) -> None:
    from bukti.printed.step import check_papers
    from bukti.project import load_project

    found = check_papers(load_project(here.root))
    assert len(found) == 8
    assert [finding for each in found for finding in each.findings] == []
    assert all(each.held == each.marks > 0 for each in found)


def test_the_first_difference_is_named() -> None:
    assert first_difference({"a": b"1"}, {"a": b"1"}) == ""
    assert first_difference({"a": b"1"}, {}) == "a: only here"
    assert first_difference({"a": b"12"}, {"a": b"13"}) == "a: byte 1: b'12' and b'13'"
