"""Reads the passages of a chapter out of pandoc's tree with anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bukti.base.tree import Node, walk
from bukti.manuscript.anchors import Anchors, shape
from bukti.manuscript.candidates import (
    Source,
    index_in_key,
    index_in_target,
    numbers_in,
    without_numbers,
)
from bukti.manuscript.exhibits import NOTES
from bukti.manuscript.marks import ALT_MARK
from bukti.manuscript.numbering import EQUATION_ID
from bukti.manuscript.passages import Cell, Part, Passage
from bukti.manuscript.tree import link, plain_text

_MARKS = ("claim", "given")
_REFERENCES = ("fig", "tbl", "sec", "eq")
_SPACES = " \n\t\r"
_STRAIGHT = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"})
_FRONT_KINDS = {"title": "title", "subtitle": "title", "short-title": "title"}


def passages_of(tree: Mapping[str, Any], anchors: Anchors, source: Source) -> tuple[Passage, ...]:
    """The passages of a chapter in reading order, a note behind the passage that it belongs to.

    `tree` is that with anchors, not yet resolved.
    """
    reading = _Reading(anchors=anchors, source=source)
    for key, value in tree["meta"].items():
        reading.setting(key, value)
    reading.passages.sort(key=lambda passage: next(filter(None, passage.places), 0))
    reading.blocks(tree["blocks"], "paragraph")
    return tuple(reading.passages)


@dataclass(slots=True)
class _Reading:
    anchors: Anchors
    source: Source
    section: str = ""
    passages: list[Passage] = field(default_factory=list)
    tables: int = 0
    cell: Cell | None = None
    below: bool = False

    def setting(self, key: str, value: Any) -> None:
        """A key of the front matter: titles, keywords and declarations are prose."""
        if key in _FRONT_KINDS:
            self._meta(value, _FRONT_KINDS[key])
        elif key in ("keywords", "statements"):
            self._meta(value, "keyword" if key == "keywords" else "statement")

    def _meta(self, value: Any, kind: str) -> None:
        content = value["c"]
        if value["t"] == "MetaInlines":
            self._passage(content, kind)
        elif value["t"] == "MetaString":
            self._passage([{"t": "Str", "c": content}], kind)
        elif value["t"] == "MetaBlocks":
            self.blocks(content, kind)
        elif value["t"] in ("MetaList", "MetaMap"):
            for item in content.values() if isinstance(content, dict) else content:
                self._meta(item, kind)

    def blocks(self, blocks: Sequence[Node], kind: str) -> None:
        for block in blocks:
            self._block(block, kind)

    def _block(self, block: Node, kind: str) -> None:
        name: str = block["t"]
        content: Any = block.get("c")
        match name:
            case "Para" | "Plain":
                self._passage(content, kind)
            case "Header":
                self.section = without_numbers(self.anchors.plain(content[1][0]))
                self._passage(content[2], "heading")
            case "LineBlock":
                for line in content:
                    self._passage(line, kind)
            case "DefinitionList":
                self._definitions(content)
            case "Figure":
                self.blocks(content[1][1], "caption")
                if shape(_words_of(content[2])) != shape(_words_of(content[1][1])):
                    self._alternatives(content[2])
            case "Table":
                self._table(content)
            case _:
                outside = self.below
                self.below = outside or (name == "Div" and NOTES in content[0][1])
                for inner, inner_kind in _inside(name, content, kind):
                    self.blocks(inner, inner_kind)
                self.below = outside

    def _definitions(self, items: Any) -> None:
        for term, definitions in items:
            self._passage(term, "definition")
            for definition in definitions:
                self.blocks(definition, "definition")

    def _alternatives(self, value: Any) -> None:
        """The alternative texts of the images in a value, as attributes or in their words.

        pandoc puts that of a figure in the place of the image's words.
        """
        for image in (node for node in walk(value) if node["t"] == "Image"):
            (_, _, pairs), inlines, _ = image["c"]
            given = [text for key, text in pairs if key == "alt"]
            for alternative in given or [plain_text(inlines)]:
                self._passage(_with_marks(alternative), "alt")

    def _table(self, content: list[Any]) -> None:
        _, (_, caption), _, head, bodies, foot = content
        self.blocks(caption, "caption")
        self.tables += 1
        rows = [*head[1]]
        for body in bodies:
            rows += [*body[2], *body[3]]
        for row, column, blocks in placed_cells([*rows, *foot[1]]):
            self.cell = Cell(table=self.tables, row=row, column=column)
            self.blocks(blocks, "cell")
            self.cell = None

    def _passage(self, inlines: list[Node], kind: str) -> None:
        line = _Line(self.anchors)
        line.inlines(inlines)
        if line.characters:
            text = "".join(line.characters)
            self.passages.append(
                Passage(
                    kind=kind,
                    section=self.section,
                    text=text,
                    places=_spread(text, line.places, self.source.text),
                    parts=(*line.parts, *_equations(text)),
                    source=self.source,
                    cell=self.cell,
                    below=self.below,
                )
            )
        for note in line.notes:
            self.blocks(note, "note")
        for image in line.images:
            self._passage(image["c"][1], "caption")
            if any(key == "alt" for key, _ in image["c"][0][2]):
                self._alternatives(image)


def placed_cells(rows: Iterable[Any]) -> Iterator[tuple[int, int, list[Node]]]:
    """The blocks of the cells of a table's rows, each with its row and column, from 1 on."""
    open_rows: dict[int, int] = {}  # by column, how many rows a cell from above still covers
    for number, (_, cells) in enumerate(rows, start=1):
        covered, open_rows = open_rows, {c: left - 1 for c, left in open_rows.items() if left > 1}
        column = 1
        for _, _, height, width, blocks in cells:
            while column in covered:
                column += 1
            yield number, column, blocks
            if height > 1:
                open_rows |= {column + step: height - 1 for step in range(width)}
            column += width


