"""The title block: what a tree's metadata says of the paper, its people and its other language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bukti.base.tree import Node, Nodes
from bukti.render.nodes import paragraph, plain_text, string

_RUNNING = 72  # letters that fit into the head of a page
_SHORTEST = 15
_WORDS = {
    "abstract": "Abstract",
    "keywords": "Keywords",
    "draft": "DRAFT",
    "references": "References",
    "correspondence": "Correspondence",
    "version": "Version",
    "source": "Source",
    "evidence": "Evidence",
    "continued": "continued",
    "holds": "holds",
    "stale": "stale",
    "contradicted": "contradicted",
    "without-evidence": "without evidence",
    "undecided": "undecided",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person of the title block."""

    name: str
    affiliation: str = ""
    orcid: str = ""
    email: str = ""
    corresponding: bool = False


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
    abstract: Nodes
    keywords: tuple[Nodes, ...]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """All that stands before and after the body, read from the metadata."""

    language: str
    title: Nodes
    subtitle: Nodes
    authors: tuple[Author, ...]
    summary: Summary
    others: tuple[Summary, ...]
    statements: tuple[Statement, ...]
    date: str
    version: str
    draft: bool
    words: Mapping[str, str]

    @property
    def title_text(self) -> str:
        """The title without markup."""
        return plain_text(self.title)

    @property
    def running_title(self) -> str:
        """The title as the head of each page has it: its first part where it is long."""
        title = self.title_text
        if len(title) <= _RUNNING:
            return title
        head = title.partition(": ")[0]
        if _SHORTEST <= len(head) <= _RUNNING:
            return head
        return title[: _RUNNING + 1].rpartition(" ")[0].rstrip(" ,;:") + " …"

    @property
    def affiliations(self) -> tuple[str, ...]:
        """The places where the authors work, each once, in their order."""
        return tuple(dict.fromkeys(each.affiliation for each in self.authors if each.affiliation))

    def imprint(self) -> str:
        """The line that says which state of the paper this is."""
        version = f"{self.words['version']} {self.version}" if self.version else ""
        return " · ".join(part for part in (version, self.date) if part)

    def status_word(self, status: str) -> str:
        """A mark's status in the edition's language."""
        return self.words.get(status, status)


def read_front(meta: Mapping[str, Any], language: str) -> Front:
    """The title block of a tree's metadata, with English where a word is missing."""
    words = _words(meta.get("words"))
    summary = Summary(
        language=language,
        title=_inlines(meta.get("title")),
        abstract=_blocks(meta.get("abstract")),
        keywords=_keywords(meta.get("keywords")),
        words=words,
    )
    return Front(
        language=language,
        title=summary.title,
        subtitle=_inlines(meta.get("subtitle")),
        authors=tuple(_author(each) for each in _list(meta.get("authors"))),
        summary=summary,
        others=tuple(_other(each) for each in _list(meta.get("other"))),
        statements=tuple(_statement(each) for each in _list(meta.get("statements"))),
        date=plain_text(meta.get("date")),
        version=plain_text(meta.get("version")),
        draft=_flag(meta.get("draft")),
        words=words,
    )


def _words(value: Node | None, base: Mapping[str, str] = _WORDS) -> Mapping[str, str]:
    return {**base, **{key: plain_text(each) for key, each in _map(value).items()}}


def _author(value: Node) -> Author:
    fields = _map(value)
    if not fields:
        return Author(name=plain_text(value))
    return Author(
        name=plain_text(fields.get("name")),
        affiliation=plain_text(fields.get("affiliation")),
        orcid=plain_text(fields.get("orcid")).rpartition("/")[2],
        email=plain_text(fields.get("email")),
        corresponding=_flag(fields.get("corresponding")),
    )


def _other(value: Node) -> Summary:
    fields = _map(value)
    return Summary(
        language=plain_text(fields.get("lang")),
        title=_inlines(fields.get("title")),
        abstract=_blocks(fields.get("abstract")),
        keywords=_keywords(fields.get("keywords")),
        words=_words(fields.get("words")),
    )


def _statement(value: Node) -> Statement:
    fields = _map(value)
    return Statement(title=_inlines(fields.get("title")), text=_blocks(fields.get("text")))


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
