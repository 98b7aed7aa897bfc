"""`bukti why SOURCE`: what the register says of a source, and what in the paper rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bukti.cli.session import Session
from bukti.plan import cleaning_ledger
from bukti.project import Project
from bukti.project.byline import words_in
from bukti.project.raw_files import RAW, RAW_DIGESTS
from bukti.tools.checksums import read_checksums
from bukti.tools.records import read_record

LEDGER = "outputs/ledger.json"


def explained_source(session: Session, project: Project, name: str) -> list[str]:
    """A source as a tree of lines: title, terms, access, digests, raw files, tables and claims."""
    source = project.inventory.register.sources[name]
    branches = [
        *_described(session, source),
        *_raw_files(session, project, name),
        *_users(project, name),
    ]
    lines = [f"{name}: {words_in(source['title'], session.language)}"]
    for number, (key, text) in enumerate(branches):
        branch = "└─" if number == len(branches) - 1 else "├─"
        lines.append(f"{branch} {session.word(key)}: {text}")
    return lines


def _described(session: Session, source: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    parts = (
        *source.get("authors", ()),
        words_in(source.get("publisher", ""), session.language),
        *(source.get(key) for key in ("year", "url", "doi")),
    )
    shown = ", ".join(str(part) for part in parts if part)
    if shown:
        yield "why-source", shown
    for key, word in (("terms", "why-terms"), ("obtain", "why-obtain")):
        if key in source:
            yield word, words_in(source[key], session.language)
    yield "why-access", source.get("access", "open")
    digests = source.get("sha256", ())
    for digest in (digests,) if isinstance(digests, str) else digests:
        yield "why-digest", digest


def _raw_files(session: Session, project: Project, name: str) -> Iterator[tuple[str, str]]:
    """The raw files that come from a source, each with its accepted digest."""
    accepted = read_checksums(project.root / RAW_DIGESTS, shown_as=RAW_DIGESTS)
    for file, entry in project.inventory.register.raw.items():
        if entry.get("source") == name:
            path = f"{RAW}/{file}"
            here = path in project.inventory.raw
            parts = (path, accepted.get(file, "-"), "" if here else session.word("why-not-here"))
            yield "why-raw", "  ".join(part for part in parts if part)


def _users(project: Project, name: str) -> Iterator[tuple[str, str]]:
    """The tables and claims that rest on a source, as the last build recorded them."""
    tables = [
        table.name
        for table in project.inventory.tables
        if _rests_on(project.root, table.name, name)
    ]
    files = {
        f"{RAW}/{file}"
        for file, entry in project.inventory.register.raw.items()
        if entry.get("source") == name
    }
    tables += [
        table.name
        for table in project.inventory.tables
        if files & {*table.raw} and table.name not in tables
    ]
    if tables:
        yield "why-tables", ", ".join(sorted(tables))
    ledger = read_record(project.root / LEDGER)
    claims = [
        entry["id"]
        for entry in (ledger["claims"] if ledger else ())
        if name in entry["evidence"]["sources"]
        or (not entry["evidence"]["sources"] and entry["evidence"]["table"] in tables)
    ]
    if claims:
        yield "why-claims", ", ".join(claims)


def _rests_on(root: Path, table: str, source: str) -> bool:
    record = read_record(root / cleaning_ledger(table))
    return record is not None and any(item["id"] == source for item in record["sources"])
