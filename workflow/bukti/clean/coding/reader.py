"""Which kind of coded project a file is: its content says, not its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from bukti.base.diagnostic import Diagnostic, Note, Problem, diagnose, note
from bukti.base.span import Span
from bukti.clean.coding.archive import Archive
from bukti.clean.coding.comments import DOCUMENT, read_comments
from bukti.clean.coding.databases import MARK, Database
from bukti.clean.coding.draft import settled
from bukti.clean.coding.markup import is_web_page
from bukti.clean.coding.offsets import CODE_POINTS, UTF_8, UTF_16
from bukti.clean.coding.qualcoder import is_qualcoder, read_qualcoder
from bukti.clean.coding.records import Code, Corpus
from bukti.clean.coding.refi import read_refi
from bukti.clean.coding.sheets import (
    CodingSheet,
    csv_sheet,
    read_sheets,
    renamed,
    sheet_codes,
    workbook_sheets,
)
from bukti.clean.coding.tables import TABLES, corpus_table
from bukti.clean.coding.taguette import is_taguette, read_taguette

_XML = re.compile(rb"(\xef\xbb\xbf)?\s*<|(\xff\xfe<\x00)|(\xfe\xff\x00<)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a project's file needs besides: files of codes and of documents, by their raw names.

    `files` are all raw files that the script may read; `separator` is that of CSV files; `columns`
    says how the sheet of segments calls a column, where it has a name of its own.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    codes: str | None = None
    documents: str | None = None
    separator: str = ","
    columns: Mapping[str, str] = field(default_factory=dict)


def read_corpus(data: bytes, path: str, beside: Beside | None = None) -> Corpus:
    """The coded corpus of a project's file, with what is wrong in it as its findings.

    Raises Problem where it is no coded project, or one that cannot be read safely.
    """
    beside = beside or Beside()
    if is_web_page(data):
        raise _none(path, data, note("coding-web-page"))
    if data.startswith(MARK):
        return _of_database(data, path)
    if data.startswith(b"PK"):
        return _of_archive(data, path, beside)
    if _XML.match(data):
        return settled(read_refi(data, path))
    if path.lower().endswith((".csv", ".tsv")):
        sheets = {"segments": csv_sheet(data, path, beside.separator)}
        return _of_sheets(sheets, beside)
    raise _none(path, data, note("coding-unknown"))


def _of_archive(data: bytes, path: str, beside: Beside) -> Corpus:
    archive = Archive(data, path)
    if "xl/workbook.xml" in archive.names:
        return _of_sheets(workbook_sheets(data, path), beside)
    if DOCUMENT in archive.names:
        return settled(read_comments(archive, path, _codebook(beside)), ())
    return settled(read_refi(data, path))


def _of_sheets(sheets: dict[str, CodingSheet], beside: Beside) -> Corpus:
    for name, file in (("codes", beside.codes), ("documents", beside.documents)):
        if file is not None:
            where = f"data/raw/{file}"
            sheets[name] = csv_sheet(beside.files[file], where, beside.separator)
    sheets["segments"] = renamed(sheets["segments"], beside.columns)
    return settled(read_sheets(sheets, beside.files), ())


def _codebook(beside: Beside) -> tuple[Code, ...]:
    """The codes of a file beside the project: a codebook in REFI-QDA, or a sheet of codes."""
    if beside.codes is None:
        return ()
    data, path = beside.files[beside.codes], f"data/raw/{beside.codes}"
    if path.lower().endswith((".csv", ".tsv")):
        return sheet_codes(csv_sheet(data, path, beside.separator))
    return read_corpus(data, path).codes


def _of_database(data: bytes, path: str) -> Corpus:
    database = Database(data, path)
    try:
        if is_qualcoder(database.tables):
            return settled(read_qualcoder(database, path), (UTF_16, CODE_POINTS))
        if is_taguette(database.tables):
            return settled(read_taguette(database, path), (UTF_8,))
    except (KeyError, TypeError, OverflowError) as error:  # a column of another kind, or none
        where = Span(path=path)
        raise Problem(diagnose("QUA105", where, reason=f"{error} (SQLite)")) from error
    raise _none(path, data, note("coding-database"))


def coding_table(
    data: bytes, path: str, table: str, script: str, beside: Beside | None = None
) -> tuple[pl.DataFrame, tuple[Diagnostic, ...]]:
    """One table of a coded project's file, and what is wrong in the project.

    Raises Problem as `read_corpus` does, and where there is no such table.
    """
    if table not in TABLES:
        known = ", ".join(TABLES)
        raise Problem(diagnose("QUA123", Span(path=script), table=table, known=known))
    corpus = read_corpus(data, path, beside)
    return corpus_table(corpus, table), corpus.findings


def _none(path: str, data: bytes, why: Note) -> Problem:
    found = " ".join(data[:24].decode("ascii", "replace").split())
    shown = "".join(sign if sign.isprintable() else "·" for sign in found)
    return Problem(diagnose("QUA102", Span(path=path), found=shown, notes=(why,)))
