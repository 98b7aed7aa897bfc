"""A tree for pandoc's Typst writer: two editions in rows."""

from __future__ import annotations

from dataclasses import replace

from bukti.base.tree import Node, Nodes
from bukti.render.nodes import attr_of, plain, plain_text, raw_block, raw_inline, string
from bukti.render.parallel import (
    Cell,
    Parallel,
    ParallelRow,
    TitleRow,
    cell_page,
)
from bukti.render.parallel_exhibits import Arrangement, Pair, read_across, read_pair
from bukti.render.parallel_rows import RowKind
from bukti.render.pictures import Exhibit
from bukti.render.plan import Invocation
from bukti.render.typst_code import call, label, quoted
from bukti.render.typst_document import PART, WHOLE, TypstDocument, joined
from bukti.render.typst_page import attached, page_head

TEMPLATE = "parallel.typ"
_NOTE = "note"


def note_mark(language: str, number: int) -> Nodes:
    """The raised number of a note, which leads to it."""
    code = f"#paper.note-mark({quoted(str(number))}, {quoted(_note_name(language, number))});"
    return [raw_inline("typst", code)]


def _note_name(language: str, number: int) -> str:
    return f"{_NOTE}-{language}-{number}"


class TypstParallel:
    """Builds the tree of a parallel edition; `files` and `names` are its pictures."""

    def __init__(self, invocations: tuple[Invocation, Invocation], parallel: Parallel) -> None:
        self._invocations = invocations
        self._parallel = parallel
        self._fronts = parallel.fronts
        self._level = 0
        first = TypstDocument(invocations[0], parallel.prepared[0], floats=False)
        self.files, self.names = first.files, first.names
        self._across = (first, self._document(1, first, invocations[1]))
        self._cells = (
            self._document(0, first, _narrow(invocations[0])),
            self._document(1, first, _narrow(invocations[1])),
        )

    def _document(self, side: int, first: TypstDocument, invocation: Invocation) -> TypstDocument:
        prepared = self._parallel.prepared[side]
        return TypstDocument(invocation, prepared, beside=first, floats=False)

    def blocks(self) -> Nodes:
        """The whole paper."""
        parallel = self._parallel
        return [
            raw_block("typst", "\n".join(self._opening())),
            *(block for row in parallel.titles for block in self._title(row)),
            raw_block("typst", "#paper.title-end"),
            *self._summary(),
            *(block for each in parallel.others for block in self._across[0].summary(each)),
            *(block for row in parallel.rows for block in self._row(row)),
        ]

    def _opening(self) -> list[str]:
        here, there = self._fronts
        running = " \u00b7 ".join(filter(None, (here.running_title, there.running_title)))
        lines = page_head(
            self._invocations[0], self._parallel.front, template=TEMPLATE, running=running
        )
        for invocation, each in zip(self._invocations, self._fronts, strict=True):
            lines += attached(invocation, each)
        speech = [
            f"(lang: {spoken['language']}, region: {spoken['region']}, "
            f"hyphenate: {spoken['hyphenate']})"
            for front in self._fronts
            for spoken in [self._cells[0].spoken(front.language)]
        ]
        return [*lines, f"#let paper-speech = ({', '.join(speech)})"]

    def _title(self, row: TitleRow) -> Nodes:
        length = max(len(front.title_text) for front in self._fronts)
        values = {"role": quoted(row.role), "length": str(length)}
        if row.once:
            words = [plain(self._across[0].rewritten(row.here, WHOLE))]
            return call("title-once", values, {"body": words})
        return self._pair(
            "title-row",
            [plain(self._cells[0].rewritten(row.here, WHOLE))] if row.here else [],
            [plain(self._cells[1].rewritten(row.there, WHOLE))] if row.there else [],
            values,
        )

    def _summary(self) -> Nodes:
        here, there = (front.summary for front in self._fronts)
        blocks: Nodes = [raw_block("typst", "#paper.summary-of-both[")]
        words = [[plain([string(each.words["abstract"])])] for each in (here, there)]
        blocks += self._pair("abstract-row", words[0], words[1])
        blocks += [block for row in self._parallel.abstract for block in self._row(row)]
        if here.keywords or there.keywords:
            left, right = (
                [plain(document.rewritten(joined(each.keywords), WHOLE))] if each.keywords else []
                for document, each in zip(self._cells, (here, there), strict=True)
            )
            names = [quoted(each.words["keywords"]) for each in (here, there)]
            blocks += self._pair("keywords-row", left, right, {"words": f"({', '.join(names)})"})
        return [*blocks, raw_block("typst", "]")]

    def _pair(
        self, function: str, here: Nodes, there: Nodes, values: dict[str, str] | None = None
    ) -> Nodes:
        values = {"speech": "paper-speech", **(values or {})}
        return call(function, values, {"here": here, "there": there})

    def _row(self, row: ParallelRow) -> Nodes:
        if row.kind is RowKind.HEADING:
            return self._heading(row)
        if row.kind is RowKind.REFERENCES and not (row.here.blocks and row.there.blocks):
            return self._across[0].rewritten([*row.here.blocks, *row.there.blocks])
        if row.kind is RowKind.EXHIBIT and row.here.blocks and row.there.blocks:
            return self._exhibits(row)
        if row.kind is RowKind.EXHIBIT:
            return self._one_exhibit(row)
        return self._text(row, self._words(0, row), self._words(1, row))

    def _words(self, side: int, row: ParallelRow) -> Nodes:
        blocks = (row.here, row.there)[side].blocks
        if not blocks:
            return self._lacking(side) if row.signed else []
        return self._cells[side].rewritten(blocks)

    def _lacking(self, side: int) -> Nodes:
        word = quoted(self._parallel.lacking(side))
        return [raw_block("typst", f"#paper.lacking-here({word})")]

    def _text(self, row: ParallelRow, here: Nodes, there: Nodes) -> Nodes:
        values = {
            "tight": str(row.kind is RowKind.ITEM).lower(),
            "shown": str(row.kind is RowKind.EXHIBIT).lower(),
        }
        blocks = self._pair("row", here, there, values)
        return [*blocks, *self._notes(row)]

    def _notes(self, row: ParallelRow) -> Nodes:
        """The notes of both editions below their row."""
        if not row.here.notes and not row.there.notes:
            return []
        return self._pair("notes-row", self._footnotes(0, row), self._footnotes(1, row))

    def _footnotes(self, side: int, row: ParallelRow) -> Nodes:
        cell: Cell = (row.here, row.there)[side]
        language = self._fronts[side].language
        blocks: Nodes = []
        for each in cell.notes:
            body = self._cells[side].rewritten(each.blocks)
            values = {"number": quoted(str(each.number))}
            name = _note_name(language, each.number)
            blocks += call("note", values, {"body": body}, identifier=name)
        return blocks

    def _heading(self, row: ParallelRow) -> Nodes:
        nodes = [cell.blocks[0] if cell.blocks else None for cell in (row.here, row.there)]
        first = next(node for node in nodes if node)
        statement = "statement" in attr_of(first)[1]
        self._level = 1 if statement else min(first["c"][0], self._level + 1)
        values = {"level": str(self._level), "statement": str(statement).lower()}
        here, there = (
            self._heading_words(side, node) if node else self._words(side, row)
            for side, node in enumerate(nodes)
        )
        identifiers = [attr_of(node)[0] for node in nodes if node]
        part = raw_block("typst", PART + " ".join(plain_text(first["c"][2]).split()))
        blocks = [part, *self._pair("heading-row", here, there, values), *_anchors(identifiers)]
        return [*blocks, *self._notes(row)]

    def _heading_words(self, side: int, node: Node) -> Nodes:
        pairs = attr_of(node)[2]
        number = pairs.get("lead") or pairs.get("number", "")
        numbered = [string(f"{number}\u2002")] if number else []
        return [plain([*numbered, *self._cells[side].rewritten(node["c"][2], WHOLE)])]

    def _one_exhibit(self, row: ParallelRow) -> Nodes:
        """An exhibit that one edition has: in its column, or across where that is too narrow."""
        side = 0 if row.here.blocks else 1
        (node,) = (row.here.blocks, row.there.blocks)[side]
        pair = read_pair((node, node), (self._invocations[side],) * 2)
        if pair.cells[0].wide:
            shown = read_across(node, self._invocations[side])
            return [*self._wide(side, shown), *self._notes(row)]
        cells = [self._lacking(each) if row.signed else [] for each in (0, 1)]
        cells[side] = self._cells[side].exhibit(pair.cells[0])
        return self._text(row, cells[0], cells[1])

    def _exhibits(self, row: ParallelRow) -> Nodes:
        pair = read_pair((row.here.blocks[0], row.there.blocks[0]), self._invocations)
        if pair.arrangement is Arrangement.ONCE:
            blocks = self._once(pair)
        elif pair.arrangement is Arrangement.BELOW:
            blocks = [*self._wide(0, pair.across[0]), *self._wide(1, pair.across[1])]
        else:
            here, there = (self._cells[side].exhibit(pair.cells[side]) for side in (0, 1))
            return self._text(row, here, there)
        return [*blocks, *self._notes(row)]

    def _wide(self, side: int, exhibit: Exhibit) -> Nodes:
        before = raw_block("typst", f"#paper.spoken(paper-speech.at({side}))[")
        return [before, *self._across[side].exhibit(exhibit), raw_block("typst", "]")]

    def _once(self, pair: Pair) -> Nodes:
        """A figure or table that is the same in both editions, with both legends."""
        here, there = pair.across
        if here.picture and there.picture:
            alt = " / ".join(dict.fromkeys((here.picture.alt, there.picture.alt)))
            here = replace(here, picture=replace(here.picture, alt=alt))
        shown = replace(
            here,
            label="",
            caption=self._legends(pair),
            notes=self._below(here.notes, there.notes),
            source=self._below(here.source, there.source),
        )
        blocks = self._across[0].exhibit(shown)
        return [*blocks, *_anchors([there.identifier])]

    def _legends(self, pair: Pair) -> Nodes:
        here, there = pair.across
        return self._pair("both", _legend(here), _legend(there))

    def _below(self, here: Nodes, there: Nodes) -> Nodes:
        return self._pair("both", here, there) if here or there else []


def _legend(exhibit: Exhibit) -> Nodes:
    """The words of a legend with the label before them, as one block where they are one."""
    lead = [raw_inline("typst", f"#paper.lead({quoted(exhibit.label)});")] if exhibit.label else []
    first, *rest = exhibit.caption or [plain([])]
    if first["t"] in ("Plain", "Para"):
        return [plain([*lead, *first["c"]]), *rest]
    return [plain(lead), first, *rest]


def _narrow(invocation: Invocation) -> Invocation:
    return replace(invocation, page=cell_page(invocation.page))


def _anchors(identifiers: list[str]) -> Nodes:
    """Places that references lead to."""
    return [
        raw_block("typst", f"#metadata(none){label(identifier)}")
        for identifier in identifiers
        if identifier
    ]
