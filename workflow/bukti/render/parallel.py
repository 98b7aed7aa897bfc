"""Two editions of a paper side by side: what stands in each row, what stands there once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from bukti.base.tree import Node, Nodes, walk
from bukti.project.page_settings import Margins, PageSettings
from bukti.render.front import Front, Summary
from bukti.render.nodes import attr_of, has_class, plain_text, rewrite, set_identifier, string
from bukti.render.parallel_rows import Row, RowKind, rows_of, with_citations, without_citations
from bukti.render.plan import Invocation
from bukti.render.prepare import Prepared, prepare, statements
from bukti.render.tables import WIDE
from bukti.render.title_block import Role, title_block

GAP_MM = 9.0
_MARGINS = Margins(top_mm=22.0, bottom_mm=18.0, inner_mm=20.0, outer_mm=20.0)
_REFERENCE = "ref-"
_IDENTIFIED = ("Header", "Div", "Span", "Link", "Image", "Figure", "Table")

NoteMark = Callable[[str, int], Nodes]
"""What stands in the text for a note, from the language of its edition and its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note of an edition, with its number in it."""

    number: int
    blocks: Nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one edition has in a row, and the notes that belong to it."""

    blocks: Nodes
    notes: tuple[Footnote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelRow:
    """A row: the cells of both editions; the first of a run with an empty cell is `signed`."""

    kind: RowKind
    here: Cell
    there: Cell
    signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRow:
    """A line of the title block in both editions, set `once` where it is the same in both."""

    role: Role
    here: Nodes
    there: Nodes
    once: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parallel:
    """Two editions in rows. The second has its own identifiers: those of the first end in its
    language."""

    fronts: tuple[Front, Front]
    prepared: tuple[Prepared, Prepared]
    titles: tuple[TitleRow, ...]
    abstract: tuple[ParallelRow, ...]
    others: tuple[Summary, ...]
    rows: tuple[ParallelRow, ...]

    @property
    def draft_word(self) -> str:
        """The word for a draft in both languages; empty for a paper that is none."""
        words = [front.words["draft"] for front in self.fronts]
        return " / ".join(dict.fromkeys(words)) if self.fronts[0].draft else ""

    @property
    def title(self) -> str:
        """Both titles as one text."""
        return " / ".join(filter(None, (front.title_text for front in self.fronts)))

    @property
    def front(self) -> Front:
        """What is said of the whole: the first edition's, with the titles and keywords of both."""
        here, there = self.fronts
        keywords = (*here.summary.keywords, *there.summary.keywords)
        return replace(
            here,
            title=[string(self.title)] if self.title else [],
            words={**here.words, "draft": self.draft_word or here.words["draft"]},
            summary=replace(here.summary, keywords=keywords),
        )

    def lacking(self, side: int) -> str:
        """The words in the place of what an edition has not."""
        return self.fronts[side].words["not-in-edition"]


def parallel_page(page: PageSettings) -> PageSettings:
    """The page of a parallel edition: the author's paper across, both columns of one width."""
    short, long = sorted((page.width_mm, page.height_mm))
    return replace(
        page,
        width_mm=long,
        height_mm=short,
        margins=_MARGINS,
        columns=1,
        line_numbers=False,
    )


def cell_page(page: PageSettings) -> PageSettings:
    """A page whose text is as wide as one column of a parallel edition's page."""
    return replace(page, width_mm=page.width_mm - (page.text_width_mm + GAP_MM) / 2)


def parallel_of(here: Invocation, there: Invocation, mark: NoteMark) -> Parallel:
    """The rows of two editions; `mark` is what stands in the text for a note."""
    prepared = (prepare(_cited(here)), prepare(_cited(there)))
    once = has_one_list(prepared[0].back, prepared[1].back)
    columns = (
        _Column(language=here.language, mark=mark, renamed=frozenset(), suffix=""),
        _Column(
            language=there.language,
            mark=mark,
            renamed=frozenset(_identifiers(prepared[1], references=not once)),
            suffix=f".{there.language}",
        ),
    )
    fronts = (prepared[0].front, prepared[1].front)
    abstract = rows_of(fronts[0].summary.abstract, fronts[1].summary.abstract)
    body = rows_of(*([*each.body, *statements(each.front), *each.back] for each in prepared))
    if once:
        body = tuple(map(_one_list, body))
    return Parallel(
        fronts=fronts,
        prepared=prepared,
        titles=tuple(_titles(*fronts)),
        abstract=tuple(_with_notes(abstract, columns)),
        others=tuple(each for each in fronts[0].others if each.language != there.language),
        rows=tuple(_with_notes(body, columns)),
    )


def _cited(invocation: Invocation) -> Invocation:
    tree = invocation.tree
    return replace(invocation, tree={**tree, **with_citations({k: tree[k] for k in _TREE})})


_TREE = ("meta", "blocks")


def _titles(here: Front, there: Front) -> Iterator[TitleRow]:
    """The lines of both title blocks by their roles; what is the same in both stands once."""
    lines = (title_block(here), title_block(there))
    for role in Role:
        left, right = ([line.inlines for line in each if line.role is role] for each in lines)
        same = [plain_text(each) for each in left] == [plain_text(each) for each in right]
        once = same and role not in (Role.TITLE, Role.SUBTITLE)
        for here_words, there_words in zip_longest(left, right):
            yield TitleRow(role=role, here=here_words or [], there=there_words or [], once=once)


@dataclass(slots=True, kw_only=True)
class _Column:
    """An edition's column, which counts its notes."""

    language: str
    mark: NoteMark
    renamed: frozenset[str]
    suffix: str
    notes: int = 0

    def cell(self, blocks: Nodes) -> Cell:
        found: list[Footnote] = []
        inner = rewrite(self._plain(blocks), lambda node: self._note(node, found))
        return Cell(blocks=inner, notes=tuple(found))

    def _note(self, node: Node, found: list[Footnote]) -> Nodes | None:
        if node["t"] != "Note":
            return None
        self.notes += 1
        found.append(Footnote(number=self.notes, blocks=node["c"]))
        return self.mark(self.language, self.notes)

    def _plain(self, blocks: Nodes) -> Nodes:
        """Blocks without citation keys and wide pages, and with the column's identifiers."""
        plain: Nodes = rewrite(without_citations(blocks), self._renamed)
        return plain

    def _renamed(self, node: Node) -> Nodes | None:
        kind, changed = node["t"], node
        if kind in _IDENTIFIED:
            identifier, classes, _ = attr_of(node)
            if identifier in self.renamed:
                changed = set_identifier(changed, identifier + self.suffix)
            if WIDE in classes:
                changed = _narrow(changed)
        if kind == "Link" and str(node["c"][2][0]).removeprefix("#") in self.renamed:
            attr, inlines, (target, title) = changed["c"]
            if target.startswith("#"):
                changed = {"t": kind, "c": [attr, inlines, [target + self.suffix, title]]}
        if changed is node:
            return None
        return [{"t": kind, "c": rewrite(changed["c"], self._renamed)}]


def _narrow(node: Node) -> Node:
    """A copy of a node without the class that asks for a page across: both columns are as wide."""
    content = list(node["c"])
    identifier, classes, pairs = content[0]
    content[0] = [identifier, [each for each in classes if each != WIDE], pairs]
    return {"t": node["t"], "c": content}


def _with_notes(rows: tuple[Row, ...], columns: tuple[_Column, _Column]) -> Iterator[ParallelRow]:
    before = (True, True)
    for row in rows:
        full = (bool(row.here), bool(row.there))
        here, there = columns[0].cell(row.here), columns[1].cell(row.there)
        yield ParallelRow(kind=row.kind, here=here, there=there, signed=full != before)
        before = full


def _identifiers(prepared: Prepared, *, references: bool) -> Iterator[str]:
    """The identifiers of an edition that are to be told from those of the other."""
    abstract = prepared.front.summary.abstract
    for node in walk([abstract, prepared.body, statements(prepared.front), prepared.back]):
        name = attr_of(node)[0] if node["t"] in _IDENTIFIED else ""
        if name and name != "refs" and (references or not name.startswith(_REFERENCE)):
            yield name


def has_one_list(here: Nodes, there: Nodes) -> bool:
    """Whether one list of references serves both editions: no number stands for two sources."""
    numbers: dict[str, str] = {}
    for entry in (*_entries(here), *_entries(there)):
        number = _number(entry)
        if number and numbers.setdefault(number, attr_of(entry)[0]) != attr_of(entry)[0]:
            return False
    known = {attr_of(entry)[0]: _number(entry) for entry in _entries(here)}
    return all(
        known.get(attr_of(entry)[0], _number(entry)) == _number(entry) for entry in _entries(there)
    )


def _entries(blocks: Nodes) -> list[Node]:
    return [node for node in walk(blocks) if has_class(node, "csl-entry", "Div")]


def _number(entry: Node) -> str:
    found = (node for node in walk(entry) if has_class(node, "csl-left-margin", "Span"))
    return next((plain_text(node) for node in found), "")


def _one_list(row: Row) -> Row:
    """Two lists of references as one: what only the second has stands behind what is before it."""
    if row.kind is not RowKind.REFERENCES or not row.here or not row.there:
        return row
    attr, entries = row.here[0]["c"]
    merged = _merged(entries, row.there[0]["c"][1])
    return replace(row, here=[{"t": "Div", "c": [attr, merged]}], there=[])


def _merged(entries: list[Any], others: list[Any]) -> list[Any]:
    merged = list(entries)
    place = 0
    for other in others:
        name = attr_of(other)[0]
        places = [number for number, each in enumerate(merged) if attr_of(each)[0] == name]
        if not places:
            merged.insert(place, other)
        place = max(place, places[0] + 1) if places else place + 1
    return merged
