"""What cleaning changed, table by table, and the raw lines behind the rows that claims use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

MOST_LISTED = 20
MOST_VALUES = 60
LONGEST_LINE = 600
_BREAK = "\n"
Record = Mapping[str, Any]


def cleaning_data(record: Record, rows: Iterable[int], *, closed: bool = False) -> dict[str, Any]:
    """A cleaning ledger as the page has it, with the raw lines of some rows of the table.

    Of one that is `closed` no value is shown, since not everyone may see its raw files.
    """
    origin = record["origin"]
    known = {row: origin[row - 1] for row in sorted(rows) if row <= len(origin)}
    readings = record.get("readings", [])
    return {
        "table": record["table"],
        "from": record["from"],
        "raw": [
            {"name": name, "digest": digest, "rows": record["rows_in"].get(name)}
            for name, digest in sorted(record["raw"].items())
        ],
        "rows": record["rows_out"],
        "changes": [_change(change, closed) for change in record["changes"]],
        "sources": [source["id"] for source in record["sources"]],
        "origin": {str(row): line for row, line in known.items() if line is not None},
        "readings": {
            "rows": len({each["row"] for each in readings}),
            "differ": len({each["row"] for each in readings if not each["agrees"]}),
        },
    }


def _change(change: Record, closed: bool) -> dict[str, Any]:
    return {
        "kind": change["kind"],
        "reason": change["reason"],
        "before": change["before"],
        "after": change["after"],
        "column": change["column"],
        "concerned": change.get("concerned", len(change["rows"])),
        "values": [] if closed else change["values"][:MOST_VALUES],
        "listed": [] if closed else change.get("listed", [])[:MOST_LISTED],
    }


def only_raw_file(record: Record) -> str | None:
    """The raw file that every row of a table comes from; None where there are several."""
    files = list(record["rows_in"] or record["raw"])
    return files[0] if len(files) == 1 else None


def lines_behind(
    cleaning: Mapping[str, Record], rows: Mapping[str, Iterable[int]]
) -> dict[str, set[int]]:
    """The lines of each raw file that some rows of tables come from.

    Of a table that is made from several files none are known.
    """
    found: dict[str, set[int]] = {}
    for table, record in cleaning.items():
        name = only_raw_file(record)
        if name is not None:
            origin = record["origin"]
            lines = {origin[row - 1] for row in rows.get(table, ()) if row <= len(origin)}
            found.setdefault(name, set()).update(line for line in lines if line is not None)
    return found


def lines_of(lines: Iterable[str], numbers: Iterable[int]) -> dict[str, str]:
    """Some lines of a text by their number from 1 on, each cut at 600 characters."""
    wanted = set(numbers)
    last = max(wanted, default=0)
    return {
        str(number): _cut(line.rstrip(_BREAK))
        for number, line in enumerate(islice(lines, last), start=1)
        if number in wanted
    }


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "…"
