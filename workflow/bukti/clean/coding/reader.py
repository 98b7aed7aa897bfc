"""Which kind of coded project a file is: its content says, not its name."""

from __future__ import annotations

import polars as pl

from bukti.base.diagnostic import Diagnostic, Note, Problem, diagnose, note
from bukti.base.span import Span
from bukti.clean.coding.draft import settled
from bukti.clean.coding.markup import is_web_page
from bukti.clean.coding.records import Corpus
from bukti.clean.coding.refi import read_refi
from bukti.clean.coding.tables import TABLES, corpus_table

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_corpus(data: bytes, path: str) -> Corpus:
    """The coded corpus of a project's file, with what is wrong in it as its findings.

    Raises Problem where it is no coded project, or one that cannot be read safely.
    """
    if is_web_page(data):
        raise _none(path, data, note("coding-web-page"))
    if data.startswith(b"PK"):
        return settled(read_refi(data, path))
    if data.lstrip().startswith((b"<", *_MARKS)):
        return settled(read_refi(data, path))
    raise _none(path, data, note("coding-unknown"))


def coding_table(
    data: bytes, path: str, table: str, script: str
) -> tuple[pl.DataFrame, tuple[Diagnostic, ...]]:
    """One table of a coded project's file, and what is wrong in the project.

    Raises Problem as `read_corpus` does, and where there is no such table.
    """
    if table not in TABLES:
        known = ", ".join(TABLES)
        raise Problem(diagnose("QUA123", Span(path=script), table=table, known=known))
    corpus = read_corpus(data, path)
    return corpus_table(corpus, table), corpus.findings


def _none(path: str, data: bytes, why: Note) -> Problem:
    found = " ".join(data[:24].decode("ascii", "replace").split())
    shown = "".join(sign if sign.isprintable() else "·" for sign in found)
    return Problem(diagnose("QUA102", Span(path=path), found=shown, notes=(why,)))
