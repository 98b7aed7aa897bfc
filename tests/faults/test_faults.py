"""A sample of the faults: all are found at their lines, and sound papers are let pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bukti.base.diagnostic import diagnose
from bukti.base.span import Span
from bukti.challenge.fault import Fault, Place
from bukti.challenge.outcome import Outcome, outcome_of, table
from tests.faults.campaign import campaign
from tests.faults.paper import PAPERS, Paper, findings, prepared
from tests.faults.quick import quick

SAMPLE, LARGE = 56, 4
HERE = Place(path="manuscript/en/01-x.md", first=3, last=4)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Paper]]:
    folder = tmp_path_factory.mktemp("papers")
    with quick():
        yield [prepared(name, folder) for name in PAPERS]


def test_sound_papers_have_no_finding(papers: list[Paper]) -> None:
    found = {paper.name: findings(paper.root) for paper in papers}
    assert found == dict.fromkeys(PAPERS, ())


def test_every_fault_is_found_at_its_line(papers: list[Paper], tmp_path: Path) -> None:
    large, *small = papers
    seeded = [*campaign(small, SAMPLE, 1, tmp_path), *campaign([large], LARGE, 1, tmp_path)]
    number = SAMPLE + LARGE
    assert len(seeded) == number
    assert [str(each) for each in seeded if each.outcome is not Outcome.AT_LINE] == []
    assert table(seeded).endswith(f"| all | {number} | {number} | 0 | 0 |")


@pytest.mark.parametrize(
    ("code", "line", "translation", "outcome"),
    [
        ("CLM201", 3, False, Outcome.AT_LINE),
        ("CLM201", 4, False, Outcome.AT_LINE),
        ("CLM201", 5, False, Outcome.ELSEWHERE),
        ("PAR220", 3, False, Outcome.MISSED),
        ("PAR220", 3, True, Outcome.AT_LINE),
    ],
)
def test_a_finding_counts_at_the_line_alone(
    code: str, line: int, translation: bool, outcome: Outcome
) -> None:
    fault = Fault(kind="x", edits=(), places=((HERE,),), translation=translation)
    finding = diagnose(code, Span(path=HERE.path, line=line))
    assert outcome_of(fault, [finding]) is outcome
    assert outcome_of(fault, []) is Outcome.MISSED


def test_a_fault_in_both_editions_must_be_reported_in_both() -> None:
    fault = Fault(kind="x", edits=(), places=((HERE,), (Place(path="manuscript/id/01-x.md"),)))
    finding = diagnose("CLM201", Span(path=HERE.path, line=3))
    assert outcome_of(fault, [finding]) is Outcome.ELSEWHERE
