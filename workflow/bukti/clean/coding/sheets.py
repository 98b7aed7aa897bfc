"""Coding kept in spreadsheets: sheets or CSV files of documents, codes and segments.

Also the highlights that Taguette 1.5 exports as CSV or XLSX: id, document, tag, content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.clean.coding import records
from bukti.clean.coding.codebook import BETWEEN, code_named
from bukti.clean.coding.draft import Draft
from bukti.clean.coding.offsets import SourceText, source_text
from bukti.clean.coding.records import Attribute, Code, Coding, Document, Segment
from bukti.clean.coding.source_files import readable
from bukti.clean.coding.taguette import tag_codes
from bukti.clean.coding.trees import grown, written_codes
from bukti.clean.reading.delimited import read_delimited
from bukti.clean.reading.frames import ROW, text_of
from bukti.clean.reading.sheet import open_sheet, read_table
from bukti.clean.reading.text import decoded

HIGHLIGHTS = ("id", "document", "tag", "content")
_DOCUMENT = ("document", "name", "kind", "text", "file", "memo")
_SEVERAL = ";"

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingSheet:
    """One sheet or CSV file: its rows as text with their line or row, and where it lies."""

    path: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Cells], ...]

    def at(self, line: int | None = None) -> Span:
        """The place of a row."""
        return Span(path=self.path, line=line)


def csv_sheet(data: bytes, path: str, separator: str) -> CodingSheet:
    """A CSV file; Problem where it cannot be read as one."""
    return _sheet(read_delimited(decoded(data, path), path, separator, skip=0), path)


def workbook_sheets(data: bytes, path: str) -> dict[str, CodingSheet]:
    """The sheets `documents`, `codes`, `segments` and `highlights` of a workbook.

    A workbook with one sheet, whatever its name, has the segments. Raises Problem where it cannot
    be read.
    """
    found: dict[str, CodingSheet] = {}
    for name in ("documents", "codes", "segments", "highlights"):
        try:
            opened = open_sheet(data, path, name)
        except Problem as problem:
            if problem.diagnostics[0].code != "CLN118":
                raise
        else:
            found[name] = _of_cells(opened, path)
    if "segments" not in found:
        found["segments"] = found.get("highlights") or _of_cells(open_sheet(data, path, None), path)
    return found


def _of_cells(opened: Any, path: str) -> CodingSheet:
    table = read_table(opened, path, (1, 1), {}, len(opened.cells))
    return _sheet(table.frame, path)


def _sheet(frame: pl.DataFrame, path: str) -> CodingSheet:
    columns = tuple(name for name in frame.columns if name != ROW)
    rows = tuple(
        (row[ROW], {name: "" if row[name] is None else text_of(row[name]) for name in columns})
        for row in frame.iter_rows(named=True)
    )
    return CodingSheet(path=path, columns=columns, rows=rows)


def renamed(sheet: CodingSheet, columns: Mapping[str, str]) -> CodingSheet:
    """The sheet with the columns that `columns` maps to called by its keys instead.

    Raises Problem where the sheet has no column of that name.
    """
    _wanted(sheet, *columns.values())
    asked = {own: name for name, own in columns.items()}
    others = [name for name in sheet.columns if name not in asked and name not in columns]
    kept = {**{name: name for name in others}, **asked}
    rows = tuple((line, {kept[own]: row[own] for own in kept}) for line, row in sheet.rows)
    return replace(sheet, columns=tuple(kept.values()), rows=rows)


def read_sheets(sheets: Mapping[str, CodingSheet], files: Mapping[str, bytes]) -> Draft:
    """The records of a corpus in sheets; `files` are raw files that hold documents' texts.

    Raises Problem where a column is missing, or a code is unknown or ambiguous.
    """
    segments = sheets["segments"]
    draft = Draft(path=segments.path, lined=True, origin="sheets")
    if set(HIGHLIGHTS) <= set(segments.columns):
        segments = _highlights(segments, draft)
    elif "codes" in sheets:
        draft.codes = _codebook(sheets["codes"], draft)
    _wanted(segments, "document", "code")
    if draft.origin == "sheets" and "codes" not in sheets:
        draft.codes = written_codes(
            (name, line) for line, row in segments.rows for name in _names(row["code"])
        )
    if "documents" in sheets:
        _documents(sheets["documents"], files, draft)
    known = {document.id for document in draft.documents}
    by_name = {document.name: document.id for document in draft.documents}
    bound: dict[str, str] = {}
    for line, row in segments.rows:
        name = row["document"]
        identity = name if name in known else by_name.get(name, name)
        if identity not in known:
            known.add(identity)
            if "documents" in sheets:
                draft.references.append(("Segment", name, "document", identity, line))
            else:
                state = records.NO_TEXT
                draft.documents.append(
                    Document(id=identity, name=name, kind="text", text=None, state=state, line=line)
                )
        codes = [_code(each, line, bound, draft, segments) for each in _names(row["code"])]
        _passage(line, row, identity, codes, draft)
    return draft


def _wanted(sheet: CodingSheet, *columns: str) -> None:
    lacking = [name for name in columns if name not in sheet.columns]
    if lacking:
        shown = ", ".join(sheet.columns)
        raise Problem(diagnose("QUA126", sheet.at(1), columns=", ".join(lacking), found=shown))


def _highlights(sheet: CodingSheet, draft: Draft) -> CodingSheet:
    """The same rows by the names that sheets of segments have; a row for each passage."""
    draft.origin = "Taguette"
    tags = {row["tag"]: line for line, row in reversed(sheet.rows) if row["tag"]}
    draft.codes = tag_codes([(tag, tag, "", tags[tag]) for tag in sorted(tags)])
    passages: dict[str, tuple[int, dict[str, str]]] = {}
    for line, row in sheet.rows:
        first = {"segment": row["id"], "document": row["document"], "text": row["content"]}
        _, cells = passages.setdefault(row["id"], (line, {**first, "code": ""}))
        cells["code"] = _SEVERAL.join(filter(None, (cells["code"], row["tag"])))
    columns = ("segment", "document", "text", "code")
    return replace(sheet, columns=columns, rows=tuple(passages.values()))


def sheet_codes(sheet: CodingSheet) -> tuple[Code, ...]:
    """The codes of a sheet alone; Problem where one stands twice or a parent is unknown."""
    draft = Draft(path=sheet.path)
    codes = tuple(_codebook(sheet, draft))
    if draft.findings:
        raise Problem(*draft.findings)
    return codes


def _codebook(sheet: CodingSheet, draft: Draft) -> list[Code]:
    """The codes of a sheet: `code` is a name below `parent`, or a whole path."""
    _wanted(sheet, "code")
    listed: list[tuple[int, Code]] = []
    for line, row in sheet.rows:
        path = tuple(part.strip() for part in row["code"].split(BETWEEN))
        above = " ".join(row.get("parent", "").split())
        identity = row.get("id") or BETWEEN.join((above, *path) if above else path)
        if any(code.id == identity for _, code in listed):
            first = next(at for at, code in listed if code.id == identity)
            where = sheet.at(line)
            found = diagnose("QUA120", where, guid=identity, first=first, line=line)
            draft.findings.append(found)
            continue
        parent = above or BETWEEN.join(path[:-1]) or None
        memo, colour = row.get("memo", ""), row.get("colour", "")
        code = Code(
            id=identity,
            name=path[-1],
            path=path,
            parent=parent,
            memo=memo,
            colour=colour,
            line=line,
        )
        listed.append((line, code))
    codes = [code for _, code in listed]
    bound = [_bound(code, codes, sheet) for code in codes]
    tree, circles = grown(bound, sheet.at())
    draft.findings += circles
    return tree


def _bound(code: Code, codes: Sequence[Code], sheet: CodingSheet) -> Code:
    """The code with its parent's id in the place of the name or path that the sheet gives."""
    if code.parent is None:
        return code
    others = [each for each in codes if each.id != code.id]
    return replace(code, parent=code_named(others, code.parent, sheet.at(code.line)).id)


