"""Citations and references to parts of the paper, resolved; the bibliography's keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.span import Span
from bukti.base.tree import Node
from bukti.manuscript.candidates import index_in_key
from bukti.manuscript.crossrefs import Reference, reference_inlines, reference_key
from bukti.manuscript.numbering import Label
from bukti.manuscript.tree import words
from bukti.project.inventory import BIBLIOGRAPHY


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source cited, or a part of the paper referred to, at a place in the text."""

    key: str
    span: Span
    section: str


@dataclass(slots=True)
class Resolver:
    """Turns `@fig:x` into links and checks the keys of citations."""

    labels: Mapping[str, Label]
    keys: frozenset[str]
    language: str
    places: Mapping[int, tuple[Span, str]]
    citations: list[Citation] = field(default_factory=list)
    references: list[Citation] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    _done: set[int] = field(default_factory=set)

    def change(self, node: Node) -> Node | list[Node] | None:
        """A citation with clean keys, its cross-references as links; any other node as it is."""
        if node["t"] != "Cite":
            return None
        kept: list[Any] = []
        parts: list[Reference] = []
        for citation in node["c"][0]:
            key, index = index_in_key(citation["citationId"])
            part = reference_key(key)
            if part is None:
                self._check(key, index, bare=citation["citationMode"]["t"] == "AuthorInText")
                kept.append({**citation, "citationId": key})
            else:
                self._check_reference(part, index)
                parts.append(_reference(part, citation))
        inlines = reference_inlines(parts, self.labels, self.language)
        if not kept:
            return inlines
        cite = {
            "t": "Cite",
            "c": [kept, words(" ".join(f"@{item['citationId']}" for item in kept))],
        }
        return [*inlines, {"t": "Space"}, cite] if inlines else cite

    def _check_reference(self, key: str, index: int | None) -> None:
        self._remember(self.references, key, index)
        if key not in self.labels:
            near = ", ".join(get_close_matches(key, list(self.labels), n=3, cutoff=0.5))
            hint = note("perhaps-reference", near=near) if near else None
            self._report("REF102", index, key, hint)

    def _check(self, key: str, index: int | None, *, bare: bool) -> None:
        self._remember(self.citations, key, index)
        if key not in self.keys:
            near = ", ".join(get_close_matches(key, list(self.keys), n=3, cutoff=0.5))
            hint = note("perhaps-key", near=near) if near else None
            if bare and not near:
                hint = note("perhaps-no-citation", name=key)
            self._report("REF101", index, key, hint)

    def _remember(self, kept: list[Citation], key: str, index: int | None) -> None:
        if index is None or index in self._done or index not in self.places:
            return
        self._done.add(index)
        where, section = self.places[index]
        kept.append(Citation(key=key, span=where, section=section))

    def _report(self, code: str, index: int | None, key: str, hint: Any) -> None:
        place = self.places.get(index) if index is not None else None
        where = place[0] if place else None
        self.findings.append(diagnose(code, where, hint=hint, key=key))


def _reference(key: str, citation: Mapping[str, Any]) -> Reference:
    return Reference(
        key=key,
        number_only=citation["citationMode"]["t"] == "SuppressAuthor",
        prefix=citation["citationPrefix"],
        suffix=citation["citationSuffix"],
    )


_ENTRY = re.compile(
    r"^\s*@(?!comment|string|preamble)\w+\s*\{\s*([^,\s}]+)", re.IGNORECASE | re.MULTILINE
)


def bibliography_keys(text: str) -> tuple[str, ...]:
    """The keys of a BibTeX file, in its order."""
    return tuple(_ENTRY.findall(text))


_UNREADABLE = re.compile(
    r"Error reading bibliography file \S+: (?:\(line (\d+), column (\d+)\): )?(?P<reason>.+)"
)


def bibliography_fault(found: Diagnostic) -> Diagnostic:
    """What citeproc could not read of the bibliography, at its place; else the finding as it is."""
    match = _UNREADABLE.search(found.arguments.get("reason", ""))
    if match is None:
        return found
    line, column = (int(part) if part else None for part in match.groups()[:2])
    where = Span(path=BIBLIOGRAPHY, line=line, column=column)
    return diagnose("REF106", where, path=BIBLIOGRAPHY, reason=match["reason"])
