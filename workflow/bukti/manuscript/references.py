"""Numbers for headings, figures, tables and equations, and the references to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.language import language_of
from bukti.base.span import Span
from bukti.base.tree import Node, attributes
from bukti.manuscript.candidates import index_in_key
from bukti.manuscript.tree import link, span, words
from bukti.project.inventory import BIBLIOGRAPHY

KINDS = {"fig": "figure", "tbl": "table", "sec": "section", "eq": "equation"}
_EQUATION_ID = re.compile(r"\{#(eq:[\w.-]+)\}")


@dataclass(slots=True)
class Numbering:
    """The number of everything that can be referred to, by its id."""

    language: str
    labels: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    heading: list[int] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)

    def number(self, blocks: list[Node]) -> None:
        """Number a document's blocks, in place, in reading order."""
        for block in blocks:
            self._block(block)

    def _block(self, block: Node) -> None:
        kind = block["t"]
        if kind == "Header":
            self._heading(block)
        elif kind in ("Figure", "Table"):
            self._product(block, "fig" if kind == "Figure" else "tbl")
        elif kind == "Para":
            self._equation(block)
        elif kind in ("Div", "BlockQuote"):
            self.number(block["c"][1] if kind == "Div" else block["c"])

    def _heading(self, block: Node) -> None:
        level, (identifier, classes, pairs), _ = block["c"]
        if "unnumbered" in classes:
            return
        self.heading = [*self.heading[:level], *[0] * (level - len(self.heading))]
        self.heading[level - 1] += 1
        number = ".".join(str(part) for part in self.heading)
        pairs.append(["number", number])
        self._remember(identifier, "section", number)

    def _product(self, block: Node, prefix: str) -> None:
        attribute = block["c"][0]
        identifier = attribute[0]
        if not identifier.startswith(f"{prefix}:"):
            return
        self.counts[prefix] = self.counts.get(prefix, 0) + 1
        number = str(self.counts[prefix])
        label = self._remember(identifier, KINDS[prefix], number)
        attribute[2].extend([["number", number], ["label", label]])

    def _equation(self, block: Node) -> None:
        inlines = block["c"]
        for place, node in enumerate(inlines):
            match = _EQUATION_ID.fullmatch(node["c"]) if node["t"] == "Str" else None
            if not match or place < 1:
                continue
            at = place - 1 if inlines[place - 1]["t"] == "Math" else place - 2
            if at < 0 or inlines[at]["t"] != "Math":
                continue
            self.counts["eq"] = self.counts.get("eq", 0) + 1
            number = str(self.counts["eq"])
            self._remember(match[1], "equation", number)
            pairs = [("number", number), ("alt", inlines[at]["c"][1])]
            equation = span([inlines[at]], attributes(match[1], ["equation"], pairs))
            inlines[at : place + 1] = [equation]
            return

    def _remember(self, identifier: str, kind: str, number: str) -> str:
        label = f"{language_of(self.language).words[kind]}\u00a0{number}"
        if identifier in self.labels:
            self.repeated.append(identifier)
        self.labels[identifier] = label
        return label


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source cited, or a part of the paper referred to, at a place in the text."""

    key: str
    span: Span
    section: str


@dataclass(slots=True)
class Resolver:
    """Turns `@fig:x` into links and checks the keys of citations."""

    labels: Mapping[str, str]
    keys: frozenset[str]
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
        inlines: list[Node] = []
        for citation in node["c"][0]:
            key, index = index_in_key(citation["citationId"])
            if key.partition(":")[0] in KINDS and ":" in key:
                separator = words(", ") if inlines else []
                inlines += [*separator, *self._reference(key, index, citation)]
            else:
                self._check(key, index)
                kept.append({**citation, "citationId": key})
        if not kept:
            return inlines
        cite = {
            "t": "Cite",
            "c": [kept, words(" ".join(f"@{item['citationId']}" for item in kept))],
        }
        return [*inlines, {"t": "Space"}, cite] if inlines else cite

    def _reference(self, key: str, index: int | None, citation: Mapping[str, Any]) -> list[Node]:
        self._remember(self.references, key, index)
        if key not in self.labels:
            near = ", ".join(get_close_matches(key, list(self.labels), n=3, cutoff=0.5))
            hint = note("perhaps-reference", near=near) if near else None
            self._report("REF102", index, key, hint)
            return words(f"@{key}")
        label = self.labels[key]
        if citation["citationMode"]["t"] == "SuppressAuthor":
            label = label.rpartition("\u00a0")[2]
        text = [{"t": "Str", "c": label}]
        prefix = citation["citationPrefix"]
        return [
            *prefix,
            *([{"t": "Space"}] if prefix else []),
            link(text, f"#{key}", ["reference"]),
            *citation["citationSuffix"],
        ]

    def _check(self, key: str, index: int | None) -> None:
        self._remember(self.citations, key, index)
        if key not in self.keys:
            near = ", ".join(get_close_matches(key, list(self.keys), n=3, cutoff=0.5))
            hint = note("perhaps-key", near=near) if near else None
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
