"""Figures and tables from notebooks, in their places in the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.span import Span
from bukti.base.tree import Node, attributes
from bukti.manuscript.candidates import Source, index_in_target
from bukti.manuscript.exhibits import NOTES, SOURCE, division
from bukti.manuscript.marks import Marks
from bukti.manuscript.panels import PANEL, Panels, letter
from bukti.manuscript.product_tables import ProductTable
from bukti.manuscript.saying import Words
from bukti.manuscript.source_lines import Register, source_line
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
    """What the notebooks made: figures and tables by id; the columns' contracts; the register."""

    figures: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, Mapping[str, Any]]
    columns: Mapping[str, Mapping[str, Any]]
    register: Register


def merged(results: Iterable[Mapping[str, Any]], kind: str) -> dict[str, Any]:
    """The products of a kind (`figures` or `tables`) of all notebooks, with what each reads."""
    return {
        name: {**product, "reads": result["reads"], "notebook": result["notebook"]}
        for result in results
        for name, product in result[kind].items()
    }


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

    def _place(self, figure: Node, image: Node) -> Node | list[Node] | None:
        (_, classes, pairs), alt, (target, _) = image["c"]
        address, index = index_in_target(target)
        scheme, _, name = address.partition(":")
        if scheme not in PREFIX or index is None:
            return None
        self.marks.seen.add(index)
        where = self.source.span_of(index)
        known = self.products.figures if scheme == "figure" else self.products.tables
        self.uses.append(Use(kind=scheme, id=name, span=where, section=self.marks.section))
        if name not in known:
            self.findings.append(self._unknown(scheme, name, where))
            return {"t": "Para", "c": words(f"[{address}]")}
        identifier = figure["c"][0][0] or f"{PREFIX[scheme]}:{name}"
        caption = figure["c"][1]
        given = [pair for pair in pairs if pair[0] in ("source", "width")]
        if scheme == "table":
            attribute = attributes(identifier, ["bukti-table", *classes], given)
            placed = self._table(attribute, caption, name, where)
        else:
            attribute = attributes(identifier, ["bukti-figure", *classes], given)
            text = plain_text(alt)
            placed = [self._figure(attribute, caption, address, text, caption_is=alt, where=where)]
        return [*placed, *self._sources(scheme, {name: where})]

    def panels(self, panels: Panels) -> list[Node]:
        """A figure of several pictures, with the sources of all that notebooks made."""
        names: dict[str, Span] = {}
        rows = [[self._panel(image, names) for image in row] for row in panels.rows]
        for place, image in enumerate(each for row in rows for each in row):
            attribute = image["c"][0]
            attribute[0] = attribute[0] or f"{panels.identifier}-{letter(place)}"
        blocks = [{"t": "Plain", "c": row} for row in rows]
        caption = [None, [{"t": "Plain", "c": panels.caption}]]
        figure = {"t": "Figure", "c": [attributes(panels.identifier), caption, blocks]}
        return [figure, *(self._sources("figure", names) if names else [])]

    def _panel(self, image: Node, names: dict[str, Span]) -> Node:
        (own, classes, pairs), caption, (target, title) = image["c"]
        address, index = index_in_target(target)
        scheme, _, name = address.partition(":")
        if scheme != "figure" or index is None:
            attribute = [own, [*classes, PANEL], pairs]
            return {"t": "Image", "c": [attribute, caption, [target, title]]}
        self.marks.seen.add(index)
        where = self.source.span_of(index)
        self.uses.append(Use(kind=scheme, id=name, span=where, section=self.marks.section))
        if name not in self.products.figures:
            self.findings.append(self._unknown(scheme, name, where))
        else:
            names[name] = where
        alt = self.marks.alt_text(dict(map(tuple, pairs)).get("alt", ""))
        if name in names and (not alt.strip() or alt == plain_text(caption)):
            self.findings.append(diagnose("FIG102", where, id=name))
        attribute = attributes(own, ["bukti-figure", PANEL], [("alt", alt), *_kept(pairs)])
        return {"t": "Image", "c": [attribute, caption, [address, ""]]}

    def _unknown(self, kind: str, name: str, where: Span) -> Diagnostic:
        known = self.products.figures if kind == "figure" else self.products.tables
        near = ", ".join(get_close_matches(name, list(known), n=3, cutoff=0.4))
        hint = note("perhaps-product", near=near) if near else None
        return diagnose("FIG101", where, hint=hint, kind=kind, id=name)

    def _figure(
        self,
        attribute: list[Any],
        caption: Any,
        address: str,
        alt: str,
        *,
        caption_is: Any,
        where: Span,
    ) -> Node:
        text = self.marks.alt_text(alt)
        if not text.strip() or caption_is == _caption_inlines(caption):
            self.findings.append(diagnose("FIG102", where, id=address.partition(":")[2]))
        image = {
            "t": "Image",
            "c": [
                attributes("", attribute[1], [("alt", text), *_kept(attribute[2])]),
                [],
                [address, ""],
            ],
        }
        block = [{"t": "Plain", "c": [image]}]
        return {"t": "Figure", "c": [attribute, caption, block]}

    def _table(self, attribute: list[Any], caption: Any, name: str, where: Span) -> list[Node]:
        def without_word(column: str) -> None:
            language = self.words.language
            self.findings.append(diagnose("FIG104", where, column=column, language=language))

        table = ProductTable(
            table=self.products.tables[name],
            columns=self.products.columns,
            words=self.words,
            without_word=without_word,
        )
        node = table.node(attribute, caption)
        notes = table.notes()
        return [node, *([division(NOTES, notes)] if notes else [])]

    def _sources(self, kind: str, names: Mapping[str, Span]) -> list[Node]:
        """The line of sources of what stands in one place: products by name, each with its use."""
        products = self.products.figures if kind == "figure" else self.products.tables
        register = self.products.register
        ids: dict[str, None] = {}
        for name, where in names.items():
            for source in register.ids_of(products[name]):
                ids[source] = None
                if source not in register.sources:
                    self.findings.append(diagnose("FIG121", where, id=name, source=source))
        computed = any(products[name].get("computed") for name in names)
        line = source_line(tuple(ids), register, self.words.language, computed=computed)
        if ids and not line:
            return []
        blocks = [{"t": "Para", "c": line}] if line else []
        return [division(SOURCE, blocks, f"{kind}:{next(iter(names))}")]


def _kept(pairs: list[list[str]]) -> list[tuple[str, str]]:
    """What of a figure's attributes its picture needs too."""
    return [(key, value) for key, value in pairs if key == "width"]


def _only_image(figure: Node) -> Node | None:
    blocks = figure["c"][2]
    if len(blocks) != 1 or blocks[0]["t"] not in ("Plain", "Para"):
        return None
    inlines = blocks[0]["c"]
    return inlines[0] if len(inlines) == 1 and inlines[0]["t"] == "Image" else None


def _caption_inlines(caption: Any) -> Any:
    blocks = caption[1]
    return blocks[0]["c"] if len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para") else None
