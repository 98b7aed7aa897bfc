"""A tree for pandoc's HTML writer: two editions in rows, which a narrow screen shows in turn."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from bukti.base.tree import Node, Nodes
from bukti.render.html_document import HtmlDocument, image, lead_of, raw, wrapped
from bukti.render.html_tables import html_table
from bukti.render.nodes import attr_of, plain, raw_inline, string
from bukti.render.parallel import Footnote, Parallel, ParallelRow, TitleRow, cell_page
from bukti.render.parallel_exhibits import Arrangement, Pair, read_pair
from bukti.render.parallel_rows import RowKind
from bukti.render.pictures import Exhibit
from bukti.render.plan import Invocation
from bukti.render.title_block import Role

_SIDES = (0, 1)


def note_mark(language: str, number: int) -> Nodes:
    """The raised number of a note, which leads to it."""
    name = f"{language}-{number}"
    code = (
        f'<a href="#note-{name}" id="noteref-{name}" class="footnote-ref" role="doc-noteref">'
        f"<sup>{number}</sup></a>"
    )
    return [raw_inline("html", code)]


class HtmlParallel:
    """Builds the tree of a parallel edition for a page of its own."""

    def __init__(self, invocations: tuple[Invocation, Invocation], parallel: Parallel) -> None:
        self._invocations = invocations
        self._parallel = parallel
        self._fronts = parallel.fronts
        pairs = [*zip(invocations, parallel.prepared, strict=True)]
        self._across = [HtmlDocument(invocation, prepared) for invocation, prepared in pairs]
        self._cells = [
            HtmlDocument(replace(invocation, page=cell_page(invocation.page)), prepared)
            for invocation, prepared in pairs
        ]

    def blocks(self) -> Nodes:
        """The whole paper, without the page around it."""
        parallel = self._parallel
        sign = f'<p class="draft"><span>{escape(parallel.draft_word)}</span></p>'
        return [
            raw('<div class="parallel">'),
            raw("<header>"),
            *([raw(sign)] if parallel.draft_word else []),
            *(block for row in parallel.titles for block in self._title(row)),
            *self._summary(),
            *(block for each in parallel.others for block in self._across[0].summary(each)),
            raw("</header>"),
            *(block for row in parallel.rows for block in self._row(row)),
            raw("</div>"),
        ]

    def _title(self, row: TitleRow) -> Nodes:
        tag = "h1" if row.role is Role.TITLE else "p"
        if row.once:
            words = self._across[0].rewritten(row.here)
            return [wrapped(f'<{tag} class="{row.role}">', words, f"</{tag}>")]
        inlines: Nodes = []
        for side, words in zip(_SIDES, (row.here, row.there), strict=True):
            inlines += self._spoken(side, self._cells[side].rewritten(words))
        return [wrapped(f'<{tag} class="{row.role} row">', inlines, f"</{tag}>")]

    def _spoken(self, side: int, inlines: Nodes, name: str = "") -> Nodes:
        """Words of a row that is one heading or line."""
        shown = f' id="{escape(name)}"' if name else ""
        opening = f'<span lang="{escape(self._fronts[side].language)}"{shown}>'
        return [raw_inline("html", opening), *inlines, raw_inline("html", "</span>")]

    def _summary(self) -> Nodes:
        summaries = [front.summary for front in self._fronts]
        blocks: Nodes = [raw('<section class="abstract">')]
        words: Nodes = []
        for side, each in enumerate(summaries):
            words += self._spoken(side, [string(each.words["abstract"])])
        blocks.append(wrapped('<h2 class="row">', words, "</h2>"))
        blocks += [block for row in self._parallel.abstract for block in self._row(row)]
        if any(each.keywords for each in summaries):
            keywords = [self._keywords(side) for side in _SIDES]
            blocks += self._pair(keywords[0], keywords[1])
        return [*blocks, raw("</section>")]

    def _keywords(self, side: int) -> Nodes:
        summary = self._fronts[side].summary
        words: Nodes = []
        for keyword in summary.keywords:
            words += [*([string("; ")] if words else []), *self._cells[side].rewritten(keyword)]
        label = f'<p class="keywords"><strong>{escape(summary.words["keywords"])}:</strong> '
        return [wrapped(label, words, "</p>")] if words else []

    def _pair(self, here: Nodes, there: Nodes, name: str = "") -> Nodes:
        blocks: Nodes = [raw(f'<div class="{" ".join(filter(None, ("row", name)))}">')]
        for side, cell in zip(_SIDES, (here, there), strict=True):
            language = escape(self._fronts[side].language)
            blocks += [raw(f'<div lang="{language}">'), *cell, raw("</div>")]
        return [*blocks, raw("</div>")]

    def _row(self, row: ParallelRow) -> Nodes:
        if row.kind is RowKind.HEADING:
            return self._heading(row)
        if row.kind is RowKind.REFERENCES and not (row.here.blocks and row.there.blocks):
            blocks: Nodes = self._across[0].rewritten([*row.here.blocks, *row.there.blocks])
            return blocks
        if row.kind is RowKind.EXHIBIT and row.here.blocks and row.there.blocks:
            return self._exhibits(row)
        cells = [self._words(side, row) for side in _SIDES]
        name = "item" if row.kind is RowKind.ITEM else ""
        return [*self._pair(cells[0], cells[1], name), *self._notes(row)]

    def _words(self, side: int, row: ParallelRow) -> Nodes:
        blocks = (row.here, row.there)[side].blocks
        words: Nodes = self._cells[side].rewritten(blocks)
        return words if blocks or not row.signed else [self._lacking(side, "p")]

    def _lacking(self, side: int, tag: str) -> Node:
        words = escape(self._parallel.lacking(side))
        return raw(f'<{tag} class="lacking">\u2014 {words}</{tag}>')

    def _notes(self, row: ParallelRow) -> Nodes:
        """The notes of both editions below their row."""
        cells = (row.here, row.there)
        if not any(cell.notes for cell in cells):
            return []
        here, there = (
            [block for each in cells[side].notes for block in self._note(side, each)]
            for side in _SIDES
        )
        return self._pair(here, there, "row-notes")

    def _note(self, side: int, note: Footnote) -> Nodes:
        name = f"{escape(self._fronts[side].language)}-{note.number}"
        back = raw_inline(
            "html",
            f'<a href="#noteref-{name}" class="footnote-ref" role="doc-backlink">'
            f"<sup>{note.number}</sup></a> ",
        )
        first, *rest = self._cells[side].rewritten(note.blocks) or [plain([])]
        if first["t"] in ("Para", "Plain"):
            first = {"t": "Para", "c": [back, *first["c"]]}
            blocks = [first, *rest]
        else:
            blocks = [plain([back]), first, *rest]
        return [raw(f'<div id="note-{name}" role="doc-footnote">'), *blocks, raw("</div>")]

    def _heading(self, row: ParallelRow) -> Nodes:
        nodes = [cell.blocks[0] if cell.blocks else None for cell in (row.here, row.there)]
        first = next(node for node in nodes if node)
        level = min(first["c"][0] + 1, 6)
        names = ["row", *(each for each in attr_of(first)[1] if each == "statement")]
        inlines: Nodes = []
        for side, node in enumerate(nodes):
            if node is None:
                lacking = self._lacking(side, "span")["c"][1] if row.signed else ""
                inlines += self._spoken(side, [raw_inline("html", lacking)])
            else:
                words = self._cells[side].heading_words(node)
                inlines += self._spoken(side, words, attr_of(node)[0])
        opening = f'<h{level} class="{" ".join(names)}">'
        return [wrapped(opening, inlines, f"</h{level}>"), *self._notes(row)]

    def _exhibits(self, row: ParallelRow) -> Nodes:
        nodes = (row.here.blocks[0], row.there.blocks[0])
        pair = read_pair(nodes, self._invocations)
        if pair.arrangement is Arrangement.ONCE:
            blocks = self._once(pair)
        elif pair.arrangement is Arrangement.BELOW:
            blocks = []
            for side in _SIDES:
                language = escape(self._fronts[side].language)
                shown = self._across[side].exhibit(nodes[side])
                blocks += [raw(f'<div lang="{language}">'), *shown, raw("</div>")]
        else:
            here, there = (self._cells[side].exhibit(nodes[side]) for side in _SIDES)
            blocks = self._pair(here, there)
        return [*blocks, *self._notes(row)]

    def _once(self, pair: Pair) -> Nodes:
        """A figure or table that is the same in both editions, with both legends."""
        here, there = pair.across
        document = self._across[0]
        legends = self._pair(self._legend(0, here), self._legend(1, there))
        legend = [raw("<figcaption>"), *legends, raw("</figcaption>")]
        below: Nodes = []
        for name, left, right in (
            ("notes", here.notes, there.notes),
            ("source", here.source, there.source),
        ):
            if left or right:
                cells = (document.below(name, left), self._across[1].below(name, right))
                below += self._pair(cells[0], cells[1])
        names = [f' id="{escape(each.identifier)}"' for each in pair.across if each.identifier]
        kind = "table" if here.is_table else "figure"
        opening = raw(f'<figure class="{kind}"{"".join(names[:1])}>')
        anchor = [raw(f"<a{name}></a>") for name in names[1:]]
        if here.table is not None:
            shown = [*legend, *document.rewritten(html_table(here.table, here.label)), *below]
        else:
            assert here.picture is not None and there.picture is not None
            alt = " / ".join(dict.fromkeys((here.picture.alt, there.picture.alt)))
            shown = [raw(image(replace(here.picture, alt=alt))), *legend, *below]
        return [*anchor, opening, *shown, raw("</figure>")]

    def _legend(self, side: int, exhibit: Exhibit) -> Nodes:
        words = self._across[side].rewritten(exhibit.caption)
        return [wrapped(lead_of(exhibit.label), _first(words), ""), *words[1:]]


def _first(caption: Nodes) -> Nodes:
    inlines: Nodes = caption[0]["c"] if caption and caption[0]["t"] in ("Plain", "Para") else []
    return inlines
