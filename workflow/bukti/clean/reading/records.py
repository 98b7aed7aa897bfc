"""JSON and XML: lists of records, each with the line of the file on which it begins."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.clean.reading.frames import frame_of

_SPACE = re.compile(r"[ \t\r\n]*")


def read_json(text: str, path: str, within: str) -> pl.DataFrame:
    """The records of a JSON file; `within` leads to their list, as `data.items`.

    Raises Problem where the file is no JSON, or there is no list of records.
    """
    try:
        document = json.loads(text, parse_constant=_refuse)
    except ValueError as error:
        line = getattr(error, "lineno", None)
        where = Span(path=path, line=line, column=getattr(error, "colno", None))
        raise Problem(diagnose("CLN116", where, reason=str(error))) from error
    keys = [key for key in within.split(".") if key]
    start = 0
    for key in keys:
        if not isinstance(document, dict) or key not in document:
            raise Problem(_no_records(path, within))
        start = _member(text, start, key)
        document = document[key]
    if not isinstance(document, list) or not all(isinstance(each, dict) for each in document):
        raise Problem(_no_records(path, within))
    offsets = [offset for offset, _ in _items(text, _skip(text, start) + 1)]
    lines = [text.count("\n", 0, offset) + 1 for offset in offsets]
    return _frame([_flat(record) for record in document], lines)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number")


def _no_records(path: str, within: str) -> Any:
    return diagnose("CLN121", Span(path=path), within=within or ".")


def _skip(text: str, index: int) -> int:
    found = _SPACE.match(text, index)
    return found.end() if found else index


def _items(text: str, index: int) -> Iterator[tuple[int, Any]]:
    """The offset and value of each item of an array whose bracket stands before `index`."""
    decoder = json.JSONDecoder()
    index = _skip(text, index)
    while text[index] != "]":
        value, end = decoder.raw_decode(text, index)
        yield index, value
        index = _skip(text, end)
        index = _skip(text, index + 1) if text[index] == "," else index


def _member(text: str, index: int, wanted: str) -> int:
    """The offset of a member's value in the object that begins at `index`."""
    decoder = json.JSONDecoder()
    index = _skip(text, _skip(text, index) + 1)
    while True:
        key, index = decoder.raw_decode(text, index)
        index = _skip(text, _skip(text, index) + 1)
        if key == wanted:
            return index
        index = _skip(text, decoder.raw_decode(text, index)[1])
        index = _skip(text, index + 1)


def _flat(record: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            plain = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
            flat[prefix + key] = plain
    return flat


def _frame(records: Sequence[Mapping[str, Any]], lines: Sequence[int]) -> pl.DataFrame:
    names = list(dict.fromkeys(name for record in records for name in record))
    return frame_of({name: [record.get(name) for record in records] for name in names}, lines)


def read_xml(data: bytes, path: str, row: str) -> pl.DataFrame:
    """The elements that the XPath `row` finds, as text: their attributes and children.

    A child is named by its attribute `name` where it has one, as in `<field name="Year">2020`.
    Raises Problem where the file is no XML or names entities, or nothing is found.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
        found = root.xpath(row)
    except (etree.XMLSyntaxError, etree.XPathError) as error:
        line = getattr(error, "lineno", None)
        raise Problem(diagnose("CLN116", Span(path=path, line=line), reason=error)) from error
    if b"<!ENTITY" in data:
        raise Problem(diagnose("CLN116", Span(path=path), reason="<!ENTITY"))
    elements = [each for each in found if etree.iselement(each)] if isinstance(found, list) else []
    if not elements:
        raise Problem(_no_records(path, row))
    return _frame([_record(each) for each in elements], [each.sourceline for each in elements])


def _record(element: Any) -> dict[str, str | None]:
    record: dict[str, str | None] = {str(key): str(value) for key, value in element.attrib.items()}
    for child in element.iterchildren("*"):
        name = child.get("name") or child.tag.rpartition("}")[2]
        text = " ".join("".join(child.itertext()).split())
        record[name] = text or None
    if not record:
        record["text"] = " ".join("".join(element.itertext()).split())
    return record
