"""The records of an import: the draft as given, what is made of it, and what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bukti.draft.authors import Author
from bukti.draft.chapters import Chapter, Outline
from bukti.draft.citations import Item
from bukti.draft.exhibits import Exhibit
from bukti.draft.finds import Finds
from bukti.draft.front import Front
from bukti.draft.package import Package
from bukti.draft.plain_draft import Plain
from bukti.draft.source import Passage


def _nothing(address: str) -> None:
    """What stands beside a draft that comes alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it is given: its file's name and bytes, and its language if that was said.

    `beside` gives the bytes of a file that the draft names, by its address; None for no file.
    """

    name: str
    data: bytes
    language: str | None = None
    beside: Callable[[str], bytes | None] = _nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import makes: files by path, the byline, languages, and what it has to say.

    `languages` have a text; `others` have only a title, an abstract or keywords.
    """

    files: Mapping[str, bytes]
    authors: tuple[Author, ...]
    languages: tuple[str, ...]
    others: tuple[str, ...]
    taken: tuple[str, ...]
    unclear: tuple[str, ...]
    page: str


@dataclass(slots=True)
class Reading:
    """A draft on its way: what its file holds, and what has been made of it so far."""

    draft: Draft
    package: Package | None
    language: str
    tree: dict[str, Any]
    items: dict[str, Item]
    passages: tuple[Passage, ...]
    plain: Plain | None = None
    finds: Finds = field(default_factory=Finds)
    front: Front = field(default_factory=Front)
    chapters: list[Chapter] = field(default_factory=list)
    exhibits: list[Exhibit] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    texts: dict[str, str] = field(default_factory=dict)
