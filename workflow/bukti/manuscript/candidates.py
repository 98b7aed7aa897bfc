"""Finds what may be a mark or citation in Markdown and numbers it, so that pandoc can judge.

There is no second Markdown parser here: each candidate gets its number written into the text,
pandoc reads the text, and what comes back with its number is what pandoc took it for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bukti.base.span import LineIndex, Span

SCHEMES = ("claim", "given", "figure", "table")
_TARGET = re.compile(
    r"(?P<open>\(\s*[<\"'\u2018\u201c\u201d]?|\]:\s*<?|\]|<|\{[^{}(\n]*?\b)"
    r"(?P<scheme>claim|given|figure|table)"
    r"(?P<mid>[:=][\"']?)(?P<rest>[^\s)>\"'}\u201c\u201d\u2019]*)"
)
_UNKNOWN = re.compile(r"\]\(\s*(?P<scheme>[A-Za-z]+):\s*(?P<rest>[a-z][a-z0-9_.+?&=]*)\s*\)")
_KNOWN_ADDRESSES = {"http", "https", "mailto", "doi", "tel", "ftp", "urn", "data"}
_LINK = re.compile(r"\[([^\]\[]*)\]\([^()\s]*\)")
_BRACKETS = re.compile(r"\\[\\\[\]]|[\[\]]|\n(?=\n)")
_CLOSING = re.compile(r"[\"'\u2019\u201c\u201d]?[)>}]")
_CITATION = re.compile(r"(?<![\w\\@])-?@(?P<key>\w(?:[\w]|[:.#$%&+?<>~/-](?=\w))*)")
_AT_OPTION = re.compile(r"[?&]bktat=(\d+)$")
_AT_KEY = re.compile(r":bktat(\d+)$")
_ANY = re.compile(r"[?&]bktat=\d+|:?bktat\d+")


class Shape(StrEnum):
    """What a candidate looks like."""

    MARK = "mark"
    CITATION = "citation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that looks like a mark or citation.

    `start` and `end` cover the whole construct in the author's text, `text_start` and `text_end`
    the words inside its brackets (empty where there are none).
    """

    index: int
    shape: Shape
    scheme: str
    start: int
    end: int
    text_start: int
    text_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A Markdown file with its candidates.

    `insertions` are the numbers that pandoc reads, each with the offset where it goes in.
    """

    path: str
    text: str
    candidates: dict[int, Candidate]
    lines: LineIndex
    insertions: tuple[tuple[int, str], ...] = ()

    @property
    def numbered(self) -> str:
        """The text that pandoc reads."""
        return self.with_numbers(self.text)

    def with_numbers(self, copy: str) -> str:
        """A copy of the text of the same length, with the numbers of the candidates."""
        pieces: list[str] = []
        done = 0
        for place, number in self.insertions:
            pieces += [copy[done:place], number]
            done = place
        return "".join([*pieces, copy[done:]])

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from `start` up to `end` of the author's text."""
        return self.lines.span(self.path, start, end)

    def span_of(self, index: int) -> Span:
        """The place of a candidate: its words where it has any, else all of it."""
        candidate = self.candidates[index]
        if candidate.text_end > candidate.text_start:
            return self.span(candidate.text_start, candidate.text_end)
        return self.span(candidate.start, candidate.end)


def find_candidates(path: str, text: str, first_index: int) -> Source:
    """The candidates of a text, numbered from `first_index` on in the order of their places."""
    found: list[tuple[int, Shape, re.Match[str]]] = []
    for match in _TARGET.finditer(text):
        if not match["rest"] and text[_last_before(text, match.start())] != "]":
            continue  # "(table: see below)" is prose
        found.append((match.end(), Shape.MARK, match))
    found += [(match.end(), Shape.CITATION, match) for match in _CITATION.finditer(text)]
    found.sort(key=lambda item: item[0])
    partners = _partners(text) if found else {}
    candidates = {
        index: _candidate(index, shape, match, text, partners)
        for index, (_, shape, match) in enumerate(found, start=first_index)
    }
    insertions = tuple(
        (place, _number(shape, match, index))
        for index, (place, shape, match) in enumerate(found, start=first_index)
    )
    return Source(
        path=path,
        text=text,
        candidates=candidates,
        lines=LineIndex(text),
        insertions=insertions,
    )


def _number(shape: Shape, match: re.Match[str], index: int) -> str:
    if shape is Shape.CITATION:
        return f":bktat{index}"
    return f"{'&' if '?' in match['rest'] else '?'}bktat={index}"


