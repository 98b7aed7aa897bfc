"""An OpenDocument text made ready for pandoc: what it would drop is marked or put elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from bukti.draft import fields, signs
from bukti.draft.csl import identified
from bukti.draft.open_marks import POINT, SCHEME, Mark
from bukti.draft.open_styles import Look, looks
from bukti.draft.package import Package
from bukti.draft.stores import Stored, joined_properties
from bukti.render.docx_xml import serialised

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
LISTED = "made-by-reference-manager"
"""The name of the attribute of paragraphs that belong to such a list."""
INDEXES = tuple(f"{TEXT}{name}" for name in ("table-of-content", "illustration-index",
                                            "table-index"))  # fmt: skip
"""Tables of contents, and lists of figures and tables."""
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_P, _H = f"{TEXT}p", f"{TEXT}h"


@dataclass(slots=True)
class OpenText:
    """A text of an OpenDocument file: its package, and what stands behind its marks."""

    package: Package
    marks: list[Mark] = field(default_factory=list)
    described: dict[str, str] = field(default_factory=dict)

    @property
    def stored(self) -> Stored:
        """The package with the works that its citations hold."""
        works = [
            dict(work["itemData"])
            for mark in self.marks
            for work in mark.citation.get("citationItems", ())
            if "itemData" in work
        ]
        return Stored(package=self.package, items=tuple(works))


def opened(package: Package) -> OpenText:
    """The text with its citations, comments and changes as links, and its captions as paragraphs.

    The words of its paragraphs are as they were; see `marked` for what is written into them.
    """
    result = OpenText(package=package)
    root = package.xml(package.main)
    _free_captions(root)
    _open_sequences(root)
    _open_citations(root, _properties(package), result.marks)
    _open_comments(root, result.marks)
    _open_changes(root, result.marks)
    for frame in root.iter(f"{DRAW}frame"):
        words = [frame.findtext(f"{_SVG}{name}", "") for name in ("desc", "title")]
        for image in frame.iterfind(f"{DRAW}image"):
            result.described.setdefault(str(image.get(_LINK)), next(filter(None, words), ""))
    parts = {**package.parts, package.main: serialised(root)}
    result.package = replace(package, parts=parts)
    return result


def marked(package: Package) -> bytes:
    """The main part with signs for what its paragraphs are, without lists and boxes."""
    root = package.xml(package.main)
    known, usual = looks(package)
    for paragraph in list(root.iter(_P, _H)):
        if paragraph.get(LISTED):
            _empty(paragraph)
        else:
            _sign(paragraph, known.get(("paragraph", _style(paragraph)), Look()))
    for name in INDEXES:
        for index in list(root.iter(name)):
            _remove(index)
    for span in root.iter(f"{TEXT}span"):
        look = known.get(("text", _style(span)), Look())
        if look.italic and look.language not in ("", usual) and "".join(span.itertext()).strip():
            _frame(span, *signs.foreign(look.language))
    for box in list(root.iter(f"{DRAW}text-box")):
        frame = box.getparent()
        if frame is not None:
            _remove(frame)
    return serialised(root)


def _style(node: Any) -> str:
    return str(node.get(f"{TEXT}style-name", ""))


def _sign(paragraph: Any, look: Look) -> None:
    """Say at a paragraph's beginning what it is; make it a heading where its style says so."""
    if not "".join(paragraph.itertext()).strip():
        return
    if look.level and paragraph.tag == _P and not _within(paragraph, f"{TEXT}note"):
        paragraph.tag = _H
        paragraph.set(f"{TEXT}outline-level", str(look.level))
    if paragraph.tag == _H:
        return
    kinds = [look.kind] if look.kind else []
    kinds += ["centred"] if look.centred else []
    kinds += ["quotation"] if look.quoted else []
    if look.kind:
        paragraph.set(f"{TEXT}style-name", "Standard")
    if kinds:
        paragraph.text = signs.styled(kinds) + (paragraph.text or "")


def _frame(node: Any, before: str, behind: str) -> None:
    node.text = before + (node.text or "")
    if len(node):
        node[-1].tail = (node[-1].tail or "") + behind
    else:
        node.text += behind


def _within(node: Any, tag: str) -> bool:
    return any(up.tag == tag for up in node.iterancestors())


def _empty(node: Any) -> None:
    for child in list(node):
        node.remove(child)
    node.text = ""


def _remove(node: Any) -> None:
    """Take a node out and leave the words behind it."""
    tail, before, parent = node.tail or "", node.getprevious(), node.getparent()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(node)


def _free_captions(root: Any) -> None:
    """Put the picture and caption of a caption's frame behind the paragraph that holds the frame.

    LibreOffice puts both into one paragraph of a text box.
    """
    for box in list(root.iter(f"{DRAW}text-box")):
        pictures = [image.getparent() for image in box.iter(f"{DRAW}image")]
        frame = box.getparent()
        host = next(frame.iterancestors(_P, _H), None)
        if not pictures or host is None:
            continue
        freed: list[Any] = []
        for picture in pictures:
            _remove(picture)
            freed.append(etree.Element(_P))
            freed[-1].append(picture)
            picture.tail = None
        freed += [node for node in box if node.tag in (_P, _H)]
        for node in reversed(freed):
            host.addnext(node)
        _remove(frame)


