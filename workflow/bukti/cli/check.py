"""`bukti check`: the editions against the results there are; `--fix` corrects numbers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.digest import canonical_json
from bukti.base.span import Span
from bukti.clean.step import work as clean
from bukti.cli.corrections import corrected, order_mark
from bukti.cli.places import in_compendium
from bukti.cli.session import Session
from bukti.gate.verdict import Judged, judge
from bukti.ledger.join import edition_record, moved, unused, with_counts_in_use
from bukti.ledger.patterns import unused_patterns
from bukti.ledger.step import parity_findings, source_findings
from bukti.manuscript.document import marks_json, passages_json
from bukti.manuscript.edition import Edition
from bukti.manuscript.marks import Fix
from bukti.manuscript.step import Shared, read_edition, read_shared
from bukti.plan import Plan, plan
from bukti.privacy.step import early_findings
from bukti.project import Project, load_project
from bukti.project.inventory import ACCEPTED_VALUES
from bukti.project.products import cleaning_ledger, manuscript_file
from bukti.project.saved_outputs import without_outputs
from bukti.tools.accepted import read_accepted_values
from bukti.tools.files import write_bytes
from bukti.tools.records import read_findings
from bukti.tools.staleness import reasons

_OUT_OF_DATE = ("why-input-changed", "why-input-new", "why-input-gone", "why-output-changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found: the paper's level, the findings, the numbers of each edition."""

    level: str
    judged: tuple[Judged, ...]
    numbers: Mapping[str, Mapping[str, Any]]


def check(root: Path, more: Sequence[Diagnostic] = ()) -> Checked:
    """Every finding that needs no notebook run anew, and `more`."""
    project = load_project(root)
    steps = plan(project)
    of_tables, cleaning, made = _tables(project, steps)
    shared, editions = _editions(project, made)
    found: list[Diagnostic] = [*project.findings, *shared.findings, *of_tables]
    other = {name for name, data in made.items() if _differs(root / name, data)}
    for step in steps.stage("analyse"):
        found += read_findings(root / step.findings)
        stale = any(reason.key in _OUT_OF_DATE for reason in reasons(root, step))
        if stale or other.intersection(step.inputs):
            place = Span(path=step.inputs[0])
            found.append(diagnose("ANA212", place, notebook=step.inputs[0]))
    for edition in editions:
        found += edition.findings
    records = [edition_record(marks_json(edition), passages_json(edition)) for edition in editions]
    accepted = read_accepted_values(root / ACCEPTED_VALUES, shown_as=ACCEPTED_VALUES)
    pool = with_counts_in_use(shared.pool, records)
    found += unused(pool, records)
    found += moved(pool, records, accepted)
    found += parity_findings(project, records, shared.glossary)
    found += unused_patterns(project.number_patterns, records)
    passages = {
        manuscript_file(edition.language, "passages"): canonical_json(
            passages_json(edition)
        ).encode()
        for edition in editions
    }
    found += early_findings(project, steps.step("privacy", ""), made | passages)
    found += more
    if cleaning is not None:
        found += source_findings(project, pool, records, cleaning)
    gate = steps.step("gate", "")
    return Checked(
        level=str(project.config.level),
        judged=judge(found, gate.params["waivers"]),
        numbers={record.language: record.numbers for record in records},
    )


def of_paths(root: Path, judged: Sequence[Judged], paths: Sequence[str]) -> tuple[Judged, ...]:
    """The findings at some files or in some folders, all where none is named.

    Raises Problem for what is not there.
    """
    named = [in_compendium(root, path) for path in paths]
    outside = [path for path in named if {"..", "/"} & {*Path(path).parts}]
    gone = outside or [path for path in named if not (root / path).exists()]
    if gone:
        raise Problem(*(diagnose("CFG173", path=path) for path in gone))
    return tuple(
        item
        for item in judged
        if not named
        or (item.finding.span and any(_is_at(item.finding.span.path, path) for path in named))
    )


def _is_at(place: str, path: str) -> bool:
    return path in (".", place) or place.startswith(f"{path}/")


def _differs(path: Path, data: bytes) -> bool:
    """Whether a file is there and has other bytes."""
    return path.is_file() and path.read_bytes() != data


def _tables(
    project: Project, steps: Plan
) -> tuple[list[Diagnostic], dict[str, Mapping[str, Any]] | None, dict[str, bytes]]:
    """What cleaning finds, the cleaning ledgers (None where a table cannot be made), new files.

    Where nothing has changed they are as recorded, else made anew in memory.
    """
    found: list[Diagnostic] = []
    ledgers: dict[str, Mapping[str, Any]] = {}
    made: dict[str, bytes] = {}
    failed: set[str] = set()
    tables = [step for step in steps.stage("clean") if step.name]
    for step in tables:
        if failed.intersection(step.inputs):
            failed.update(step.outputs)
            continue
        name = cleaning_ledger(step.name)
        try:
            if reasons(project.root, step) or made.keys() & set(step.inputs):
                products = clean(project, step, made)
                found += products.findings
                made |= products.files
                ledgers[step.name] = json.loads(products.files[name])
            else:
                found += read_findings(project.root / step.findings)
                ledgers[step.name] = json.loads((project.root / name).read_bytes())
        except Problem as problem:
            found += problem.diagnostics
            failed.update(step.outputs)
    return found, ledgers if len(ledgers) == len(tables) else None, made


def _editions(
    project: Project, made: Mapping[str, bytes] | None = None
) -> tuple[Shared, list[Edition]]:
    """What the editions share, and each of them; they wait for pandoc side by side."""
    shared = read_shared(project, made)
    with ThreadPoolExecutor() as pool:
        editions = pool.map(
            lambda language: read_edition(project, language, shared), project.config.languages
        )
        return shared, list(editions)


def mend(session: Session) -> None:
    """Write the corrected numbers into every edition and clear notebooks; touch nothing else."""
    root = session.root
    project = load_project(root)
    cleared = _clear(root, project)
    for path in cleared:
        session.say(session.word("cleared", path=path))
    _, editions = _editions(project)
    fixes: dict[str, list[Fix]] = defaultdict(list)
    for edition in editions:
        for fix in edition.fixes:
            fixes[fix.path].append(fix)
    if not fixes and not cleared:
        session.say(session.word("nothing-to-fix"))
    if not fixes:
        return
    count = sum(len(found) for found in fixes.values())
    session.say(session.word("fixed", count=count, files=len(fixes)))
    for path, found in sorted(fixes.items()):
        write_bytes(root / path, corrected((root / path).read_bytes(), found))
        for fix in found:
            session.say(f"  {path}: {fix.old} -> {fix.new}")


def _clear(root: Path, project: Project) -> list[str]:
    """Takes outputs and counts out of the notebooks; the paths of those that had any."""
    cleared = []
    for notebook in project.inventory.notebooks:
        before = (root / notebook.path).read_bytes()
        after = without_outputs(before.decode("utf-8-sig"))
        if after != before.decode("utf-8-sig"):
            write_bytes(root / notebook.path, order_mark(before) + after.encode("utf-8"))
            cleared.append(notebook.path)
    return cleared
