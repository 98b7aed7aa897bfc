"""Faults within marks: digits, separators, scales, units, words, addresses, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tests.faults.fault import Edit, Fault, Kind, swap
from tests.faults.paper import Paper
from tests.faults.prose import Marked, marks

Pairs = Mapping[str, Mapping[str, str]]

SCALES: Pairs = {
    "id": {"ribu": "juta", "juta": "miliar", "miliar": "juta"},
    "en": {"thousand": "million", "million": "billion", "billion": "million"},
}
POINTS: Pairs = {
    "id": {"poin persentase": "persen", "persen": "poin persentase"},
    "en": {"percentage points": "percent", "percent": "percentage points"},
    "de": {"Prozentpunkte": "%", "Prozentpunkten": "%"},
}
DIRECTIONS: Pairs = {
    "id": {"turun": "naik", "naik": "turun", "lebih tinggi": "lebih rendah"}
    | {"lebih rendah": "lebih tinggi", "tertinggi": "terendah", "terendah": "tertinggi"},
    "en": {"fell": "rose", "rose": "fell", "higher": "lower", "lower": "higher"}
    | {"highest": "lowest", "lowest": "highest"},
}
QUANTITIES: Pairs = {
    "id": {"sebagian besar": "sebagian kecil", "dua kali lipat": "tiga kali lipat"}
    | {"satu dari lima": "satu dari tiga", "sepuluh ribu": "sebelas ribu", "hampir": "lebih dari"},
    "en": {"most": "a minority", "doubled": "tripled", "one in five": "one in three"}
    | {"ten thousand": "eleven thousand", "nearly": "more than"},
}
BROKEN = {
    "a space behind the words": lambda mark: f"[{mark.text}] ({_address(mark)})",
    "an unknown scheme": lambda mark: f"[{mark.text}](cliam:{'+'.join(mark.ids)})",
    "no bracket at the end": lambda mark: f"[{mark.text}]({_address(mark)}",
    "a space in the address": lambda mark: f"[{mark.text}]({_address(mark, ' ')})",
    "a space behind the colon": lambda mark: f"[{mark.text}]({mark.scheme}: {'+'.join(mark.ids)})",
    "an unknown option": lambda mark: f"[{mark.text}]({_address(mark)}?off=rate)",
    "a curly quote": lambda mark: f"[{mark.text}](\u201c{_address(mark)}\u201d)",
    "a capital letter": lambda mark: f"[{mark.text}]({mark.scheme}:{'+'.join(mark.ids).title()})",
    "round brackets": lambda mark: f"({mark.text})({_address(mark)})",
    "no name": lambda mark: f"[{mark.text}]({mark.scheme}:)",
    "quotes": lambda mark: f'[{mark.text}]("{_address(mark)}")',
    "one bracket too few": lambda mark: f"[{mark.text}]{_address(mark)})",
    "none that closes": lambda mark: f"[{mark.text}({_address(mark)})",
    "none that opens": lambda mark: f"{mark.text}]({_address(mark)})",
    "braces": lambda mark: f"[{mark.text}]{{{_address(mark)}}}",
    "escaped": lambda mark: f"\\[{mark.text}]({_address(mark)})",
}


def _address(mark: Marked, joint: str = "+") -> str:
    return f"{mark.scheme}:{joint.join([*mark.ids, *([mark.ids[0]] if joint == ' ' else [])])}"


def _all(paper: Paper, *, abstract: bool | None = None) -> Iterator[tuple[str, str, Marked]]:
    """Language, file and mark; of the abstract alone, of the chapters alone, or of both."""
    for language in paper.languages:
        for path in paper.chapters(language):
            if abstract is None or abstract == path.endswith("00-abstract.md"):
                for mark in marks(paper.text(path)):
                    yield language, path, mark


def _within(
    paper: Paper, kind: str, path: str, mark: Marked, start: int, end: int, new: str
) -> Fault:
    at = mark.words_at
    edit = Edit(path=path, start=at + start, end=at + end, new=new)
    return swap(paper, kind, edit, whole=(mark.start, mark.end))


def digits(paper: Paper, *, abstract: bool = False) -> Iterator[Fault]:
    """One digit of a mark is another."""
    kind = "a digit in the abstract" if abstract else "a digit in a mark"
    for _, path, mark in _all(paper, abstract=abstract):
        for match in re.finditer(r"[0-9]", mark.text):
            new = str((int(match[0]) + 3) % 10)
            if new == "0" and not mark.text[: match.start()][-1:].isdigit():
                new = "9"
            yield _within(paper, kind, path, mark, *match.span(), new)


def abstract_digits(paper: Paper) -> Iterator[Fault]:
    """One digit of a mark of the abstract is another."""
    return digits(paper, abstract=True)


def separators(paper: Paper) -> Iterator[Fault]:
    """Points and commas of a number stand for one another."""
    for _, path, mark in _all(paper):
        for match in re.finditer(r"[0-9]+(?:[.,][0-9]+)+", mark.text):
            new = match[0].translate(str.maketrans(".,", ",."))
            yield _within(paper, "separators swapped", path, mark, *match.span(), new)


def _words(paper: Paper, kind: str, pairs: Pairs) -> Iterator[Fault]:
    for language, path, mark in _all(paper):
        for old, new in pairs.get(language, {}).items():
            wanted = r"\s+".join(map(re.escape, old.split()))
            for match in re.finditer(rf"\b{wanted}\b", mark.text, re.IGNORECASE):
                before = mark.text[: match.start()].rstrip()
                if before.endswith(("poin", "percentage")):
                    continue
                word = new.capitalize() if match[0][0].isupper() else new
                yield _within(paper, kind, path, mark, *match.span(), word)


def scales(paper: Paper) -> Iterator[Fault]:
    """Another scale word."""
    return _words(paper, "another scale word", SCALES)


def points(paper: Paper) -> Iterator[Fault]:
    """Percent for percentage points, and the other way."""
    return _words(paper, "percent for percentage points", POINTS)


def directions(paper: Paper) -> Iterator[Fault]:
    """A word of direction or rank that says the opposite."""
    return _words(paper, "a direction word", DIRECTIONS)


def quantities(paper: Paper) -> Iterator[Fault]:
    """A word for a share, a multiple or a number that says another."""
    return _words(paper, "a quantity word", QUANTITIES)


def broken(paper: Paper) -> Iterator[Fault]:
    """A mark that is no mark any more."""
    for number, (_, path, mark) in enumerate(_all(paper)):
        names = sorted(BROKEN)
        new = BROKEN[names[number % len(names)]](mark)
        edit = Edit(path=path, start=mark.start, end=mark.end, new=new)
        yield swap(paper, "a broken mark", edit)


def renamed(paper: Paper) -> Iterator[Fault]:
    """A mark that names a claim that there is not."""
    for _, path, mark in _all(paper):
        at = mark.ids_at + len(mark.ids[0]) - 1
        edit = Edit(path=path, start=at, end=at + 1, new="q")
        yield swap(paper, "a mark that names no claim", edit, whole=(mark.start, mark.end))


def other_members(paper: Paper) -> Iterator[Fault]:
    """A superlative that is said of another member of its family."""
    found = list(_all(paper))
    known = {each for _, _, mark in found for each in mark.ids}
    for _, path, mark in found:
        if mark.of is None:
            continue
        for other in sorted(known):
            if other.startswith(f"{mark.of}.") and other != mark.ids[0]:
                end = mark.ids_at + len(mark.ids[0])
                edit = Edit(path=path, start=mark.ids_at, end=end, new=other)
                whole = (mark.start, mark.end)
                yield swap(paper, "a superlative of another member", edit, whole=whole)


KINDS: tuple[Kind, ...] = (
    digits,
    abstract_digits,
    separators,
    scales,
    points,
    directions,
    quantities,
    other_members,
    renamed,
    broken,
)
