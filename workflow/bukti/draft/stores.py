"""Where reference managers keep citations in a Word draft, each made a field that pandoc reads.

pandoc reads what Zotero and Mendeley Desktop write (`ADDIN ... CSL_CITATION {json}`) and EndNote's
records where they stand in the field's code. Zotero's bookmarks, the content controls of Mendeley
Cite, EndNote's encoded records and Word's own citations become such fields first.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from bukti.base.digest import digest_bytes
from bukti.draft import fields
from bukti.draft.fields import Field
from bukti.draft.package import Package
from bukti.draft.word_sources import Item, sources, word_citation
from bukti.render.docx_xml import serialised, w

_MENDELEY = "MENDELEY_CITATION_v3_"
_MENDELEY_LIST = "MENDELEY_BIBLIOGRAPHY"
_ENDNOTE = re.compile(r"^\s*ADDIN\s+EN\.CITE(?!\.DATA)")
_OTHERS = re.compile(r"^\s*ADDIN\s+(?:CitaviPlaceholder|REFMGR\.CITE|PAPERS2_CITATIONS|RW\.CITE)")
"""Citations of Citavi, Reference Manager, Papers and RefWorks, whose data nobody else reads."""
_RECORD = re.compile(r"<EndNote>.*</EndNote>", re.DOTALL)
_ZOTERO = "ZOTERO_"
_PROPERTY = re.compile(r"(ZOTERO_\w+?)_(\d+)")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A draft whose citations are fields, and the works that it lists, cited or not."""

    package: Package
    items: tuple[Item, ...] = ()


def with_fields(package: Package) -> Stored:
    """A Word draft in which every citation is a field with its data in CSL's form or EndNote's."""
    known = sources(package)
    properties = _properties(package)
    parts = dict(package.parts)
    for name in (package.main, *_NOTES):
        if name not in parts:
            continue
        root = package.xml(name)
        _open_simple_fields(root)
        _open_controls(root)
        _open_bookmarks(root, properties)
        for each in list(fields.fields(root)):
            _read(each, known)
        parts[name] = serialised(root)
    return Stored(package=replace(package, parts=parts), items=tuple(known.values()))


def _read(each: Field, known: Mapping[str, Item]) -> None:
    """Give a citation's field the code that pandoc reads."""
    if _ENDNOTE.match(each.text):
        record = _record(each)
        each.recode(f"ADDIN EN.CITE {record}" if record else fields.UNREAD_CODE)
        return
    citation = fields.citation_in(each.text) or word_citation(each.text, known)
    if citation is not None:
        each.recode(fields.citation_code(citation))
    elif each.is_citation or _OTHERS.match(each.text):
        each.recode(fields.UNREAD_CODE)


def _record(each: Field) -> str:
    """EndNote's records of a citation, each under a number by what it is; empty for none."""
    encoded = [node.begin.findtext(w("fldData"), "") for node in (each, *each.within)]
    texts = [each.text, *(node.text for node in each.within), *map(_decoded, encoded)]
    for text in texts:
        match = _RECORD.search(text)
        if match is None:
            continue
        try:
            root = etree.fromstring(match[0], etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError:
            continue
        for cite in root.iter("Cite"):
            _number_by_content(cite)
        return str(etree.tostring(root, encoding="unicode"))
    return ""


def _number_by_content(cite: Any) -> None:
    """Number a work by what it is, since each library of EndNote counts from 1."""
    record = cite.find("record")
    if record is None:
        return
    for node in [*record.iter("rec-number"), *record.iter("foreign-keys")]:
        node.getparent().remove(node)
    number = str(int(digest_bytes(etree.tostring(record, method="c14n"))[:12], 16))
    for node in [*cite.iter("RecNum")]:
        node.getparent().remove(node)
    etree.SubElement(cite, "RecNum").text = number
    first = etree.Element("rec-number")
    first.text = number
    record.insert(0, first)


def _decoded(text: str) -> str:
    """A text that was written in base 64; empty where it is none."""
    bare = "".join(text.split())
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4)).decode("utf-8").rstrip("\0")
    except ValueError:
        return ""


