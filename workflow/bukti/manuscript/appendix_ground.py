"""What the evidence appendix of an edition is made from, out of the compendium and its claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bukti.manuscript.appendix import Ground, TableGround
from bukti.manuscript.pool import Pool
from bukti.manuscript.products import Products
from bukti.manuscript.saying import Words
from bukti.project import Project
from bukti.project.raw_files import RAW


class Common(Protocol):
    """What all editions share, of which the appendix needs this."""

    @property
    def pool(self) -> Pool:
        """The claims."""
        ...

    @property
    def products(self) -> Products:
        """What the notebooks made."""
        ...

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """The author's words by key and language."""
        ...

    @property
    def titles(self) -> Mapping[str, Any]:
        """The titles of the clean tables."""
        ...


def ground_of(project: Project, language: str, shared: Common) -> Ground:
    """What the entries of a language are made from."""
    inventory = project.inventory
    open_tables = {table.name: inventory.is_open(table) for table in inventory.tables}
    return Ground(
        pool=shared.pool,
        words=Words(
            language=language,
            rounding=project.config.rounding,
            labels=shared.labels,
            families=shared.pool.families(),
            tolerances=project.config.tolerances,
            statements=shared.pool.statements,
        ),
        products=shared.products,
        tables={
            table.name: TableGround(
                title=shared.titles.get(table.name),
                raw=tuple(name.removeprefix(f"{RAW}/") for name in table.raw),
                open=open_tables[table.name],
            )
            for table in inventory.tables
        },
        reads={notebook.path: notebook.reads for notebook in inventory.notebooks},
        held=_held(project),
        hides=not all(open_tables.get(name, True) for name in inventory.coded),
    )


def _held(project: Project) -> dict[str, list[str]]:
    """The raw files that are there, by the source that the register names for each."""
    found: dict[str, list[str]] = {}
    for name, entry in project.inventory.register.raw.items():
        if "source" in entry and f"{RAW}/{name}" in project.inventory.raw:
            found.setdefault(entry["source"], []).append(name)
    return found


def columns_of(contracts: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of all contracts by column; of those with one name, the first."""
    columns: dict[str, Any] = {}
    for data in contracts.values():
        for field in data["schema"]["fields"]:
            columns.setdefault(field["name"], field)
    return columns
