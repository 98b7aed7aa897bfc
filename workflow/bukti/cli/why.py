"""`bukti why`: from a claim, a line of the text or an output back to where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from bukti.base.diagnostic import Note, Problem, diagnose
from bukti.cli.session import Session
from bukti.cli.why_rows import explained_row, row_files
from bukti.cli.why_source import explained_source
from bukti.plan import Plan, Step, cleaning_ledger, plan
from bukti.project import load_project
from bukti.project.byline import words_in
from bukti.project.inventory import REGISTER
from bukti.tools.records import read_record
from bukti.tools.staleness import reasons
from bukti.tools.yaml_files import read_yaml

LEDGER = "outputs/ledger.json"


def explain(session: Session, what: str) -> int:
    """Show the origin of a claim, of marks or a row of data on a line, or of an output."""
    root = session.root
    project = load_project(root)
    steps = plan(project)
    if what in project.inventory.register.sources:
        click.echo("\n".join(explained_source(session, project, what)))
        return 0
    path, _, line = what.partition(":")
    name = _relative(root, path)
    rows = explained_row(session, project, name, int(line)) if line.isdecimal() else None
    if rows is not None:
        click.echo("\n".join(rows))
        return 0
    step = steps.maker_of(name) or next((item for item in steps.steps if item.id == what), None)
    if step is not None:
        _explain_output(session, steps, step, name)
        return 0
    ledger = _ledger(root)
    found = [entry for entry in ledger["claims"] if entry["id"] == what]
    for entry in found:
        click.echo("\n".join(_claim(session, root, entry)))
    if found:
        return 0
    if (root / name).is_file():
        _explain_file(session, root, steps, ledger, name, int(line) if line.isdigit() else None)
        return 0
    known = [*(entry["id"] for entry in ledger["claims"]), *steps.products()]
    known += project.inventory.register.sources
    near = ", ".join(get_close_matches(what, known, n=3)) or "-"
    raise Problem(diagnose("CFG119", name=what, near=near))


def _relative(root: Path, path: str) -> str:
    candidate = Path(path)
    absolute = candidate if candidate.is_absolute() else Path.cwd() / candidate
    for place in (absolute, root / candidate):
        if place.exists() and place.resolve().is_relative_to(root):
            return place.resolve().relative_to(root).as_posix()
    return candidate.as_posix()


def _ledger(root: Path) -> dict[str, Any]:
    record = read_record(root / LEDGER)
    if record is None:
        raise Problem(diagnose("CFG118", path=LEDGER))
    return record


def _explain_output(session: Session, steps: Plan, step: Step, name: str) -> None:
    click.echo(f"{name}")
    click.echo(f"└─ {session.word('why-made-by')} {step.id}")
    for line in _staleness(session, reasons(session.root, step)):
        click.echo(f"   {line}")
    for number, source in enumerate(step.inputs):
        branch = "└─" if number == len(step.inputs) - 1 else "├─"
        maker = steps.maker_of(source)
        click.echo(f"   {branch} {source}{f'  ({maker.id})' if maker else ''}")


def _staleness(session: Session, found: tuple[Note, ...]) -> Iterator[str]:
    if not found:
        yield session.word("why-current")
    for reason in found:
        yield f"{session.word('why-stale')}: {session.word(reason.key, **reason.arguments)}"


def stale_steps(session: Session) -> int:
    """Show every step that a build would do, and why."""
    root = session.root
    count = 0
    for step in plan(load_project(root)).steps:
        found = reasons(root, step)
        if found:
            count += 1
            click.echo(step.id)
            for reason in found:
                click.echo(f"  {session.word(reason.key, **reason.arguments)}")
    if not count:
        session.say(session.word("nothing-to-do"))
    return 0


def _explain_file(
    session: Session, root: Path, steps: Plan, ledger: dict[str, Any], name: str, line: int | None
) -> None:
    found = [
        (mark, entry)
        for entry in ledger["claims"]
        for marks in entry["marks"].values()
        for mark in marks
        if mark["path"] == name and line in (None, mark["line"])
    ]
    found.sort(key=lambda pair: (pair[0]["line"], pair[0]["column"], pair[1]["id"]))
    for mark, entry in found:
        click.echo(f'{name}:{mark["line"]}:{mark["column"]}: "{mark["text"]}"  {mark["status"]}')
        for text in _claim(session, root, entry):
            click.echo(f"  {text}")
    users = [step.id for step in steps.steps if name in step.inputs]
    if line is None and users:
        click.echo(f"{name} {session.word('why-uses')} {', '.join(users)}")
    elif not found:
        click.echo(session.word("why-no-mark"))


def _claim(session: Session, root: Path, entry: Mapping[str, Any]) -> list[str]:
    evidence = entry["evidence"]
    branches: list[tuple[str, str]] = []
    if entry["value"] is not None:
        branches.append(("why-value", f"{_shown(entry['value'])} {entry['unit'] or ''}".rstrip()))
    if entry["accepted"]:
        branches.append(("why-accepted", _shown(entry["accepted"]["value"])))
    if evidence["notebook"]:
        branches.append(("why-cell", f"{evidence['notebook']}, cell {evidence['cell']}"))
    for number, row in enumerate(evidence["rows"]):
        place = evidence["row_numbers"][number : number + 1]
        table = f"{evidence['table'] or ''} {place[0] if place else ''}".strip()
        branches.append(("why-row", f"{table}: {_row(row)}"))
    branches += _raw(root, evidence)
    branches += _readings(session, entry.get("readings"))
    branches += _sources(session, root, evidence)
    for language, marks in entry["marks"].items():
        for mark in marks:
            place = f"{mark['path']}:{mark['line']}:{mark['column']}"
            branches.append(
                ("why-text", f'{language}  {place}  "{mark["text"]}"  {mark["status"]}')
            )
    lines = [session.word("why-claim", id=entry["id"])]
    for number, (key, text) in enumerate(branches):
        branch = "└─" if number == len(branches) - 1 else "├─"
        lines.append(f"{branch} {session.word(key)}: {text}")
    return lines


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _row(row: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}={value}" for key, value in row.items() if value not in (None, ""))


def _raw(root: Path, evidence: Mapping[str, Any]) -> list[tuple[str, str]]:
    table = evidence["table"]
    record = read_record(root / cleaning_ledger(table)) if table else None
    if record is None:
        return []
    files = row_files(record)
    if len(files) > 1:
        return [("why-raw", f"data/raw/{name}") for name in files]
    origin = record["origin"]
    rows = [origin[number - 1] for number in evidence["row_numbers"] if number <= len(origin)]
    lines = ", ".join(str(row) for row in rows if row is not None)
    return [("why-raw", f"data/raw/{name}{f':{lines}' if lines else ''}") for name in files]


def _readings(session: Session, readings: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    if readings is None:
        return
    days = sorted({readings["first"], readings["last"]} - {None})
    told = {"by": ", ".join(readings["by"]) or "-", "on": " – ".join(days) or "-"}
    counts = {key: readings[key] for key in ("rows", "twice", "differ")}
    yield "why-readings", session.word("why-read-twice", **counts, **told)


def _sources(session: Session, root: Path, evidence: Mapping[str, Any]) -> list[tuple[str, str]]:
    if not evidence["sources"] or not (root / REGISTER).is_file():
        return []
    register = read_yaml(root / REGISTER, shown_as=REGISTER).data.get("sources", {})
    found = []
    for name in evidence["sources"]:
        source = register.get(name, {})
        title = words_in(source.get("title", ""), session.language)
        parts = (title, source.get("publisher"), source.get("year"), source.get("url"))
        found.append(("why-source", f"{name}: {', '.join(str(part) for part in parts if part)}"))
    if evidence["locator"]:
        found.append(("why-locator", evidence["locator"]))
    return found
