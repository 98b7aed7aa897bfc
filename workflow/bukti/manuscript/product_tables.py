"""A notebook's table as a pandoc table: heads, groups, totals and marks in a language's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from bukti.base.language import language_of
from bukti.base.numbers import exact, format_number
from bukti.base.tree import Node, Nodes, attributes
from bukti.manuscript.numbering import letters
from bukti.manuscript.saying import Words, label
from bukti.manuscript.tree import words

MISSING = "\u2013"
_FEW_DECIMALS = 4
_SHORTEST_WORD = 4  # a unit of fewer letters is a sign: kg, ha


@dataclass(slots=True)
class ProductTable:
    """Sets one table; `without_word` is told each column or unit that has no words.

    `columns` are the contracts' columns by name.
    """

    table: Mapping[str, Any]
    columns: Mapping[str, Mapping[str, Any]]
    words: Words
    without_word: Callable[[str], None]
    _marks: dict[str, str] = field(default_factory=dict)

    def node(self, attribute: list[Any], caption: Any) -> Node:
        """The table with attributes and a caption."""
        names: Sequence[str] = self.table["columns"]
        aligned = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in names]
        head = [attributes(), list(self._head_rows())]
        rows = self.table["rows"]
        totals = self.table.get("totals", 0)
        body, foot = (rows[:-totals], rows[-totals:]) if totals else (rows, [])
        bodies = list(self._bodies(body))
        feet = [attributes(), [self._row(row) for row in foot]]
        return {"t": "Table", "c": [attribute, caption, aligned, head, bodies, feet]}

    def notes(self) -> Nodes:
        """A line for each letter that stands behind a value, in the order of the letters."""
        return [
            {"t": "Para", "c": [_raised(mark), {"t": "Space"}, *words(label(key, self.words))]}
            for key, mark in self._marks.items()
        ]

    def _head_rows(self) -> Iterator[list[Any]]:
        groups = self.table.get("groups", ())
        grouped = {name: group for group in groups for name in group["columns"]}
        if not groups:
            yield _row_of([_cell(self._head(name)) for name in self.table["columns"]])
            return
        above: list[Any] = []
        for name in self.table["columns"]:
            group = grouped.get(name)
            if group is None:
                above.append(_cell(self._head(name), down=2))
            elif name == group["columns"][0]:
                title = words(self._word(group["label"]))
                above.append(_cell(title, across=len(group["columns"])))
        yield _row_of(above)
        yield _row_of(
            [_cell(self._head(name)) for name in self.table["columns"] if name in grouped]
        )

    def _head(self, column: str) -> Nodes:
        """A column's words, with its unit in brackets."""
        key = self.table.get("heads", {}).get(column, column)
        text = self._word(key)
        unit = self.table.get("units", {}).get(column)
        shown = self._unit(unit) if unit else self._unit_of_contract(column, key, text)
        return words(f"{text} ({shown})" if shown else text)

    def _word(self, key: str) -> str:
        language = self.words.language
        if language in self.words.labels.get(key, {}):
            return self.words.labels[key][language]
        title = self.columns.get(key, {}).get("title")
        if isinstance(title, Mapping) and language in title:
            return str(title[language])
        if any(map(str.isalpha, key)):
            self.without_word(key)
        return key

    def _unit(self, unit: str) -> str:
        known = self.words.language in self.words.labels.get(unit, {})
        if known or sum(map(str.isalpha, unit)) >= _SHORTEST_WORD:
            return self._word(unit)
        return unit

    def _unit_of_contract(self, column: str, key: str, text: str) -> str:
        """The sign of per cent for a column in per cent whose words do not say so."""
        in_percent = self.columns.get(column, {}).get("unit") == "percent"
        if not in_percent or key != column or key in self.words.labels:
            return ""
        said = any(word in text.lower() for word in language_of(self.words.language).percent)
        return "" if said else "%"

    def _bodies(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
        column = self.table.get("sections")
        if column is None:
            yield [attributes(), 0, [], [self._row(row) for row in rows]]
            return
        for value, members in groupby(rows, key=lambda row: row[column]):
            title = words(label(str(value), self.words) if value is not None else MISSING)
            head = _row_of([_cell(title, across=len(self.table["columns"]))])
            yield [attributes(), 0, [head], [self._row(row) for row in members]]

    def _row(self, row: Mapping[str, Any]) -> list[Any]:
        return _row_of([_cell(self._value(row, column)) for column in self.table["columns"]])

    def _value(self, row: Mapping[str, Any], column: str) -> Nodes:
        text = self._written(row[column], column)
        flag = row.get(self.table.get("marks", {}).get(column, ""))
        return [*words(text), _raised(self._mark(str(flag)))] if flag else words(text)

    def _mark(self, flag: str) -> str:
        """A flag that has words becomes a letter with a note; any other stands as it is."""
        if self.words.language not in self.words.labels.get(flag, {}):
            return flag
        return self._marks.setdefault(flag, letters(len(self._marks) + 1).lower())

    def _digits(self, column: str) -> int | None:
        """The decimals of a column: as asked for, else those of its longest value if they are few.

        None leaves each value as it is.
        """
        if column in self.table["digits"]:
            return int(self.table["digits"][column])
        values = [row[column] for row in self.table["rows"]]
        numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
        most = max(map(_decimals, numbers), default=0)
        return most if most <= _FEW_DECIMALS else None

    def _written(self, value: Any, column: str) -> str:
        if value is None:
            return MISSING
        if isinstance(value, bool) or not isinstance(value, int | float):
            return label(str(value), self.words)
        contract = self.columns.get(column, {})
        if contract.get("type") in ("integer", "year") and not contract.get("unit"):
            return str(value)
        return format_number(
            value,
            self.words.language,
            digits=self._digits(column),
            rounding=self.words.rounding,
        )


def _decimals(value: int | float) -> int:
    """How many decimals a value has, without zeros at its end."""
    exponent = exact(value).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _raised(text: str) -> Node:
    return {"t": "Superscript", "c": [{"t": "Str", "c": text}]}


def _cell(inlines: Nodes, *, across: int = 1, down: int = 1) -> list[Any]:
    content = [{"t": "Plain", "c": inlines}]
    return [attributes(), {"t": "AlignDefault"}, down, across, content]


def _row_of(cells: list[Any]) -> list[Any]:
    return [attributes(), cells]
