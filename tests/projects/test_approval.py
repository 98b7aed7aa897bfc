"""A raw value that changes: refused by name, approved, and followed by both editions."""

from __future__ import annotations

from tests.projects.conftest import Compendium

RAW = "data/raw/months.csv"


def test_a_raw_value_changed_is_refused_then_followed(paper: Compendium) -> None:
    assert paper.run("accept", "values").status == 0
    assert paper.run("build").status == 0
    paper.replace(RAW, "2,28,29", "2,29,29")

    refused = paper.run("build", "--format", "concise")
    assert refused.status == 2
    assert f"{RAW}: error[SRC102] raw-file-changed" in refused.out

    assert "months.csv" in paper.run("accept", "raw").err
    moved = paper.run("build", "--format", "concise")
    assert moved.status == 1
    for place in ("manuscript/id/02-results.md:3", "manuscript/en/02-results.md:3"):
        lines = [line for line in moved.out.splitlines() if line.startswith(place)]
        assert any("CLM201" in line and "366" in line for line in lines)
        assert any("CLM302" in line for line in lines)

    assert paper.run("check", "--fix").status == 0
    assert "[366 hari](claim:days_total)" in paper.path("manuscript/id/02-results.md").read_text()
    assert "[366 days](claim:days_total)" in paper.path("manuscript/en/02-results.md").read_text()
    assert paper.run("accept", "values").status == 0
    done = paper.run("build", "--format", "concise")
    assert (done.status, done.out) == (0, "")


def test_a_new_raw_file_is_named_until_it_is_used_and_accepted(paper: Compendium) -> None:
    paper.path("data/raw/weeks.csv").write_text("week,days\n1,7\n", encoding="utf-8")
    ended = paper.run("build", "--format", "concise")
    assert "data/raw/weeks.csv: warning[SRC106]" in ended.out
    assert "data/raw/weeks.csv: warning[SRC105]" in ended.out