def _documents(sheet: CodingSheet, files: Mapping[str, bytes], draft: Draft) -> None:
    _wanted(sheet, "document")
    for line, row in sheet.rows:
        identity, file = row["document"], row.get("file", "")
        text, state = _document_text(row, files)
        draft.documents.append(
            Document(
                id=identity,
                name=row.get("name") or identity,
                kind=row.get("kind") or "text",
                text=text.text if text else None,
                state=state,
                file=file,
                memo=row.get("memo", ""),
                line=line,
            )
        )
        if text is not None and text.text.strip():
            draft.texts[identity] = text
        draft.attributes += [
            Attribute(owner="document", id=identity, name=name, value=row[name], line=line)
            for name in sheet.columns
            if name not in _DOCUMENT and row[name]
        ]


def _document_text(row: Cells, files: Mapping[str, bytes]) -> tuple[SourceText | None, str]:
    file = row.get("file", "")
    if row.get("text"):
        return _kept(row["text"]), records.READ
    if not file:
        return None, records.NO_TEXT
    if file not in files:
        return None, records.MISSING
    stored, could = readable(files[file], f"data/raw/{file}")
    if stored is None:
        return None, records.NO_TEXT if could else records.UNREADABLE
    return _kept(stored), records.READ if stored.strip() else records.EMPTY


def _kept(stored: str) -> SourceText:
    """A text in which every line end is one character, as positions in sheets count them."""
    return SourceText(text=source_text(stored).text)


def _passage(line: int, row: Cells, document: str, codes: Sequence[str], draft: Draft) -> None:
    identity = row.get("segment") or f"row-{line}"
    start, end = _number(row, "start"), _number(row, "end")
    source = draft.texts.get(document)
    words = row.get("text", "")
    if start is None and source is not None and words.strip():
        places = list(_places(source.text, words))
        start, end = places[0] if len(places) == 1 else (None, None)
        if start is None:
            shown = " ".join(words.split())[:60]
            draft.findings.append(
                diagnose(
                    "QUA124",
                    draft.at(line),
                    guid=identity,
                    name=document,
                    said=shown,
                    count=len(places),
                )
            )
    coder, created = row.get("coder", ""), row.get("created", "")
    draft.segments.append(
        Segment(
            id=identity,
            document=document,
            start=start,
            end=end,
            page=_number(row, "page"),
            said=words,
            binding=True,
            coder=coder,
            created=created,
            memo=row.get("memo", ""),
            codings=tuple(Coding(id=identity, code=code, coder=coder) for code in codes),
            line=line,
        )
    )
    if coder:
        draft.coders.setdefault(coder, coder)


def _number(row: Cells, name: str) -> int | None:
    value = row.get(name, "").strip()
    return int(value) if re.fullmatch(r"-?[0-9]{1,18}", value) else None


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    pattern = r"\s+".join(map(re.escape, words.split()))
    return ((found.start(), found.end()) for found in re.finditer(pattern, text))


def _code(name: str, line: int, bound: dict[str, str], draft: Draft, sheet: CodingSheet) -> str:
    """The id of a code, remembered by how the sheets write it."""
    if name not in bound:
        bound[name] = code_named(draft.codes, name, sheet.at(line)).id
    return bound[name]


def _names(cell: str) -> list[str]:
    """The codes of a cell, one or several between semicolons."""
    return [" ".join(name.split()) for name in cell.split(_SEVERAL) if name.strip()]
