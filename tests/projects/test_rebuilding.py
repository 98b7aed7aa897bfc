"""What is built anew, and what is left alone."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from tests.projects.conftest import Compendium

PAPERS = {
    f"paper.{language}.{form}" for language in ("en", "id") for form in ("docx", "html", "pdf")
}
SCHEDULER_LOG = "outputs/logs/snakemake.log"


def test_every_paper_is_written(built_once: Compendium) -> None:
    assert {path.name for path in built_once.path("outputs/papers").iterdir()} == PAPERS


def test_a_second_build_does_nothing_and_starts_no_scheduler(paper: Compendium) -> None:
    before = paper.digests()
    paper.path(SCHEDULER_LOG).unlink()
    ended = paper.run("build")
    assert ended.status == 0
    assert "nothing to do" in ended.err
    assert not paper.path(SCHEDULER_LOG).exists()
    assert paper.digests() == before


def test_content_changed_under_an_old_time_stamp_is_seen(paper: Compendium) -> None:
    chapter = paper.path("manuscript/en/02-results.md")
    status = chapter.stat()
    paper.replace("manuscript/en/02-results.md", "[365 days]", "[364 days]")
    os.utime(chapter, ns=(status.st_atime_ns, status.st_mtime_ns - 10**12))
    ended = paper.run("build", "--format", "concise")
    assert ended.status == 1
    assert "manuscript/en/02-results.md:3:20: error[CLM201]" in ended.out


def test_a_restored_cache_with_old_times_does_no_harm(
    fresh: Compendium, built_once: Compendium, tmp_path: Path
) -> None:
    fresh.replace("manuscript/en/02-results.md", "A common year has", "Each common year has")
    alone = Compendium(tmp_path / "alone")
    shutil.copytree(fresh.root, alone.root)
    for folder in ("outputs", "data/clean", ".bukti/steps"):
        shutil.copytree(built_once.path(folder), fresh.path(folder))
    for age, path in enumerate(sorted(fresh.root.rglob("*"))):
        os.utime(path, (10**9 - age, 10**9 - age))

    assert fresh.run("build").status == 0
    assert alone.run("build").status == 0
    assert fresh.digests() == alone.digests()


def test_a_touched_file_with_the_same_content_rebuilds_nothing(paper: Compendium) -> None:
    os.utime(paper.path("manuscript/en/02-results.md"))
    assert "nothing to do" in paper.run("build").err


def test_a_hand_edited_output_is_made_anew(paper: Compendium) -> None:
    before = paper.digests()
    page = paper.path("outputs/papers/paper.en.html")
    page.write_text(page.read_text(encoding="utf-8").replace("365", "366"), encoding="utf-8")
    ended = paper.run("build")
    assert ended.status == 0
    assert paper.digests() == before


def test_a_deleted_intermediate_is_made_anew(paper: Compendium) -> None:
    before = paper.digests()
    paper.path("data/clean/months.parquet").unlink()
    paper.path("outputs/results/10-months/months.en.svg").unlink()
    assert paper.run("build").status == 0
    assert paper.digests() == before


def test_a_comment_in_a_cleaning_script_stops_at_the_unchanged_table(paper: Compendium) -> None:
    record = paper.path(".bukti/steps/analyse.10-months.json")
    before = record.read_bytes()
    script = paper.path("analysis/cleaning/months.py")
    script.write_text(script.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    assert paper.run("build").status == 0
    assert record.read_bytes() == before


def test_snakemake_alone_builds_the_same(fresh: Compendium, built_once: Compendium) -> None:
    ended = _snakemake(fresh)
    assert ended == 0
    assert fresh.digests() == built_once.digests()


def test_snakemake_alone_fails_on_a_finding_and_writes_the_papers(paper: Compendium) -> None:
    paper.replace("manuscript/id/02-results.md", "[365 hari]", "[364 hari]")
    assert _snakemake(paper) == 1
    found = json.loads(paper.path("outputs/findings.json").read_bytes())["findings"]
    assert [finding["code"] for finding in found] == ["CLM201"]
    assert {path.name for path in paper.path("outputs/papers").iterdir()} == PAPERS


def _snakemake(paper: Compendium) -> int:
    import subprocess
    import sys

    from tests.projects.conftest import environment

    done = subprocess.run(
        [sys.executable, "-m", "snakemake", "--cores", "2", "--keep-going"],
        cwd=paper.root,
        capture_output=True,
        env=environment(),
        timeout=300,
        check=False,
    )
    return done.returncode


def test_a_copy_with_another_name_gives_the_same_bytes(
    fresh: Compendium, built_once: Compendium, tmp_path: Path
) -> None:
    place = tmp_path / "folder with spaces" / "naskah é"
    shutil.copytree(fresh.root, place)
    ended = Compendium(place).run("build", env={"TZ": "Asia/Jayapura", "LANG": "id_ID.UTF-8"})
    assert ended.status == 0, ended.out + ended.err
    assert Compendium(place).digests() == built_once.digests()


def test_one_target_alone(fresh: Compendium) -> None:
    ended = fresh.run("build", "paper.en.html")
    assert ended.status == 0
    assert [path.name for path in fresh.path("outputs/papers").iterdir()] == ["paper.en.html"]


def test_an_unknown_target_is_refused_by_name(paper: Compendium) -> None:
    ended = paper.run("build", "paper.fr.pdf", "--format", "concise")
    assert ended.status == 2
    assert 'error[CFG112] unknown-target: there is nothing called "paper.fr.pdf"' in ended.out


def test_dry_run_says_what_and_why(paper: Compendium) -> None:
    paper.replace("manuscript/en/02-results.md", "A common", "Every common")
    ended = paper.run("build", "--dry-run")
    changed = "  manuscript/en/02-results.md has changed"
    assert ended.out.splitlines() == ["manuscript.en", changed, "privacy", changed]


def test_no_address_is_loaded_by_any_page(built_once: Compendium) -> None:
    pages = [*built_once.path("outputs").rglob("*.html")]
    assert {page.name for page in pages} >= {"index.html", "paper.en.html", "paper.id.html"}
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for loader in ('src="http', "src='http", 'rel="stylesheet"', "@import", "url(http"):
            assert loader not in text, f"{page.name}: {loader}"


def test_papers_of_a_language_that_is_gone_are_removed(paper: Compendium) -> None:
    paper.replace("bukti.yaml", "languages: [id, en]", "languages: [en]")
    edited = paper.path("outputs/papers/paper.id.html")
    edited.write_text("somebody's work", encoding="utf-8")
    ended = paper.run("build")
    assert ended.status == 0, ended.out + ended.err
    kept = {path.name for path in paper.path("outputs/papers").iterdir()}
    assert kept == {"paper.en.pdf", "paper.en.docx", "paper.en.html", "paper.id.html"}
    assert not paper.path("outputs/manuscript/id").exists()
    assert not paper.path("outputs/results/10-months/months.id.svg").exists()
    assert "paper.id" not in ended.err.replace("paper.id.html", "")


def test_results_of_a_notebook_that_was_renamed_are_removed(paper: Compendium) -> None:
    old = paper.path("analysis/notebooks/10-months.ipynb")
    old.rename(old.with_name("15-months.ipynb"))
    ended = paper.run("build")
    assert ended.status == 0, ended.out + ended.err
    left = {path.name for path in paper.path("outputs/results").iterdir()}
    assert left == {"15-months", "15-months.html", "15-months.ipynb", "15-months.json"}
