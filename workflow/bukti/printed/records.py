"""What is read back out of a finished paper, as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

FORMULA = "\ufffc"
"""What stands in a text in the place of a formula, which each format writes in its own way."""


class Kind(StrEnum):
    """What a passage of a finished paper is.

    Entries of the list of references are told from paragraphs where the format tells them.
    """

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    CELL = "cell"
    NOTE = "note"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a passage stands: its page, its number among all passages, the id of its element.

    Pages and passages count from 1; a format without pages has none, and only HTML has ids.
    """

    page: int | None = None
    passage: int | None = None
    element: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedMark:
    """A mark as the paper itself shows it: the characters of its passage, and its claims.

    `index` is its number in the edition's record of marks, None where the format has no room for
    it.
    """

    start: int
    end: int
    scheme: str
    claims: tuple[str, ...]
    index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPassage:
    """A paragraph, heading, caption, cell or note as it is read on paper.

    `pages` holds, for each page that the passage stands on, the first character on it.
    `language` is the language that the paper says it is in, empty where it says none.
    """

    kind: Kind
    text: str
    place: Place
    language: str = ""
    marks: tuple[PrintedMark, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page that a character stands on, from 1; None in a format without pages."""
        page = self.place.page
        for start, number in self.pages:
            if start <= offset:
                page = number
        return page


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A finished paper as it was read.

    `apart` is what stands outside the text: running heads, page numbers, the sign of a draft, and
    the heads of tables where they are repeated. `whole` is false where the file does not say what
    is text and what is not, so that the two were told apart by their place alone.
    """

    suffix: str
    passages: tuple[PrintedPassage, ...]
    apart: tuple[PrintedPassage, ...] = ()
    evidence: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    whole: bool = True
