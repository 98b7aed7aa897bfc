"""The title block: what a tree's metadata says of the paper, its people and its other language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from bukti.base.tree import Node, Nodes
from bukti.manuscript.front import RUNNING
from bukti.render.nodes import paragraph, plain_text, string

_SHORTEST = 15
_WORDS = {
    "abstract": "Abstract",
    "keywords": "Keywords",
    "draft": "DRAFT",
    "references": "References",
    "correspondence": "Correspondence",
    "version": "Version",
    "received": "Received",
    "accepted": "Accepted",
    "published": "Published",
    "license": "Licence",
    "equal-contribution": "These authors contributed equally to this work.",
    "volume": "Vol.",
    "issue": "No.",
    "pages": "pp.",
    "source": "Source",
    "evidence": "Evidence",
    "continued": "continued",
    "not-in-edition": "not in this edition",
    "holds": "holds",
    "stale": "stale",
    "contradicted": "contradicted",
    "without-evidence": "without evidence",
    "undecided": "undecided",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person of the title block; `affiliations` are numbers counted from 1."""

    name: str
    family: str = ""
    given: str = ""
    affiliations: tuple[int, ...] = ()
    orcid: str = ""
    email: str = ""
    corresponding: bool = False
    equal: bool = False

    @property
    def sorted_name(self) -> str:
        """The name as indexes have it: the family name first where there is one."""
        return f"{self.family}, {self.given}" if self.family and self.given else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """A place where authors work; `ror` is an address, empty where it has none."""

    name: str
    ror: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """Where the paper appeared; `pages` as they are printed."""

    name: str
    volume: str = ""
    issue: str = ""
    year: str = ""
    pages: str = ""
    issn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The history and rights of a paper; dates as YYYY-MM-DD, empty where there is none."""

    version: str = ""
    date: str = ""
    received: str = ""
    accepted: str = ""
    published: str = ""
    doi: str = ""
    copyright: str = ""
    license: str = ""
    journal: Journal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A declaration set after the body."""

    title: Nodes
    text: Nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Title, abstract and keywords of the paper in one language."""

    language: str
    title: Nodes
    subtitle: Nodes
    abstract: Nodes
    keywords: tuple[Nodes, ...]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """All that stands before and after the body, read from the metadata."""

    language: str
    title: Nodes
    subtitle: Nodes
    short_title: str
    authors: tuple[Author, ...]
    affiliations: tuple[Affiliation, ...]
    summary: Summary
    others: tuple[Summary, ...]
    statements: tuple[Statement, ...]
    publication: Publication
    draft: bool
    words: Mapping[str, str]

    @property
    def title_text(self) -> str:
        """The title without markup."""
        return plain_text(self.title)

    @property
    def running_title(self) -> str:
        """The title as the head of each page has it: the short one, else the first part."""
        title = self.short_title or self.title_text
        if len(title) <= RUNNING:
            return title
        head = title.partition(": ")[0]
        if _SHORTEST <= len(head) <= RUNNING:
            return head
        return title[: RUNNING + 1].rpartition(" ")[0].rstrip(" ,;:") + " …"

    def status_word(self, status: str) -> str:
        """A mark's status in the edition's language."""
        return self.words.get(status, status)


def read_front(meta: Mapping[str, Any], language: str) -> Front:
    """The title block of a tree's metadata, with English where a word is missing."""
    words = _words(meta.get("words"))
    summary = Summary(
        language=language,
        title=_inlines(meta.get("title")),
        subtitle=_inlines(meta.get("subtitle")),
        abstract=_blocks(meta.get("abstract")),
        keywords=_keywords(meta.get("keywords")),
        words=words,
    )
    return Front(
        language=language,
        title=summary.title,
        subtitle=summary.subtitle,
        short_title=plain_text(meta.get("short-title")),
        authors=tuple(_author(each) for each in _list(meta.get("authors"))),
        affiliations=tuple(
            Affiliation(**_texts(_map(each))) for each in _list(meta.get("affiliations"))
        ),
        summary=summary,
        others=tuple(_other(each) for each in _list(meta.get("other"))),
        statements=tuple(_statement(each) for each in _list(meta.get("statements"))),
        publication=_publication(meta),
        draft=_flag(meta.get("draft")),
        words=words,
    )


def _words(value: Node | None, base: Mapping[str, str] = _WORDS) -> Mapping[str, str]:
    return {**base, **{key: plain_text(each) for key, each in _map(value).items()}}


def _publication(meta: Mapping[str, Any]) -> Publication:
    names = {each.name for each in fields(Publication)} - {"journal"}
    journal = _texts(_map(meta.get("journal")))
    return Publication(
        journal=Journal(**journal) if journal else None,
        **_texts({name: meta[name] for name in names if name in meta}),
    )


def _texts(values: Mapping[str, Node]) -> dict[str, Any]:
    return {key: plain_text(value) for key, value in values.items()}


def _author(value: Node) -> Author:
    given = _map(value)
    if not given:
        return Author(name=plain_text(value))
    return Author(
        affiliations=tuple(int(plain_text(each)) for each in _list(given.get("affiliations"))),
        corresponding=_flag(given.get("corresponding")),
        equal=_flag(given.get("equal")),
        **_texts({key: given[key] for key in _TEXTS if key in given}),
    )


def _other(value: Node) -> Summary:
    given = _map(value)
    return Summary(
        language=plain_text(given.get("lang")),
        title=_inlines(given.get("title")),
        subtitle=_inlines(given.get("subtitle")),
        abstract=_blocks(given.get("abstract")),
        keywords=_keywords(given.get("keywords")),
        words=_words(given.get("words")),
    )


def _statement(value: Node) -> Statement:
    given = _map(value)
    return Statement(title=_inlines(given.get("title")), text=_blocks(given.get("text")))


def _keywords(value: Node | None) -> tuple[Nodes, ...]:
    return tuple(_inlines(each) for each in _list(value))


def _map(value: Node | None) -> dict[str, Node]:
    return dict(value["c"]) if value and value["t"] == "MetaMap" else {}


def _list(value: Node | None) -> Nodes:
    if not value:
        return []
    return list(value["c"]) if value["t"] == "MetaList" else [value]


def _flag(value: Node | None) -> bool:
    return bool(value and (value["c"] is True or value["c"] == "true"))


def _inlines(value: Node | None) -> Nodes:
    if not value:
        return []
    if value["t"] == "MetaInlines":
        return list(value["c"])
    if value["t"] == "MetaBlocks" and len(value["c"]) == 1 and value["c"][0]["t"] in _TEXT:
        return list(value["c"][0]["c"])
    text = plain_text(value)
    return [string(text)] if text else []


def _blocks(value: Node | None) -> Nodes:
    if not value:
        return []
    if value["t"] == "MetaBlocks":
        return list(value["c"])
    inlines = _inlines(value)
    return [paragraph(inlines)] if inlines else []


_TEXT = ("Para", "Plain")
_TEXTS = ("name", "family", "given", "orcid", "email")
