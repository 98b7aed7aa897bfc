"""Faults drawn for a paper, and the copy that they are written into. Pure but for the files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from bukti.challenge.fault import Fault, Place, changed, here, lines
from bukti.challenge.kinds import KINDS, Texts
from bukti.challenge.prose import marks

_SUFFIXES = (".md", ".yaml", ".csv", ".tsv")


def texts_of(root: Path, languages: tuple[str, ...]) -> Texts:
    """The texts of a compendium that faults are seeded into."""
    folders = [root / "manuscript", root / "data/raw"]
    found = (path for folder in folders for path in sorted(folder.rglob("*")))
    files: dict[str, str] = {}
    for path in found:
        if path.suffix in _SUFFIXES and path.is_file() and not path.is_symlink():
            try:
                text = path.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                continue
            files[path.relative_to(root).as_posix()] = text
    return Texts(files=files, languages=languages)


def drawn(paper: Texts, seed: int) -> list[list[Fault]]:
    """For each kind its candidates, in a random order that the seed alone decides."""
    chance = random.Random(seed)  # noqa: S311  # draws a sample, guards nothing
    kinds = []
    for kind in KINDS:
        found = list(kind(paper))
        chance.shuffle(found)
        kinds.append(found)
    return kinds


def in_turn(kinds: list[list[Fault]]) -> Iterator[Fault]:
    """One fault of each kind in turn, as long as there are any."""
    longest = max(map(len, kinds), default=0)
    for number in range(longest):
        yield from (faults[number] for faults in kinds if number < len(faults))


def written(root: Path, paper: Texts, fault: Fault) -> None:
    """Write a fault into a copy of the paper."""
    for path in {edit.path for edit in fault.edits}:
        (root / path).write_bytes(changed(paper.text(path), fault.edits, path).encode())


def places_moved(
    paper: Texts, fault: Fault, moved: frozenset[str], *, refused: bool
) -> tuple[tuple[Place, ...], ...]:
    """Where a fault in accepted data must be told: at every mark of the claims that moved.

    At its own line, where the table was `refused` for it.
    """
    if refused:
        edit = fault.edits[0]
        return ((here(paper.text(edit.path), edit), Place(path=edit.path)),)
    return tuple(
        (lines(path, paper.text(path), mark.start, mark.end),)
        for language in paper.languages
        for path in paper.chapters(language)
        for mark in marks(paper.text(path))
        if mark.scheme == "claim" and moved.intersection(mark.ids)
    )
