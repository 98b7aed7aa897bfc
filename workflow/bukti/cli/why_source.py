"""`bukti why SOURCE`: what the register says of a source, and what in the paper rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bukti.base.span import Span
from bukti.cli.session import Session
from bukti.cli.why_tree import Branch, branches
from bukti.project import Project
from bukti.project.byline import words_in
from bukti.project.products import cleaning_ledger
from bukti.project.raw_files import RAW, RAW_DIGESTS
from bukti.tools.checksums import read_checksums
from bukti.tools.records import read_record

LEDGER = "outputs/ledger.json"


def explained_source(session: Session, project: Project, name: str) -> Branch:
    """A source with its terms, access, digests, raw files, tables and claims."""
    children = (
        *_described(session, project.inventory.register.sources[name]),
        *_raw_files(session, project, name),
        *_users(project, name),
    )
    return replace(source_branch(session, project, name), children=children)


def source_branch(session: Session, project: Project, name: str, locator: str = "") -> Branch:
    """A source by its id and title, and the place in it where one is stated."""
    register = project.inventory.register
    title = words_in(register.sources.get(name, {}).get("title", ""), session.language)
    return Branch(
        kind="why-source",
        text=f"{name}: {title}" if title else name,
        span=register.places.get(name),
        children=branches("why-locator", [locator] if locator else []),
    )


def _described(session: Session, source: Mapping[str, Any]) -> Iterator[Branch]:
    parts = (
        *source.get("authors", ()),
        words_in(source.get("publisher", ""), session.language),
        *(source.get(key) for key in ("year", "url", "doi")),
    )
    shown = ", ".join(str(part) for part in parts if part)
    if shown:
        yield Branch(kind="why-published", text=shown)
    for key, kind in (("terms", "why-terms"), ("obtain", "why-obtain")):
        if key in source:
            yield Branch(kind=kind, text=words_in(source[key], session.language))
    yield Branch(kind="why-access", text=source.get("access", "open"))
    digests = source.get("sha256", ())
    yield from branches("why-digest", (digests,) if isinstance(digests, str) else digests)


def _raw_files(session: Session, project: Project, name: str) -> Iterator[Branch]:
    """The raw files that come from a source, each with its accepted digest."""
    accepted = read_checksums(project.root / RAW_DIGESTS, shown_as=RAW_DIGESTS)
    for file, entry in project.inventory.register.raw.items():
        if entry.get("source") == name:
            path = f"{RAW}/{file}"
            here = path in project.inventory.raw
            parts = (path, accepted.get(file, "-"), "" if here else session.word("why-not-here"))
            shown = "  ".join(part for part in parts if part)
            yield Branch(kind="why-raw", text=shown, span=Span(path=path))


def _users(project: Project, name: str) -> Iterator[Branch]:
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
        yield Branch(kind="why-tables", text=", ".join(sorted(tables)))
    ledger = read_record(project.root / LEDGER)
    claims = [
        entry["id"]
        for entry in (ledger["claims"] if ledger else ())
        if name in entry["evidence"]["sources"]
        or (not entry["evidence"]["sources"] and entry["evidence"]["table"] in tables)
    ]
    if claims:
        yield Branch(kind="why-claims", text=", ".join(claims))


def _rests_on(root: Path, table: str, source: str) -> bool:
    record = read_record(root / cleaning_ledger(table))
    return record is not None and any(item["id"] == source for item in record["sources"])
