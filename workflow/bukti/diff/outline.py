"""A difference as headings, items and lines, for whatever shows it: terminal, Markdown, page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from bukti.diff.records import (
    Cause,
    ClaimChange,
    Difference,
    ExhibitChange,
    SentenceChange,
)

Style = Literal["plain", "old", "new", "was", "now", "code", "quiet"]
Run = tuple[Style, str]
Word = Callable[..., str]
_MOST_CELLS = 6
_CHANGES = {
    "added": "diff-added",
    "removed": "diff-removed",
    "changed": "diff-changed",
    "moved": "diff-moved",
    "value": "diff-value",
    "evidence": "diff-evidence",
    "grade": "diff-grade",
    "status": "diff-status",
}
_KINDS = {
    "raw": "diff-kind-raw",
    "cleaning": "diff-kind-cleaning",
    "contract": "diff-kind-contract",
    "notebook": "diff-kind-notebook",
    "words": "diff-kind-words",
    "stated": "diff-kind-stated",
    "source": "diff-kind-source",
    "package": "diff-kind-package",
    "file": "diff-kind-file",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One change: its line, the lines below it, and the exhibit that it is about, if any."""

    line: tuple[Run, ...]
    details: tuple[tuple[Run, ...], ...] = ()
    exhibit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with the changes below it."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A difference for people: title, what it comes to, its parts, and what to know of it."""

    title: str
    summary: str
    parts: tuple[Part, ...]
    remarks: tuple[str, ...]


def outline(difference: Difference, word: Word, languages: Callable[[str], str]) -> Outline:
    """The difference in the words of a language; `languages` names a language by its code."""
    parts = [
        Part(
            heading=word("diff-claims"),
            items=tuple(_claim(each, word) for each in difference.claims),
        ),
        Part(
            heading=word("diff-exhibits"),
            items=tuple(_exhibit(each, word) for each in difference.exhibits),
        ),
        *_texts(difference, word, languages),
        Part(
            heading=word("diff-causes"),
            items=tuple(_cause_item(each, word) for each in difference.causes),
        ),
    ]
    return Outline(
        title=word("diff-title", old=difference.old, new=difference.new),
        summary=_summary(difference, word),
        parts=tuple(part for part in parts if part.items),
        remarks=tuple(
            word("diff-one-sided", section=section, languages=", ".join(map(languages, there)))
            for section, there in difference.one_sided.items()
        ),
    )


def _summary(difference: Difference, word: Word) -> str:
    if difference.empty:
        return word("diff-nothing")
    return word(
        "diff-summary",
        claims=len(difference.claims),
        exhibits=len(difference.exhibits),
        sentences=len(difference.sentences),
    )


def _claim(change: ClaimChange, word: Word) -> Item:
    return Item(
        line=(
            ("code", change.name),
            ("plain", f" {word(_CHANGES[change.aspect or change.change])}"),
            *_from_to(change.old, change.new),
        ),
        details=(
            *(((("quiet", ", ".join(change.places)),),) if change.places else ()),
            *_because(change.causes, word),
        ),
    )


def _from_to(old: str, new: str) -> Iterator[Run]:
    if old or new:
        yield ("plain", ": ")
    if old:
        yield ("was", old)
    if old and new:
        yield ("plain", " → ")
    if new:
        yield ("now", new)


def _because(causes: Sequence[Cause], word: Word) -> Iterator[tuple[Run, ...]]:
    if not causes:
        yield (("quiet", word("diff-because-unknown")),)
        return
    for cause in causes:
        yield (("quiet", f"{word('diff-because')} "), *_cause(cause, word))


def _cause(cause: Cause, word: Word) -> Iterator[Run]:
    yield ("plain", f"{word(_KINDS[cause.kind])} ")
    yield ("code", cause.name)
    yield ("plain", f" {word(_CHANGES[cause.change])}")
    yield from _from_to(cause.old, cause.new)


def _cause_item(cause: Cause, word: Word) -> Item:
    details: list[tuple[Run, ...]] = [
        (
            ("quiet", word("diff-line", line=number)),
            *_from_to(" ".join(old.split()), " ".join(new.split())),
        )
        for number, old, new in cause.lines
    ]
    if cause.more:
        details.append((("quiet", word("diff-more", count=cause.more)),))
    return Item(line=tuple(_cause(cause, word)), details=tuple(details))


def _exhibit(change: ExhibitChange, word: Word) -> Item:
    details: list[tuple[Run, ...]] = []
    if change.old_rows != change.new_rows:
        rows = word("diff-rows", old=change.old_rows, new=change.new_rows)
        details.append((("plain", rows),))
    details += [
        (
            ("quiet", f"{cell.row} · "),
            ("code", cell.column),
            *_from_to(cell.old or "–", cell.new or "–"),
        )
        for cell in change.cells[:_MOST_CELLS]
    ]
    if len(change.cells) > _MOST_CELLS:
        details.append((("quiet", word("diff-more", count=len(change.cells) - _MOST_CELLS)),))
    said = f" {word(_CHANGES[change.change])}"
    if change.languages:
        said += f" ({', '.join(change.languages)})"
    return Item(
        line=(("code", change.name), ("plain", said)),
        details=(*details, *_because(change.causes, word)),
        exhibit=change.name,
    )


def _texts(difference: Difference, word: Word, languages: Callable[[str], str]) -> Iterator[Part]:
    for language in dict.fromkeys(each.language for each in difference.sentences):
        yield Part(
            heading=word("diff-sentences", edition=languages(language)),
            items=tuple(
                _sentence(each, word) for each in difference.sentences if each.language == language
            ),
        )


def _sentence(change: SentenceChange, word: Word) -> Item:
    return Item(
        line=(("quiet", f"{change.path}:{change.line} "), ("plain", word(_CHANGES[change.change]))),
        details=(tuple(reworded(change.old, change.new)),),
    )


def reworded(old: str, new: str) -> Iterator[Run]:
    """A sentence with the words that went and those that came."""
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for number, (kind, a, b, c, d) in enumerate(matcher.get_opcodes()):
        if number:
            yield ("plain", " ")
        if kind == "equal":
            yield ("plain", " ".join(before[a:b]))
            continue
        if a < b:
            yield ("old", " ".join(before[a:b]))
        if a < b and c < d:
            yield ("plain", " ")
        if c < d:
            yield ("new", " ".join(after[c:d]))
