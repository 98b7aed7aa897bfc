"""Figures and tables from notebooks, in their places in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.numbers import format_number
from bukti.base.span import Span
from bukti.base.tree import Node, attributes
from bukti.manuscript.candidates import Source, index_in_target
from bukti.manuscript.compare import Words, label
from bukti.manuscript.marks import Marks
from bukti.manuscript.tree import plain_text, words

PREFIX = {"figure": "fig", "table": "tbl"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A figure or table of a notebook, used at a place in the text."""

    kind: str
    id: str
    span: Span
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Products:
    """What the notebooks made: figures and tables by id, the columns' contracts by name."""

    figures: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, Mapping[str, Any]]
    columns: Mapping[str, Mapping[str, Any]]


@dataclass(slots=True)
class Placer:
    """Puts the notebooks' products where the text asks for them."""

    products: Products
    words: Words
    source: Source
    marks: Marks
    uses: list[Use] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    def change(self, node: Node) -> Node | list[Node] | None:
        """A figure block that names a product as that product; any other node as it is."""
        if node["t"] == "Figure":
            image = _only_image(node)
            return self._place(node, image) if image else None
        return None

    def stray(self, block: Node) -> Node | list[Node] | None:
        """A product within a line of text, where it cannot stand: reported, and left out."""
        if block["t"] != "Image":
            return None
        address, index = index_in_target(block["c"][2][0])
        scheme = address.partition(":")[0]
        if scheme not in PREFIX or index is None or index in self.marks.seen:
            return None
        self.marks.seen.add(index)
        self.findings.append(diagnose("FIG103", self.source.span_of(index), address=address))
        return []

    def _place(self, figure: Node, image: Node) -> Node | None:
        _, alt, (target, _) = image["c"]
        address, index = index_in_target(target)
        scheme, _, name = address.partition(":")
        if scheme not in PREFIX or index is None:
            return None
        self.marks.seen.add(index)
        where = self.source.span_of(index)
        known = self.products.figures if scheme == "figure" else self.products.tables
        self.uses.append(Use(kind=scheme, id=name, span=where, section=self.marks.section))
        if name not in known:
            near = ", ".join(get_close_matches(name, list(known), n=3, cutoff=0.4))
            hint = note("perhaps-product", near=near) if near else None
            self.findings.append(diagnose("FIG101", where, hint=hint, kind=scheme, id=name))
            return {"t": "Para", "c": words(f"[{address}]")}
        identifier = figure["c"][0][0] or f"{PREFIX[scheme]}:{name}"
        caption = figure["c"][1]
        if scheme == "table":
            return self._table(identifier, caption, name, where)
        return self._figure(
            identifier, caption, address, plain_text(alt), caption_is=alt, where=where
        )

    def _figure(
        self, identifier: str, caption: Any, address: str, alt: str, *, caption_is: Any, where: Span
    ) -> Node:
        text = self.marks.alt_text(alt)
        if not text.strip() or caption_is == _caption_inlines(caption):
            self.findings.append(diagnose("FIG102", where, id=address.partition(":")[2]))
        image = {
            "t": "Image",
            "c": [attributes(classes=["bukti-figure"], pairs=[("alt", text)]), [], [address, ""]],
        }
        block = [{"t": "Plain", "c": [image]}]
        return {"t": "Figure", "c": [attributes(identifier, ["bukti-figure"]), caption, block]}

    def _table(self, identifier: str, caption: Any, name: str, where: Span) -> Node:
        table = self.products.tables[name]
        columns = list(table["columns"])
        heads = [self._heading(column, where) for column in columns]
        rows = [
            [self._cell(row[column], column, table) for column in columns] for row in table["rows"]
        ]
        numeric = [_is_numeric(column, table) for column in columns]
        return table_node(attributes(identifier, ["bukti-table"]), caption, heads, rows, numeric)

    def _heading(self, column: str, where: Span) -> str:
        language = self.words.language
        if language in self.words.labels.get(column, {}):
            return self.words.labels[column][language]
        title = self.products.columns.get(column, {}).get("title")
        if isinstance(title, Mapping) and language in title:
            return str(title[language])
        self.findings.append(diagnose("FIG104", where, column=column, language=language))
        return column

    def _cell(self, value: Any, column: str, table: Mapping[str, Any]) -> str:
        if value is None:
            return "–"
        if isinstance(value, bool) or not isinstance(value, int | float):
            return label(str(value), self.words)
        contract = self.products.columns.get(column, {})
        if contract.get("type") == "integer" and not contract.get("unit"):
            return str(value)
        digits = table["digits"].get(column)
        return format_number(
            value, self.words.language, digits=digits, rounding=self.words.rounding
        )


def _is_numeric(column: str, table: Mapping[str, Any]) -> bool:
    values = [row[column] for row in table["rows"] if row[column] is not None]
    return bool(values) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )


def _only_image(figure: Node) -> Node | None:
    blocks = figure["c"][2]
    if len(blocks) != 1 or blocks[0]["t"] not in ("Plain", "Para"):
        return None
    inlines = blocks[0]["c"]
    return inlines[0] if len(inlines) == 1 and inlines[0]["t"] == "Image" else None


def _caption_inlines(caption: Any) -> Any:
    blocks = caption[1]
    return blocks[0]["c"] if len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para") else None


def table_node(
    attribute: list[Any], caption: Any, heads: list[str], rows: list[list[str]], numeric: list[bool]
) -> Node:
    """A pandoc table: one row of heads, numbers to the right."""

    def cell(text: str) -> list[Any]:
        content = [{"t": "Plain", "c": words(text)}]
        return [attributes(), {"t": "AlignDefault"}, 1, 1, content]

    def row(texts: list[str]) -> list[Any]:
        return [attributes(), [cell(text) for text in texts]]

    alignments = [
        [{"t": "AlignRight" if right else "AlignLeft"}, {"t": "ColWidthDefault"}]
        for right in numeric
    ]
    head = [attributes(), [row(heads)]]
    body = [attributes(), 0, [], [row(texts) for texts in rows]]
    return {"t": "Table", "c": [attribute, caption, alignments, head, [body], [attributes(), []]]}
