"""Which files of a compendium belong into its archive: a rule says what is in, not what is out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bukti.archive.layout import CITATION, OWN_README, README
from bukti.archive.names import colliding, is_safe, shown
from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.plan import Plan
from bukti.project import Project
from bukti.project.inventory import TableSource
from bukti.project.raw_files import RAW

NAMED = (
    "bukti.yaml",
    "Snakefile",
    CITATION,
    "LICENSE*",
    "LICENCE*",
    README,
    OWN_README,
    "data/README.md",
    "profiles/*/*.yaml",
    "manuscript/*/*.md",
    "analysis/cleaning/*.py",
)
"""Files that belong into an archive besides what the plan reads, as patterns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A raw file that may not be passed on: who can get it, how, and what it must be then.

    `obtain` has the words by language; `digest` is empty where none is on record.
    """

    name: str
    access: str
    obtain: str | Mapping[str, str]
    digest: str
    source: str


def source_files(project: Project, plan: Plan, named: Iterable[str]) -> tuple[str, ...]:
    """The files that authors wrote or received, in order: what the plan reads and what is named.

    `named` are the files of the compendium that fit NAMED. Raw files that may not be passed on
    are not among them.
    """
    made = {*plan.products()}
    read = {name for step in plan.steps for name in step.inputs} - made
    inventory = project.inventory
    tables = {name for table in inventory.tables for name in (table.contract, table.script)}
    notebooks = {notebook.path for notebook in inventory.notebooks}
    chosen = {*read, *tables, *notebooks, *inventory.raw, *inventory.shared, *inventory.kept}
    closed = {f"{RAW}/{each}" for each in _closed(project)}
    named = {*named}
    if OWN_README in named:  # an unpacked archive: the other one was written for it
        closed.add(README)
    return tuple(sorted((chosen | named) - closed))


def left_out(project: Project, digests: Mapping[str, str]) -> tuple[LeftOut, ...]:
    """The raw files that may not be passed on, whether they are there or not, in order.

    `digests` are those on record, by name below `data/raw`.
    """
    register = project.inventory.register
    return tuple(
        LeftOut(
            name=name,
            access=register.access(name),
            obtain=register.inherited(name, "obtain") or "",
            digest=digests.get(name, ""),
            source=str(register.raw.get(name, {}).get("source", "")),
        )
        for name in _closed(project)
    )


def _closed(project: Project) -> list[str]:
    inventory = project.inventory
    names = {*inventory.register.raw, *map(_below_raw, inventory.raw), *_read(inventory.tables)}
    return sorted(name for name in names if inventory.register.may_be_absent(name))


def _read(tables: Iterable[TableSource]) -> Iterator[str]:
    for table in tables:
        yield from map(_below_raw, table.raw)


def _below_raw(name: str) -> str:
    return name.removeprefix(f"{RAW}/")


def name_faults(names: Iterable[str]) -> Iterator[Diagnostic]:
    """Files that could not be unpacked everywhere: unsafe names, two names for one file."""
    names = sorted(names)
    for name in names:
        if not is_safe(name):
            yield diagnose("ARC131", Span(path=shown(name)), path=shown(name))
    for first, second in colliding(names):
        yield diagnose("ARC132", Span(path=shown(second)), path=shown(second), other=shown(first))


def betraying(files: Mapping[str, bytes], places: Iterable[str]) -> Iterator[Diagnostic]:
    """Made files in which one of these places of this machine stands, as UTF-8 text."""
    searched = [(place, place.encode()) for place in places]
    for name in sorted(files):
        for place, sign in searched:
            if sign in files[name]:
                yield diagnose("ARC134", Span(path=name), path=name, place=place)
                break
