"""`bukti why FILE:LINE` of a raw file or a clean table: the row both ways, up to the claims."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.cli.session import Session
from bukti.cli.why_source import source_branch
from bukti.cli.why_tree import Branch, shown_row, staleness
from bukti.plan import Step, plan
from bukti.project import Project
from bukti.project.products import cleaning_ledger
from bukti.project.raw_files import RAW
from bukti.tools.records import read_record

CLEAN = "data/clean"
LEDGER = "outputs/ledger.json"

Record = Mapping[str, Any]


def explained_row(session: Session, project: Project, path: str, line: int) -> Branch | None:
    """The row on a line, both ways; None for a file that holds no rows of data.

    Raises Problem where the table has not been made.
    """
    folder, _, name = path.rpartition("/")
    if folder == CLEAN and name.endswith(".csv"):
        children = tuple(_of_clean(session, project, name.removesuffix(".csv"), line))
    elif path.startswith(f"{RAW}/") and path in project.inventory.raw:
        children = tuple(_of_raw(session, project, path.removeprefix(f"{RAW}/"), line))
    else:
        return None
    return Branch(
        kind="why-place",
        text=f"{path}:{line}",
        span=Span(path=path, line=line),
        children=children or (Branch(kind="why-no-row"),),
    )


def _of_clean(session: Session, project: Project, table: str, line: int) -> Iterator[Branch]:
    record = read_record(project.root / cleaning_ledger(table))
    if record is None:
        name = cleaning_ledger(table)
        raise Problem(diagnose("CFG118", Span(path=name), path=name))
    rows = _rows(project.root, table)
    number = next((number for number, (at, _) in enumerate(rows, start=1) if at == line), None)
    if number is None:
        return
    yield _row(table, number, *rows[number - 1])
    yield from staleness(session, _maker(project, table))
    yield from where_from(session, project, table, record, number)
    yield from _claims(project, table, {number})


def _row(table: str, number: int, line: int, cells: Record) -> Branch:
    place = Span(path=f"{CLEAN}/{table}.csv", line=line)
    return Branch(kind="why-row", text=f"{table} {number}: {shown_row(cells)}", span=place)


def _maker(project: Project, table: str) -> Step | None:
    return plan(project).maker_of(cleaning_ledger(table))


def _rows(root: Path, table: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a clean table, each with the line of its CSV file on which it begins."""
    path = root / CLEAN / f"{table}.csv"
    if not path.is_file():
        name = f"{CLEAN}/{table}.csv"
        raise Problem(diagnose("CFG118", Span(path=name), path=name))
    reader = csv.reader(StringIO(path.read_text(encoding="utf-8"), newline=""))
    heading = next(reader, [])
    found = []
    start = reader.line_num + 1
    for cells in reader:
        found.append((start, dict(zip(heading, cells, strict=False))))
        start = reader.line_num + 1
    return found


def where_from(
    session: Session, project: Project, table: str, record: Record, number: int
) -> Iterator[Branch]:
    """What became of the raw row of a clean row, who read it again, and the raw row itself.

    The files alone where these are several.
    """
    origin = record["origin"][number - 1 : number]
    files = row_files(record)
    single = bool(origin) and origin[0] is not None and len(files) == 1
    if single:
        yield from _steps(session, record, origin[0])
    yield from _read_again(session, record, number)
    for name in files:
        yield raw_branch(session, project, name, origin[0] if single else None)


def raw_branch(session: Session, project: Project, name: str, line: int | None = None) -> Branch:
    """A raw file, or its row on a line, with its source."""
    path = f"{RAW}/{name}"
    entry = project.inventory.register.raw.get(name, {})
    sources = [entry["source"]] if "source" in entry else []
    return Branch(
        kind="why-raw",
        text=path if line is None else f"{path}:{line}",
        span=Span(path=path, line=line),
        children=tuple(source_branch(session, project, source) for source in sources),
    )


def row_files(record: Record) -> list[str]:
    """The raw files that the rows of a table come from."""
    return list(record["rows_in"] or record["raw"])


def _steps(session: Session, record: Record, row: int) -> Iterator[Branch]:
    """The steps of cleaning that dropped, merged or changed a raw row."""
    for change in record["changes"]:
        if change["kind"] == "notes" or row not in change["rows"]:
            continue
        listed = [each for each in change.get("listed", ()) if each["row"] == row]
        shown = "".join(f" ({_change(each)})" for each in listed if each["after"] is not None)
        gone = change["kind"] in ("keep", "drop")
        yield Branch(
            kind="why-dropped" if gone else "why-changed", text=f"{change['reason']}{shown}"
        )


def _change(row: Record) -> str:
    """What a step made of a row: old and new cells, or the key of the row it became part of."""
    before = {name: row["before"].get(name) for name in row["after"]}
    old, new = shown_row(before), shown_row(row["after"])
    return new if old == new else f"{old or '-'} -> {new or '-'}"


def _read_again(session: Session, record: Record, number: int) -> Iterator[Branch]:
    for reading in record.get("readings", ()):
        if reading["row"] == number:
            word = session.word("why-agrees" if reading["agrees"] else "why-differs")
            yield Branch(kind="why-readings", text=f"{reading['by']}, {reading['on']}, {word}")


def _of_raw(session: Session, project: Project, name: str, line: int) -> Iterator[Branch]:
    """The rows of clean tables that a line of a raw file became, or why it became none."""
    for table in project.inventory.made:
        record = read_record(project.root / cleaning_ledger(table.name))
        if record is None or name not in record["raw"]:
            continue
        if name in record.get("looked_up", {}):
            yield Branch(kind="why-looked-up", text=table.name)
        elif name not in row_files(record):
            numbers = {each["row"] for each in record.get("readings", ()) if each["line"] == line}
            yield from _became(session, project, table.name, record, numbers)
        elif row_files(record) != [name]:
            yield Branch(kind="why-among", text=table.name)
        else:
            yield from _steps(session, record, line)
            numbers = {n for n, row in enumerate(record["origin"], start=1) if row == line}
            yield from _became(session, project, table.name, record, numbers)


def _became(
    session: Session, project: Project, table: str, record: Record, numbers: set[int]
) -> Iterator[Branch]:
    if not numbers:
        return
    rows = _rows(project.root, table)
    for number in sorted(numbers):
        yield _row(table, number, *rows[number - 1])
        yield from _read_again(session, record, number)
    yield from _claims(project, table, numbers)


def _claims(project: Project, table: str, numbers: set[int]) -> Iterator[Branch]:
    """The claims that rest on rows of a table, and those that may: of the table as a whole."""
    ledger = read_record(project.root / LEDGER)
    readers = {book.path for book in project.inventory.notebooks if table in book.reads}
    exactly: list[str] = []
    wholly: list[str] = []
    for entry in ledger["claims"] if ledger else ():
        evidence = entry["evidence"]
        if evidence["table"] == table and numbers & {*evidence["row_numbers"]}:
            exactly.append(entry["id"])
        elif (evidence["table"] == table and not evidence["row_numbers"]) or (
            evidence["table"] is None and evidence["notebook"] in readers
        ):
            wholly.append(entry["id"])
    if exactly:
        yield Branch(kind="why-claims", text=", ".join(exactly))
    if wholly:
        yield Branch(kind="why-claims-of-all", text=", ".join(wholly))
