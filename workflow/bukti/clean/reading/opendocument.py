"""Which cells of an OpenDocument sheet are merged; the reader of workbooks does not say."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FARTHEST = 4096  # rows and columns of headings lie nearer than that


def merged_cells(data: bytes, name: str) -> tuple[tuple[int, int, int, int], ...]:
    """The merged cells of a sheet: first row and column, last row and column, counted from 0."""
    from lxml import etree

    with zipfile.ZipFile(BytesIO(data)) as package:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(package.read("content.xml"), parser)
    tables = (each for each in root.iter(f"{_TABLE}table") if each.get(f"{_TABLE}name") == name)
    found: list[tuple[int, int, int, int]] = []
    for table in tables:
        row = 0
        for line in table.iter(f"{_TABLE}table-row"):
            found += _in_row(line, row)
            row += _count(line, "number-rows-repeated")
            if row > _FARTHEST:
                break
    return tuple(found)


def _in_row(line: Any, row: int) -> list[tuple[int, int, int, int]]:
    found = []
    place = 0
    for cell in line.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            found.append((row, place, row + down - 1, place + right - 1))
        place += _count(cell, "number-columns-repeated")
    return found


def _count(element: Any, name: str) -> int:
    return int(element.get(_TABLE + name, "1"))
