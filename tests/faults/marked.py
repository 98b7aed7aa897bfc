"""Faults within marks: digits, separators, scales, units, words, addresses, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bukti.challenge.fault import Edit, Fault, Kind, swap
from bukti.challenge.kinds import all_marks, digits, renamed, separators, within
from bukti.challenge.prose import Marked
from tests.faults.paper import Paper

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


def abstract_digits(paper: Paper) -> Iterator[Fault]:
    """One digit of a mark of the abstract is another."""
    return digits(paper, abstract=True, kind="a digit in the abstract")


def chapter_digits(paper: Paper) -> Iterator[Fault]:
    """One digit of a mark of the chapters is another."""
    return digits(paper, abstract=False)


def _words(paper: Paper, kind: str, pairs: Pairs) -> Iterator[Fault]:
    for language, path, mark in all_marks(paper):
        for old, new in pairs.get(language, {}).items():
            wanted = r"\s+".join(map(re.escape, old.split()))
            for match in re.finditer(rf"\b{wanted}\b", mark.text, re.IGNORECASE):
                before = mark.text[: match.start()].rstrip()
                if before.endswith(("poin", "percentage")):
                    continue
                word = new.capitalize() if match[0][0].isupper() else new
                yield within(paper, kind, path, mark, *match.span(), word)


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
    for number, (_, path, mark) in enumerate(all_marks(paper)):
        names = sorted(BROKEN)
        new = BROKEN[names[number % len(names)]](mark)
        edit = Edit(path=path, start=mark.start, end=mark.end, new=new)
        yield swap(paper, "a broken mark", edit)


def other_members(paper: Paper) -> Iterator[Fault]:
    """A superlative that is said of another member of its family."""
    found = list(all_marks(paper))
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
    chapter_digits,
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
