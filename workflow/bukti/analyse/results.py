"""From an executed notebook to its results, with the rows of the tables behind each value."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from bukti.analyse.bundle import MIME, plain
from bukti.analyse.parameters import numbered
from bukti.base.claims import Claim, Evidence, Kind, claim_to_json
from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.digest import digest_bytes
from bukti.base.span import Span

_ORIGIN = ("sources", "tables", "computed")
_LAYOUT = ("groups", "sections", "totals", "heads", "units", "marks")
_TABLE = ("cell", "columns", "digits", "rows", *_LAYOUT, *_ORIGIN)


@dataclass(slots=True)
class Results:
    """What one notebook states: claims, figures and tables by id, each with its cell."""

    notebook: str
    claims: dict[str, Claim] = field(default_factory=dict)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)


def bundles(
    notebook: Mapping[str, Any], injected: int | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number of the cell, counted from 1, and each result bundle that it shows.

    `injected` is the cell behind which one was put that the author's notebook has not; its
    cells are what is counted. A bundle that came as text is read.
    """
    for number, cell in numbered(notebook, injected):
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if MIME in data:
                yield number, _read(data[MIME])


def _read(data: Any) -> Any:
    try:
        return json.loads(data) if isinstance(data, str) else data
    except json.JSONDecodeError:
        return data


def results_of(
    path: str,
    notebook: Mapping[str, Any],
    tables: Mapping[str, pl.DataFrame],
    injected: int | None = None,
) -> Results:
    """The results that an executed notebook carries; `tables` are the clean tables it reads."""
    results = Results(notebook=path)
    places = _Places(tables)
    for cell, data in bundles(notebook, injected):
        if data["kind"] == "claim":
            _add_claim(results, cell, data["id"], data["value"], data["unit"], data["rows"], places)
        elif data["kind"] == "family":
            for member in data["members"]:
                name = f"{data['id']}.{member['key']}"
                rows = [member["row"]]
                _add_claim(results, cell, name, member["value"], data["unit"], rows, places)
        else:
            _add_product(results, cell, data, places)
    return results


def _add_claim(
    results: Results,
    cell: int,
    name: str,
    value: Any,
    unit: str | None,
    rows: list[dict[str, Any]],
    places: _Places,
) -> None:
    where = Span(path=results.notebook, cell=cell)
    if name in results.claims:
        first = results.claims[name].evidence.cell
        results.findings.append(
            diagnose("CLM103", where, id=name, first=Span(path=results.notebook, cell=first))
        )
        return
    if value is None or value in ("nan", "inf", "-inf"):
        results.findings.append(
            diagnose("CLM105", where, id=name, value="-" if value is None else value)
        )
        return
    table, numbers = places.of(rows)
    sources = _cells(rows, "source_id")
    locators = _cells(rows, "locator")
    results.claims[name] = Claim(
        id=name,
        kind=_kind(value),
        value=tuple(value) if isinstance(value, list) else value,
        unit=unit,
        evidence=Evidence(
            notebook=results.notebook,
            cell=cell,
            table=table or places.only_table,
            rows=tuple(rows),
            row_numbers=numbers,
            sources=sources,
            locator="; ".join(locators) or None,
        ),
    )


def _cells(rows: list[dict[str, Any]], ending: str) -> tuple[str, ...]:
    """The texts of every column whose name is, or ends in, a word: each once, in order."""
    texts = [
        str(value)
        for row in rows
        for name, value in row.items()
        if value and (name == ending or name.endswith(f"_{ending}"))
    ]
    return tuple(dict.fromkeys(texts))


def _kind(value: Any) -> Kind:
    if isinstance(value, bool):
        return Kind.TEST
    return Kind.TEXT if isinstance(value, str | list) else Kind.VALUE


