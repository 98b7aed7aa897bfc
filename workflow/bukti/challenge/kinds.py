"""Kinds of faults that any paper can have, in whatever language it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from bukti.challenge.fault import Edit, Fault, Kind, Place, here, lines, swap
from bukti.challenge.fault import Paper as AnyPaper
from bukti.challenge.prose import CITATION, Marked, Part, blocks, marks, paragraphs

CLAIMS = "manuscript/claims.yaml"
RAW = "data/raw/"
DIGITS = "a digit in a mark"
SEPARATORS = "separators swapped"
RENAMED = "a mark that names no claim"
UNMARKED = "a mark taken away"
BARE = "a bare number in digits"
CITATIONS = "a citation dropped"
DROPPED = "a paragraph dropped"
UNACCEPTED = "a digit in the data"
ACCEPTED = "a digit in data that were accepted"
LETTERS = "a letter in a quotation"
REMOVED = "evidence that is gone"
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_QUOTED = re.compile(r"^\s+(?:text|quote|original): +(?P<text>\S.{14,})$", re.MULTILINE)
_SEGMENTS = re.compile(r"\bsegment: *\[?[\"']?(?P<name>[\w-]+)")
_BRACKETS = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The files of a paper as texts, by path, and the languages of its editions."""

    files: dict[str, str]
    languages: tuple[str, ...]

    def text(self, path: str) -> str:
        """A file's text."""
        return self.files[path]

    def chapters(self, language: str) -> tuple[str, ...]:
        """The files of an edition's text, the abstract among them."""
        folder = f"manuscript/{language}/"
        return tuple(
            path
            for path in sorted(self.files)
            if path.startswith(folder) and path.endswith(".md") and not path.endswith("/front.md")
        )

    def other(self, path: str) -> tuple[str, ...]:
        """The same file of the other editions."""
        _, own, name = path.split("/")
        return tuple(f"manuscript/{each}/{name}" for each in self.languages if each != own)


def all_marks(
    paper: AnyPaper, *, abstract: bool | None = None
) -> Iterator[tuple[str, str, Marked]]:
    """Language, file and mark; of the abstract alone, of the chapters alone, or of both."""
    for language in paper.languages:
        for path in paper.chapters(language):
            if abstract is None or abstract == path.endswith("00-abstract.md"):
                for mark in marks(paper.text(path)):
                    yield language, path, mark


def within(
    paper: AnyPaper, kind: str, path: str, mark: Marked, start: int, end: int, new: str
) -> Fault:
    """Other characters from `start` up to `end` of a mark's words."""
    at = mark.words_at
    edit = Edit(path=path, start=at + start, end=at + end, new=new)
    return swap(paper, kind, edit, whole=(mark.start, mark.end))


def digits(paper: AnyPaper, *, abstract: bool | None = None, kind: str = DIGITS) -> Iterator[Fault]:
    """One digit of a mark is another."""
    for _, path, mark in all_marks(paper, abstract=abstract):
        for match in re.finditer(r"[0-9]", mark.text):
            new = str((int(match[0]) + 3) % 10)
            if new == "0" and not mark.text[: match.start()][-1:].isdigit():
                new = "9"
            yield within(paper, kind, path, mark, *match.span(), new)


def separators(paper: AnyPaper) -> Iterator[Fault]:
    """Points and commas of a number stand for one another."""
    for _, path, mark in all_marks(paper):
        for match in re.finditer(r"[0-9]+(?:[.,][0-9]+)+", mark.text):
            new = match[0].translate(str.maketrans(".,", ",."))
            yield within(paper, SEPARATORS, path, mark, *match.span(), new)


def renamed(paper: AnyPaper) -> Iterator[Fault]:
    """A mark that names a claim that there is not."""
    for _, path, mark in all_marks(paper):
        at = mark.ids_at + len(mark.ids[0]) - 1
        edit = Edit(path=path, start=at, end=at + 1, new="q")
        yield swap(paper, RENAMED, edit, whole=(mark.start, mark.end))


def unmarked(paper: AnyPaper) -> Iterator[Fault]:
    """A number whose mark was taken away."""
    for _, path, mark in all_marks(paper):
        if re.search(r"[0-9]", _YEAR.sub("", mark.text)):
            edit = Edit(path=path, start=mark.start, end=mark.end, new=mark.text)
            yield swap(paper, UNMARKED, edit)


def _chapters(paper: AnyPaper) -> Iterator[tuple[str, str, str]]:
    for language in paper.languages:
        for path in paper.chapters(language):
            yield language, path, paper.text(path)


