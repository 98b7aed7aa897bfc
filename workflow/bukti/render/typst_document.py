"""A tree for pandoc's Typst writer: the template's calls around the paper's own words."""

from __future__ import annotations

from bukti.base.diagnostic import Diagnostic
from bukti.base.tree import Node, Nodes, attributes
from bukti.render.appendix import ENTRY, leads_of, linkable
from bukti.render.front import Summary
from bukti.render.nodes import (
    attr_of,
    has_class,
    paragraph,
    plain,
    plain_text,
    raw_block,
    raw_inline,
    rewrite,
    string,
)
from bukti.render.pictures import (
    PANEL_GAP_MM,
    Exhibit,
    Picture,
    read_exhibit,
    read_panels,
    read_picture,
    too_wide,
)
from bukti.render.plan import Invocation
from bukti.render.prepare import EXHIBIT, Prepared, statements
from bukti.render.row_heights import opening_mm
from bukti.render.title_block import WHOLE as KEPT
from bukti.render.title_block import Role, title_block
from bukti.render.typst_blocks import set_block
from bukti.render.typst_code import call, content, inline_content, label, quoted
from bukti.render.typst_hyphens import Hyphens, unbroken
from bukti.render.typst_page import hyphenate, language_and_region, opening
from bukti.render.typst_tables import typst_table

PART = "// part: "
WHOLE = ""  # the language of words that stay whole: titles, headings, captions, tables


