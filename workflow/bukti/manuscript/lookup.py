"""What documentary claims, quotations and counts are looked up in: raw files and clean tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Diagnostic
from bukti.manuscript.attestations import attestation_of
from bukti.manuscript.counts import CorpusTables, Counts, counts_of
from bukti.manuscript.documentary import Place, Resolved, Tables, resolve
from bukti.manuscript.quotations import Library, check_quotations
from bukti.manuscript.shifted import Row, compared
from bukti.manuscript.source_texts import SourceText, source_text
from bukti.project import Project
from bukti.project.claim_files import digests_of, table_rows
from bukti.project.products import clean_table
from bukti.project.raw_files import RAW

Made = Mapping[str, bytes]


def documents_of(
    project: Project, claims: Mapping[str, Any], place: Place, tables: Tables
) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """What the documentary claims and quotations rest on, and where quotations do not agree.

    `tables` are those of coded segments.
    """
    proofs, findings = check_quotations(claims, library_of(project), place)
    return resolve(claims, proofs, tables, place), findings


def library_of(project: Project) -> Library:
    """The sources in which quotations are looked up, and the attestations of those absent."""
    inventory, raw = project.inventory, project.root / RAW
    present = digests_of(raw, (name.removeprefix(f"{RAW}/") for name in inventory.quoted))
    return Library(
        register=inventory.register,
        present=present,
        text=lambda name: _text_of(raw / name, name, present[name]),
        accepted=inventory.accepted,
        attested={name: attestation_of(each) for name, each in inventory.attested.items()},
    )


def coded_tables(project: Project, made: Made) -> Tables:
    """The rows of the tables of coded segments that claims rest on, by name; None if not made.

    `made` holds clean tables that are newer than those on disk, by their path.
    Segments whose document is another now, as far as its text is in a clean table, `differ`.
    """
    inventory = project.inventory
    sources = {table.name: table for table in inventory.tables}
    found: dict[str, Sequence[Row] | None] = {}
    for name in dict.fromkeys([*inventory.coded, *filter(None, inventory.corpus[:1])]):
        rows = _rows(project, name, made)
        documents = sources[name].corpus[1] if name in sources else ""
        texts = (_rows(project, documents, made) if documents else None) or []
        found[name] = rows and compared(rows, texts) if texts else rows
    return found


def corpus_counts(project: Project, tables: Tables, made: Made) -> Counts:
    """The counts of the coded corpus, if there is one and its tables are made."""
    names = project.inventory.corpus
    if not names[0]:
        return Counts()
    segments, codes = tables[names[0]], _rows(project, names[1], made)
    if segments is None or codes is None or not _is_codebook(codes):
        return Counts()
    documents = _rows(project, names[2], made) if names[2] else None
    if documents and "document" not in documents[0]:
        documents = None
    return counts_of(CorpusTables(segments=segments, codes=codes, documents=documents, names=names))


def _is_codebook(codes: list[dict[str, Any]]) -> bool:
    return bool(codes) and {"code", "path", "parent"} <= codes[0].keys()


def _rows(project: Project, table: str, made: Made) -> list[dict[str, Any]] | None:
    path = clean_table(table)
    there = (project.root / path).is_file()
    return table_rows(made.get(path) or ((project.root / path).read_bytes() if there else None))


@lru_cache(maxsize=64)
def _text_of(path: Path, name: str, digest: str) -> SourceText | None:
    return source_text(path.read_bytes(), name)
