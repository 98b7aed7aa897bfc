"""What a revision changed, told from two real builds."""

from __future__ import annotations

import json
import subprocess

from tests.projects.conftest import Compendium

RAW = "data/raw/months.csv"


def _commit(paper: Compendium) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "one")):
        subprocess.run(("git", *words), cwd=paper.root, check=True)


def test_what_a_changed_raw_value_does_to_the_paper(paper: Compendium) -> None:
    _commit(paper)
    paper.replace(RAW, "2,28,29", "2,29,29")
    assert paper.run("accept", "raw").status == 0
    paper.replace("manuscript/en/02-results.md", "A common year has", "Any common year has")

    shown = paper.run("diff", "HEAD")
    assert shown.status == 0
    assert "claim:days_total has another value: 365 days → 366 days" in shown.out
    assert f"because the raw file {RAW} changed" in shown.out
    assert "line 3: 2,28,29 → 2,29,29" in shown.out
    assert "figure:months changed (en, id)" in shown.out
    assert "2 · days: 28 → 29" in shown.out
    assert "[-A-] {+Any+} common year has 365 days." in shown.out
    assert "sec:results: sentences changed in English only" in shown.out
    page = paper.path("outputs/diff/index.html").read_text(encoding="utf-8")
    assert page.count("<img src=") == 4

    written = paper.run("diff", "HEAD", "--markdown", "--lang", "id").out
    assert written.startswith("## Yang berubah dari HEAD")
    found = json.loads(paper.run("diff", "HEAD", "--format", "json").out)
    assert {each["name"] for each in found["claims"]} >= {"claim:days_total"}


def test_nothing_changed_and_what_is_no_revision(paper: Compendium) -> None:
    alone = paper.run("diff", "HEAD")
    assert (alone.status, "CFG183" in alone.out) == (2, True)
    _commit(paper)
    same = paper.run("diff", "HEAD")
    assert "No claim, exhibit or sentence changed." in same.out
    unknown = paper.run("diff", "v9")
    assert (unknown.status, "CFG181" in unknown.out) == (2, True)
    option = paper.run("diff", "--", "--output=x")
    assert (option.status, "CFG181" in option.out) == (2, True)


def test_a_revision_that_does_not_build(paper: Compendium) -> None:
    paper.replace("bukti.yaml", "languages: [id, en]", "languages: [id, en")
    _commit(paper)
    paper.replace("bukti.yaml", "languages: [id, en", "languages: [id, en]")
    ended = paper.run("diff", "HEAD")
    assert ended.status == 2
    assert "Traceback" not in ended.out + ended.err
