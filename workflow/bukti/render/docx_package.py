"""The parts of a DOCX package after pandoc: styles, head and foot, tables, properties, order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from bukti.project.page_settings import PageSettings
from bukti.render.docx_body import improve
from bukti.render.docx_evidence import add_evidence, declare, relate
from bukti.render.docx_languages import name_languages, set_language, word_language
from bukti.render.docx_page import section_of, set_styles
from bukti.render.docx_sections import complete_sections
from bukti.render.docx_styles import merge_styles, rename_styles
from bukti.render.docx_xml import child, parsed, serialised, twips, w
from bukti.render.front import Front
from bukti.render.nodes import plain_text
from bukti.render.plan import Invocation

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_DOCUMENT = "word/document.xml"
_TEXTS = (_DOCUMENT, "word/footnotes.xml", "word/comments.xml")
_AFTER_COMPATIBILITY = ("mathPr", "clrSchemeMapping", "decimalSymbol", "listSeparator")
_WORD_MODE = {
    "name": "compatibilityMode",
    "uri": "http://schemas.microsoft.com/office/word",
    "val": "15",
}
_MARGINALS = {"header": ("rIdBuktiHeader", "header1"), "footer": ("rIdBuktiFooter", "footer1")}


def finish(data: bytes, invocation: Invocation, front: Front) -> bytes:
    """The package with our parts, in an order and with times that never change."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    page = invocation.page
    texts = {name: parsed(parts[name]) for name in _TEXTS if name in parts}
    document = texts[_DOCUMENT]
    styles = parsed(_template("styles.xml", _style_fields(front, page)))
    set_styles(styles, page)
    names = None
    if invocation.reference is not None:
        theirs = parsed(parts["word/styles.xml"])
        names = merge_styles(theirs, styles, _styles_of(invocation.reference))
        styles = theirs
        set_language(styles, front.language)
        for text in texts.values():
            rename_styles(text, names.ours)
    else:
        _head_and_foot(parts, document, front, page)
    improve(document)
    complete_sections(document)
    for name, text in texts.items():
        if names is not None:
            rename_styles(text, names.theirs)
        name_languages(text)
        parts[name] = serialised(text)
    parts["word/styles.xml"] = serialised(styles)
    _describe(parts, invocation, front)
    return _zipped(parts)


def _styles_of(reference: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(reference)) as package:
        return parsed(package.read("word/styles.xml"))


def _head_and_foot(
    parts: dict[str, bytes], document: Any, front: Front, page: PageSettings
) -> None:
    body = document.find(w("body"))
    for old in body.findall(w("sectPr")):
        body.remove(old)
    section = section_of(page)
    body.append(section)
    shown = [kind for kind in _MARGINALS if kind == "footer" or page.running_heads or front.draft]
    for number, kind in enumerate(shown):
        relation, name = _MARGINALS[kind]
        link = etree.Element(w(f"{kind}Reference"))
        link.set(w("type"), "default")
        link.set(f"{{{_R}}}id", relation)
        section.insert(number, link)
        parts[f"word/{name}.xml"] = _template(f"{kind}.xml", _head_fields(front, page))


def _describe(parts: dict[str, bytes], invocation: Invocation, front: Front) -> None:
    """Properties, settings, evidence, and the lists of all parts."""
    parts["docProps/core.xml"] = _core(front, invocation.epoch)
    parts["docProps/app.xml"] = _template("app.xml", {})
    parts["word/settings.xml"] = _settings(parts["word/settings.xml"], invocation.page)
    _register(parts, with_marginals=invocation.reference is None)
    if invocation.evidence is not None:
        add_evidence(parts, invocation.evidence, front.language)


def _style_fields(front: Front, page: PageSettings) -> dict[str, str]:
    return {
        "language": word_language(front.language),
        "centre": twips(page.column_width_mm / 2),
        "right": twips(page.column_width_mm),
    }


def _head_fields(front: Front, page: PageSettings) -> dict[str, str]:
    return {
        "title": front.running_title if page.running_heads else "",
        "draft": front.words["draft"].upper() if front.draft else "",
        "right": twips(page.text_width_mm),
    }


def _template(name: str, fields: dict[str, str]) -> bytes:
    text = files("bukti.render").joinpath("templates", "docx", name).read_text(encoding="utf-8")
    for key, value in fields.items():
        text = text.replace(f"@{key}@", escape(value, {'"': "&quot;"}))
    return text.encode()


def _core(front: Front, epoch: int) -> bytes:
    names = "; ".join(author.name for author in front.authors)
    fields = {
        "title": front.title_text,
        "creator": names,
        "keywords": ", ".join(plain_text(each) for each in front.summary.keywords),
        "description": plain_text(front.summary.abstract),
        "language": word_language(front.language),
        "time": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "version": front.publication.version,
    }
    return _template("core.xml", fields)


def _settings(data: bytes, page: PageSettings) -> bytes:
    settings = parsed(data)
    for name in ("rsids", "proofState", "zoom", "themeFontLang"):
        for old in settings.findall(w(name)):
            settings.remove(old)
    if page.margins.mirrored:
        child(settings, "mirrorMargins", len(settings.findall(w("embedSystemFonts"))))
    _modern(settings)
    return serialised(settings)


def _modern(settings: Any) -> None:
    """Say that the document is of today's Word, which else opens it in its mode for old ones."""
    following = [each for name in _AFTER_COMPATIBILITY for each in settings.findall(w(name))]
    place = min(map(settings.index, following), default=len(settings))
    compatible = child(settings, "compat", place)
    mode = etree.SubElement(compatible, w("compatSetting"))
    for key, value in _WORD_MODE.items():
        mode.set(w(key), value)


def _register(parts: dict[str, bytes], *, with_marginals: bool) -> None:
    types = parsed(parts["[Content_Types].xml"])
    relations = parsed(parts["word/_rels/document.xml.rels"])
    for kind, (relation, name) in _MARGINALS.items():
        if not with_marginals or f"word/{name}.xml" not in parts:
            continue
        declare(types, f"word/{name}.xml", f"{_PARTS}.{kind}+xml")
        relate(relations, relation, kind, f"{name}.xml")
    parts["[Content_Types].xml"] = serialised(types)
    parts["word/_rels/document.xml.rels"] = serialised(relations)


def _ordered(parts: dict[str, bytes]) -> Iterator[str]:
    yield from (name for name in _FIRST if name in parts)
    yield from sorted(name for name in parts if name not in _FIRST)


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name in _ordered(parts):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            package.writestr(entry, parts[name])
    return buffer.getvalue()
