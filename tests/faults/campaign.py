"""Seeding faults one after another, and the table of what became of them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from bukti.base.diagnostic import Diagnostic
from bukti.challenge.fault import Fault, Place, changed, here, lines
from bukti.challenge.outcome import Outcome, Seeded, outcome_of
from bukti.challenge.prose import marks
from tests.faults import data, marked, unmarked
from tests.faults.paper import Paper, build, claims, findings

KINDS = (*marked.KINDS, *data.KINDS, *unmarked.KINDS)
DIGESTS = "data/raw.sha256"
SUM = "CLN210"  # told at the total: no sum can know which of its parts is wrong


def sampled(papers: Sequence[Paper], number: int, seed: int) -> list[list[tuple[Paper, Fault]]]:
    """For each kind its candidates in a random order that the seed alone decides."""
    chance = random.Random(seed)
    kinds = []
    for kind in KINDS:
        by_paper = []
        for paper in papers:
            found = list(kind(paper))
            chance.shuffle(found)
            by_paper.append([(paper, fault) for fault in found])
        kinds.append(_in_turn(by_paper))
    return kinds


def _in_turn(
    queues: Sequence[Sequence[tuple[Paper, Fault]]],
) -> list[tuple[Paper, Fault]]:
    """One of each in turn, as long as there are any."""
    longest = max(map(len, queues), default=0)
    return [queue[index] for index in range(longest) for queue in queues if index < len(queue)]


def campaign(papers: Sequence[Paper], number: int, seed: int, folder: Path) -> Iterator[Seeded]:
    """Seed `number` faults, as many of each kind as there can be, each into a sound paper."""
    queues = sampled(papers, number, seed)
    done = 0
    while done < number and any(queues):
        for queue in queues:
            while queue and done < number:
                paper, fault = queue.pop(0)
                seeded = seed_one(paper, fault, folder)
                if seeded.outcome is not Outcome.WITHOUT_EFFECT:
                    done += 1
                    yield seeded
                    break


def seed_one(paper: Paper, fault: Fault, folder: Path) -> Seeded:
    """One fault in a copy of a paper, and what is reported."""
    root = folder / "seeded"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(paper.root, root)
    for path in {edit.path for edit in fault.edits}:
        text = changed(paper.text(path), fault.edits, path)
        (root / path).write_text(text, encoding="utf-8")
    for path in fault.accepted:
        _accept(root, path)
    found = findings(root, stale=fault.stale)
    if fault.moves and not _moves(paper, root, fault.moves):
        return Seeded(paper=paper.name, fault=fault, outcome=Outcome.WITHOUT_EFFECT, findings=found)
    if fault.moved:
        places = _moved(paper, root, fault, found)
        if not places:
            return Seeded(
                paper=paper.name, fault=fault, outcome=Outcome.WITHOUT_EFFECT, findings=found
            )
        fault = replace(fault, places=places)
    outcome = outcome_of(fault, found)
    if outcome is Outcome.MISSED and fault.accepted and not _tables_change(paper, root):
        outcome = Outcome.WITHOUT_EFFECT
    return Seeded(paper=paper.name, fault=fault, outcome=outcome, findings=found)


def _moves(paper: Paper, root: Path, name: str) -> bool:
    """Whether a claim has another value now; also where no value can be computed."""
    return claims(paper.root).get(name) != claims(root).get(name)


def _tables_change(paper: Paper, root: Path) -> bool:
    """Whether any clean table is another after a build: cleaning may leave a raw line out."""
    build(root)
    return any(
        path.read_bytes() != (root / path.relative_to(paper.root)).read_bytes()
        for path in (paper.root / "data/clean").glob("*.parquet")
    )


def _accept(root: Path, path: str) -> None:
    """Writes the digest that a raw file has now."""
    digests = root / DIGESTS
    name = Path(path).name
    kept = [line for line in digests.read_text().splitlines() if not line.endswith(f"  {name}")]
    own = f"{sha256((root / path).read_bytes()).hexdigest()}  {name}"
    digests.write_text("".join(f"{line}\n" for line in sorted([*kept, own], key=_name)))


def _name(line: str) -> str:
    return line.split("  ")[1]


def _moved(
    paper: Paper, root: Path, fault: Fault, found: Iterable[Diagnostic]
) -> tuple[tuple[Place, ...], ...]:
    """The marks of all claims whose value moved; the raw line where the table was refused."""
    cleaning = [each for each in found if each.code.startswith("CLN")]
    if cleaning:
        edit = fault.edits[0]
        sums = (
            Place(path=edit.path, first=each.span.line, last=each.span.line)
            for each in cleaning
            if each.code == SUM and each.span is not None
        )
        return ((here(paper.text(edit.path), edit), *sums),)
    before, now = claims(paper.root), claims(root)
    other = {name for name, value in before.items() if now.get(name) != value}
    return tuple(
        (lines(path, text, mark.start, mark.end),)
        for language in paper.languages
        for path in paper.chapters(language)
        for text in [paper.text(path)]
        for mark in marks(text)
        if mark.scheme == "claim" and other.intersection(mark.ids)
    )
