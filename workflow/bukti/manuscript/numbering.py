"""Numbers for headings, figures, tables and equations; appendices count anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bukti.base.language import language_of
from bukti.base.tree import Node, Nodes, attributes, walk
from bukti.manuscript.panels import has_panel, letter
from bukti.manuscript.tree import plain_text, span

KINDS = {"fig": "figure", "tbl": "table", "sec": "section", "eq": "equation"}
APPENDIX = "appendix"
EQUATION_ID = re.compile(r"\{#(eq:[\w.-]+)(?:\s+alt=(?P<quote>[\"'])(?P<alt>.*?)(?P=quote))?\s*\}")
_LONGEST_ID = 400  # nodes behind a formula that may belong to its braces


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What can be referred to: its kind, its number ("2", "A1") and its place in reading order.

    A heading without a number has its title instead.
    """

    kind: str
    number: str = ""
    title: str = ""
    place: int = 0

    @property
    def shown_number(self) -> str:
        """The number as it is printed: that of an equation in brackets."""
        return f"({self.number})" if self.kind == "equation" else self.number

    def text(self, language: str) -> str:
        """The label as it is printed: "Table 2", "Appendix A"."""
        if not self.number:
            return self.title
        return f"{language_of(language).words[self.kind]}\u00a0{self.shown_number}"


@dataclass(slots=True)
class Numbering:
    """The label of everything that can be referred to, by its id."""

    language: str
    labels: dict[str, Label] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _heading: list[int] = field(default_factory=list)
    _appendices: int | None = None

    def number(self, blocks: Nodes) -> None:
        """Number a document's blocks, in place, in reading order."""
        for block in blocks:
            self._block(block)

    def _block(self, block: Node) -> None:
        kind = block["t"]
        if kind == "Header":
            self._number_heading(block)
        elif kind in ("Figure", "Table"):
            self._product(block, "fig" if kind == "Figure" else "tbl")
        elif kind in ("Para", "Plain"):
            self._equations(block)
        for inner in _inner_blocks(block):
            self.number(inner)

    def _number_heading(self, block: Node) -> None:
        level, (identifier, classes, pairs), inlines = block["c"]
        if "unnumbered" in classes:
            self._remember(identifier, Label(kind="section", title=plain_text(inlines)))
            return
        if level == 1 and (APPENDIX in classes or self._appendices is not None):
            self._begin_appendix(classes)
        self._heading = [*self._heading[:level], *[0] * (level - len(self._heading))]
        self._heading[level - 1] += 1
        number = ".".join([self._first_part(), *map(str, self._heading[1:])])
        pairs.append(["number", number])
        whole = level == 1 and self._appendices is not None
        label = Label(kind=APPENDIX if whole else "section", number=number)
        if whole:
            pairs.append(["lead", label.text(self.language)])
        self._remember(identifier, label)

    def _begin_appendix(self, classes: list[str]) -> None:
        if self._appendices is None:
            self._heading = []
        self._appendices = (self._appendices or 0) + 1
        self._counts = {}
        if APPENDIX not in classes:
            classes.append(APPENDIX)

    def _first_part(self) -> str:
        return letters(self._heading[0]) if self._appendices is not None else str(self._heading[0])

    def _count(self, prefix: str) -> str:
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        before = letters(self._appendices) if self._appendices is not None else ""
        return f"{before}{self._counts[prefix]}"

    def _product(self, block: Node, prefix: str) -> None:
        identifier, _, pairs = block["c"][0]
        if not identifier.startswith(f"{prefix}:"):
            return
        label = Label(kind=KINDS[prefix], number=self._count(prefix))
        self._remember(identifier, label)
        pairs.extend([["number", label.number], ["label", label.text(self.language)]])
        panels = [each for each in walk(block["c"][2]) if has_panel(each)]
        for place, image in enumerate(panels):
            part = Label(kind=label.kind, number=f"{label.number}{letter(place)}")
            self._remember(image["c"][0][0], part)
            image["c"][0][2].append(["panel", letter(place)])

    def _equations(self, block: Node) -> None:
        """Formulas behind which an id stands in braces, each as a span of its own."""
        inlines: Nodes = block["c"]
        result: Nodes = []
        place = 0
        while place < len(inlines):
            node = inlines[place]
            found = _braces(inlines, place + 1) if node["t"] == "Math" else None
            result.append(self._equation(node, found[0]) if found else node)
            place = found[1] if found else place + 1
        block["c"] = result

    def _equation(self, math: Node, braces: re.Match[str]) -> Node:
        label = Label(kind="equation", number=self._count("eq"))
        self._remember(braces[1], label)
        alt = braces["alt"] or math["c"][1].strip()
        pairs = [("number", label.number), ("alt", alt)]
        return span([math], attributes(braces[1], ["equation"], pairs))

    def _remember(self, identifier: str, label: Label) -> None:
        if identifier in self.labels:
            self.repeated.append(identifier)
        place = len(self.labels)
        self.labels[identifier] = Label(
            kind=label.kind, number=label.number, title=label.title, place=place
        )


def letters(number: int) -> str:
    """A number, from 1, as the letters of appendices: A to Z, then AA."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _inner_blocks(block: Node) -> Iterator[Nodes]:
    """The lists of blocks within a block of text; those of figures and tables are not searched."""
    kind, content = block["t"], block.get("c", [])
    if kind == "Div":
        yield content[1]
    elif kind == "BlockQuote":
        yield content
    elif kind == "BulletList":
        yield from content
    elif kind == "OrderedList":
        yield from content[1]
    elif kind == "DefinitionList":
        for _, definitions in content:
            yield from definitions


def _braces(inlines: Nodes, start: int) -> tuple[re.Match[str], int] | None:
    """The braces with an equation's id that begin at a place, and where they end."""
    while start < len(inlines) and inlines[start]["t"] in ("Space", "SoftBreak"):
        start += 1
    if start >= len(inlines) or not _written(inlines[start]).startswith("{#eq:"):
        return None
    text = ""
    for end, node in enumerate(inlines[start : start + _LONGEST_ID], start=start + 1):
        text += _written(node)
        match = EQUATION_ID.fullmatch(text)
        if match:
            return match, end
    return None


def _written(node: Node) -> str:
    """A node as it was written, with straight quotation marks."""
    if node["t"] == "Quoted":
        mark = '"' if node["c"][0]["t"] == "DoubleQuote" else "'"
        return mark + "".join(map(_written, node["c"][1])) + mark
    return plain_text(node)
