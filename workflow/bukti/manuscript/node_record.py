"""Where the pictures and tables of an edition's tree stand in its files: the record beside it.

The tree itself names no lines, so that a paper stays the same when lines are moved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bukti.base.span import LineIndex, Span
from bukti.base.tree import Node, walk
from bukti.manuscript.edition import Edition
from bukti.manuscript.node_places import Kind, Sought, places_of
from bukti.manuscript.picture_faults import Pictures, address_to_set
from bukti.manuscript.products import PREFIX
from bukti.manuscript.tree import plain_text

VERSION = 1
PICTURE, TABLE = "picture", "table"
_LONGEST = 60

Reader = Callable[[str], Any]


def node_record(
    edition: Edition,
    chapters: Mapping[str, str],
    pictures: Pictures,
    read: Callable[[str], Reader],
) -> dict[str, Any]:
    """The record of an edition; `read` gives for a file's path what reads its text."""
    found: dict[tuple[str, str], Span] = {}
    for path, tree in edition.trees.items():
        places = _pictures(path, chapters[path], tree, edition.language, pictures, read(path))
        for name, span in places:
            found.setdefault((PICTURE, name), span)
    for use in edition.uses:
        kind, name = (PICTURE, f"figure:{use.id}") if use.kind == "figure" else (TABLE, "")
        found.setdefault((kind, name or f"{PREFIX[use.kind]}:{use.id}"), use.span)
    for node in walk(edition.blocks):
        if node["t"] == "Table" and (TABLE, table_name(node)) not in found:
            place = _table(node, edition, chapters)
            if place is not None:
                found[TABLE, table_name(node)] = place
    records = [_record(kind, name, span) for (kind, name), span in sorted(found.items(), key=_key)]
    return {"version": VERSION, "language": edition.language, "places": records}


def places_in(record: Mapping[str, Any]) -> dict[tuple[str, str], Span]:
    """The places of a record, by kind and name."""
    keys = ("path", "line", "column", "end_line", "end_column")
    return {
        (each["kind"], each["name"]): Span(**{key: each[key] for key in keys})
        for each in record["places"]
    }


def table_name(node: Node) -> str:
    """What a table is known by: its identifier, else its caption, else its first words."""
    identifier: str = node["c"][0][0]
    return identifier or plain_text(node["c"][1]) or _first_words(node)


def _pictures(
    path: str, text: str, tree: Any, language: str, pictures: Pictures, read: Reader
) -> Iterator[tuple[str, Span]]:
    nodes = walk([tree["blocks"], list(tree["meta"].values())])
    addresses = {node["c"][2][0] for node in nodes if node["t"] == "Image"}
    names: dict[Sought, str] = {}
    for address in sorted(addresses):
        there = address_to_set(address, f"manuscript/{language}", pictures)
        if there is not None and not pictures.is_made(address):
            names[Sought(kind=Kind.PICTURE, content=address)] = there
    for sought, spans in places_of(path, text, list(names), read).items():
        yield names[sought], spans[0]


def _table(node: Node, edition: Edition, chapters: Mapping[str, str]) -> Span | None:
    identifier = node["c"][0][0]
    if identifier:
        own = re.compile(rf"\{{[^{{}}\n]*?(#{re.escape(identifier)})(?=[\s}}])")
        for path, text in chapters.items():
            if match := own.search(text):
                return LineIndex(text).span(path, match.start(1), match.end(1))
    words = plain_text(node["c"][1]) or _first_words(node)
    return next(
        (
            passage.span()
            for passage in edition.passages
            if passage.kind in ("caption", "cell") and passage.text.startswith(words)
        ),
        None,
    )


def _first_words(node: Node) -> str:
    words = (plain_text(cell).strip() for cell in walk(node["c"]) if cell["t"] in ("Plain", "Para"))
    return next((each[:_LONGEST] for each in words if each), "")


def _key(item: tuple[tuple[str, str], Span]) -> tuple[str, str]:
    return item[0]


def _record(kind: str, name: str, span: Span) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": name,
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