def _open_simple_fields(root: Any) -> None:
    """Citations and lists of references in fields of one element as fields with begin and end."""
    for simple in list(root.iter(w("fldSimple"))):
        code = str(simple.get(w("instr"), ""))
        listed = fields.is_list_code(code)
        if listed or fields.citation_in(code) or word_citation(code, {}) is not None:
            _put(simple, fields.wrapped(code.strip(), list(simple)))


def _open_controls(root: Any) -> None:
    """Mendeley Cite's content controls as fields."""
    for control in list(root.iter(w("sdt"))):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        value = "" if tag is None else str(tag.get(w("val"), ""))
        content = control.find(w("sdtContent"))
        if content is None or control.getparent() is None:
            continue
        if value.startswith(_MENDELEY_LIST):
            _enclose(control, content, fields.LIST_CODE)
        elif value.startswith(_MENDELEY):
            data = fields.object_in(_decoded(value.removeprefix(_MENDELEY)))
            code = fields.citation_code(data) if data else fields.UNREAD_CODE
            _enclose(control, content, code)


def _enclose(control: Any, content: Any, code: str) -> None:
    """Put what a control shows in its place, as a field."""
    paragraphs = content.findall(w("p"))
    if not paragraphs:
        _put(control, fields.wrapped(code, list(content)))
        return
    _open_paragraph(paragraphs[0], code)
    paragraphs[-1].append(fields.closing())
    _put(control, list(content))


def _put(node: Any, instead: Iterable[Any]) -> None:
    parent = node.getparent()
    place = parent.index(node)
    parent[place : place + 1] = list(instead)


def _open_paragraph(paragraph: Any, code: str) -> None:
    place = 0 if paragraph.find(w("pPr")) is None else 1
    paragraph[place:place] = fields.opening(code)


def _properties(package: Package) -> dict[str, str]:
    """What Zotero wrote into the document's properties, by the name of the bookmark.

    A property holds 255 characters at most, so a text is spread over `NAME_1`, `NAME_2` and so on.
    """
    root = package.xml("docProps/custom.xml")
    found = {} if root is None else dict(_named_texts(root))
    return joined_properties(found)


def _named_texts(root: Any) -> Iterator[tuple[str, str]]:
    for node in root.iter("{*}property"):
        yield str(node.get("name", "")), "".join(node.itertext())


def joined_properties(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts that are spread over numbered properties, whole."""
    pieces: dict[str, dict[int, str]] = {}
    for name, text in texts.items():
        match = _PROPERTY.fullmatch(name)
        if match:
            pieces.setdefault(match[1], {})[int(match[2])] = text
    return {
        name: "".join(text for _, text in sorted(parts.items())) for name, parts in pieces.items()
    }


def _open_bookmarks(root: Any, properties: Mapping[str, str]) -> None:
    """Zotero's bookmarks as fields, with the code that stands in the document's properties."""
    ends = {node.get(w("id")): node for node in root.iter(w("bookmarkEnd"))}
    for start in list(root.iter(w("bookmarkStart"))):
        name = str(start.get(w("name"), ""))
        end = ends.get(start.get(w("id")))
        if not name.startswith(_ZOTERO) or end is None:
            continue
        code = properties.get(name, "")
        if not (fields.is_list_code(code) or fields.citation_in(code)):
            if not name.startswith("ZOTERO_BREF_"):
                continue
            code = fields.UNREAD_CODE
        _before(start, f"ADDIN {code.strip().removeprefix('ADDIN ')}")
        _behind(end)


def _before(start: Any, code: str) -> None:
    """Begin a field at a bookmark; at one between paragraphs, in the next of them."""
    parent = start.getparent()
    if parent.tag == w("p"):
        place = parent.index(start)
        parent[place:place] = fields.opening(code)
        return
    following = next(start.itersiblings(w("p")), None)
    if following is not None:
        _open_paragraph(following, code)


def _behind(end: Any) -> None:
    parent = end.getparent()
    if parent.tag == w("p"):
        parent.insert(parent.index(end) + 1, fields.closing())
        return
    before = next(end.itersiblings(w("p"), preceding=True), None)
    if before is not None:
        before.append(fields.closing())