class _Places:
    """The rows of the clean tables by their content, so that each is looked up, not searched."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self._tables = tables
        self._known: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[int]]] = {}

    @property
    def only_table(self) -> str | None:
        """The table of a notebook that reads no other."""
        return next(iter(self._tables)) if len(self._tables) == 1 else None

    def of(self, rows: Sequence[Mapping[str, Any]]) -> tuple[str | None, tuple[int, ...]]:
        """The table in which every row is found exactly once, and the rows' places in it."""
        for name in self._tables:
            numbers = [self._place(row, name) for row in rows]
            if rows and all(number is not None for number in numbers):
                return name, tuple(number for number in numbers if number is not None)
        return None, ()

    def _place(self, row: Mapping[str, Any], table: str) -> int | None:
        shared = tuple(name for name in row if name in self._tables[table].columns)
        if len(shared) < 2:
            return None
        found = self._index(table, shared).get(tuple(row[name] for name in shared), [])
        return found[0] if len(found) == 1 else None

    def with_columns(self, columns: Sequence[str]) -> str | None:
        """The one table that has all these columns; None for none and for several."""
        found = [name for name, frame in self._tables.items() if {*columns} <= {*frame.columns}]
        return found[0] if columns and len(found) == 1 else None

    def sources(self, table: str, numbers: Sequence[int] | None) -> list[str]:
        """The ids of sources that rows of a clean table name; without numbers, of all its rows."""
        frame = self._tables[table]
        if numbers is not None:
            frame = frame[[number - 1 for number in numbers]]
        return list(_cells(frame.rows(named=True), "source_id"))

    def holds(self, column: str, rows: Sequence[Mapping[str, Any]]) -> bool:
        """Whether a clean table has a column of this name with all the values of rows."""
        wanted = {row[column] for row in rows} - {None}
        return any(
            wanted <= set(map(plain, frame[column].to_list()))
            for frame in self._tables.values()
            if column in frame.columns
        )

    def _index(self, table: str, columns: tuple[str, ...]) -> dict[tuple[Any, ...], list[int]]:
        if (table, columns) not in self._known:
            index: dict[tuple[Any, ...], list[int]] = {}
            rows = self._tables[table].select(columns).iter_rows()
            for number, values in enumerate(rows, start=1):
                index.setdefault(tuple(map(plain, values)), []).append(number)
            self._known[table, columns] = index
        return self._known[table, columns]


def _add_product(results: Results, cell: int, data: dict[str, Any], places: _Places) -> None:
    kept = results.figures if data["kind"] == "figure" else results.tables
    if data["id"] in kept:
        where = Span(path=results.notebook, cell=cell)
        results.findings.append(diagnose("ANA104", where, id=data["id"], other=results.notebook))
        return
    origin = _origin(data, places)
    kept[data["id"]] = {**data, **origin, "cell": cell}


def _origin(data: Mapping[str, Any], places: _Places) -> dict[str, Any]:
    """What a product rests on: ids of sources, clean tables, whether values were computed."""
    rows = data.get("rows", ())
    shown = [{name: row[name] for name in data["columns"]} for row in rows]
    table, numbers = places.of(shown)
    known = table or places.only_table or places.with_columns(data.get("columns", ()))
    sources = data.get("sources")
    if not sources:
        sources = places.sources(known, numbers if table else None) if known else []
    return {
        "sources": sources,
        "tables": [known] if known else [],
        "computed": any(not places.holds(name, shown) for name in shown[0]) if shown else False,
    }


def figure_bytes(figure: Mapping[str, Any], language: str, suffix: str) -> bytes:
    """One file of a figure bundle."""
    text: str = figure["files"][language][suffix]
    return text.encode("utf-8") if suffix == "svg" else base64.b64decode(text)


def results_json(results: Results, reads: tuple[str, ...], confinement: str) -> dict[str, Any]:
    """The results as they are stored."""
    return {
        "version": 1,
        "notebook": results.notebook,
        "confinement": confinement,
        "reads": list(reads),
        "claims": {name: claim_to_json(claim) for name, claim in sorted(results.claims.items())},
        "figures": {
            name: {
                **{key: figure[key] for key in ("cell", *_ORIGIN) if key in figure},
                "width": figure["width"],
                "digests": {
                    language: digest_bytes(pair["svg"].encode("utf-8"))
                    for language, pair in figure["files"].items()
                },
            }
            for name, figure in sorted(results.figures.items())
        },
        "tables": {
            name: {key: table[key] for key in _TABLE if key in table}
            for name, table in sorted(results.tables.items())
        },
    }
