"""All words of a draft as its file holds them, wherever they stand: what must not be lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bukti.draft.fields import fields
from bukti.draft.open_text import DRAW, INDEXES, LISTED, OFFICE, TEXT
from bukti.draft.package import Package
from bukti.draft.unprinted import contents_texts, is_hidden
from bukti.render.docx_xml import w

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_PARTS = (
    (re.compile(r"word/(?:foot|end)notes\.xml"), "note"),
    (re.compile(r"word/comments\.xml"), "comment"),
    (re.compile(r"word/header\d*\.xml"), "header"),
    (re.compile(r"word/footer\d*\.xml"), "footer"),
    (re.compile(r"word/charts/chart\d*\.xml"), "chart"),
    (re.compile(r"word/diagrams/data\d*\.xml"), "diagram"),
)
_EMBEDDED = re.compile(r"word/embeddings/[^/]+|Object [^/]+/content\.xml")
_MATHS = "http://www.w3.org/1998/Math/MathML"
UNKNOWN = "\x00"
"""A character of a symbol font, in a passage."""
_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}
_SIGNS |= {w("softHyphen"): "\u00ad", w("sym"): UNKNOWN}
_SYMBOL = re.compile("[\ue000-\uf8ff]")
_SKIPPED = {_FALLBACK, w("moveFrom"), w("del"), w("instrText")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph of a draft's file.

    `kind` is text, note, comment, header, footer, box, chart, diagram, citation (what a
    reference manager shows in the text), bibliography (a line of the list that it made),
    contents (a line of a table of contents) or hidden (words that no page shows).
    """

    kind: str
    text: str


def passages(package: Package) -> tuple[Passage, ...]:
    """Every paragraph that holds words, part by part."""
    found = _opendocument(package) if package.suffix == ".odt" else _word(package)
    return tuple(passage for passage in found if re.search(r"\w", passage.text))


def embedded(package: Package) -> tuple[str, ...]:
    """The names of files that lie within the draft, such as workbooks behind charts."""
    names = sorted(name for name in package.parts if _EMBEDDED.fullmatch(name))
    return tuple(name for name in names if not _is_formula(package, name))


def _is_formula(package: Package, name: str) -> bool:
    return name.endswith("content.xml") and f"{{{_MATHS}}}math" == package.xml(name).tag


def _word(package: Package) -> Iterator[Passage]:
    yield from _paragraphs(package.xml(package.main), "text")
    for name in sorted(package.parts):
        kind = next((kind for pattern, kind in _PARTS if pattern.fullmatch(name)), "")
        if kind in ("chart", "diagram"):
            yield from _drawn(package.xml(name), kind)
        elif kind:
            yield from _paragraphs(package.xml(name), kind)


def _paragraphs(root: Any, kind: str) -> Iterator[Passage]:
    cited: set[Any] = set()
    listed: set[Any] = set()
    for each in fields(root):
        if each.is_citation:
            cited |= set(each.result)
            yield Passage(kind="citation", text="".join(node.text or "" for node in each.result))
        elif each.is_bibliography:
            listed |= set(each.result)
    hidden = {text for run in root.iter(w("r")) if is_hidden(run) for text in run.iter(w("t"))}
    apart = {"bibliography": listed, "contents": contents_texts(root), "hidden": hidden}
    for paragraph in root.iter(w("p")):
        pieces = list(_pieces(paragraph))
        if any(up.tag == _FALLBACK for up in paragraph.iterancestors()):
            continue
        boxed = any(up.tag == w("txbxContent") for up in paragraph.iterancestors())
        left_out = cited.union(*apart.values())
        text = "".join(text for node, text in pieces if node not in left_out)
        yield Passage(kind="box" if boxed else kind, text=text)
        for name, nodes in apart.items():
            yield Passage(kind=name, text="".join(text for node, text in pieces if node in nodes))


def _pieces(node: Any) -> Iterator[tuple[Any, str]]:
    """The texts of a paragraph, without those of paragraphs within it."""
    for child in node:
        if child.tag in _SKIPPED or child.tag == w("p"):
            continue
        if child.tag == w("t"):
            yield child, UNKNOWN if _is_symbol(child) else _SYMBOL.sub(UNKNOWN, child.text or "")
        elif child.tag in _SIGNS:
            yield child, _SIGNS[child.tag]
        else:
            yield from _pieces(child)