def _candidate(
    index: int, shape: Shape, match: re.Match[str], text: str, partners: Mapping[int, int]
) -> Candidate:
    if shape is Shape.CITATION:
        start, end = match.start(), match.end()
        return Candidate(
            index=index,
            shape=shape,
            scheme="@",
            start=start,
            end=end,
            text_start=start,
            text_end=start,
        )
    closing = _closing_before(text, match)
    opening = partners.get(closing) if closing is not None else None
    start = match.start() if opening is None else opening
    text_start = text_end = start
    if opening is not None and closing == match.start() - 1:
        text_start, text_end = opening + 1, closing
    closed = _CLOSING.match(text, match.end())
    return Candidate(
        index=index,
        shape=shape,
        scheme=match["scheme"],
        start=start,
        end=closed.end() if closed else match.end(),
        text_start=text_start,
        text_end=text_end,
    )


def _closing_before(text: str, match: re.Match[str]) -> int | None:
    """Where the bracket before an address closes: right before it, or with space between."""
    if match["open"].startswith("]"):
        return match.start()
    place = _last_before(text, match.start())
    return place if place >= 0 and text[place] == "]" and not _escaped(text, place) else None


def _last_before(text: str, place: int) -> int:
    """Where the last character before a place is that is no space; -1 for none."""
    place -= 1
    while place >= 0 and text[place].isspace():
        place -= 1
    return place


def _partners(text: str) -> dict[int, int]:
    """Where the bracket opens that closes at a place of the same paragraph, by that place."""
    found: dict[int, int] = {}
    open_ones: list[int] = []
    for match in _BRACKETS.finditer(text):
        if match[0] == "[":
            open_ones.append(match.start())
        elif match[0] == "\n":
            open_ones.clear()
        elif match[0] == "]" and open_ones:
            found[match.start()] = open_ones.pop()
    return found


def _escaped(text: str, place: int) -> bool:
    first = place
    while first and text[first - 1] == "\\":
        first -= 1
    return (place - first) % 2 == 1


def index_in_target(target: str) -> tuple[str, int | None]:
    """An address without its number, and the number."""
    match = _AT_OPTION.search(target)
    return (target[: match.start()], int(match[1])) if match else (target, None)


def index_in_key(key: str) -> tuple[str, int | None]:
    """A citation key without its number, and the number."""
    match = _AT_KEY.search(key)
    return (key[: match.start()], int(match[1])) if match else (key, None)


def numbers_in(text: str) -> set[int]:
    """The numbers of all candidates that stand in a text."""
    return {int(re.sub(r"\D", "", found)) for found in _ANY.findall(text)}


def without_numbers(text: str) -> str:
    """A text as the author wrote it."""
    return _ANY.sub("", text)


def unknown_schemes(source: Source) -> tuple[tuple[Span, str], ...]:
    """Links whose scheme is neither one of bukti's nor a common one: often a slip."""
    return tuple(
        (source.span(match.start("scheme"), match.end("scheme")), match["scheme"])
        for match in _UNKNOWN.finditer(source.text)
        if match["scheme"] not in SCHEMES and match["scheme"].lower() not in _KNOWN_ADDRESSES
    )


def id_place(source: Source, identifier: str, earlier: int) -> Span | None:
    """Where a text gives an id of its own, after so many earlier times; None where it does not."""
    own = re.compile(rf"\{{[^{{}}\n]*?(#{re.escape(identifier)})(?=[\s}}])")
    found = list(own.finditer(source.text))
    if not found:
        return None
    match = found[min(earlier, len(found) - 1)]
    return source.span(match.start(1), match.end(1))


def title_place(source: Source, title: str) -> Span:
    """Where the words of a heading stand alone on their line; else only the file."""
    start = 0
    for line in source.text.split("\n"):
        words = line.strip(" #")
        if words and _LINK.sub(r"\1", words) == title:
            first = start + len(line) - len(line.lstrip(" #"))
            return source.span(first, first + len(words))
        start += len(line) + 1
    return Span(path=source.path)


def fence_place(source: Source, classes: Sequence[str]) -> Span | None:
    """Where a division of one of these classes begins, if it is the only one."""
    names = "|".join(map(re.escape, classes))
    found = list(re.finditer(rf"^ *:{{3,}} *\{{?\.?(?:{names})\b.*$", source.text, re.MULTILINE))
    return source.span(found[0].start(), found[0].end()) if len(found) == 1 else None
