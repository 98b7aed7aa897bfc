"""Faults seeded into a real paper by the paper's own command."""

from __future__ import annotations

import json

from tests.projects.conftest import Compendium


def test_seeded_faults_are_found_and_the_paper_is_left_alone(paper: Compendium) -> None:
    before = paper.digests()
    ended = paper.run("challenge", "--number", "8", "--format", "json")
    assert ended.status == 0, ended.out + ended.err
    found = json.loads(ended.out)
    assert len(found) == 8
    assert {each["outcome"] for each in found} == {"at its line"}
    assert all(each["findings"] for each in found)
    assert paper.digests() == before
    assert not list(paper.path(".bukti").glob("challenge-*"))


def test_a_check_that_a_waiver_switches_off_is_seen(paper: Compendium) -> None:
    """The button of a smoke detector whose battery was taken out."""
    places = [path for path in paper.root.glob("manuscript/*/*.md")]
    waivers = "".join(
        f"  - {{code: CLM401, at: {path.relative_to(paper.root).as_posix()}, reason: None.}}\n"
        for path in places
    )
    with paper.path("bukti.yaml").open("a", encoding="utf-8") as file:
        file.write(f"waivers:\n{waivers}")
    ended = paper.run("challenge", "--number", "8", "--lang", "id")
    assert ended.status == 1
    assert "terlewat" in ended.out
