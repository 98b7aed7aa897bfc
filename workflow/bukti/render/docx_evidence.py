"""The evidence of an edition in its DOCX: a custom XML part (ISO/IEC 29500-1, 15.2.5 and 15.2.6).

Word and LibreOffice keep such a part when the document is edited and saved.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from bukti.render.docx_xml import parsed, serialised

NAMESPACE = "urn:bukti:evidence"
_ITEM_ID = "{6C8B7E5A-2F0D-5B1C-9E43-0B5A1D9C7F21}"  # a name of its own for the store of the part
_DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CT = "http://schemas.openxmlformats.org/package/2006/content-types"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"


def add_evidence(parts: dict[str, bytes], evidence: bytes, language: str) -> None:
    """Put the evidence into a package, under the first number that no other part has."""
    number = 1
    while f"customXml/item{number}.xml" in parts:
        number += 1
    item, properties = f"item{number}.xml", f"itemProps{number}.xml"
    parts[f"customXml/{item}"] = _item(evidence, language)
    parts[f"customXml/{properties}"] = _properties()
    own = etree.Element(f"{{{_REL}}}Relationships", nsmap={None: _REL})
    relate(own, "rId1", "customXmlProps", properties)
    parts[f"customXml/_rels/{item}.rels"] = serialised(own)
    types, relations = parsed(parts[_TYPES]), parsed(parts[_RELATIONS])
    declare(types, f"customXml/{properties}", _PROPERTIES)
    relate(relations, "rIdBuktiEvidence", "customXml", f"../customXml/{item}")
    parts[_TYPES], parts[_RELATIONS] = serialised(types), serialised(relations)


def declare(types: Any, part: str, content_type: str) -> None:
    """Say in the list of content types what a part is."""
    override = etree.SubElement(types, f"{{{_CT}}}Override")
    override.set("PartName", f"/{part}")
    override.set("ContentType", content_type)


def relate(relations: Any, identifier: str, kind: str, target: str) -> None:
    """Say in a list of relationships that a part belongs to another."""
    relation = etree.SubElement(relations, f"{{{_REL}}}Relationship")
    for key, value in (("Id", identifier), ("Type", f"{_R}/{kind}"), ("Target", target)):
        relation.set(key, value)


def _item(evidence: bytes, language: str) -> bytes:
    root = etree.Element("evidence", nsmap={None: NAMESPACE})
    root.set("language", language)
    root.text = evidence.decode("utf-8")
    return serialised(root)


def _properties() -> bytes:
    root = etree.Element(f"{{{_DATASTORE}}}datastoreItem", nsmap={"ds": _DATASTORE})
    root.set(f"{{{_DATASTORE}}}itemID", _ITEM_ID)
    schemas = etree.SubElement(root, f"{{{_DATASTORE}}}schemaRefs")
    schema = etree.SubElement(schemas, f"{{{_DATASTORE}}}schemaRef")
    schema.set(f"{{{_DATASTORE}}}uri", NAMESPACE)
    return serialised(root)
