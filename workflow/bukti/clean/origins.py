"""Which registered sources a clean table and its raw files name, and where first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bukti.base.span import Span
from bukti.clean.contract import Contract
from bukti.clean.tables import CleanTable

_ENDING = "source_id"


def sources_of(
    table: CleanTable, contract: Contract, raw: Mapping[str, Mapping[str, int]]
) -> list[dict[str, Any]]:
    """Each source id with the first place that names it, sorted by id.

    `raw` maps a raw file to its ids and their raw rows; in the table, ids stand in `source_id`
    and in the columns whose names end so.
    """
    found: dict[str, Span] = {}
    for name, ids in raw.items():
        for source, row in ids.items():
            found.setdefault(source, Span(path=f"data/raw/{name}", line=row))
    for source, index in _in_table(table):
        found.setdefault(source, table.place(contract, index))
    return [
        {"id": source, "path": span.path, "line": span.line}
        for source, span in sorted(found.items())
    ]


def _in_table(table: CleanTable) -> Iterator[tuple[str, int]]:
    for name in table.frame.columns:
        if name == _ENDING or name.endswith(f"_{_ENDING}"):
            for index, value in enumerate(table.frame.get_column(name)):
                if value:
                    yield str(value), index
