"""Marks, pictures, paragraphs and words of a chapter, by their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARK = re.compile(r"(?<!!)\[(?P<text>[^\[\]]+)\]\((?P<scheme>claim|given):(?P<ids>[^)\s]+)\)")
ALT = re.compile(r'alt="([^"]+)"')
CITATION = re.compile(r"\[?@(?!fig:|tbl:|sec:|eq:)[A-Za-z]\w*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A mark: its words, its address, and where each begins."""

    text: str
    scheme: str
    ids: tuple[str, ...]
    of: str | None
    start: int
    end: int
    words_at: int
    ids_at: int


def marks(text: str) -> Iterator[Marked]:
    """Every mark of a text."""
    for match in MARK.finditer(text):
        address, _, options = match["ids"].partition("?")
        of = re.search(r"of=([a-z_.]+)", options)
        yield Marked(
            text=match["text"],
            scheme=match["scheme"],
            ids=tuple(address.split("+")),
            of=of[1] if of else None,
            start=match.start(),
            end=match.end(),
            words_at=match.start("text"),
            ids_at=match.start("ids"),
        )


def blocks(text: str) -> tuple[Part, ...]:
    """What blank lines divide."""
    return tuple(
        Part(text=match[0], start=match.start(), end=match.end())
        for match in re.finditer(r"(?:^.*\S.*(?:\n|\Z))+", text, re.MULTILINE)
    )


def paragraphs(text: str) -> tuple[tuple[int, Part], ...]:
    """Blocks of running text, each with its number among all blocks."""
    return tuple(
        (number, block)
        for number, block in enumerate(blocks(text))
        if not re.match(r"#|!\[|\[\^|:::|: |\||    ", block.text)
    )


def captions(text: str) -> Iterator[Part]:
    """The titles of figures and tables."""
    for block in blocks(text):
        end = re.search(r"\]\((?:figure|table):", block.text)
        if block.text.startswith("![") and end:
            part = block.text[2 : end.start()]
            yield Part(text=part, start=block.start + 2, end=block.start + end.start())


def alternatives(text: str) -> Iterator[Part]:
    """The alternative texts."""
    for match in ALT.finditer(text):
        yield Part(text=match[1], start=match.start(1), end=match.end(1))


def sentences(block: Part) -> Iterator[Part]:
    """The sentences of a paragraph that hold no mark, citation, reference or note."""
    for match in re.finditer(r"(?:(?<=[.?] )|(?<=[.?]\n)|\A)[A-Z][^.?]*[.?](?=\s)", block.text):
        if not re.search(r"[\[\]@^]", match[0]):
            start = block.start + match.start()
            yield Part(text=match[0], start=start, end=start + len(match[0]))
