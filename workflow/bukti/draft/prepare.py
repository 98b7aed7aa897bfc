"""A draft made ready for pandoc: what pandoc would drop or mistake is marked in the text first.

pandoc keeps only the last of two titles, ties captions to the wrong neighbour and does not say
what is centred or in which language a run is. So titles and captions lose their styles and get a
sign at their beginning instead (`bukti.draft.signs`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bukti.draft import signs
from bukti.draft.fields import fields
from bukti.draft.open_text import marked
from bukti.draft.package import Package, packed
from bukti.draft.unprinted import drop_contents, drop_hidden
from bukti.render.docx_xml import child, serialised, w

_OUTLINE = tuple("012345678")
_HEADING = "BuktiHeading"
_CENTRED = ("center",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What counts of a paragraph style: its kind, whether it centres, whether it is a heading.

    `level` is that of the outline, from 1; 0 for text.
    """

    kind: str = ""
    centred: bool = False
    heading: bool = False
    level: int = 0


def prepared(package: Package) -> bytes:
    """The bytes that pandoc reads."""
    if package.suffix == ".odt":
        return packed({**package.parts, package.main: marked(package)})
    parts = dict(package.parts)
    styles = _styles(package.xml("word/styles.xml"))
    usual = _usual_language(package)
    for name in _texts(package):
        root = package.xml(name)
        drop_contents(root)
        drop_hidden(root)
        _drop_lists(root)
        _mark_foreign(root, usual)
        if name == package.main:
            _mark_paragraphs(root, styles)
        parts[name] = serialised(root)
    if "word/styles.xml" in parts:
        parts["word/styles.xml"] = _with_headings(package.xml("word/styles.xml"))
    return packed(parts)


def _with_headings(root: Any) -> bytes:
    """The styles with those of headings that paragraphs of the outline get."""
    for outline in _OUTLINE:
        level = _level(outline)
        values = {w("type"): "paragraph", w("styleId"): f"{_HEADING}{level}"}
        style = etree.SubElement(root, w("style"), values)
        etree.SubElement(style, w("name"), {w("val"): f"heading {level}"})
    return serialised(root)


def _drop_lists(root: Any) -> None:
    """Empty the lists of references that a reference manager made: papers make their own."""
    for each in fields(root):
        if each.is_bibliography:
            for text in each.result:
                text.text = ""


def _texts(package: Package) -> Iterator[str]:
    """The parts whose text becomes the paper's."""
    yield package.main
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in package.parts:
            yield name


def _styles(root: Any) -> dict[str, Style]:
    """Every paragraph style by its id, with what it inherits."""
    if root is None:
        return {}
    elements = {str(style.get(w("styleId"))): style for style in root.iter(w("style"))}
    return {name: _style(name, elements) for name in elements}


def _style(name: str, elements: Mapping[str, Any]) -> Style:
    kind, centred, heading, outline = "", None, False, ""
    seen: set[str] = set()
    while name in elements and name not in seen:
        seen.add(name)
        element = elements[name]
        called = _value(element, "name").lower()
        kind = kind or signs.STYLE_KINDS.get(called, "")
        heading = heading or called.startswith("heading ")
        outline = outline or _value(element, "pPr", "outlineLvl")
        alignment = _value(element, "pPr", "jc")
        centred = alignment in _CENTRED if centred is None and alignment else centred
        name = _value(element, "basedOn")
    return Style(kind=kind, centred=bool(centred), heading=heading, level=_level(outline))


def _level(outline: str) -> int:
    """The level of a heading from Word's level of the outline, where 9 is text."""
    return int(outline) + 1 if outline in _OUTLINE else 0


def _value(element: Any, *path: str) -> str:
    for step in path:
        element = element.find(w(step))
        if element is None:
            return ""
    return str(element.get(w("val"), ""))


def _mark_paragraphs(root: Any, styles: Mapping[str, Style]) -> None:
    for paragraph in root.iter(w("p")):
        style = styles.get(_value(paragraph, "pPr", "pStyle"), Style())
        if style.heading or next(paragraph.iter(w("t")), None) is None:
            continue
        level = _level(_value(paragraph, "pPr", "outlineLvl")) or style.level
        if level and not style.kind and paragraph.getparent().tag != w("tc"):
            properties = child(paragraph, "pPr")
            child(properties, "pStyle", val=f"{_HEADING}{level}")
            continue
        kinds = [style.kind] if style.kind else []
        alignment = _value(paragraph, "pPr", "jc")
        if alignment in _CENTRED or (not alignment and style.centred):
            kinds.append("centred")
        if kinds:
            _open_with(paragraph, signs.styled(kinds))
        if style.kind:
            properties = paragraph.find(w("pPr"))
            properties.remove(properties.find(w("pStyle")))


def _open_with(paragraph: Any, text: str) -> None:
    run = etree.Element(w("r"))
    etree.SubElement(run, w("t")).text = text
    paragraph.insert(0 if paragraph.find(w("pPr")) is None else 1, run)


def _usual_language(package: Package) -> str:
    """The two letters of the language that most runs are tagged with; empty where none is."""
    counts: Counter[str] = Counter()
    default = _default_language(package)
    for run in package.xml(package.main).iter(w("r")):
        length = sum(len(text.text or "") for text in run.iter(w("t")))
        counts[_language(run) or default] += length
    return counts.most_common(1)[0][0] if counts else default


def _default_language(package: Package) -> str:
    root = package.xml("word/styles.xml")
    path = f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}"
    found = None if root is None else root.find(path)
    return "" if found is None else str(found.get(w("val"), ""))[:2].lower()


def _language(run: Any) -> str:
    return _value(run, "rPr", "lang")[:2].lower()


def _mark_foreign(root: Any, usual: str) -> None:
    """Sign the italic runs that are tagged with another language than the draft's usual one."""
    for run in root.iter(w("r")):
        language = _language(run)
        italic = run.find(f"{w('rPr')}/{w('i')}")
        texts = run.findall(w("t"))
        if not texts or italic is None or not usual or language in ("", usual):
            continue
        if not (language.isascii() and language.isalpha() and len(language) == 2):
            continue
        opening, closing = signs.foreign(language)
        texts[0].text = opening + (texts[0].text or "")
        texts[-1].text = (texts[-1].text or "") + closing
