"""Letters that stand for the words of a text, so that pandoc's tree shows where each word is from.

The last letters of every word are replaced, one for one, by letters that no text has. pandoc reads
the copy, and where the letters come back says what each word of the file became: prose, a cell of
a table, a note, code. Nothing moves a column, so tables keep their shape; and the tree of the copy
must be that of the text but for the letters, else the words that disturbed it get none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bukti.base.tree import is_node

Read = Callable[[str], dict[str, Any]]

_SINGLES = ((0x14400, 0x14646), (0x16800, 0x16A38))
_PAIRS = ((0x10600, 0x10736), (0x12000, 0x12399), (0x13000, 0x1342E))
_WORD = re.compile(r"[^\W_]+")
_SYNTAX = re.compile(
    r"""
      \]\((?:<[^>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)     # the address of a link
    | \]\[[^\]\n]*\]                                          # the label that a link refers to
    | ^[ ]{0,3}\[(?!\^)[^\]\n]+\]:.*$                         # where that label is defined
    | \[\^[^\[\]\n]+\]:?                                      # the label of a note
    | \{(?:[^{}\n]|\n(?!\s*\n))*\}                            # attributes
    | \[[xX]\](?=\s)                                          # a task that is done
    | <[^<>\n]*>                                              # tags, addresses
    | &\#?\w+;                                                # characters by name
    | \\\w+
    | @(?:\{[^{}\n]*\}|[\w:.\#$%&+?<>~/-]+)                    # what is cited
    | \$\d+ | (?<!\d)\d+\$                                        # what begins or ends a formula
    | ^[ \t>]*(?:[-*+][ \t]+)*\(?(?:\d+|[^\W\d_]|[ivxlcdmIVXLCDM]+)[.)](?=\s)  # list markers
    | ^[ ]*:{3,}.*$
    | ^[ >]*(?:`{3,}|~{3,}).*$
    | ^[ ]*[Tt]able:
    """,
    re.VERBOSE | re.MULTILINE,
)
_ALT = re.compile(r"\balt=(?P<quote>[\"'])(?P<text>.*?)(?P=quote)", re.DOTALL)
_ADDRESS = re.compile(r"\]\([^()\s]*\)")
_SETTINGS = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^[ \t]*(?:-[ \t]+)*[\w-]+:(?=\s|$)", re.MULTILINE)
_REPAIRS = 24  # readings of a text that the letters disturb


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The letters that stand at an offset of the text, and the characters they stand for."""

    offset: int
    letters: str
    characters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """The anchors of a text by their letters, and what recognises them."""

    by_letters: Mapping[str, Anchor] = field(default_factory=dict)
    pattern: re.Pattern[str] = re.compile(r"(?!)")

    def decoded(self, text: str) -> tuple[str, list[int | None]]:
        """A text of the tree as the author wrote it, and the offset of each character.

        Offsets are None where a character is not one of an anchor.
        """
        pieces: list[str] = []
        places: list[int | None] = []
        done = 0
        for match in self.pattern.finditer(text):
            before = text[done : match.start()]
            anchor = self.by_letters.get(match[0])
            found = match[0] if anchor is None else anchor.characters
            pieces += [before, found]
            places += [None] * len(before)
            places += [anchor.offset + n if anchor else None for n in range(len(found))]
            done = match.end()
        pieces.append(text[done:])
        places += [None] * (len(text) - done)
        return "".join(pieces), places

    def plain(self, value: Any) -> Any:
        """A part of the tree with every word as the author wrote it."""
        if isinstance(value, str):
            return self.decoded(value)[0]
        if isinstance(value, list):
            return [self.plain(item) for item in value]
        if isinstance(value, dict):
            return {key: self.plain(item) for key, item in value.items()}
        return value


def anchored(
    text: str, read: Read, tree: Mapping[str, Any], *, settings: bool = False
) -> tuple[dict[str, Any], Anchors]:
    """The tree of a text with anchors in its words, and these anchors.

    `tree` is that of the text itself and `read` reads a copy of it, letters instead of characters
    at the same offsets; with `settings` the text begins with a block of YAML.
    """
    disturbed = _Disturbance(text=text, read=read, tree=tree)
    found = anchors_of(text, settings=settings)
    kept = _neutral(_by_line(text, found), disturbed.is_neutral)
    if not disturbed.is_neutral(kept):
        return dict(tree), Anchors()
    return disturbed.last, recognised(kept)


@dataclass(slots=True)
class _Disturbance:
    """Whether anchors leave the tree as it is; `last` is the tree of the last copy read."""

    text: str
    read: Read
    tree: Mapping[str, Any]
    last: dict[str, Any] = field(default_factory=dict)
    copy: str = ""
    readings: int = 0

    def is_neutral(self, anchors: Sequence[Anchor]) -> bool:
        copy = replaced(self.text, anchors)
        if copy != self.copy:
            self.readings += 1
            if self.readings > _REPAIRS:
                return False
            self.copy, self.last = copy, self.read(copy)
        return bool(shape(recognised(anchors).plain(self.last)) == shape(self.tree))


def anchors_of(text: str, *, settings: bool = False) -> tuple[Anchor, ...]:
    """An anchor for each word of a text that is no syntax, as far as letters suffice."""
    present = set(text)
    singles = _letters(_SINGLES, present)
    firsts = list(_letters(_PAIRS, present))
    pairs = (first + second for first in firsts for second in firsts)
    blocked = _blocked(text, settings=settings)
    found = []
    for match in _WORD.finditer(text):
        if any(blocked[match.start() : match.end()]):
            continue
        width = min(2, len(match[0]))
        letters = next(pairs if width == 2 else singles, None)
        if letters is not None:
            start = match.end() - width
            found.append(
                Anchor(offset=start, letters=letters, characters=text[start : match.end()])
            )
    return tuple(found)


def replaced(text: str, anchors: Collection[Anchor]) -> str:
    """The text with the letters of its anchors."""
    pieces: list[str] = []
    done = 0
    for anchor in sorted(anchors, key=lambda anchor: anchor.offset):
        pieces += [text[done : anchor.offset], anchor.letters]
        done = anchor.offset + len(anchor.letters)
    return "".join([*pieces, text[done:]])


def shape(value: Any) -> Any:
    """What of a tree must stay the same: all but how its text is cut, and its capitals.

    Identifiers that pandoc makes from titles are in small letters, and an abbreviation that it
    knows is tied to the next word.
    """
    if isinstance(value, str):
        return value.replace("\u00a0", " ").casefold()
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    merged: list[Any] = []
    words: list[str] = []
    for item in [*value, None]:
        text = _text_of(item)
        if text is not None:
            words.append(text)
            continue
        if words:
            merged.append(("".join(words),))
            words = []
        merged.append(shape(item))
    return merged[:-1]


def _text_of(item: Any) -> str | None:
    if not is_node(item):
        return None
    if item["t"] == "Str":
        return str(shape(item["c"]))
    return " " if item["t"] in ("Space", "SoftBreak") else None


def _letters(ranges: Sequence[tuple[int, int]], present: Collection[str]) -> Iterator[str]:
    every = (chr(code) for first, last in ranges for code in range(first, last + 1))
    return (letter for letter in every if letter not in present)


def recognised(anchors: Collection[Anchor]) -> Anchors:
    """What leads from the letters of some anchors back to them."""
    singles = "".join(chr(first) + "-" + chr(last) for first, last in _SINGLES)
    pairs = "".join(chr(first) + "-" + chr(last) for first, last in _PAIRS)
    return Anchors(
        by_letters={anchor.letters: anchor for anchor in anchors},
        pattern=re.compile(f"[{pairs}]{{2}}|[{singles}]"),
    )


def _blocked(text: str, *, settings: bool) -> bytearray:
    """For each character whether it is syntax."""
    blocked = bytearray(len(text))
    for match in _SYNTAX.finditer(text):
        blocked[match.start() : match.end()] = b"\1" * len(match[0])
        for alt in _ALT.finditer(match[0]) if match[0].startswith("{") else ():
            start, end = (match.start() + place for place in alt.span("text"))
            blocked[start:end] = bytes(end - start)
            for address in _ADDRESS.finditer(text, start, end):
                blocked[address.start() : address.end()] = b"\1" * len(address[0])
    head = _SETTINGS.match(text) if settings else None
    for match in _KEY.finditer(text, 0, head.end()) if head else ():
        blocked[match.start() : match.end()] = b"\1" * len(match[0])
    return blocked


def _by_line(text: str, anchors: Sequence[Anchor]) -> list[list[Anchor]]:
    lines: dict[int, list[Anchor]] = {}
    line, done = 0, 0
    for anchor in anchors:
        line += text.count("\n", done, anchor.offset)
        done = anchor.offset
        lines.setdefault(line, []).append(anchor)
    return list(lines.values())


def _neutral(
    lines: Sequence[list[Anchor]], neutral: Callable[[Sequence[Anchor]], bool]
) -> list[Anchor]:
    """The anchors of the lines that disturb nothing, found by halves."""
    if not lines:
        return []
    together = [anchor for line in lines for anchor in line]
    if neutral(together):
        return together
    if len(lines) == 1:
        return []
    middle = len(lines) // 2
    return [
        *_neutral(list(islice(lines, middle)), neutral),
        *_neutral(list(islice(lines, middle, None)), neutral),
    ]