def _is_symbol(text: Any) -> bool:
    """Whether a text is set in a font whose letters are signs."""
    fonts = text.getparent().find(f"{w('rPr')}/{w('rFonts')}")
    name = "" if fonts is None else str(fonts.get(w("ascii"), ""))
    return name.startswith(("Symbol", "Wingdings", "Webdings"))


def _drawn(root: Any, kind: str) -> Iterator[Passage]:
    """The words of a chart or diagram: its paragraphs, and the names behind a chart's data."""
    for paragraph in root.iter(f"{_DRAWING}p"):
        texts = [node.text or "" for node in paragraph.iter(f"{_DRAWING}t")]
        yield Passage(kind=kind, text="".join(texts))
    names = [
        value.text or ""
        for cache in root.iter(f"{_CHART}strCache", f"{_CHART}numCache")
        for value in cache.iter(f"{_CHART}v")
    ]
    if names:
        yield Passage(kind=kind, text="; ".join(names))


def _opendocument(package: Package) -> Iterator[Passage]:
    root = package.xml("content.xml")
    yield from _open_paragraphs(root)
    styles = package.xml("styles.xml")
    if styles is None:
        return
    for kind in ("header", "footer"):
        for part in styles.iter(f"{_STYLE}{kind}", f"{_STYLE}{kind}-first", f"{_STYLE}{kind}-left"):
            for passage in _open_paragraphs(part):
                yield Passage(kind=kind, text=passage.text)


def _open_paragraphs(root: Any) -> Iterator[Passage]:
    for paragraph in root.iter(f"{TEXT}p", f"{TEXT}h"):
        around = {up.tag for up in paragraph.iterancestors()}
        if f"{TEXT}tracked-changes" in around:
            continue
        kind = "text"
        if f"{OFFICE}annotation" in around:
            kind = "comment"
        elif f"{TEXT}note" in around:
            kind = "note"
        elif paragraph.get(LISTED):
            kind = "bibliography"
        elif around & set(INDEXES):
            kind = "contents"
        elif any(str(tag).startswith(DRAW) for tag in around):
            kind = "box"
        yield Passage(kind=kind, text="".join(_open_pieces(paragraph)))


def _open_pieces(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"):
            yield " "
        elif not _stands_apart(child):
            yield from _open_pieces(child)
        yield child.tail or ""


def _stands_apart(node: Any) -> bool:
    return node.tag in (f"{OFFICE}annotation", f"{TEXT}note") or str(node.tag).startswith(DRAW)


def missing_pictures(package: Package) -> tuple[str, ...]:
    """What the pictures are called whose files are not within the draft, such as linked ones."""
    if package.suffix != ".docx":
        return ()
    folder, _, name = package.main.rpartition("/")
    relations = package.xml(f"{folder}/_rels/{name}.rels")
    targets = {
        str(each.get("Id")): f"{folder}/{each.get('Target')}"
        for each in ([] if relations is None else relations)
    }
    return tuple(
        _picture_name(blip)
        for blip in package.xml(package.main).iter(f"{_DRAWING}blip")
        if targets.get(str(blip.get(f"{_RELATION}embed"))) not in package.parts
    )


def _picture_name(blip: Any) -> str:
    for up in blip.iterancestors():
        for described in up.findall(f"{_PLACING}docPr"):
            return str(described.get("descr") or described.get("name") or "")
    return ""


def formulas(package: Package) -> int:
    """How many formulas the draft's text holds."""
    if package.suffix != ".docx":
        objects = (name for name in package.parts if _EMBEDDED.fullmatch(name))
        return sum(_is_formula(package, name) for name in objects)
    formula = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
    skipped = {_FALLBACK, w("moveFrom"), w("del"), w("txbxContent")}
    return sum(
        not any(up.tag in skipped for up in node.iterancestors())
        for name in (package.main, "word/footnotes.xml", "word/endnotes.xml")
        if name in package.parts
        for node in package.xml(name).iter(formula)
    )
