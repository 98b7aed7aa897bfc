"""A finished paper against the edition that it was made from: its marks, its numbers, its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bukti.base.claims import Claim, Kind, Status, claim_from_json
from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.span import Span
from bukti.manuscript.allowed_forms import AllowedForms, allowed_forms
from bukti.manuscript.compare import Words, compare
from bukti.printed.differences import Alignment, Difference, Stretch, aligned
from bukti.printed.edition_text import edition_text
from bukti.printed.numbers import numbers_by_ground
from bukti.printed.records import Printed, PrintedMark, PrintedPassage
from bukti.project.number_forms import Own
from bukti.render.front import read_front

_LONGEST = 160  # characters of a reading in a message
_IN_WORDS = (Kind.DOCUMENTARY, Kind.QUOTATION)
_AROUND = 3  # words around what differs


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition as its papers must have it.

    `marks` are the records of `marks.json` by their index, `claims` those of the ledger by scheme
    and id. `words` are the settings of comparisons in the edition's language, `allowed` gives the
    forms of numbers that need no evidence in a language; `lacking` is what an edition beside
    another says in the place of what it lacks.
    """

    language: str
    passages: tuple[PrintedPassage, ...]
    marks: Mapping[int, Mapping[str, Any]]
    claims: Mapping[tuple[str, str], Claim]
    words: Words
    allowed: Callable[[str], AllowedForms]
    lacking: str = ""

    @property
    def printed_marks(self) -> int:
        """How many marks a paper of the edition shows."""
        return sum(len(each.marks) for each in self.passages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was found of a paper: how many of its marks hold, its numbers by ground, the findings.

    `numbers` counts every number of the text by what it rests on: `bound` to a claim, in a `cell`
    of a table, a `label` of a section, figure or table, in a `reference`, an `allowed` form, or
    `unmarked`.
    """

    path: str
    marks: int
    held: int
    numbers: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()


def edition_of(
    tree: Mapping[str, Any],
    marks: Mapping[str, Any],
    claims: Sequence[Mapping[str, Any]],
    words: Words,
    allowed_numbers: Own | None = None,
) -> Edition:
    """An edition out of `tree.json`, `marks.json` and the claims of the ledger as stored.

    `allowed_numbers` is that setting of `bukti.yaml`.
    """
    known = {(each.get("scheme", "claim"), each["id"]): claim_from_json(each) for each in claims}
    families: dict[str, list[Claim]] = {}
    for (scheme, _), claim in known.items():
        if scheme == "claim":
            families.setdefault(claim.family, []).append(claim)
    return Edition(
        language=words.language,
        passages=edition_text(tree, words.language),
        marks={mark["index"]: mark for mark in marks["marks"]},
        claims=known,
        words=replace(words, families=families),
        allowed=partial(allowed_forms, own=allowed_numbers or {}),
        lacking=read_front(tree["meta"], words.language).words["not-in-edition"],
    )


def printed_against_ledger(paper: Printed, path: str, edition: Edition) -> Compared:
    """A paper of one edition against the edition's text and ledger.

    Each mark has to be found at its place with its words, each number in it to be the value of
    its claim, and every other word to be that of the edition.
    """
    found = compared_texts(edition.passages, paper.passages, path, edition)
    return replace(found, numbers=numbers_by_ground(edition.passages, edition.allowed))


def compared_texts(
    wanted: Sequence[PrintedPassage],
    found: Sequence[PrintedPassage],
    path: str,
    edition: Edition,
) -> Compared:
    """Some passages of an edition against some of a paper; numbers are not counted."""
    alignment = aligned(wanted, found)
    findings: list[Diagnostic] = []
    told: list[Difference] = []
    marks = held = 0
    for number, passage in enumerate(wanted):
        for mark in passage.marks:
            marks += 1
            stretch = Stretch(passage=number, start=mark.start, end=mark.end)
            change = alignment.differs(stretch)
            if change is None:
                faults = _against_claims(alignment, stretch, mark, edition, path)
                findings += faults
                held += not faults
            elif change not in told:
                told.append(change)
                findings.append(_changed_mark(alignment, change, mark, path))
    findings += (
        _changed_text(alignment, change, path) for change in alignment.changes if change not in told
    )
    return Compared(path=path, marks=marks, held=held, findings=tuple(findings))


def _against_claims(
    alignment: Alignment, stretch: Stretch, mark: PrintedMark, edition: Edition, path: str
) -> tuple[Diagnostic, ...]:
    """Whether what the paper prints of a mark, read anew, is what its claims hold.

    Only of marks that the build found to hold, and whose claims have values: what a statement or
    a quotation says is its text.
    """
    passage = alignment.wanted.passages[stretch.passage]
    record = edition.marks.get(mark.index) if mark.index is not None else None
    own = passage.language in ("", edition.language)
    if record is None or not own or record["status"] != Status.HOLDS:
        return ()
    known = (edition.claims.get((mark.scheme, each)) for each in mark.claims)
    stated = [each for each in known if each is not None and each.kind not in _IN_WORDS]
    if len(stated) < len(mark.claims):
        return ()
    place = alignment.counterpart(stretch)
    text = alignment.found.passages[place.passage].text[place.start : place.end]
    _, faults = compare(text, stated, record["options"].get("of", ""), edition.words)
    if not faults:
        return ()
    finding = diagnose(
        "VER212",
        Span(path=path),
        notes=(_where(alignment, (place,)),),
        printed=text,
        claims=", ".join(mark.claims),
        evidence=faults[0].arguments.get("evidence", "-"),
    )
    return (finding,)


def _changed_mark(
    alignment: Alignment, change: Difference, mark: PrintedMark, path: str
) -> Diagnostic:
    return diagnose(
        "VER211",
        Span(path=path),
        notes=(_where(alignment, change.found),),
        printed=_reading(alignment.found.passages, change.found),
        wanted=_reading(alignment.wanted.passages, change.wanted),
        claims=", ".join(mark.claims),
    )


def _changed_text(alignment: Alignment, change: Difference, path: str) -> Diagnostic:
    place, notes = Span(path=path), (_where(alignment, change.found),)
    printed = _reading(alignment.found.passages, change.found)
    wanted = _reading(alignment.wanted.passages, change.wanted)
    if not alignment.found.letters(change.found):
        return diagnose("VER222", place, notes=notes, wanted=wanted)
    if not alignment.wanted.letters(change.wanted):
        return diagnose("VER223", place, notes=notes, printed=printed)
    return diagnose("VER221", place, notes=notes, printed=printed, wanted=wanted)


def _where(alignment: Alignment, stretches: Sequence[Stretch]) -> Note:
    """The page, or else the element or the number of the passage."""
    first = stretches[0]
    if not alignment.found.passages:
        return note("printed-passage", passage="-")
    passage = alignment.found.passages[first.passage]
    page = passage.page_at(first.start)
    if page is not None:
        return note("printed-page", page=page)
    if passage.place.element:
        element, number = passage.place.element, passage.place.passage
        return note("printed-element", element=element, passage=number)
    return note("printed-passage", passage=passage.place.passage)


def _reading(passages: Sequence[PrintedPassage], stretches: Sequence[Stretch]) -> str:
    """The words of some stretches with those around them, cut where they are many."""
    parts = [_part(passages[each.passage].text, each) for each in stretches if passages]
    text = " / ".join(filter(None, parts)) or "-"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2].rstrip()} \u2026"


def _part(text: str, stretch: Stretch) -> str:
    before = text[: stretch.start].split()
    behind = text[stretch.end :].split()
    words = [*before[-_AROUND:], *text[stretch.start : stretch.end].split(), *behind[:_AROUND]]
    opening = "\u2026 " if len(before) > _AROUND else ""
    return opening + " ".join(words) + (" \u2026" if len(behind) > _AROUND else "")
