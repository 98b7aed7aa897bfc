"""A coded corpus as tables: a row for each document, code, coding of a passage, and so on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from bukti.clean.coding import records
from bukti.clean.coding.codebook import shown_path, with_children
from bukti.clean.coding.records import Code, Coding, Corpus, Segment
from bukti.clean.reading.frames import ROW

Row = dict[str, Any]


def corpus_table(corpus: Corpus, table: str) -> pl.DataFrame:
    """One table of a corpus, its columns typed, with `_row`, the line of the project.

    Raises KeyError for a table that is none of TABLES.
    """
    columns, rows = TABLES[table]
    schema = {**dict.fromkeys(columns, pl.String), ROW: pl.UInt32}
    schema |= {name: kind for name, kind in _TYPES.items() if name in columns}
    values = [{**row, ROW: _line(row["line"])} for row in rows(corpus)]
    return pl.DataFrame(
        {name: [row[name] for row in values] for name in schema}, schema=schema
    ).select(ROW, *columns)


def _line(line: Any) -> int:
    """A line or row; 0 for what is no number of one, as identifiers of databases may be."""
    return line if isinstance(line, int) and 0 <= line < 2**32 else 0


_TYPES: Mapping[str, Any] = {
    "length": pl.Int64,
    "start": pl.Int64,
    "end": pl.Int64,
    "page": pl.Int64,
    "nearest_start": pl.Int64,
    "depth": pl.Int64,
    "segments": pl.Int64,
    "segments_below": pl.Int64,
    "codable": pl.Boolean,
}


def _documents(corpus: Corpus) -> Iterator[Row]:
    for each in corpus.documents:
        text = each.text
        groups = [group for group in corpus.groups if each.id in group.documents]
        yield {
            "document": each.id,
            "name": each.name,
            "kind": each.kind,
            "state": each.state,
            "length": None if text is None else len(text),
            "digest": None if text is None else hashlib.sha256(text.encode()).hexdigest(),
            "file": each.file or None,
            "cases": "; ".join(group.name for group in groups if group.kind == "case") or None,
            "sets": "; ".join(group.name for group in groups if group.kind == "set") or None,
            "memo": each.memo or None,
            "line": each.line,
        }


def _codes(corpus: Corpus) -> Iterator[Row]:
    coded: dict[str, set[str]] = {}
    for segment in corpus.segments:
        for coding in segment.codings:
            coded.setdefault(coding.code, set()).add(segment.id)
    for each in corpus.codes:
        below = [coded.get(code.id, set()) for code in with_children(corpus.codes, each)]
        yield {
            "code": each.id,
            "name": each.name,
            "path": shown_path(each),
            "parent": each.parent,
            "depth": len(each.path),
            "codable": each.codable,
            "segments": len(coded.get(each.id, ())),
            "segments_below": len(set().union(*below)),
            "colour": each.colour or None,
            "memo": each.memo or None,
            "line": each.line,
        }


def _segments(corpus: Corpus) -> Iterator[Row]:
    documents = {each.id: each.name for each in corpus.documents}
    codes = {each.id: each for each in corpus.codes}
    for each in corpus.segments:
        for coding in each.codings or (None,):
            yield _segment(each, coding, documents, codes)


def _segment(
    each: Segment,
    coding: Coding | None,
    documents: Mapping[str, str],
    codes: Mapping[str, Code],
) -> Row:
    code = codes.get(coding.code) if coding else None
    memos = dict.fromkeys([each.memo, coding.memo if coding else ""])
    lost = each.state in (records.DIFFERS, records.IMPOSSIBLE)
    return {
        "segment": each.id,
        "document": each.document,
        "document_name": documents.get(each.document),
        "code": coding.code if coding else None,
        "code_path": shown_path(code) if code else None,
        "start": each.start if each.state != records.IMPOSSIBLE else None,
        "end": each.end if each.state != records.IMPOSSIBLE else None,
        "page": each.page,
        "area": each.area or None,
        "text": each.text or None,
        "state": each.state,
        "recorded": each.said or None if lost else None,
        "nearest_start": each.now[0] if lost and each.now else None,
        "nearest": each.now[1] if lost and each.now else None,
        "coder": (coding.coder if coding else "") or each.coder or None,
        "created": (coding.created if coding else "") or each.created or None,
        "memo": "\n".join(memo for memo in memos if memo) or None,
        "line": each.line,
    }


def _groups(corpus: Corpus) -> Iterator[Row]:
    for each in corpus.groups:
        for kind in ("documents", "segments", "codes", "memos"):
            for member in getattr(each, kind) or ():
                yield {
                    "kind": each.kind,
                    "id": each.id,
                    "name": each.name,
                    "member": member,
                    "member_kind": kind.removesuffix("s"),
                    "memo": each.memo or None,
                    "line": each.line,
                }


def _memos(corpus: Corpus) -> Iterator[Row]:
    for each in corpus.memos:
        for about in each.about or (None,):
            yield {
                "memo": each.id,
                "name": each.name or None,
                "about": about,
                "text": each.text or None,
                "coder": each.coder or None,
                "created": each.created or None,
                "line": each.line,
            }


def _attributes(corpus: Corpus) -> Iterator[Row]:
    for each in corpus.attributes:
        yield {
            "owner": each.owner,
            "id": each.id,
            "name": each.name,
            "value": each.value or None,
            "line": each.line,
        }


def _coders(corpus: Corpus) -> Iterator[Row]:
    for number, (identity, name) in enumerate(corpus.coders.items(), start=1):
        yield {"coder": identity, "name": name, "line": number}


def _leftovers(corpus: Corpus) -> Iterator[Row]:
    for each in corpus.leftovers:
        yield {
            "kind": each.kind,
            "id": each.id or None,
            "name": each.name or None,
            "content": each.content,
            "line": each.line,
        }


_CODE = ("code", "name", "path", "parent", "depth", "codable")
_SHIFTED = ("recorded", "nearest_start", "nearest")
_PLACE = ("segment", "document", "document_name", "code", "code_path", "start", "end", "page")

TABLES: Mapping[str, tuple[Sequence[str], Callable[[Corpus], Iterator[Row]]]] = {
    "documents": (
        ("document", "name", "kind", "state", "length", "digest", "file", "cases", "sets", "memo"),
        _documents,
    ),
    "codes": (
        (*_CODE, "segments", "segments_below", "colour", "memo"),
        _codes,
    ),
    "segments": (
        (*_PLACE, "area", "text", "state", *_SHIFTED, "coder", "created", "memo"),
        _segments,
    ),
    "groups": (("kind", "id", "name", "member", "member_kind", "memo"), _groups),
    "memos": (("memo", "name", "about", "text", "coder", "created"), _memos),
    "attributes": (("owner", "id", "name", "value"), _attributes),
    "coders": (("coder", "name"), _coders),
    "leftovers": (("kind", "id", "name", "content"), _leftovers),
}
