"""Where a personal detail stems from: the line, cell or row that its author can change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bukti.analyse.parameters import INJECTED
from bukti.base.span import LineIndex, Span
from bukti.ledger.passages import PassageRecord
from bukti.privacy.finds import Find, Piece
from bukti.privacy.letters import original_offset
from bukti.privacy.reading.files import Reading
from bukti.privacy.reading.plain_text import decoded
from bukti.privacy.reading.tables import rows_of
from bukti.privacy.search import Search


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """A find with the place that it stems from; in a table with its column, and rows from 1 on."""

    find: Find
    span: Span
    column: str = ""
    row: int | None = None


def in_passages(passages: Iterable[PassageRecord], search: Search) -> Iterator[Stem]:
    """The lines of the manuscript that hold something."""
    for passage in passages:
        for find, start, end in _at(passage.text, search):
            yield Stem(find=find, span=passage.place(start, end))


def in_table(path: str, text: str, search: Search) -> Iterator[Stem]:
    """The cells of a table in CSV that hold something."""
    rows = rows_of(text)
    _, head = next(rows, (1, []))
    for number, (line, row) in enumerate(rows, start=1):
        for column, cell in zip(head, row, strict=False):
            for find, _, _ in _at(cell, search):
                yield Stem(find=find, span=Span(path=path, line=line), column=column, row=number)
    for name in head:
        for find, _, _ in _at(name, search):
            yield Stem(find=find, span=Span(path=path, line=1), column=name)


def in_notebook(path: str, data: bytes, search: Search, reading: Reading) -> Iterator[Stem]:
    """The cells of an executed notebook that hold something; `path` is the author's own."""
    number = 0
    for cell in json.loads(data)["cells"]:
        number += INJECTED not in cell.get("metadata", {}).get("tags", ())
        yield from _in_source(Span(path=path, cell=number), cell, search)
        pieces = reading.pieces(json.dumps(_shown(cell)).encode(), path)
        for _, finds in search.finds(pieces):
            for find in finds:
                yield Stem(find=find, span=Span(path=path, cell=number))


def _shown(cell: dict[str, Any]) -> list[Any]:
    return [cell.get("outputs", []), cell.get("attachments", {}), cell.get("metadata", {})]


def _in_source(where: Span, cell: dict[str, Any], search: Search) -> Iterator[Stem]:
    source = cell.get("source", "")
    text = source if isinstance(source, str) else "".join(source)
    lines = LineIndex(text)
    for find, start, end in _at(text, search):
        span = lines.span(where.path, start, end)
        place = Span(
            path=where.path,
            cell=where.cell,
            line=span.line,
            column=span.column,
            end_line=span.end_line,
            end_column=span.end_column,
        )
        yield Stem(find=find, span=place)


def in_source(path: str, data: bytes, search: Search, reading: Reading) -> Iterator[Stem]:
    """The lines of a file of the compendium that hold something, or the file if it has no lines."""
    text = decoded(data)
    if text is None:
        for _, finds in search.finds(reading.pieces(data, path)):
            for find in finds:
                yield Stem(find=find, span=Span(path=path))
        return
    if path.lower().endswith((".csv", ".tsv")):
        yield from in_table(path, text, search)
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = LineIndex(text)
    for find, start, end in _at(text, search):
        yield Stem(find=find, span=lines.span(path, start, end))


def _at(text: str, search: Search) -> Iterator[tuple[Find, int, int]]:
    """What a text holds, with the offsets in the text as it is."""
    for _, finds in search.finds([Piece(text=text)]):
        for find in finds:
            start = original_offset(text, find.start)
            yield find, start, original_offset(text, find.start + len(find.text) - 1) + 1
