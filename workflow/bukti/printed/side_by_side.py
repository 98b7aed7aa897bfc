"""A paper with two editions side by side against both, passage by passage.

How the two run beside each other is for the page to decide, so only the words of each passage are
looked for, not their order among those of the other language. A source that both cite is
printed as the first edition has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bukti.base.diagnostic import Diagnostic
from bukti.printed.against import Compared, Edition, compared_texts
from bukti.printed.plain import made_plain
from bukti.printed.records import Kind, Printed, PrintedPassage

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class _Passage:
    passage: PrintedPassage
    letters: str


def parallel_against_ledger(paper: Printed, path: str, editions: Sequence[Edition]) -> Compared:
    """A paper of two editions against the text and the ledger of both; numbers are not counted."""
    wanted = {each.language: _wanted(each, editions[0]) for each in editions}
    printed = [_read(passage) for passage in paper.passages]
    whole = "".join(each.letters for each in printed)
    texts = ["".join(each.letters for each in passages) for passages in wanted.values()]
    texts += [_letters(f"\u2014{each.lacking}") for each in editions]
    odd = [each for each in printed if not _covered(each.letters, texts)]
    findings: list[Diagnostic] = []
    marks = held = 0
    for edition in editions:
        for each in wanted[edition.language]:
            marks += len(each.passage.marks)
            if each.letters in whole:
                held += len(each.passage.marks)
                continue
            near = _nearest(each, odd)
            odd = [other for other in odd if other is not near]
            found = () if near is None else (near.passage,)
            part = compared_texts((each.passage,), found, path, edition)
            findings += part.findings
            held += part.held
    for each in odd:
        findings += compared_texts((), (each.passage,), path, editions[0]).findings
    return Compared(path=path, marks=marks, held=held, findings=tuple(findings))


def _wanted(edition: Edition, first: Edition) -> list[_Passage]:
    """What has to stand in the paper of an edition: of the second no source that the first has."""
    sources = {each.place.element for each in first.passages if each.kind is Kind.REFERENCE}
    if edition is first:
        sources = set()
    return [
        _read(each)
        for each in edition.passages
        if each.kind is not Kind.REFERENCE or each.place.element not in sources
    ]


def _read(passage: PrintedPassage) -> _Passage:
    return _Passage(passage, _letters(passage.text))


def _letters(text: str) -> str:
    return made_plain(text).text.replace(" ", "")


def _covered(letters: str, texts: Sequence[str]) -> bool:
    """Whether letters stand in one text, or their beginning in one and the rest in one."""
    if any(letters in text for text in texts):
        return True
    low, high = 0, len(letters)
    while low < high:
        middle = (low + high + 1) // 2
        if any(letters[:middle] in text for text in texts):
            low = middle
        else:
            high = middle - 1
    return low > 0 and any(letters[low:] in text for text in texts)


def _nearest(wanted: _Passage, odd: Sequence[_Passage]) -> _Passage | None:
    near = get_close_matches(wanted.letters, [each.letters for each in odd], n=1, cutoff=_ALIKE)
    return next((each for each in odd if near and each.letters == near[0]), None)
