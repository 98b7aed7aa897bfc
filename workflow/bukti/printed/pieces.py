"""Builds passages out of the pieces of text that a paper's own structure yields."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from bukti.printed.records import Kind, Place, PrintedMark, PrintedPassage

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_SOFT_HYPHEN = "\u00ad"


@dataclass(slots=True)
class PassageBuilder:
    """Gathers pieces into a passage until it ends; spaces are made single, edges are trimmed.

    Notes are kept apart and stand behind all other passages, in their order.
    """

    passages: list[PrintedPassage] = field(default_factory=list)
    notes: list[PrintedPassage] = field(default_factory=list)
    _text: str = ""
    _marks: list[PrintedMark] = field(default_factory=list)
    _pages: list[tuple[int, int]] = field(default_factory=list)
    _opened: list[PrintedMark] = field(default_factory=list)

    def add(self, text: str, page: int | None = None) -> None:
        """A piece of the passage, on a page."""
        text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text.replace(_SOFT_HYPHEN, "")))
        if not self._text or self._text.endswith(" "):
            text = text.lstrip(" ")
        if page is not None and text and (not self._pages or self._pages[-1][1] != page):
            self._pages.append((len(self._text), page))
        self._text += text

    def open_mark(self, scheme: str, claims: tuple[str, ...], index: int | None = None) -> None:
        """What follows is the text of a mark."""
        start = len(self._text)
        mark = PrintedMark(start=start, end=start, scheme=scheme, claims=claims, index=index)
        self._opened.append(mark)

    def close_mark(self) -> None:
        """The mark that was opened last ends here."""
        mark = replace(self._opened.pop(), end=len(self._text))
        if mark.end > mark.start:
            self._marks.append(mark)

    def end(self, kind: Kind, *, language: str = "", element: str | None = None) -> None:
        """The passage ends; nothing is made of one without text."""
        text = self._text.rstrip(" ")
        if text:
            first = self._pages[0][1] if self._pages else None
            passage = PrintedPassage(
                kind=kind,
                text=text,
                place=Place(page=first, element=element),
                language=language,
                marks=tuple(self._marks),
                pages=tuple(self._pages),
            )
            (self.notes if kind is Kind.NOTE else self.passages).append(passage)
        self._text, self._marks, self._pages = "", [], []
        self._opened = [replace(mark, start=0, end=0) for mark in self._opened]

    def pending(self) -> bool:
        """Whether a passage has begun."""
        return bool(self._text.strip(" "))

    def aside(self) -> PassageBuilder:
        """A builder for a note within the passage, which adds to the same notes."""
        return PassageBuilder(passages=self.passages, notes=self.notes)

    def result(self) -> tuple[PrintedPassage, ...]:
        """All passages, numbered, with the notes behind them."""
        return numbered((*self.passages, *self.notes))


def numbered(passages: tuple[PrintedPassage, ...]) -> tuple[PrintedPassage, ...]:
    """The passages with their number in their places."""
    return tuple(
        replace(each, place=replace(each.place, passage=number))
        for number, each in enumerate(passages, start=1)
    )
