"""A tree for pandoc's HTML writer: our own tags around the paper's words."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape
from typing import Any

from bukti.base.diagnostic import Diagnostic
from bukti.base.language import language_of
from bukti.base.tree import Node, Nodes, attributes
from bukti.render.appendix import ENTRY, leads_of, linkable
from bukti.render.front import Front, Summary
from bukti.render.html_tables import html_table
from bukti.render.nodes import (
    attr_of,
    div,
    plain,
    plain_text,
    raw_block,
    raw_inline,
    rewrite,
    span,
    string,
)
from bukti.render.pictures import Picture, read_exhibit, read_panels, read_picture
from bukti.render.plan import Invocation
from bukti.render.prepare import EXHIBIT, Prepared, statements
from bukti.render.tables import read_table
from bukti.render.title_block import Role, title_block

_MISSING = '<span class="missing" role="presentation"></span>'
_MILLIMETRES_PER_PIXEL = 25.4 / 96
_BRACKETS = {"OneParen": "paren", "TwoParens": "parens"}
_NUMBERS = {"LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"}
_SAFE = ("http:", "https:", "mailto:", "#", "doi:")


class HtmlDocument:
    """Builds the tree of one paper for a page of its own."""

    def __init__(self, invocation: Invocation, prepared: Prepared) -> None:
        self.found: list[Diagnostic] = []
        self._invocation = invocation
        self._prepared = prepared
        self._front = prepared.front
        self.leads = leads_of(invocation.appendix)
        self._changes: dict[str, Callable[[Node], Nodes | None]] = {
            "Header": self._heading,
            "Table": self._rows_of_data,
            "Div": self._division,
            "Span": self._span,
            "Image": self._inline_image,
            "Link": self._link,
            "OrderedList": self._numbered,
        }

    def blocks(self) -> Nodes:
        """The whole paper, without the page around it."""
        front = self._front
        middle = [*self._prepared.body, *statements(front), *self._prepared.back]
        opening = [*self._title_block(), *self.summary(front.summary, with_title=False)]
        self.leads.apart = True
        others = [block for other in front.others for block in self.summary(other)]
        self.leads.apart = False
        return [
            raw("<header>"),
            *opening,
            *others,
            raw("</header>"),
            *self.rewritten(middle),
        ]

    def rewritten(self, value: Any) -> Any:
        """A part of the paper with the page's tags."""
        return rewrite(value, self._change)

    def _title_block(self) -> Nodes:
        front = self._front
        sign = f'<p class="draft"><span>{escape(front.words["draft"])}</span></p>'
        blocks = [raw(sign)] if front.draft else []
        for line in title_block(front):
            tag = "h1" if line.role is Role.TITLE else "p"
            words = self.rewritten(line.inlines)
            blocks.append(wrapped(f'<{tag} class="{line.role}">', words, f"</{tag}>"))
        return blocks

    def summary(self, summary: Summary, *, with_title: bool = True) -> Nodes:
        """The abstract and keywords in a language, below the title in it if it is not the first."""
        if not summary.abstract and not summary.keywords:
            return []
        blocks = [raw(f'<section class="abstract" lang="{escape(summary.language)}">')]
        if with_title and summary.title:
            title = self.rewritten(summary.title)
            blocks.append(wrapped('<p class="other-title">', title, "</p>"))
        if with_title and summary.subtitle:
            words = self.rewritten(summary.subtitle)
            blocks.append(wrapped('<p class="other-subtitle">', words, "</p>"))
        blocks.append(raw(f"<h2>{escape(summary.words['abstract'])}</h2>"))
        blocks += self.rewritten(summary.abstract)
        if summary.keywords:
            words = []
            for keyword in summary.keywords:
                words += [*([string("; ")] if words else []), *self.rewritten(keyword)]
            label = f'<p class="keywords"><strong>{escape(summary.words["keywords"])}:</strong> '
            blocks.append(wrapped(label, words, "</p>"))
        return [*blocks, raw("</section>")]

    def _change(self, node: Node) -> Nodes | None:
        known = self._changes.get(node["t"])
        return known(node) if known else None

    def _heading(self, node: Node) -> Nodes:
        level, _, _ = node["c"]
        identifier, classes, _ = attr_of(node)
        kept = attributes(identifier, [each for each in classes if each == "statement"])
        return [{"t": "Header", "c": [min(level + 1, 6), kept, self.heading_words(node)]}]

    def heading_words(self, node: Node) -> Nodes:
        """The words of a heading behind its number."""
        words: Nodes = self.rewritten(node["c"][2])
        pairs = attr_of(node)[2]
        shown = pairs.get("lead") or pairs.get("number", "")
        if not shown:
            return words
        return [span(attributes(classes=["number"]), [string(shown)]), string(" "), *words]

    def _division(self, node: Node) -> Nodes | None:
        classes = attr_of(node)[1]
        if EXHIBIT in classes:
            return self.exhibit(node)
        if "source-line" in classes:
            return self.below("source", node["c"][1])
        if ENTRY in classes:
            return self._folded(node)
        return None

    def _folded(self, node: Node) -> Nodes:
        """An entry of the evidence appendix: its first line always there, the rest on demand."""
        first, *rest = self.rewritten(node["c"][1])
        opening = f'<section class="{ENTRY}" id="{escape(attr_of(node)[0])}"><details><summary><h4>'
        line = wrapped(opening, first["c"], "</h4></summary>")
        return [line, *rest, raw("</details></section>")]

    def exhibit(self, node: Node) -> Nodes:
        """The figure or table of a division, with its legend."""
        exhibit = read_exhibit(node, self._invocation, self.found)
        kind = "table" if exhibit.is_table else "figure"
        self.leads.targets.add(exhibit.identifier)
        name = f' id="{escape(exhibit.identifier)}"' if exhibit.identifier else ""
        legend = self._legend(exhibit.label, exhibit.caption)
        below = self.below("notes", exhibit.notes) + self.below("source", exhibit.source)
        if exhibit.table is not None:
            parts = [*legend, *self.rewritten(html_table(exhibit.table, exhibit.label)), *below]
        elif exhibit.blocks and (rows := self._panels(exhibit.blocks)):
            parts = [*rows, *legend, *below]
        elif exhibit.blocks:
            parts = [*self.rewritten(exhibit.blocks), *legend, *below]
        else:
            shown = image(exhibit.picture) if exhibit.picture else _MISSING
            parts = [raw(shown), *legend, *below]
        kind += " wide" if exhibit.wide else ""
        return [raw(f'<figure class="{kind}"{name}>'), *parts, raw("</figure>")]

    def _rows_of_data(self, node: Node) -> Nodes:
        """A table without a legend, such as the rows behind a value."""
        named = language_of(self._invocation.language).evidence["rows"]
        blocks: Nodes = self.rewritten(
            html_table(read_table(node, self._invocation.language), named)
        )
        return blocks

    def _panels(self, blocks: Nodes) -> Nodes:
        """Pictures side by side, each with its letter and words; nothing for any other blocks."""
        layout = self._invocation.layout
        rows = [
            read_panels(each, self._invocation, self.found, layout.text_width_mm) for each in blocks
        ]
        if not all(rows):
            return []
        parts: Nodes = []
        for row in rows:
            parts.append(raw('<div class="panels">'))
            for panel in row:
                name = f' id="{escape(panel.identifier)}"' if panel.identifier else ""
                shown = image(panel.picture) if panel.picture else _MISSING
                words = self.rewritten(panel.caption)
                opening = f'<div class="panel"{name}>{shown}<p><strong>({panel.letter})</strong> '
                parts.append(wrapped(opening, words, "</p></div>"))
            parts.append(raw("</div>"))
        return parts

    def below(self, name: str, blocks: Nodes) -> Nodes:
        """The notes or sources of a figure or table."""
        if not blocks:
            return []
        return [raw(f'<div class="{name}">'), *self.rewritten(blocks), raw("</div>")]

    def _legend(self, label: str, caption: Nodes) -> Nodes:
        if not label and not caption:
            return []
        lead = lead_of(label)
        words = self.rewritten(caption)
        if len(words) == 1 and words[0]["t"] in ("Plain", "Para"):
            return [wrapped(f"<figcaption>{lead}", words[0]["c"], "</figcaption>")]
        return [raw(f"<figcaption>{lead}"), *words, raw("</figcaption>")]

    def _span(self, node: Node) -> Nodes | None:
        identifier, classes, pairs = attr_of(node)
        words = self.rewritten(node["c"][1])
        if "equation" in classes:
            number = f"({pairs['number']})" if pairs.get("number") else ""
            label = escape(pairs.get("alt", ""))
            opening = (
                f'<span class="equation" id="{escape(identifier)}" role="group"'
                f' aria-label="{label}">'
            )
            closing = f'<span class="number">{escape(number)}</span></span>'
            return [raw_inline("html", opening), *words, raw_inline("html", closing)]
        if "mark" in classes:
            return self._mark(classes, pairs, words)
        return None

    def _mark(self, classes: list[str], pairs: dict[str, str], words: Nodes) -> Nodes:
        status = next((each for each in classes if each != "mark"), "")
        claims = pairs.get("claims", "")
        title = f"{self._front.words['evidence']}: {claims.replace('+', ', ')}"
        title += f" ({self._front.status_word(status)})" if status else ""
        values = {
            "data-claims": claims,
            "data-status": status,
            "data-kind": pairs.get("kind", "claim"),
            "data-index": pairs.get("index", ""),
            "title": title,
        }
        shown = "".join(f' {name}="{escape(value)}"' for name, value in values.items())
        target = self.leads.target(pairs)
        if not target:
            opening = f'<span class="mark"{shown}>'  # pandoc would make it a yellow <mark>
            return [raw_inline("html", opening), *words, raw_inline("html", "</span>")]
        name = self.leads.place(pairs)
        place = f' id="{name}"' if name else ""
        opening = f'<a class="mark" href="#{escape(target)}"{place}{shown}>'
        inside, notes = linkable(words)
        return [raw_inline("html", opening), *inside, raw_inline("html", "</a>"), *notes]

    def _numbered(self, node: Node) -> Nodes | None:
        """A list whose numbers stand in brackets, which HTML itself does not know."""
        (_, style, delimiter), items = node["c"]
        kind = _BRACKETS.get(delimiter["t"])
        if kind is None:
            return None
        name = f"list-style-type: {kind}-{_NUMBERS.get(style['t'], '1')}"
        inner = {"t": "OrderedList", "c": [node["c"][0], self.rewritten(items)]}
        return [div(attributes(pairs=[("style", name)], classes=["numbered"]), [inner])]

    def _inline_image(self, node: Node) -> Nodes:
        picture = read_picture(node, self._invocation, self.found)
        return [raw_inline("html", image(picture) if picture else _MISSING)]

    def _link(self, node: Node) -> Nodes | None:
        target = str(node["c"][2][0])
        scheme = target.partition(":")[0].lower() + ":" if ":" in target else ""
        if target.startswith("#") or not scheme or scheme in _SAFE:
            return None
        words: Nodes = self.rewritten(node["c"][1])
        return words


def lead_of(label: str) -> str:
    """The label before the words of a legend."""
    return f"<strong>{escape(label)}.</strong> " if label else ""


def raw(text: str) -> Node:
    """Tags that stand by themselves."""
    return raw_block("html", text)


def wrapped(opening: str, inlines: Nodes, closing: str) -> Node:
    """Words between two tags."""
    return plain([raw_inline("html", opening), *inlines, raw_inline("html", closing)])


def image(picture: Picture) -> str:
    """A picture with its bytes inside."""
    data, _, media = picture.best(vector=True)
    address = f"data:{media};base64,{base64.b64encode(data).decode()}"
    pixels = round((picture.width_mm or 0) / _MILLIMETRES_PER_PIXEL)
    width = f' width="{pixels}"' if pixels else ""
    return f'<img src="{address}" alt="{escape(picture.alt)}"{width}>'


def page_title(front: Front) -> str:
    """The title of the page, as its tab shows it."""
    return plain_text(front.title) or "\u2014"
