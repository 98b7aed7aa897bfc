"""A tree for pandoc's DOCX writer: named styles, fields, bookmarks and content controls."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from bukti.base.diagnostic import Diagnostic
from bukti.base.tree import Node, Nodes, attributes
from bukti.render.appendix import ENTRY, leads_of, linkable
from bukti.render.appendix import SOURCE as SOURCE_ENTRY
from bukti.render.docx_fields import (
    bookmark_name,
    bookmark_of,
    bookmarked,
    content_control,
    number_of,
    numbered_label,
    openxml,
    reference,
    run,
    tab,
)
from bukti.render.docx_panels import docx_panels, panel_ids
from bukti.render.docx_sections import across, before_columns, over_columns
from bukti.render.docx_tables import docx_table
from bukti.render.front import Summary
from bukti.render.nodes import (
    attr_of,
    div,
    has_class,
    paragraph,
    plain_text,
    raw_block,
    rewrite,
    string,
    styled,
)
from bukti.render.pictures import Exhibit, Panel, Picture, read_exhibit, read_picture, too_wide
from bukti.render.plan import Invocation
from bukti.render.prepare import EXHIBIT, Prepared, statements
from bukti.render.title_block import Role, title_block

_STYLES = {
    Role.IMPRINT: "Imprint",
    Role.TITLE: "Title",
    Role.SUBTITLE: "Subtitle",
    Role.AUTHORS: "Author",
    Role.AFFILIATION: "Affiliation",
    Role.NOTE: "Article Note",
}
_RULE = (
    '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="999999"/></w:pBdr>'
    '<w:spacing w:before="120" w:after="240"/><w:ind w:left="3000" w:right="3000"/></w:pPr></w:p>'
)
_NEW_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_FIRST_NUMBER = 100_000  # above the numbers that pandoc gives to bookmarks


class DocxDocument:
    """Builds the tree of one paper for a word processor."""

    def __init__(self, invocation: Invocation, prepared: Prepared) -> None:
        self.found: list[Diagnostic] = []
        self._invocation = invocation
        self._prepared = prepared
        self._front = prepared.front
        self._leads = leads_of(invocation.appendix)
        self._panels = panel_ids(prepared.body)
        self._number = _FIRST_NUMBER
        self._speech = [""]  # the innermost language, empty for the paper's own
        self._divisions: dict[str, Callable[[Node], Nodes]] = {
            EXHIBIT: self._exhibit,
            "source-line": lambda node: self._paragraphs("Source Line", node["c"][1]),
            ENTRY: self._led_to,
            SOURCE_ENTRY: self._led_to,
        }

    def blocks(self) -> Nodes:
        """The whole paper."""
        front = self._front
        middle = [*self._prepared.body, *statements(front), *self._prepared.back]
        opening = [*self._title_block(), *self._summary(front.summary, with_title=False)]
        self._leads.apart = True
        opening += [block for other in front.others for block in self._summary(other)]
        self._leads.apart = False
        return [
            *(before_columns(opening) if self._invocation.page.columns > 1 else opening),
            *self._rewritten(middle),
            *self._annex(),
        ]

    def _annex(self) -> Nodes:
        """The evidence appendix, on pages of its own."""
        record = self._invocation.appendix
        blocks = self._leads.blocks(record) if record else []
        if not blocks:
            return []
        blocks = rewrite(
            blocks, lambda each: [string(each["c"][1])] if each["t"] == "Code" else None
        )
        return [raw_block("openxml", _NEW_PAGE), *self._rewritten(blocks)]

    def _led_to(self, node: Node) -> Nodes:
        """An entry of the annex: its first line has the bookmark that marks lead to."""
        first, *rest = self._rewritten(node["c"][1])
        name = bookmarked(bookmark_of(attr_of(node)[0]), self._next(), "")
        style = "Source Line" if rest == [] else "Statement Heading"
        small = div(attributes(pairs=[("custom-style", "Source Line")]), rest)
        return [styled(style, [openxml(name), *first["c"]]), *([small] if rest else [])]

    def _rewritten(self, value: Any, language: str | None = None) -> Any:
        self._speech.append(self._speech[-1] if language is None else language)
        result = rewrite(value, self._change)
        self._speech.pop()
        return result

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _title_block(self) -> Nodes:
        lines = title_block(self._front)
        sign: Nodes = []
        if self._front.draft and self._invocation.reference is not None:  # its head is not ours
            word = string(self._front.words["draft"].upper())
            sign = [styled("Imprint", [{"t": "Strong", "c": [word]}])]
        return [
            *sign,
            *[styled(_STYLES[line.role], self._rewritten(line.inlines)) for line in lines],
        ]

    def _summary(self, summary: Summary, *, with_title: bool = True) -> Nodes:
        if not summary.abstract and not summary.keywords:
            return []
        blocks: Nodes = []
        if with_title and summary.title:
            blocks.append(styled("Other Title", self._rewritten(summary.title)))
        if with_title and summary.subtitle:
            blocks.append(styled("Other Subtitle", self._rewritten(summary.subtitle)))
        blocks.append(styled("Abstract Title", [string(summary.words["abstract"])]))
        abstract = self._rewritten(summary.abstract, summary.language)
        blocks.append(div(attributes(pairs=[("custom-style", "Abstract")]), abstract))
        if summary.keywords:
            inlines: Nodes = [{"t": "Strong", "c": [string(summary.words["keywords"] + ":")]}]
            for index, keyword in enumerate(summary.keywords):
                inlines += [string("; " if index else " "), *self._rewritten(keyword)]
            blocks.append(styled("Keywords", inlines))
        return [div(attributes(pairs=[("lang", summary.language)]), blocks)]

    def _paragraphs(self, style: str, blocks: Nodes) -> Nodes:
        return [div(attributes(pairs=[("custom-style", style)]), self._rewritten(blocks))]

    def _change(self, node: Node) -> Nodes | None:
        kind = node["t"]
        if kind == "Header":
            return [self._heading(node)]
        if kind == "Div":
            known = [each for each in attr_of(node)[1] if each in self._divisions]
            return self._divisions[known[0]](node) if known else self._spoken(node)
        if kind == "Span":
            return self._span(node)
        if kind == "Link":
            return self._link(node)
        if kind == "Image":
            picture = read_picture(node, self._invocation, self.found)
            return [_image(picture)] if picture else [string("[\u2026]")]
        if kind == "LineBlock":
            verse = {"t": "LineBlock", "c": self._rewritten(node["c"])}
            return [div(attributes(pairs=[("custom-style", "Block Text")]), [verse])]
        if kind == "HorizontalRule":
            return [raw_block("openxml", _RULE)]
        return self._display(node) if kind in ("Para", "Plain") else None

    def _display(self, node: Node) -> Nodes | None:
        """A paragraph with numbered formulas: each formula on a line of its own."""
        if not any(has_class(each, "equation", "Span") for each in node["c"]):
            return None
        blocks: Nodes = []
        words: Nodes = []
        for inline in [*node["c"], None]:
            if inline is not None and not has_class(inline, "equation", "Span"):
                words.append(inline)
                continue
            if plain_text(words):
                style = "First Paragraph" if blocks else "Body Text"
                blocks.append(styled(style, self._rewritten(_trimmed(words))))
            words = []
            if inline is not None:
                blocks.append(styled("Equation", self._equation(inline)))
        return blocks

    def _heading(self, node: Node) -> Node:
        level, _, inlines = node["c"]
        identifier, classes, pairs = attr_of(node)
        words = self._rewritten(inlines)
        if "statement" in classes:
            return styled("Statement Heading", words)
        number = pairs.get("lead") or pairs.get("number", "")
        numbered = [string(f"{number}\u2002")] if number else []
        return {"t": "Header", "c": [level, attributes(identifier), [*numbered, *words]]}

    def _span(self, node: Node) -> Nodes | None:
        _, classes, pairs = attr_of(node)
        if "equation" in classes:
            return self._equation(node)
        if "mark" in classes:
            words = self._led(self._rewritten(node["c"][1]), pairs)
            kind = pairs.get("kind", "claim")
            return content_control(kind, pairs.get("claims", ""), self._next(), words)
        return self._spoken(node)

    def _led(self, words: Nodes, pairs: dict[str, str]) -> Nodes:
        """A mark that leads to its entry in the annex, where there is one."""
        target = self._leads.target(pairs)
        if not target:
            return words
        inside, notes = linkable(words)
        name = self._leads.place(pairs)
        place = [openxml(bookmarked(bookmark_of(name), self._next(), ""))] if name else []
        opening = f'<w:hyperlink w:anchor="{bookmark_of(target)}" w:history="1">'
        return [*place, openxml(opening), *inside, openxml("</w:hyperlink>"), *notes]

    def _spoken(self, node: Node) -> Nodes | None:
        """A passage in another language: what pandoc passes on as it is must say so itself."""
        language = attr_of(node)[2].get("lang")
        if language is None:
            return None
        return [{"t": node["t"], "c": [node["c"][0], self._rewritten(node["c"][1], language)]}]

    def _link(self, node: Node) -> Nodes | None:
        target = node["c"][2][0]
        if target.startswith(("#evidence-", "#mark-")) and self._leads.known:
            address = [f"#{bookmark_of(target[1:])}", ""]
            return [{"t": "Link", "c": [node["c"][0], self._rewritten(node["c"][1]), address]}]
        if target[1:] in self._panels:  # pandoc would name the bookmark otherwise
            address = [f"#{bookmark_name(target[1:])}", ""]
            return [{"t": "Link", "c": [node["c"][0], self._rewritten(node["c"][1]), address]}]
        label = self._prepared.labels.get(target[1:]) if target.startswith("#") else None
        if label is None:
            return None
        words = plain_text(node)
        number = label.split()[-1] if label.split() else ""
        if words == number != label:
            return [reference(number_of(target[1:]), number, self._speech[-1])]
        before, found, after = words.partition(" ".join(label.split()))
        if not found:
            return [string(words)]
        field = reference(target[1:], "\u00a0".join(label.split()), self._speech[-1])
        return [each for each in (_text(before), field, _text(after)) if each is not None]

    def _equation(self, span: Node) -> Nodes:
        identifier, _, pairs = attr_of(span)
        math = [
            {"t": "Math", "c": [{"t": "InlineMath"}, f"\\displaystyle {each['c'][1]}"]}
            if each["t"] == "Math"
            else each
            for each in span["c"][1]
        ]
        if not pairs.get("number"):
            return [tab(), *math]
        number = bookmarked(identifier, self._next(), run(f"({pairs['number']})"))
        return [tab(), *math, tab(), openxml(number)]

    def _exhibit(self, node: Node) -> Nodes:
        exhibit = read_exhibit(node, self._invocation, self.found)
        self.found += too_wide(exhibit, node, self._invocation)
        self._leads.targets.add(exhibit.identifier)
        caption = self._caption(exhibit)
        below = [*exhibit.notes, *exhibit.source]
        below = self._paragraphs("Source Line", below) if below else []
        shown = self._shown(exhibit)
        parts = [*caption, *shown] if exhibit.is_table else [*shown, *caption]
        if exhibit.wide:
            return across([*parts, *below])
        return over_columns([*parts, *below]) if exhibit.spans else [*parts, *below]

    def _shown(self, exhibit: Exhibit) -> Nodes:
        if exhibit.table is not None:
            layout = self._invocation.layout
            width = layout.exhibit_width_mm(wide=exhibit.wide, spans=exhibit.spans)
            table = docx_table(exhibit.table, width, layout.scale, long=exhibit.is_long)
            rewritten: Nodes = self._rewritten(table)
            return rewritten
        if exhibit.picture:
            return [styled("Figure", [_image(exhibit.picture)])]
        rows = docx_panels(exhibit, self._invocation, self.found, self._panel)
        if rows:
            return rows
        if exhibit.blocks:
            return self._paragraphs("Figure", exhibit.blocks)
        return [styled("Figure", [string("[\u2026]")])]

    def _panel(self, panel: Panel) -> Nodes:
        """A picture of several, and below it its letter, which can be referred to, and words."""
        shown = _image(panel.picture) if panel.picture else string("[\u2026]")
        lead = bookmarked(panel.identifier, self._next(), run(f"({panel.letter})"))
        words = [openxml(_bold(lead)), string(" "), *self._rewritten(panel.caption)]
        return [styled("Figure", [shown]), styled("Figure", words)]

    def _caption(self, exhibit: Exhibit) -> Nodes:
        if not exhibit.label and not exhibit.caption:
            return []
        name = exhibit.identifier
        lead = ""
        if exhibit.label:
            lead = numbered_label(exhibit.label, exhibit.number, name, self._next())
        label = bookmarked(name, self._next(), lead) + (run(". ") if lead else "")
        strong = {"t": "Strong", "c": [openxml(_bold(label))]} if lead else openxml(label)
        first, *rest = exhibit.caption or [paragraph([])]
        inlines = first["c"] if first["t"] in ("Para", "Plain") else []
        return [
            styled("Caption", [strong, *self._rewritten(inlines)]),
            *(self._paragraphs("Caption", rest) if rest else []),
        ]


def _trimmed(inlines: Nodes) -> Nodes:
    """Inlines without the spaces around them."""
    spaces = ("Space", "SoftBreak")
    start, end = 0, len(inlines)
    while start < end and inlines[start]["t"] in spaces:
        start += 1
    while end > start and inlines[end - 1]["t"] in spaces:
        end -= 1
    return inlines[start:end]


def _bold(runs: str) -> str:
    return runs.replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>")


def _text(text: str) -> Node | None:
    return string(text) if text else None


def _image(picture: Picture) -> Node:
    data, _, media = picture.best(vector=False)
    address = f"data:{media};base64,{base64.b64encode(data).decode()}"
    width = [("width", f"{picture.width_mm:.4g}mm")] if picture.width_mm else []
    return {"t": "Image", "c": [attributes(pairs=width), [string(picture.alt)], [address, ""]]}
