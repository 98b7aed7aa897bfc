"""The verdicts on the finished papers: the same bytes, else the same text, else not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bukti.base.diagnostic import Note, note
from bukti.verify.built import PAPERS, Built
from bukti.verify.verdict import Ground, Outcome, Verdict

_LONGEST = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperText:
    """A passage of a finished paper; `page` is None in formats that have none."""

    text: str
    page: int | None = None


ReadText = Callable[[str, bytes], Sequence[PaperText] | None]


def paper_verdicts(theirs: Built, ours: Built, read_text: ReadText) -> tuple[Verdict, ...]:
    """A verdict for each paper of the archive, and for those that only the rebuild has.

    `read_text` gives the passages of a paper by its path and bytes, None where it has none that
    can be read.
    """
    names = sorted({*theirs.papers, *ours.papers})
    return tuple(_paper(theirs, ours, name, read_text) for name in names)


def _paper(theirs: Built, ours: Built, name: str, read_text: ReadText) -> Verdict:
    outcome, reasons = _compared(theirs, ours, name, read_text)
    return Verdict(
        kind="paper",
        id=name.removeprefix(PAPERS),
        ground=Ground.UNCHECKED if outcome is Outcome.UNCHECKED else Ground.COMPUTED,
        outcome=outcome,
        reasons=reasons,
        place=name,
    )


def _compared(
    theirs: Built, ours: Built, name: str, read_text: ReadText
) -> tuple[Outcome, tuple[Note, ...]]:
    if name not in theirs.digests:
        return Outcome.DIFFERS, (note("verify-not-in-archive"),)
    if name not in ours.digests:
        return Outcome.UNCHECKED, (note("verify-paper-not-made"),)
    if theirs.digests[name] == ours.digests[name]:
        return Outcome.REPRODUCED, ()
    old, new = (read_text(name, built.read(name)) for built in (theirs, ours))
    if old is None or new is None:
        return Outcome.DIFFERS, (note("verify-paper-unreadable"),)
    told = text_differences(old, new)
    if not told:
        return Outcome.WITHIN, (note("verify-paper-same-text"),)
    return Outcome.DIFFERS, told


def text_differences(
    theirs: Sequence[PaperText], ours: Sequence[PaperText], most: int = 3
) -> tuple[Note, ...]:
    """The first passages that are not the same, as both papers have them."""
    old, new = [each.text for each in theirs], [each.text for each in ours]
    if old == new:
        return ()
    found: list[Note] = []
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, start, end, first, after in blocks:
        if kind == "equal":
            continue
        for number in range(max(end - start, after - first)):
            here = theirs[start + number] if start + number < end else None
            there = ours[first + number] if first + number < after else None
            found.append(_difference(here, there))
    return tuple(found[:most])


def _difference(here: PaperText | None, there: PaperText | None) -> Note:
    page = next((each.page for each in (here, there) if each and each.page), None)
    texts = _around_difference(here.text if here else "", there.text if there else "")
    told = {"theirs": texts[0] or "-", "ours": texts[1] or "-"}
    if page is None:
        return note("verify-paper-passage", **told)
    return note("verify-paper-page", page=page, **told)


def _around_difference(theirs: str, ours: str) -> tuple[str, str]:
    """Two texts, cut to what stands around their first difference where they are long."""
    if max(len(theirs), len(ours)) <= _LONGEST:
        return theirs, ours
    pairs = enumerate(zip(theirs, ours, strict=False))
    at = next((place for place, (one, two) in pairs if one != two), min(len(theirs), len(ours)))
    start = max(0, at - _LONGEST // 3)
    return _cut(theirs, start), _cut(ours, start)


def _cut(text: str, start: int) -> str:
    piece = text[start : start + _LONGEST]
    return f"{'...' if start else ''}{piece}{'...' if start + _LONGEST < len(text) else ''}"