def bare(paper: AnyPaper) -> Iterator[Fault]:
    """A number in digits behind a paragraph, which nothing states."""
    for _, path, text in _chapters(paper):
        for number, block in paragraphs(text):
            end = block.start + len(block.text.rstrip("\n"))
            edit = Edit(path=path, start=end, end=end, new=f"\n({37 + number})")
            first = here(text, edit).first
            assert first is not None
            place = Place(path=path, first=first + 1, last=first + 1)
            yield Fault(kind=BARE, edits=(edit,), places=((place,),))


def counterparts(paper: AnyPaper, path: str, text: str, block: Part) -> Iterator[Place]:
    """The same block of the other editions, where they have as many."""
    number = blocks(text).index(block)
    for other in paper.other(path):
        theirs = paper.text(other)
        parts = blocks(theirs)
        if len(parts) > number:
            part = parts[number]
            yield lines(other, theirs, part.start, part.end - 1)


def citations(paper: AnyPaper) -> Iterator[Fault]:
    """A citation that one edition has not."""
    if len(paper.languages) < 2:
        return
    for _, path, text in _chapters(paper):
        for block in blocks(text):
            for match in re.finditer(r"\s\[@[^\]]+\]", block.text):
                if CITATION.search(match[0]):
                    start, end = (block.start + each for each in match.span())
                    edit = Edit(path=path, start=start, end=end, new="")
                    there = counterparts(paper, path, text, block)
                    place = lines(path, text, block.start, block.end - 1)
                    yield Fault(kind=CITATIONS, edits=(edit,), places=((place, *there),))


def dropped(paper: AnyPaper) -> Iterator[Fault]:
    """A paragraph that one edition has not."""
    if len(paper.languages) < 2:
        return
    for _, path, text in _chapters(paper):
        if path.endswith("00-abstract.md"):
            continue
        for _, block in paragraphs(text):
            edit = Edit(path=path, start=block.start, end=min(block.end + 1, len(text)), new="")
            line = text.count("\n", 0, block.start) + 1
            gap = Place(path=path, first=max(line - 2, 1), last=line + 1)
            above = _before(path, text, block)
            there = counterparts(paper, path, text, block)
            yield Fault(kind=DROPPED, edits=(edit,), places=((gap, above, *there),))


def _before(path: str, text: str, block: Part) -> Place:
    """The block before another; notes are printed elsewhere and are none."""
    found = [each for each in blocks(text) if each == block or not each.text.startswith("[^")]
    part = found[max(found.index(block) - 1, 0)]
    return lines(path, text, part.start, part.end - 1)


def _raw_digits(paper: Texts) -> Iterator[tuple[str, Edit]]:
    for path, text in sorted(paper.files.items()):
        if path.startswith(RAW) and PurePosixPath(path).suffix in (".csv", ".tsv"):
            head = text.find("\n") + 1
            for match in re.finditer(r"(?<![\w.])[0-9]+(?:\.[0-9]+)?(?![\w.])", text[head:]):
                if not _YEAR.fullmatch(match[0]) and re.search("[1-9]", match[0]):
                    at = re.search("[1-9]", match[0])
                    assert at is not None
                    start = head + match.start() + at.start()
                    new = str(int(text[start]) % 9 + 1)
                    yield path, Edit(path=path, start=start, end=start + 1, new=new)


def unaccepted(paper: Texts) -> Iterator[Fault]:
    """A digit of a raw file is another, and nobody accepted the file."""
    for path, edit in _raw_digits(paper):
        yield Fault(kind=UNACCEPTED, edits=(edit,), places=((Place(path=path),),))


def accepted(paper: Texts) -> Iterator[Fault]:
    """A digit of a raw file is another, and the file was accepted: what moves must be told."""
    for path, edit in _raw_digits(paper):
        yield Fault(kind=ACCEPTED, edits=(edit,), accepted=(path,), stale=True, moved=True)


def letters(paper: Texts) -> Iterator[Fault]:
    """A letter of a quotation is another."""
    text = paper.files.get(CLAIMS, "")
    for match in _QUOTED.finditer(text):
        words = _BRACKETS.sub(lambda inner: " " * len(inner[0]), match["text"])
        for letter in re.finditer(r"(?<=\w)[a-z](?=\w)", words):
            start = match.start("text") + letter.start()
            new = "n" if letter[0] != "n" else "m"
            edit = Edit(path=CLAIMS, start=start, end=start + 1, new=new)
            yield swap(paper, LETTERS, edit)


def removed(paper: Texts) -> Iterator[Fault]:
    """A documentary claim that names a segment which is not there."""
    text = paper.files.get(CLAIMS, "")
    for match in _SEGMENTS.finditer(text):
        edit = Edit(path=CLAIMS, start=match.end("name"), end=match.end("name"), new="-gone")
        yield swap(paper, REMOVED, edit)


KINDS: tuple[Kind, ...] = (
    digits,
    separators,
    renamed,
    unmarked,
    bare,
    citations,
    dropped,
    unaccepted,
    accepted,
    letters,
    removed,
)