def _open_sequences(root: Any) -> None:
    """References to a caption's number as references to a bookmark around its label."""
    for sequence in root.iter(f"{TEXT}sequence"):
        name = str(sequence.get(f"{TEXT}ref-name", ""))
        paragraph = next(sequence.iterancestors(_P), None)
        if name and paragraph is not None:
            start = etree.Element(f"{TEXT}bookmark-start", {f"{TEXT}name": name})
            start.tail, paragraph.text = paragraph.text, None
            paragraph.insert(0, start)
            end = etree.Element(f"{TEXT}bookmark-end", {f"{TEXT}name": name})
            end.tail, sequence.tail = sequence.tail, None
            sequence.addnext(end)
    for reference in root.iter(f"{TEXT}sequence-ref"):
        reference.tag = f"{TEXT}bookmark-ref"


def _properties(package: Package) -> dict[str, str]:
    """What Zotero wrote into the document's properties, by the name of the bookmark."""
    root = package.xml("meta.xml")
    texts: dict[str, str] = {}
    for node in [] if root is None else root.iter(f"{_META}user-defined"):
        texts[str(node.get(f"{_META}name", ""))] = "".join(node.itertext())
    return joined_properties(texts)


def _open_citations(root: Any, properties: Mapping[str, str], marks: list[Mark]) -> None:
    for section in root.iter(f"{TEXT}section"):
        if fields.is_list_code(str(section.get(f"{TEXT}name", ""))):
            for paragraph in section.iter(_P, _H):
                paragraph.set(LISTED, "yes")
    for own in list(root.iter(f"{TEXT}bibliography-mark")):
        _point(own, _address(marks, Mark(kind="unread", text="".join(own.itertext()))))
    for start, end, code in list(_ranges(root, properties)):
        if fields.is_list_code(code):
            for paragraph in _paragraphs_between(root, start, end):
                paragraph.set(LISTED, "yes")
            continue
        citation = identified(fields.citation_in(code) or {})
        if start.getparent() is end.getparent():
            _enclose(start, end, _address(marks, Mark(kind="citation", citation=citation)))
        else:
            words = "".join(_texts_between(root, start, end))
            _point(start, _address(marks, Mark(kind="unread", text=words)))


def _ranges(root: Any, properties: Mapping[str, str]) -> Iterator[tuple[Any, Any, str]]:
    """Start, end and code of each range that a reference manager owns."""
    for kind in ("reference-mark", "bookmark"):
        ends = {node.get(f"{TEXT}name"): node for node in root.iter(f"{TEXT}{kind}-end")}
        for start in root.iter(f"{TEXT}{kind}-start"):
            name = str(start.get(f"{TEXT}name", ""))
            code = properties.get(name, name)
            if code.startswith(("ZOTERO_ITEM", "ZOTERO_BIBL", "ZOTERO_BREF")) and name in ends:
                yield start, ends[name], code
    open_: list[Any] = []
    for node in root.iter(f"{_FIELD}fieldmark-start", f"{_FIELD}fieldmark-end"):
        if node.tag.endswith("start"):
            open_.append(node)
        elif open_:
            start = open_.pop()
            code = " ".join(str(each.get(f"{_FIELD}value", "")) for each in start)
            if fields.is_list_code(code) or fields.citation_in(code):
                yield start, node, code


def _paragraphs_between(root: Any, start: Any, end: Any) -> Iterator[Any]:
    within = False
    for node in root.iter():
        within = within or node is start
        if within and node.tag in (_P, _H):
            yield node
        if node is start:
            yield from node.iterancestors(_P, _H)
        if node is end:
            return


def _address(marks: list[Mark], mark: Mark) -> str:
    marks.append(mark)
    return f"{SCHEME}{len(marks) - 1}"


def _enclose(start: Any, end: Any, address: str) -> None:
    """Put what stands between two siblings into a link."""
    link = etree.Element(f"{TEXT}a", {_LINK: address})
    link.text, start.tail = start.tail, None
    node = start.getnext()
    while node is not None and node is not end:
        following = node.getnext()
        link.append(node)
        node = following
    start.addnext(link)


def _point(node: Any, address: str) -> None:
    """Put a link that stands for a place before a node."""
    link = etree.Element(f"{TEXT}a", {_LINK: address})
    link.text = POINT
    node.addprevious(link)


def _open_comments(root: Any, marks: list[Mark]) -> None:
    for comment in list(root.iter(f"{OFFICE}annotation")):
        words = " ".join("".join(each.itertext()) for each in comment.iter(_P))
        author = comment.findtext(f"{_DC}creator", "")
        _point(comment, _address(marks, Mark(kind="comment-start", author=author, text=words)))


def _open_changes(root: Any, marks: list[Mark]) -> None:
    deleted = {
        str(region.get(f"{TEXT}id")): region.find(f"{TEXT}deletion")
        for region in root.iter(f"{TEXT}changed-region")
    }
    for change in list(root.iter(f"{TEXT}change")):
        deletion = deleted.get(str(change.get(f"{TEXT}change-id")))
        if deletion is not None:
            words = " ".join("".join(each.itertext()) for each in deletion.iter(_P, _H))
            author = deletion.findtext(f".//{_DC}creator", "")
            _point(change, _address(marks, Mark(kind="deletion", author=author, text=words)))
    ends = {node.get(f"{TEXT}change-id"): node for node in root.iter(f"{TEXT}change-end")}
    for start in list(root.iter(f"{TEXT}change-start")):
        end = ends.get(start.get(f"{TEXT}change-id"))
        if end is not None:
            words = "".join(_texts_between(root, start, end))
            _point(start, _address(marks, Mark(kind="inserted", text=words)))


def _texts_between(root: Any, start: Any, end: Any) -> Iterator[str]:
    within = False
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if node is end:
            return
        if event == "start" and within:
            yield node.text or ""
        elif event == "end":
            within = within or node is start
            yield (node.tail or "") if within else ""
