"""`bukti why CLAIM`: from the words in the text to the raw row and its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bukti.base.span import Span
from bukti.cli.session import Session
from bukti.cli.why_rows import CLEAN, raw_branch, row_files, where_from
from bukti.cli.why_source import source_branch
from bukti.cli.why_tree import Branch, branches, shown_row, staleness
from bukti.plan import Plan
from bukti.project import Project
from bukti.project.inventory import CLAIMS
from bukti.project.products import cleaning_ledger, results_of
from bukti.tools.records import read_record
from bukti.tools.yaml_files import read_yaml

_MOST = 12
_GROUNDS = {
    "segments": "why-ground-segments",
    "quotations": "why-ground-quotations",
    "locators": "why-ground-locators",
    "nothing": "why-ground-nothing",
}
_COUNTED = {
    "segments": "why-count-segments",
    "documents": "why-count-documents",
    "codes": "why-count-codes",
}
KINDS = {"claim": "why-claim", "given": "why-given"}
Entry = Mapping[str, Any]


def explained_claim(session: Session, project: Project, steps: Plan, entry: Entry) -> Branch:
    """A claim as the ledger has it: its value, what it rests on, and where the text says it."""
    return Branch(
        kind=KINDS[entry["scheme"]],
        text=entry["id"],
        children=(*evidence_of(session, project, steps, entry), *_marks(entry)),
    )


def evidence_of(
    session: Session, project: Project, steps: Plan, entry: Entry
) -> tuple[Branch, ...]:
    """What a claim says and rests on: the value, the cell, the rows, the raw rows, the sources."""
    evidence = entry["evidence"]
    below = tuple(_tables(session, project, steps, evidence))
    if not _single(evidence):
        below += tuple(_named(session, project, evidence))
    found = [*_value(session, entry), *_stated(project, entry)]
    if evidence["notebook"]:
        maker = steps.maker_of(results_of(_stem(evidence["notebook"])))
        cell = session.word("why-cell-number", number=evidence["cell"])
        found.append(
            Branch(
                kind="why-cell",
                text=f"{evidence['notebook']}, {cell}",
                span=Span(path=evidence["notebook"], cell=evidence["cell"]),
                children=(*staleness(session, maker), *below),
            )
        )
    else:
        found += below
    return tuple(found)


def _stem(notebook: str) -> str:
    return notebook.rpartition("/")[2].removesuffix(".ipynb")


def _value(session: Session, entry: Entry) -> Iterator[Branch]:
    value, accepted = entry["value"], entry["accepted"]
    if value is not None:
        yield Branch(kind="why-value", text=f"{_shown(value)} {entry['unit'] or ''}".rstrip())
    if accepted:
        moved = accepted["value"] != value
        note = f"  ({session.word('why-moved')})" if moved else ""
        yield Branch(kind="why-accepted", text=f"{_shown(accepted['value'])}{note}")
    yield from _count(session, entry["evidence"].get("count"))
    yield from _grade(session, entry.get("grade"))
    readings = entry.get("readings")
    if readings:
        days = sorted({readings["first"], readings["last"]} - {None})
        told = {"by": ", ".join(readings["by"]) or "-", "on": " – ".join(days) or "-"}
        counts = {key: readings[key] for key in ("rows", "twice", "differ")}
        yield Branch(kind="why-readings", text=session.word("why-read-twice", **counts, **told))


def _count(session: Session, count: Mapping[str, Any] | None) -> Iterator[Branch]:
    """What was counted, and whether the codes below are included."""
    if count is None:
        return
    told = {"of": session.word(_COUNTED[count["of"]]), "path": count["path"]}
    if not count["code"]:
        text = session.word("why-count-all", **told)
    else:
        text = session.word("why-count-below" if count["below"] else "why-count-only", **told)
    yield Branch(kind="why-count", text=text)


def _grade(session: Session, grade: Mapping[str, Any] | None) -> Iterator[Branch]:
    """What a documentary claim rests on, in words."""
    if grade is None:
        return
    ground = session.word(_GROUNDS[grade["ground"]])
    counts = {key: grade[key] for key in ("sources", "support", "against")}
    told = session.word("why-graded", ground=ground, **counts)
    alone = f"; {session.word('why-one-source')}" if grade["sources"] == 1 else ""
    yield Branch(kind="why-grade", text=f"{told}{alone}")


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _tables(
    session: Session, project: Project, steps: Plan, evidence: Mapping[str, Any]
) -> Iterator[Branch]:
    """The rows of a clean table that a claim rests on, or the tables that its notebook reads."""
    if evidence["table"]:
        yield from _rows(session, project, steps, evidence)
        return
    books = [each for each in project.inventory.notebooks if each.path == evidence["notebook"]]
    for name in books[0].reads if books else ():
        yield whole_table(session, project, steps, name)


def whole_table(session: Session, project: Project, steps: Plan, name: str) -> Branch:
    """A clean table with the raw files that it is made from."""
    record = read_record(project.root / cleaning_ledger(name))
    stale = staleness(session, steps.maker_of(cleaning_ledger(name)))
    files = row_files(record) if record else []
    return Branch(
        kind="why-clean-table",
        text=name,
        span=Span(path=f"{CLEAN}/{name}.csv"),
        children=(*stale, *(raw_branch(session, project, file) for file in files)),
    )


def _rows(
    session: Session, project: Project, steps: Plan, evidence: Mapping[str, Any]
) -> Iterator[Branch]:
    table, numbers, rows = evidence["table"], evidence["row_numbers"], evidence["rows"]
    record = read_record(project.root / cleaning_ledger(table))
    stale = staleness(session, steps.maker_of(cleaning_ledger(table)))
    if not rows:
        yield whole_table(session, project, steps, table)
    for place, row in enumerate(rows[:_MOST]):
        number = numbers[place] if place < len(numbers) else None
        origin: tuple[Branch, ...] = ()
        if record is not None and number is not None:
            origin = tuple(where_from(session, project, table, record, number))
        if _single(evidence):
            origin = _with_sources(origin, tuple(_named(session, project, evidence)))
        yield Branch(
            kind="why-row",
            text=f"{table}{f' {number}' if number else ''}: {shown_row(row)}",
            span=Span(path=f"{CLEAN}/{table}.csv"),
            children=(*(stale if place == 0 else ()), *origin),
        )
    if len(rows) > _MOST:
        yield Branch(kind="why-more", text=str(len(rows) - _MOST))


def _single(evidence: Mapping[str, Any]) -> bool:
    """Whether a claim rests on one row, whose sources are then those of the claim."""
    return bool(evidence["table"]) and len(evidence["rows"]) == 1


def _with_sources(origin: Sequence[Branch], sources: tuple[Branch, ...]) -> tuple[Branch, ...]:
    """The sources of a row below its one raw file, or behind all."""
    raw = [each for each in origin if each.kind == "why-raw"]
    if len(raw) != 1:
        return (*origin, *sources)
    return (*origin[:-1], replace(raw[0], children=sources or raw[0].children))


def _stated(project: Project, entry: Entry) -> Iterator[Branch]:
    """Where `claims.yaml` states a given value or a documentary claim."""
    path = project.root / CLAIMS
    if entry["evidence"]["notebook"] or not path.is_file():
        return
    group = "given" if entry["scheme"] == "given" else "claims"
    place = read_yaml(path, shown_as=CLAIMS).span((group, entry["id"]))
    yield Branch(kind="why-stated", text=f"{place.path}:{place.line}", span=place)


def _named(session: Session, project: Project, evidence: Mapping[str, Any]) -> Iterator[Branch]:
    """The sources that a claim names itself, with the place in them."""
    for name in evidence["sources"]:
        yield source_branch(session, project, name, evidence["locator"] or "")
    if evidence["locator"] and not evidence["sources"]:
        yield from branches("why-locator", [evidence["locator"]])


def _marks(entry: Entry) -> Iterator[Branch]:
    for language, marks in entry["marks"].items():
        for mark in marks:
            yield _mark(language, mark)


def _mark(language: str, mark: Mapping[str, Any]) -> Branch:
    place = Span(path=mark["path"], line=mark["line"], column=mark["column"])
    text = f'{language}  {place}  "{mark["text"]}"  {mark["status"]}'
    return Branch(kind="why-text", text=text, span=place)


def family_of(entries: Sequence[Entry], name: str) -> Branch | None:
    """The members of a family with their values; None where no claim is of it."""
    members = [entry for entry in entries if entry["id"].startswith(f"{name}.")]
    if not members:
        return None
    shown = (f"{entry['id']}: {_shown(entry['value'])} {entry['unit'] or ''}" for entry in members)
    return Branch(
        kind="why-family", text=name, children=branches("why-claim", map(str.rstrip, shown))
    )