class TypstDocument:
    """Builds the tree of one paper and gathers the pictures that it shows."""

    def __init__(
        self,
        invocation: Invocation,
        prepared: Prepared,
        *,
        beside: TypstDocument | None = None,
        floats: bool = True,
    ) -> None:
        """A document of its own, or one that shares pages and pictures with another.

        With `floats` figures may move to the top or bottom of a page.
        """
        self.files: dict[str, bytes] = beside.files if beside else {}
        self.names: dict[str, str] = beside.names if beside else {}  # of the pictures, in the text
        self.found: list[Diagnostic] = []
        self._invocation = invocation
        self._prepared = prepared
        self._front = prepared.front
        self._leads = leads_of(invocation.appendix)
        self._level = 0
        self._in_appendix = False
        self._hyphens: Hyphens = (
            beside._hyphens if beside else Hyphens(invocation.layout.hyphenated)
        )
        self._floats = floats
        self._speech = [invocation.language]  # the innermost language; empty where words stay whole

    def blocks(self) -> Nodes:
        """The whole paper."""
        front = self._front
        middle = [*self._prepared.body, *statements(front), *self._prepared.back]
        first = [*self._title_block(), *self.summary(front.summary, with_title=False)]
        self._leads.apart = True
        others = [block for other in front.others for block in self._above(self.summary(other))]
        self._leads.apart = False
        return [
            raw_block("typst", opening(self._invocation, front)),
            *self._above(first),
            *others,
            *self.rewritten(middle),
            *self._annex(),
        ]

    def _annex(self) -> Nodes:
        """The evidence appendix, on pages of its own."""
        record = self._invocation.appendix
        blocks = self._leads.blocks(record) if record else []
        if not blocks:
            return []
        self._level = 0
        return [
            raw_block("typst", "#paper.annex["),
            *self.rewritten(blocks, WHOLE),
            raw_block("typst", "]"),
        ]

    def rewritten(self, blocks: Nodes, language: str | None = None) -> Nodes:
        """The blocks with the template's calls; `language` is theirs, empty: no word is divided."""
        self._speech.append(self._speech[-1] if language is None else language)
        result: Nodes = rewrite(blocks, self._change)
        self._speech.pop()
        return result

    def _above(self, blocks: Nodes) -> Nodes:
        """Blocks as wide as the text: across both columns where there are two."""
        if self._invocation.page.columns == 1 or not blocks:
            return blocks
        return [raw_block("typst", "#paper.spanning["), *blocks, raw_block("typst", "]")]

    def _title_block(self) -> Nodes:
        blocks: Nodes = []
        last = None
        for line in title_block(self._front):
            values = {"role": quoted(line.role), "first": str(line.role is not last).lower()}
            last = line.role
            if line.role is Role.TITLE:
                values["length"] = str(len(self._front.title_text))
            words = [plain(self.rewritten(line.inlines, WHOLE))]
            blocks += call("title-line", values, {"body": words})
        return [*blocks, raw_block("typst", "#paper.title-end")]

    def summary(self, summary: Summary, *, with_title: bool = True) -> Nodes:
        """The abstract and keywords in a language, below the title in it if it is not the first."""
        if not summary.abstract and not summary.keywords:
            return []
        values = {
            **self.spoken(summary.language),
            "abstract-word": quoted(summary.words["abstract"]),
            "keywords-word": quoted(summary.words["keywords"]),
        }
        contents = {"abstract": self.rewritten(summary.abstract, summary.language)}
        if with_title and summary.title:
            contents["title"] = [plain(self.rewritten(summary.title, WHOLE))]
        if with_title and summary.subtitle:
            contents["subtitle"] = [plain(self.rewritten(summary.subtitle, WHOLE))]
        if summary.keywords:
            contents["keywords"] = [plain(self.rewritten(joined(summary.keywords), WHOLE))]
        return call("summary", values, contents)

    def _change(self, node: Node) -> Nodes | None:
        kind = node["t"]
        if kind == "Str":
            return self._hyphens.divide(node["c"], self._speech[-1]) or unbroken(node["c"])
        if kind == "Header":
            return self._heading(node)
        if kind == "Div":
            return self._division(node)
        if kind == "Span":
            return self._span(node)
        if kind == "Math":
            return _formula(node, node["c"][1])
        if kind == "Image":
            picture = read_picture(node, self._invocation, self.found)
            room = self._invocation.layout.column_width_mm
            code = f"#box({self._image(picture, room)})" if picture else "#paper.missing"
            return [raw_inline("typst", code)]
        if kind == "HorizontalRule":
            return [raw_block("typst", "#paper.horizontal-rule")]
        if kind in ("Para", "Plain") and len(node["c"]) == 1:
            inner = node["c"][0]
            if has_class(inner, "equation", "Span"):
                return [_part(f"({attr_of(inner)[2].get('number', '')})"), plain(_equation(inner))]
        return set_block(node, self.rewritten)

    def _heading(self, node: Node) -> Nodes:
        level, attr, inlines = node["c"]
        _, classes, pairs = attr_of(node)
        self._level = min(level, self._level + 1)
        words = self.rewritten(inlines, WHOLE)
        self._in_appendix |= "appendix" in classes
        part = _part(plain_text(inlines))
        if "statement" in classes:
            self._level = 1
            return [part, paragraph(inline_content(words, "#paper.statement"))]
        number = pairs.get("lead") or pairs.get("number", "")
        numbered = [string(f"{number}\u2002")] if number else []
        plain_attr = attributes(attr[0], [], [])
        return [part, {"t": "Header", "c": [self._level, plain_attr, [*numbered, *words]]}]

    def _division(self, node: Node) -> Nodes | None:
        identifier, classes, pairs = attr_of(node)
        if EXHIBIT in classes:
            exhibit = read_exhibit(node, self._invocation, self.found)
            self.found += too_wide(exhibit, node, self._invocation)
            self._leads.targets.add(exhibit.identifier)
            self._leads.apart = True  # what may be set several times, so that nothing leads back
            calls = self.exhibit(exhibit)
            self._leads.apart = False
            return calls
        if "source-line" in classes:
            return call("source-line", {}, {"body": self.rewritten(node["c"][1], WHOLE)})
        if identifier == "refs":
            return self.rewritten(node["c"][1])
        if ENTRY in classes:
            first, *rest = self.rewritten(node["c"][1])
            return call("entry", {}, {"title": [first], "body": rest}, identifier=identifier)
        if "csl-entry" in classes:
            return self._reference(identifier, node["c"][1], pairs.get("lang"))
        return None

    def _reference(self, identifier: str, blocks: Nodes, language: str | None) -> Nodes:
        inlines = blocks[0]["c"] if blocks and blocks[0]["t"] in ("Para", "Plain") else []
        if inlines and has_class(inlines[0], "csl-left-margin", "Span"):
            rest = [plain(inlines[1:]), *blocks[1:]]
            parts = {"number": [plain(inlines[0]["c"][1])], "body": rest}
        else:
            parts = {"body": [plain(inlines), *blocks[1:]] if inlines else blocks}
        parts = {name: self.rewritten(part, language) for name, part in parts.items()}
        values = self.spoken(language) if language else {}
        return call("reference", values, parts, identifier=identifier)

    def spoken(self, tag: str) -> dict[str, str]:
        """What the template is told of a language (BCP 47)."""
        language, region = language_and_region(tag)
        divided = hyphenate(self._invocation, tag)
        return {"language": language, "region": region, "hyphenate": divided}

    def _span(self, node: Node) -> Nodes | None:
        _, classes, pairs = attr_of(node)
        inlines = node["c"][1]
        if "equation" in classes:
            return _equation(node)
        if "mark" in classes:
            words = self.rewritten(inlines)
            settled = "holds" in classes or not self._front.draft
            words = words if settled else inline_content(words, "#paper.unsettled")
            return self._led(words, pairs)
        if KEPT in classes:
            return inline_content(self.rewritten(inlines), "#box")
        if "lang" in pairs:
            language, region = language_and_region(pairs["lang"])
            before = f"#text(lang: {language}, region: {region})"
            return inline_content(self.rewritten(inlines, pairs["lang"]), before)
        return None

    def _led(self, words: Nodes, pairs: dict[str, str]) -> Nodes:
        """A mark that leads to its entry in the annex, where there is one."""
        target = self._leads.target(pairs)
        if not target:
            return words
        place = self._leads.place(pairs)
        inside, notes = linkable(words)
        return [
            *inline_content(inside, f"#paper.evidenced({quoted(target)}, {quoted(place)})"),
            *notes,
        ]

    def exhibit(self, exhibit: Exhibit) -> Nodes:
        """A figure or table with its legend."""
        values = {
            "kind": "table" if exhibit.is_table else "image",
            "lead": quoted(exhibit.label),
        }
        if exhibit.is_long:
            values["long"] = "true"
            values["room"] = f"{self._opening_mm(exhibit):.4g}mm"
        if exhibit.wide:
            values["wide"] = "true"
        if self._in_appendix or not self._floats:
            values["floats"] = "false"
        if exhibit.spans:
            values["span"] = "true"
        if not (exhibit.table or exhibit.picture or exhibit.blocks):
            values["alt"] = quoted(plain_text(exhibit.caption) or exhibit.label or "\u2014")
        contents = {}
        if exhibit.caption:
            contents["caption"] = self.rewritten(exhibit.caption, WHOLE)
        if exhibit.notes:
            contents["notes"] = self.rewritten(exhibit.notes, WHOLE)
        if exhibit.source:
            contents["source"] = self.rewritten(exhibit.source, WHOLE)
        body = self._body(exhibit)
        named = exhibit.label or plain_text(exhibit.caption)
        function = "exhibit" if exhibit.label or exhibit.caption else "bare-exhibit"
        calls = call(function, values, contents, body=body, identifier=exhibit.identifier)
        return [_part(named), *calls]

    def _width_mm(self, exhibit: Exhibit) -> float:
        layout = self._invocation.layout
        return layout.exhibit_width_mm(wide=exhibit.wide, spans=exhibit.spans)

    def _opening_mm(self, exhibit: Exhibit) -> float:
        """The height that a long table's head and first rows need below its title."""
        assert exhibit.table is not None
        layout = self._invocation.layout
        most = layout.across_height_mm if exhibit.wide else layout.picture_height_mm
        width = self._width_mm(exhibit) / layout.scale
        return min(layout.scale * opening_mm(exhibit.table, width), most)

    def _body(self, exhibit: Exhibit) -> Nodes:
        if exhibit.table is not None:
            continued = exhibit.continued(self._front.words) if exhibit.is_long else ""
            width = self._width_mm(exhibit) / self._invocation.layout.scale
            table = typst_table(exhibit.table, width, continued)
            return self.rewritten(table, WHOLE)
        rows = [self._panels(block, self._width_mm(exhibit)) for block in exhibit.blocks]
        if exhibit.blocks and all(rows):
            return content([block for row in rows for block in row], "body: ")
        if exhibit.blocks:
            return content(self.rewritten(exhibit.blocks), "body: ")
        shown = exhibit.picture
        code = self._image(shown, self._width_mm(exhibit)) if shown else "paper.missing"
        return [raw_block("typst", f"body: {code},")]

    def _panels(self, block: Node, room_mm: float) -> Nodes:
        """Pictures side by side, each with its letter and words; nothing for any other block."""
        panels = read_panels(block, self._invocation, self.found, room_mm)
        if not panels:
            return []
        blocks = [raw_block("typst", f"#paper.panels({PANEL_GAP_MM:g}mm,")]
        for panel in panels:
            shown = panel.picture
            code = self._image(shown, panel.width_mm) if shown else "paper.missing"
            before = f"[#paper.panel({code}, {quoted(panel.letter)})["
            words = self.rewritten([plain(panel.caption)], WHOLE)
            blocks.append(
                plain(
                    [
                        raw_inline("typst", before),
                        *words[0]["c"],
                        raw_inline("typst", f"]{label(panel.identifier)}],"),
                    ]
                )
            )
        return [*blocks, raw_block("typst", ")")]

    def _image(self, picture: Picture, room_mm: float) -> str:
        data, suffix, _ = picture.best(vector=True)
        name = f"pictures/{len(self.files) + 1}.{suffix}"
        self.files[name], self.names[name] = data, picture.name
        width = f", width: {min(picture.width_mm, room_mm):.4g}mm" if picture.width_mm else ""
        return f"image({quoted(name)}, alt: {quoted(picture.alt)}{width})"


def _part(text: str) -> Node:
    return raw_block("typst", PART + " ".join(text.split()))


def _formula(node: Node, alt: str) -> Nodes:
    before = f"#paper.formula({quoted(alt)})["
    return [raw_inline("typst", before), node, raw_inline("typst", "]")]


def _equation(span: Node) -> Nodes:
    identifier, _, pairs = attr_of(span)
    alt = pairs.get("alt") or plain_text(span["c"][1])
    number = f"({pairs['number']})" if pairs.get("number") else ""
    before = f"#paper.equation({quoted(alt)}, {quoted(number)})["
    after = "]" + label(identifier)
    return [raw_inline("typst", before), *span["c"][1], raw_inline("typst", after)]


def joined(keywords: tuple[Nodes, ...]) -> Nodes:
    """Keywords with semicolons between them."""
    inlines: Nodes = []
    for keyword in keywords:
        inlines += [*([string("; ")] if inlines else []), *keyword]
    return inlines
