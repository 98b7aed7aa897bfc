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

from bukti.render.docx_body import improve
from bukti.render.docx_languages import name_languages, word_language
from bukti.render.docx_sections import complete_sections
from bukti.render.docx_xml import child, parsed, serialised, twips, w
from bukti.render.front import Front
from bukti.render.nodes import plain_text
from bukti.render.plan import Invocation, Layout

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CT = "http://schemas.openxmlformats.org/package/2006/content-types"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_EVIDENCE = "customXml/item1.xml"
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
    document = parsed(parts["word/document.xml"])
    improve(document)
    _section(document, invocation.layout)
    complete_sections(document)
    name_languages(document)
    parts["word/document.xml"] = serialised(document)
    for name in ("word/footnotes.xml", "word/comments.xml"):
        if name in parts:
            part = parsed(parts[name])
            name_languages(part)
            parts[name] = serialised(part)
    parts["word/styles.xml"] = _styles(front.language)
    parts["word/header1.xml"] = _template("header.xml", _head_fields(front, invocation.layout))
    parts["word/footer1.xml"] = _template("footer.xml", {})
    parts["docProps/core.xml"] = _core(front, invocation.epoch)
    parts["docProps/app.xml"] = _template("app.xml", {})
    parts["word/settings.xml"] = _settings(parts["word/settings.xml"])
    if invocation.evidence is not None:
        parts[_EVIDENCE] = _evidence(invocation.evidence, front.language)
    _register(parts)
    return _zipped(parts)


def _section(document: Any, layout: Layout) -> None:
    body = document.find(w("body"))
    for old in body.findall(w("sectPr")):
        body.remove(old)
    section = etree.SubElement(body, w("sectPr"))
    for kind, (relation, _) in _MARGINALS.items():
        link = etree.SubElement(section, w(f"{kind}Reference"))
        link.set(w("type"), "default")
        link.set(f"{{{_R}}}id", relation)
    size = {"w": twips(layout.width_mm), "h": twips(297)}
    margins = {
        "top": twips(25),
        "right": twips(25),
        "bottom": twips(25),
        "left": twips(25),
        "header": twips(12.5),
        "footer": twips(12.5),
        "gutter": "0",
    }
    for name, values in (("pgSz", size), ("pgMar", margins)):
        child(section, name, len(section), **values)


def _styles(language: str) -> bytes:
    return _template("styles.xml", {"language": word_language(language)})


def _head_fields(front: Front, layout: Layout) -> dict[str, str]:
    return {
        "title": front.running_title,
        "draft": front.words["draft"].upper() if front.draft else "",
        "right": twips(layout.width_mm - 50),
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


def _settings(data: bytes) -> bytes:
    settings = parsed(data)
    for name in ("rsids", "proofState", "zoom", "themeFontLang"):
        for old in settings.findall(w(name)):
            settings.remove(old)
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


def _evidence(data: bytes, language: str) -> bytes:
    root = etree.Element("evidence", nsmap={None: "urn:bukti:evidence"})
    root.set("language", language)
    root.text = data.decode("utf-8")
    return serialised(root)


def _register(parts: dict[str, bytes]) -> None:
    types = parsed(parts["[Content_Types].xml"])
    relations = parsed(parts["word/_rels/document.xml.rels"])
    for kind, (relation, name) in _MARGINALS.items():
        override = etree.SubElement(types, f"{{{_CT}}}Override")
        override.set("PartName", f"/word/{name}.xml")
        override.set("ContentType", f"{_PARTS}.{kind}+xml")
        _relate(relations, relation, kind, f"{name}.xml")
    if _EVIDENCE in parts:
        _relate(relations, "rIdBuktiEvidence", "customXml", f"../{_EVIDENCE}")
    parts["[Content_Types].xml"] = serialised(types)
    parts["word/_rels/document.xml.rels"] = serialised(relations)


def _relate(relations: Any, identifier: str, kind: str, target: str) -> None:
    relation = etree.SubElement(relations, f"{{{_REL}}}Relationship")
    for key, value in (("Id", identifier), ("Type", f"{_R}/{kind}"), ("Target", target)):
        relation.set(key, value)


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
