"""Citations and lists of references that are typed: what cites what, as far as words tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from bukti.draft.chapters import REFERENCE_LIST
from bukti.draft.vocabulary import vocabularies

YEAR = r"(?:1[89]|20)\d\d[a-z]?"
_BRACKETS = re.compile(rf"\(([^()]*\b{YEAR}\b[^()]*)\)")
_LEADING = r"(?:(?:[a-z][\w.]*|e\.g\.|cf\.),?\s+){0,3}"
_NAME = r"[A-Z\u00c0-\u00de][\w'\u2019.-]+"
_ALIA = r"(?:et\s+al\.?|dkk\.?)"
_HEADING = re.compile(r"^#+ ", re.MULTILINE)
_NUMBERED = re.compile(r"\\?\[(\d{1,3}(?:\s*[,;\u2013-]\s*\d{1,3})*)\\?\]")
_ITEM = re.compile(r"(?:\\?\[\d{1,3}\\?\]|\d{1,3}[.)]|[-*+])[ \t]+")
_ENTRY = re.compile(rf"(?:(?<=\n\n)|(?<=\n)(?={_ITEM.pattern}))(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a typed list: its words, its number in the list, where it stands."""

    text: str
    number: int
    offset: int
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A citation in words: its first name and year, or its number, as they stand at an offset."""

    text: str
    offset: int
    length: int
    name: str = ""
    year: str = ""
    number: int = 0

    def is_entry(self, entry: Entry) -> bool:
        """Whether an entry has its name and year, or its number."""
        if self.number:
            return entry.number == self.number
        return self.name in entry.text and self.year in entry.text


def typed_citations(prose: str) -> Iterator[Typed]:
    """Citations that are typed: "(Safira 2022; Basu dan Van 1998)", "Safira (2022)"."""
    segment = re.compile(
        rf"{_LEADING}(?P<name>{_NAME})(?:[\s,&]+(?:{_joints()}|{_ALIA}|{_NAME}))*,?\s+"
        rf"(?P<year>{YEAR})\b"
    )
    running = re.compile(
        rf"(?P<name>{_NAME})(?:\s+(?:{_joints()}|&)\s+{_NAME}|\s+{_ALIA})?"
        rf"\s+\((?P<year>{YEAR})(?:(?:[,:]|\s+(?:{_joints()}|&)\s)[^()]*)?\)"
    )
    for group in _BRACKETS.finditer(prose):
        for part in re.finditer(r"[^;]+", group[1]):
            match = segment.match(part[0].lstrip())
            if match and match["name"].lower() not in _months():
                behind = part[0].lstrip()[match.end() :]
                yield from _typed(match, behind, part[0], group.start(1) + part.start())
    for match in running.finditer(prose):
        if match["name"].lower() not in _months():
            behind = match[0][match.end("year") - match.start() :]
            yield from _typed(match, behind, match[0], match.start())


def _typed(match: re.Match[str], behind: str, text: str, offset: int) -> Iterator[Typed]:
    """A citation for the year, and for each further year that follows at once."""
    shown = " ".join(text.split())
    years = [match["year"]]
    while further := _further().match(behind):
        years.append(further[1])
        behind = behind[further.end() :]
    for year in years:
        yield Typed(
            name=match["name"].rstrip("."),
            year=year,
            text=shown,
            offset=offset,
            length=len(text),
        )


def numbered_citations(prose: str, entries: Sequence[Entry]) -> Iterator[Typed]:
    """Citations such as "[2, 4-6]", where the text has a list of references that is numbered."""
    for match in _NUMBERED.finditer(prose) if _is_numbered(entries) else ():
        for part in re.split(r"\s*[,;]\s*", match[1]):
            first, _, last = re.sub(r"\s*[\u2013-]\s*", "-", part).partition("-")
            for number in range(int(first), int(last or first) + 1):
                shown = match[0].replace("\\", "")
                place, length = match.start(), len(match[0])
                yield Typed(number=number, text=shown, offset=place, length=length)


def without_citations(prose: str, typed: Sequence[Typed]) -> str:
    """The text with typed citations as spaces: their pages are no numbers of the paper."""
    for each in typed:
        end = each.offset + each.length
        blank = re.sub(r"[^\n]", " ", prose[each.offset : end])
        prose = prose[: each.offset] + blank + prose[end:]
    return prose


def _is_numbered(entries: Sequence[Entry]) -> bool:
    return bool(entries) and all(entry.number for entry in entries)


@cache
def _further() -> re.Pattern[str]:
    """A further year of the same authors."""
    return re.compile(rf"(?:,|\s+(?:{_joints()}|&))\s*({YEAR})\b")


@cache
def _joints() -> str:
    words = {word for each in vocabularies().values() for word in each.conjunctions}
    return "|".join(sorted(words))


@cache
def _months() -> frozenset[str]:
    found: set[str] = set()
    for code in vocabularies():
        for width in ("wide", "abbreviated"):
            found |= {name.lower() for name in Locale.parse(code).months["format"][width].values()}
    return frozenset(found)


def reference_list(text: str) -> list[Entry]:
    """The entries of a typed list of references, one for each paragraph or item."""
    start, end = _list_place(text)
    found: list[Entry] = []
    places = [match.start() for match in _ENTRY.finditer(text, start, end)]
    for number, place in enumerate(places):
        words = text[place : places[number + 1] if number + 1 < len(places) else end]
        if words.startswith(("#", "<!--")):
            continue
        item = _ITEM.match(words)
        digits = re.search(r"\d+", item[0]) if item else None
        bare = words[item.end() :] if item else words
        order = int(digits[0]) if digits else 0
        found.append(Entry(text=" ".join(bare.split()), number=order, offset=place))
    return found


def _list_place(text: str) -> tuple[int, int]:
    opening = re.search(rf"^#+ .*\{{#{REFERENCE_LIST}\b.*$", text, re.MULTILINE)
    if opening is None:
        return 0, 0
    closing = _HEADING.search(text, opening.end())
    return opening.end(), closing.start() if closing else len(text)


def without_reference_list(text: str) -> str:
    """The text with its list of references as spaces."""
    start, end = _list_place(text)
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