def _inside(name: str, content: Any, kind: str) -> list[tuple[list[Node], str]]:
    """The blocks inside a block that is no passage itself, with what they are."""
    if name in ("BlockQuote", "Div"):
        return [(content, "quote")] if name == "BlockQuote" else [(content[1], kind)]
    if name in ("BulletList", "OrderedList"):
        items = content if name == "BulletList" else content[1]
        return [(item, "item") for item in items]
    return []


@dataclass(slots=True)
class _Line:
    """The inlines of one passage while they are read."""

    anchors: Anchors
    characters: list[str] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    notes: list[list[Node]] = field(default_factory=list)
    images: list[Node] = field(default_factory=list)

    def inlines(self, inlines: Sequence[Node]) -> None:
        for inline in inlines:
            self._inline(inline)

    def _inline(self, node: Node) -> None:
        name: str = node["t"]
        content: Any = node.get("c")
        match name:
            case "Str" | "Space" | "SoftBreak" | "LineBreak":
                self._text(content or " ")
            case "Link":
                self._link(content)
            case "Span":
                self._span(content)
            case "Cite":
                self._citation(content)
            case "Quoted":
                self._quoted(content)
            case "Code" | "Math":
                self._part(name.lower(), [{"t": "Str", "c": content[1]}])
            case "Note":
                self.parts.append(self._empty("note"))
                self.notes.append(content)
            case "Image":
                self.images.append(node)
            case _ if name != "RawInline":
                self.inlines(content)

    def _quoted(self, content: list[Any]) -> None:
        marks = "\u201c\u201d" if content[0]["t"] == "DoubleQuote" else "\u2018\u2019"
        self._text(marks[0])
        self._part("quoted", content[1])
        self._text(marks[1])

    def _text(self, text: str) -> None:
        decoded, places = self.anchors.decoded(text)
        if numbers_in(decoded):
            decoded = without_numbers(decoded)
            places = [None] * len(decoded)
        self.characters += decoded
        self.places += places

    def _part(
        self, kind: str, inlines: Sequence[Node], name: str = "", index: int | None = None
    ) -> None:
        start = len(self.characters)
        place = len(self.parts)
        self.inlines(inlines)
        part = Part(kind=kind, start=start, end=len(self.characters), name=name, index=index)
        self.parts.insert(place, part)

    def _empty(self, kind: str) -> Part:
        here = len(self.characters)
        return Part(kind=kind, start=here, end=here)

    def _link(self, content: list[Any]) -> None:
        address, index = index_in_target(self.anchors.plain(content[2][0]))
        scheme = address.partition(":")[0]
        kind = "mark" if scheme in _MARKS and index is not None else "link"
        self._part(kind, content[1], name=address, index=index)

    def _span(self, content: list[Any]) -> None:
        pairs = {key: self.anchors.plain(value) for key, value in content[0][2]}
        for scheme in _MARKS:
            if scheme in pairs:
                address, index = index_in_target(f"{scheme}:{pairs[scheme]}")
                self._part("mark", content[1], name=address, index=index)
                return
        if "lang" in pairs:
            self._part("language", content[1], name=pairs["lang"])
        else:
            self.inlines(content[1])

    def _citation(self, content: list[Any]) -> None:
        start = len(self.characters)
        self.inlines(content[1])
        for citation in content[0]:
            key, index = index_in_key(citation["citationId"])
            reference = key.partition(":")[0].lower() in _REFERENCES
            kind = "reference" if reference else "citation"
            end = len(self.characters)
            self.parts.append(Part(kind=kind, start=start, end=end, name=key, index=index))


def _with_marks(text: str) -> list[Node]:
    """The words of an alternative text, where pandoc reads no marks, with its marks as links."""
    inlines: list[Node] = []
    done = 0
    for match in ALT_MARK.finditer(text):
        inlines.append({"t": "Str", "c": text[done : match.start()]})
        inlines.append(link([{"t": "Str", "c": match[1]}], match[2]))
        done = match.end()
    return [*inlines, {"t": "Str", "c": text[done:]}]


def _words_of(blocks: Any) -> list[Node]:
    """The words of a value without anything else."""
    return [node for node in walk(blocks) if node["t"] in ("Str", "Space", "SoftBreak")]


def _equations(text: str) -> Iterator[Part]:
    for match in EQUATION_ID.finditer(text.translate(_STRAIGHT)):
        yield Part(kind="equation", start=match.start(), end=match.end(), name=match[1])


def _spread(text: str, places: Sequence[int | None], source: str) -> tuple[int | None, ...]:
    """The places of the characters beside those with an anchor, as far as text and file agree."""
    known = list(places)
    for step in (1, -1):
        order = range(len(text)) if step == 1 else range(len(text) - 1, -1, -1)
        for number in order:
            neighbour = number - step
            if known[number] is not None or not 0 <= neighbour < len(text):
                continue
            beside = known[neighbour]
            if beside is not None and _same(text[number], source, beside + step):
                known[number] = beside + step
    return tuple(known)


def _same(character: str, source: str, place: int) -> bool:
    if not 0 <= place < len(source):
        return False
    found = source[place]
    return found == character or (character in _SPACES and found in _SPACES)
