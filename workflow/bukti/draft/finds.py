"""What an import notes for its author's attention, each with its place in the written text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from bukti.base.tree import Node
from bukti.draft import signs

_LONGEST = 160


class Kind(StrEnum):
    """What an author is told of, in the order of the page."""

    TITLE_MISSING = "title-missing"
    ABSTRACT_MISSING = "abstract-missing"
    AUTHORS_MISSING = "authors-missing"
    FRONT_UNPLACED = "front-unplaced"
    ABSTRACTS_DIFFER = "abstracts-differ"
    NUMBERS = "numbers"
    CITATIONS_TYPED = "citations-typed"
    CITATIONS_UNLISTED = "citations-unlisted"
    CITATIONS_UNREAD = "citations-unread"
    CITATIONS_ALTERED = "citations-altered"
    BIBLIOGRAPHY_MISSING = "bibliography-missing"
    REFERENCES_TYPED = "references-typed"
    REFERENCES_MADE = "references-made"
    REFERENCES_UNCITED = "references-uncited"
    LANGUAGES_DIFFER = "languages-differ"
    CHAPTERS_FOREIGN = "chapters-foreign"
    EDITIONS_LEFT = "editions-left"
    HEADINGS_NONE = "headings-none"
    HEADINGS_EMPTY = "headings-empty"
    HEADINGS_TEXTLESS = "headings-textless"
    HEADINGS_BOLD = "headings-bold"
    HEADINGS_NUMBERED = "headings-numbered"
    EXHIBITS_UNTITLED = "exhibits-untitled"
    TABLES_HEADLESS = "tables-headless"
    EXHIBITS_RENUMBERED = "exhibits-renumbered"
    PICTURES_WITHOUT_ALT = "pictures-without-alt"
    PICTURES_UNUSABLE = "pictures-unusable"
    PICTURES_UNPLACED = "pictures-unplaced"
    MENTIONS_BOUND = "mentions-bound"
    MENTIONS_UNCLEAR = "mentions-unclear"
    REFERENCES_BROKEN = "references-broken"
    NOTATION = "notation"
    NOTATION_CONVERTED = "notation-converted"
    COMMENTS = "comments"
    INSERTIONS = "insertions"
    DELETIONS = "deletions"
    HIGHLIGHTS = "highlights"
    SYMBOLS = "symbols"
    BOXES = "boxes"
    CHARTS = "charts"
    HIDDEN = "hidden"
    CONTENTS = "contents"
    HEADERS = "headers"
    EMBEDDED = "embedded"
    FORMULAS_LOST = "formulas-lost"
    LOST = "lost"
    WARNINGS = "warnings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One thing to look at; `path` and `line` say where in the compendium, if anywhere."""

    kind: Kind
    text: str = ""
    path: str = ""
    line: int = 0


@dataclass(slots=True)
class Finds:
    """The finds of one draft: those whose place is known, and those that a sign will tell.

    `notation` holds words that became notation or settings, such as "Tabel 1." or a name's mark.
    """

    placed: list[Find] = field(default_factory=list)
    waiting: dict[int, tuple[Kind, str]] = field(default_factory=dict)
    notation: list[str] = field(default_factory=list)

    def add(self, kind: Kind, text: str = "", path: str = "", line: int = 0) -> None:
        """Note something whose place is known or that has none."""
        self.placed.append(Find(kind=kind, text=shortened(text), path=path, line=line))

    def whole(self, kind: Kind, text: str) -> None:
        """Note words that stand nowhere else now, in full."""
        self.placed.append(Find(kind=kind, text=" ".join(text.split())))

    def here(self, kind: Kind, text: str = "", *, whole: bool = False) -> Node:
        """Note something; the node to be put in its place."""
        number = len(self.waiting)
        kept = " ".join(text.split()) if whole else shortened(text)
        self.waiting[number] = (kind, kept)
        return {"t": "RawInline", "c": ["markdown", signs.place(number)]}

    def settle(self, path: str, text: str) -> str:
        """The text of a file without its signs; their places are known from now on."""
        clean = signs.without_places(text)
        for line, numbers in _lines(text):
            for number in numbers:
                if number in self.waiting:
                    kind, words = self.waiting.pop(number)
                    self.placed.append(Find(kind=kind, text=words, path=path, line=line))
        return clean

    def rest(self, path: str) -> None:
        """Place in a file as a whole what still waits."""
        for kind, words in self.waiting.values():
            self.placed.append(Find(kind=kind, text=words, path=path))
        self.waiting.clear()


def _lines(text: str) -> Iterable[tuple[int, list[int]]]:
    """The line that each sign stands on once all signs are gone, with the signs' numbers."""
    for number, offset in signs.places_in(text):
        before = signs.without_places(text[:offset])
        yield before.count("\n") + 1, [number]


def shortened(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = re.sub(r"\s+", " ", re.sub("[\ue000-\uf8ff]", "\ufffd", signs.without_any(text))).strip()
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "\u2026"
