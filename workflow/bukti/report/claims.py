"""The claims of the ledger as the page has them, with the rows behind them stored once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bukti.base.digest import canonical_json
from bukti.report.grounds import ground_of

MOST_ROWS = 50
Entry = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(slots=True)
class RowPool:
    """Rows that stand behind several claims, stored once; so are their columns' names."""

    columns: list[list[str]] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    _known: dict[str, int] = field(default_factory=dict)

    def index(self, row: Row) -> int:
        """The number of a row, which is added where it is new."""
        key = canonical_json(dict(row))
        if key not in self._known:
            names = list(row)
            if names not in self.columns:
                self.columns.append(names)
            self.rows.append([self.columns.index(names), *row.values()])
            self._known[key] = len(self.rows) - 1
        return self._known[key]

    def to_json(self) -> dict[str, Any]:
        """The pool as the page has it: each row is the number of its columns, then its cells."""
        return {"columns": self.columns, "rows": self.rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """What not everyone may see: clean tables, notebooks that read one, and coded passages."""

    tables: frozenset[str] = frozenset()
    notebooks: frozenset[str] = frozenset()
    passages: bool = False


def claims_data(
    entries: Sequence[Entry], written: Mapping[str, Any], pool: RowPool, closed: Closed
) -> list[dict[str, Any]]:
    """Every claim with its ground, value and evidence; `written` is the data of `claims.yaml`."""
    return [_claim(entry, written, pool, closed) for entry in entries]


def _claim(
    entry: Entry, written: Mapping[str, Any], pool: RowPool, closed: Closed
) -> dict[str, Any]:
    evidence = entry["evidence"]
    numbers = evidence["row_numbers"]
    rows = [_open(row, closed) for row in evidence["rows"]]
    withheld = bool(rows) and _is_closed(evidence, closed)
    shown = [] if withheld else rows[:MOST_ROWS]
    accepted = entry["accepted"]
    found = {
        "scheme": entry["scheme"],
        "id": entry["id"],
        "kind": entry["kind"],
        "ground": str(ground_of(entry)),
        "status": entry["status"],
        "value": entry["value"],
        "unit": entry["unit"],
        "notebook": evidence["notebook"],
        "cell": evidence["cell"],
        "table": evidence["table"],
        "count": evidence.get("count"),
        "rows": [pool.index(row) for row in shown],
        "numbers": numbers[:MOST_ROWS] if len(numbers) == len(rows) else [],
        "more": len(rows) - len(shown),
        "withheld": withheld or None,
        "sources": evidence["sources"],
        "locator": evidence["locator"],
        "grade": entry["grade"],
        "readings": entry["readings"],
        "approved": _approval(entry, accepted),
        **_words(entry, written),
    }
    return {key: value for key, value in found.items() if value not in (None, [], {}, "")}


def _is_closed(evidence: Mapping[str, Any], closed: Closed) -> bool:
    """Whether rows may be of a table that not everyone may see."""
    if evidence["table"]:
        return evidence["table"] in closed.tables
    return evidence["notebook"] in closed.notebooks


def _open(row: Row, closed: Closed) -> Row:
    """A row without the words of a coded passage that not everyone may see."""
    if closed.passages and "segment" in row:
        return {key: value for key, value in row.items() if key != "text"}
    return row


def _approval(entry: Entry, accepted: Mapping[str, Any] | None) -> str | None:
    if accepted is None:
        return None
    same = accepted["value"] == entry["value"] and accepted["unit"] == entry["unit"]
    return "same" if same else "moved"


def _words(entry: Entry, written: Mapping[str, Any]) -> dict[str, Any]:
    """What `claims.yaml` says of a claim in words: statement, note, quotation and translations."""
    groups = {"given": "given", "documentary": "documentary", "quotation": "quotations"}
    data = written.get(groups.get(entry["kind"], ""), {}).get(entry["id"], {})
    return {key: data[key] for key in ("statement", "note", "translations") if key in data}


def used_rows(entries: Sequence[Entry]) -> dict[str, set[int]]:
    """The rows of each clean table that claims name, by the table."""
    found: dict[str, set[int]] = {}
    for entry in entries:
        evidence = entry["evidence"]
        if evidence["table"]:
            found.setdefault(evidence["table"], set()).update(evidence["row_numbers"][:MOST_ROWS])
    return found
