"""Whether the tables, notebooks and kept files of a compendium fit together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.project.inventory import Inventory, TableSource
from bukti.project.kept import kept_result
from bukti.project.notebook_source import NotebookSource


def misfits(inventory: Inventory) -> Iterator[Diagnostic]:
    """Every reason why no plan can be made of what there is."""
    yield from _unknown_tables(inventory)
    yield from _made_twice(inventory)
    yield from _wrong_links(inventory)
    yield from _nothing_kept(inventory)


def _nothing_kept(inventory: Inventory) -> Iterator[Diagnostic]:
    """Tables that are needed and that neither raw files nor anything kept can give."""
    needed = {name for table in inventory.made for name in table.others}
    for notebook in inventory.notebooks:
        if kept_result(notebook.name) not in inventory.kept:
            needed |= {*notebook.reads}
    for table in inventory.tables:
        if table.name in needed and inventory.origin_of(table) == "nothing":
            access = inventory.register.access(table.absent[0])
            where = Span(path=table.contract)
            raw = ", ".join(table.absent)
            yield diagnose("SRC121", where, table=table.name, raw=raw, access=access)


def _unknown_tables(inventory: Inventory) -> Iterator[Diagnostic]:
    known = {table.name for table in inventory.tables}
    for notebook in inventory.notebooks:
        for name in notebook.reads:
            if name not in known:
                yield diagnose(
                    "ANA103",
                    Span(path=notebook.path),
                    table=name,
                    known=", ".join(sorted(known)) or "-",
                )


def _wrong_links(inventory: Inventory) -> Iterator[Diagnostic]:
    """Contracts that name a table that is none, or one that is checked against them in turn."""
    tables = {table.name: table for table in inventory.tables}
    for table in tables.values():
        for name, where in table.others.items():
            known = ", ".join(sorted(set(tables) - {table.name})) or "-"
            if name not in tables:
                yield diagnose("CLN226", where, table=name, known=known)
            elif circle := _way(tables, name, table.name):
                way = " > ".join((table.name, *circle))
                yield diagnose("CLN225", where, way=way)


def _way(
    tables: Mapping[str, TableSource], start: str, end: str, seen: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The tables by which `end` is reached from `start`; none where it is not."""
    if start == end:
        return (end,)
    for name in sorted(tables[start].others.keys() & tables.keys() - seen):
        way = _way(tables, name, end, seen | {start})
        if way:
            return (start, *way)
    return ()


def in_order(tables: tuple[TableSource, ...]) -> tuple[TableSource, ...]:
    """The tables, each behind those that its contract names."""
    links = {table.name: sorted(table.others) for table in tables}
    by_name = {table.name: table for table in tables}
    return tuple(by_name[name] for name in TopologicalSorter(links).static_order())


def _made_twice(inventory: Inventory) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], NotebookSource] = {}
    for notebook in inventory.notebooks:
        figures = (("figure", name) for name in notebook.figures)
        tables = (("table", name) for name in notebook.tables)
        for product in (*figures, *tables):
            other = first.setdefault(product, notebook)
            if other is not notebook:
                where = Span(path=notebook.path)
                yield diagnose("ANA104", where, id=product[1], other=other.path)
