"""`bukti accept table` and `accept result`: what stands for raw files that may not be passed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.base.digest import digest_bytes
from bukti.cli.session import Session
from bukti.plan import Step, plan
from bukti.project import Project, load_project
from bukti.project.kept import KEPT, KEPT_DIGESTS, kept_ledger, kept_result, kept_table
from bukti.project.products import clean_table, cleaning_ledger
from bukti.project.raw_files import RAW
from bukti.tools.checksums import read_checksums, write_checksums
from bukti.tools.files import write_bytes
from bukti.tools.staleness import reasons

_BY_KEEPING = ("why-input-changed", "why-input-new")


def keep_tables(session: Session, names: Sequence[str]) -> int:
    """Keep the clean tables named, or all that come from raw files which may be absent."""
    project = load_project(session.root)
    steps = plan(project)
    tables = {table.name: table for table in project.inventory.tables}
    chosen = _known(names or _restricted(project), tables)
    faults = [
        diagnose("SRC126", name=name)
        for name in chosen
        if tables[name].absent or not _current(project.root, steps.step("clean", name))
    ]
    copies = {kept_table(name): clean_table(name) for name in chosen}
    copies |= {kept_ledger(name): cleaning_ledger(name) for name in chosen}
    return _keep(session, project.root, copies, faults)


def keep_results(session: Session, names: Sequence[str]) -> int:
    """Keep the executed notebooks named, or all that read a table whose raw files may be absent."""
    project = load_project(session.root)
    steps = plan(project)
    notebooks = {notebook.name: notebook for notebook in project.inventory.notebooks}
    restricted = set(_restricted(project))
    readers = [name for name, notebook in notebooks.items() if restricted & {*notebook.reads}]
    chosen = _known(names or readers, notebooks)
    faults = [
        diagnose("SRC126", name=name)
        for name in chosen
        if not _from_raw(project, notebooks[name].reads)
        or not _current(project.root, steps.step("analyse", name))
    ]
    copies = {kept_result(name): f"outputs/results/{name}.ipynb" for name in chosen}
    return _keep(session, project.root, copies, faults)


def _restricted(project: Project) -> list[str]:
    register = project.inventory.register
    return [
        table.name
        for table in project.inventory.tables
        if any(register.may_be_absent(name.removeprefix(f"{RAW}/")) for name in table.raw)
    ]


def _from_raw(project: Project, reads: Sequence[str]) -> bool:
    """Whether the raw files of all tables that a notebook reads are there."""
    absent = {table.name for table in project.inventory.tables if table.absent}
    return not absent & {*reads}


def _known(names: Iterable[str], known: Mapping[str, object]) -> list[str]:
    chosen = list(dict.fromkeys(names))
    faults = [
        diagnose("CFG119", name=name, near=", ".join(get_close_matches(name, known, n=3)) or "-")
        for name in chosen
        if name not in known
    ]
    if faults:
        raise Problem(*faults)
    return chosen


def _current(root: Path, step: Step) -> bool:
    """Whether a step is done; that something was kept since does not make it stale here."""
    return all(
        reason.key in _BY_KEEPING
        and reason.arguments["path"].startswith((f"{KEPT}/", KEPT_DIGESTS))
        for reason in reasons(root, step)
    )


def _keep(
    session: Session, root: Path, copies: Mapping[str, str], faults: Sequence[Diagnostic]
) -> int:
    if faults:
        raise Problem(*faults)
    digests = read_checksums(root / KEPT_DIGESTS, shown_as=KEPT_DIGESTS)
    changes = 0
    for target, source in copies.items():
        data = (root / source).read_bytes()
        name, new = target.removeprefix(f"{KEPT}/"), digest_bytes(data)
        old = digests.get(name)
        if old == new and (root / target).is_file():
            continue
        write_bytes(root / target, data)
        digests[name] = new
        changes += 1
        told = {"old": old[:12] if old else "-", "new": new[:12]}
        session.say(session.word("kept", name=target, size=len(data), **told))
    if changes:
        write_checksums(root / KEPT_DIGESTS, digests)
    session.say(session.word("next-build" if changes else "nothing-to-accept"))
    return 0
