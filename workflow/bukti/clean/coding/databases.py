"""Databases of coding programs (SQLite), read from memory: nothing is opened on the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span

MARK = b"SQLite format 3\x00"
_JOURNAL = slice(18, 20)  # in a copy, 1 says that no second file with unsaved pages is needed

Row = Mapping[str, Any]


class Database:
    """The tables of a database, row by row. Raises Problem where it is damaged."""

    def __init__(self, data: bytes, path: str) -> None:
        """Opens a copy in memory; views and triggers of the file are never used."""
        self._path = path
        self._connection = sqlite3.connect(":memory:")
        self._connection.text_factory = lambda text: text.decode("utf-8", "replace")
        copy = bytearray(data)
        copy[_JOURNAL] = b"\x01\x01"
        try:
            self._connection.deserialize(bytes(copy))
            self._connection.execute("PRAGMA trusted_schema = OFF")
            found = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            self.tables = frozenset(name for (name,) in found)
        except sqlite3.Error as error:
            raise Problem(self._damaged(error)) from error

    def rows(self, table: str, order: Sequence[str]) -> list[Row]:
        """All rows of a table by column, in this order; none where there is no such table."""
        if table not in self.tables:
            return []
        names = ", ".join(order)
        try:
            found = self._connection.execute(f"SELECT * FROM {table} ORDER BY {names}")  # noqa: S608
            columns = [column[0] for column in found.description]
            return [dict(zip(columns, row, strict=True)) for row in found]
        except sqlite3.Error as error:
            raise Problem(self._damaged(error)) from error

    def _damaged(self, error: sqlite3.Error) -> Any:
        return diagnose("QUA105", Span(path=self._path), reason=error)


def said(row: Row, column: str) -> str:
    """A cell as text; empty where it is null or its version of the program has no such column."""
    value = row.get(column)
    return "" if value is None else str(value)


def whole(row: Row, column: str) -> int | None:
    """A cell as a whole number, cut off behind the point; None where it is no number."""
    value = row.get(column)
    return int(value) if isinstance(value, int | float) else None
