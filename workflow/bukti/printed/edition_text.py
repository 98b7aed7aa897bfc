"""The text that a paper of an edition has to have, out of the edition's resolved tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bukti.base.tree import Node, Nodes
from bukti.printed.pieces import PassageBuilder
from bukti.printed.records import FORMULA, Kind, PrintedPassage
from bukti.render.front import Summary
from bukti.render.nodes import attr_of, string
from bukti.render.pictures import SOURCE, Exhibit, read_exhibit, read_panels
from bukti.render.plan import Invocation
from bukti.render.prepare import EXHIBIT, prepare, statements
from bukti.render.title_block import Role, title_block


def edition_text(tree: Mapping[str, Any], language: str) -> tuple[PrintedPassage, ...]:
    """The passages of an edition in the order in which its papers have them, with their marks.

    `tree` is the record `tree.json` of the stage manuscript. Notes stand behind everything else.
    """
    invocation = Invocation(tree=tree, language=language)
    prepared = prepare(invocation)
    front = prepared.front
    writer = _Writer(invocation=invocation, language=front.language)
    for line in title_block(front):
        writer.passage(line.inlines, Kind.HEADING if line.role is Role.TITLE else Kind.PARAGRAPH)
    writer.summary(front.summary, with_title=False)
    for other in front.others:
        writer.summary(other)
    writer.language = front.language
    writer.blocks([*prepared.body, *statements(front), *prepared.back], Kind.PARAGRAPH)
    return writer.builder.result()


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Goes through pandoc's blocks and inlines as the writers of the formats do."""

    invocation: Invocation
    language: str
    builder: PassageBuilder = field(default_factory=PassageBuilder)
    source: str | None = None

    def passage(self, inlines: Iterable[Node], kind: Kind, element: str | None = None) -> None:
        """A passage of its own."""
        self.inlines(inlines)
        self.builder.end(kind, language=self.language, element=element or self.source)

    def summary(self, summary: Summary, *, with_title: bool = True) -> None:
        """The abstract and keywords in a language."""
        if not summary.abstract and not summary.keywords:
            return
        self.language = summary.language
        if with_title:
            self.passage(summary.title, Kind.PARAGRAPH)
            self.passage(summary.subtitle, Kind.PARAGRAPH)
        self.passage([string(summary.words["abstract"])], Kind.HEADING)
        self.blocks(summary.abstract, Kind.PARAGRAPH)
        if summary.keywords:
            words: Nodes = [string(f"{summary.words['keywords']}:")]
            for number, keyword in enumerate(summary.keywords):
                words += [string("; " if number else " "), *keyword]
            self.passage(words, Kind.PARAGRAPH)

    def blocks(self, blocks: Iterable[Node], kind: Kind) -> None:
        """Blocks one after another."""
        for block in blocks:
            handle = self._handlers().get(block["t"])
            if handle:
                handle(block, kind)
            else:
                for inner in _blocks_within(block):
                    self.blocks(inner, kind)

    def _handlers(self) -> Mapping[str, Callable[[Node, Kind], None]]:
        return {
            "Para": lambda block, kind: self.passage(block["c"], kind),
            "Plain": lambda block, kind: self.passage(block["c"], kind),
            "Header": self._heading,
            "LineBlock": self._lines,
            "CodeBlock": lambda block, kind: self.passage([string(block["c"][1])], kind),
            "Div": self._division,
        }

    def _heading(self, block: Node, _: Kind) -> None:
        identifier, _classes, pairs = attr_of(block)
        number = pairs.get("lead") or pairs.get("number", "")
        lead = [string(f"{number} ")] if number else []
        self.passage([*lead, *block["c"][2]], Kind.HEADING, identifier or None)

    def _lines(self, block: Node, kind: Kind) -> None:
        for line in block["c"]:
            self.inlines([*line, string(" ")])
        self.builder.end(kind, language=self.language)

    def _division(self, block: Node, kind: Kind) -> None:
        identifier, classes, _ = attr_of(block)
        if EXHIBIT in classes:
            self._exhibit(read_exhibit(block, self.invocation, []))
            return
        if SOURCE in classes:
            kind = Kind.CAPTION
        elif identifier == "refs":
            kind = Kind.REFERENCE
        self.source = identifier or None if kind is Kind.REFERENCE else None
        self.blocks(block["c"][1], kind)
        self.source = None

    def _exhibit(self, exhibit: Exhibit) -> None:
        if exhibit.table is None:
            self._shown(exhibit.blocks)
        lead = [string(f"{exhibit.label}. ")] if exhibit.label else []
        first, *rest = exhibit.caption or [{"t": "Plain", "c": []}]
        words = first["c"] if first["t"] in ("Plain", "Para") else []
        self.passage([*lead, *words], Kind.CAPTION, exhibit.identifier or None)
        self.blocks(rest if words else exhibit.caption, Kind.CAPTION)
        if exhibit.table is not None:
            for cell in (cell for row in exhibit.table.rows for cell in row):
                self.blocks(cell.blocks, Kind.CELL)
        self.blocks([*exhibit.notes, *exhibit.source], Kind.CAPTION)

    def _shown(self, blocks: Nodes) -> None:
        """What a figure shows besides pictures: the letters and words of its panels."""
        for block in blocks:
            panels = read_panels(block, self.invocation, [], 1.0)
            for panel in panels:
                self.passage([string(f"({panel.letter}) "), *panel.caption], Kind.CAPTION)
            if not panels:
                self.blocks([block], Kind.CAPTION)

    def inlines(self, inlines: Iterable[Node]) -> None:
        """The words of a line."""
        for inline in inlines:
            name = inline["t"]
            if name == "Str":
                self.builder.add(str(inline["c"]))
            elif name in ("Space", "SoftBreak", "LineBreak"):
                self.builder.add(" ")
            elif name == "Math":
                self.builder.add(FORMULA)
            elif name == "Code":
                self.builder.add(str(inline["c"][1]))
            elif name == "Note":
                self._note(inline["c"])
            elif name == "Span":
                self._span(inline)
            elif name not in ("Image", "RawInline"):
                self.inlines(_inlines_within(inline))

    def _span(self, node: Node) -> None:
        _, classes, pairs = attr_of(node)
        marked = "mark" in classes and pairs.get("claims")
        if marked:
            index = pairs.get("index", "")
            self.builder.open_mark(
                pairs.get("kind", "claim"),
                tuple(pairs["claims"].split("+")),
                int(index) if index.isdecimal() else None,
            )
        self.inlines(node["c"][1])
        if marked:
            self.builder.close_mark()
        if "equation" in classes and pairs.get("number"):
            self.builder.add(f"({pairs['number']})")

    def _note(self, blocks: Nodes) -> None:
        writer = _Writer(
            invocation=self.invocation, language=self.language, builder=self.builder.aside()
        )
        writer.blocks(blocks, Kind.NOTE)


def _blocks_within(block: Node) -> Iterator[Nodes]:
    """The lists of blocks inside a block that is no passage itself."""
    kind, content = block["t"], block.get("c")
    if kind == "BlockQuote":
        yield block["c"]
    elif kind == "BulletList":
        yield from block["c"]
    elif kind == "OrderedList":
        yield from block["c"][1]
    elif kind == "DefinitionList":
        for term, meanings in content or ():
            yield [{"t": "Plain", "c": term}]
            yield from meanings


def _inlines_within(inline: Node) -> Nodes:
    content = inline.get("c")
    if inline["t"] in ("Link", "Quoted", "Cite"):
        return list(inline["c"][1])
    return list(content) if isinstance(content, list) else []
