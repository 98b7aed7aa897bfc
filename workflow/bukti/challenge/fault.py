"""A fault: what is changed in a paper, and where it must be reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from bukti.base.diagnostic import Diagnostic

TRANSLATION = "PAR220"


class Paper(Protocol):
    """A paper that faults are seeded into."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its editions."""

    def text(self, path: str) -> str:
        """A file's text."""

    def chapters(self, language: str) -> tuple[str, ...]:
        """The files of an edition's text, the abstract among them."""

    def other(self, path: str) -> tuple[str, ...]:
        """The same file of the other editions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Lines of a file, both counted; without them the whole file."""

    path: str
    first: int | None = None
    last: int | None = None

    def holds(self, finding: Diagnostic) -> bool:
        """Whether a finding points to these lines."""
        span = finding.span
        if span is None or span.path != self.path:
            return False
        if self.first is None or self.last is None:
            return True
        return span.line is not None and self.first <= span.line <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Characters of a file from `start` up to `end`, and what stands there instead."""

    path: str
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Edits of one paper; `places` is where it may be reported: at one of each tuple.

    `accepted` are raw files that the author accepts as they are then; `stale` says that the
    results are made anew; `moved` that every mark of a claim whose value moves is a place, and
    `moves` which claim must move, or there is no fault. That a translation is stale counts as
    found only where `translation` says so.
    """

    kind: str
    edits: tuple[Edit, ...]
    places: tuple[tuple[Place, ...], ...] = ()
    accepted: tuple[str, ...] = ()
    stale: bool = False
    moved: bool = False
    moves: str = ""
    translation: bool = False


Kind = Callable[[Any], Iterator[Fault]]


def changed(text: str, edits: tuple[Edit, ...], path: str) -> str:
    """A file's text with the edits of its path."""
    for edit in sorted(edits, key=lambda each: -each.start):
        if edit.path == path:
            text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def here(text: str, edit: Edit) -> Place:
    """The lines of the changed text that an edit, the only one above them, has written."""
    first = text.count("\n", 0, edit.start) + 1
    return Place(path=edit.path, first=first, last=first + edit.new.rstrip("\n").count("\n"))


def lines(path: str, text: str, start: int, end: int) -> Place:
    """The lines of the characters from `start` up to `end`."""
    first = text.count("\n", 0, start) + 1
    return Place(path=path, first=first, last=first + text.count("\n", start, end))


def swap(paper: Paper, kind: str, edit: Edit, *, whole: tuple[int, int] | None = None) -> Fault:
    """A fault of one edit, to be reported on its lines, or those of the `whole` around it."""
    text = paper.text(edit.path)
    place = here(text, edit)
    if whole is not None:
        after = changed(text, (edit,), edit.path)
        longer = len(edit.new) - (edit.end - edit.start)
        place = lines(edit.path, after, whole[0], whole[1] + longer)
    return Fault(kind=kind, edits=(edit,), places=((place,),))
