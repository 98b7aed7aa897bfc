"""Rows of pipe tables that do not have as many cells as their table has columns.

pandoc leaves out what is too much. A probe in the first and the last cell of each row, in a copy
that pandoc reads, comes back in a column of a table, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.tree import Node, walk
from bukti.manuscript.candidates import Source
from bukti.manuscript.tree import strings

_RULE = re.compile(
    r"^[ \t>]*(?:\|?[ ]*:?-+:?[ ]*(?:[|+][ ]*:?-+:?[ ]*)+\|?|\|[ ]*:?-+:?[ ]*\|)[ ]*$",
    re.MULTILINE,
)
_LINE = re.compile(r"[^\n]+\n?")
_ENDS = re.compile(
    r"(?P<indent>[ \t>]*(?:[-*+][ ]+)?\|?)(?P<cells>.*?)(?P<close>(?<!\\)\|)?[ \t]*", re.DOTALL
)
_PROBE = re.compile(r"bktcell(\d+)e")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line that may be a row of a pipe table: its place, where its first and last cell begin."""

    start: int
    end: int
    first: int
    last: int


def uneven_rows(source: Source, read: Callable[[str], Mapping[str, Any]]) -> Iterator[Diagnostic]:
    """Rows whose last cells are left out, and rows that lack some; `read` gives pandoc's tree."""
    rows = tuple(rows_of(source.text))
    if not rows:
        return
    columns = dict(_columns(read(_probed(source.text, rows))["blocks"]))
    for number, row in enumerate(rows):
        first, last = columns.get(2 * number), columns.get(2 * number + 1)
        where = source.span(row.start, row.end)
        if first is None:
            continue
        if last is None:
            yield diagnose("REN189", where, columns=first[1])
        elif first[0] < last[0] < first[1] - 1:
            yield diagnose("REN190", where, cells=last[0] + 1, columns=first[1])


def rows_of(text: str) -> Iterator[Row]:
    """The lines around and below each rule of hyphens and bars, up to an empty line."""
    done = 0
    for rule in _RULE.finditer(text):
        if rule.start() < done:
            continue
        head = text.rfind("\n", 0, max(rule.start() - 1, 0)) + 1
        lines = [(head, rule.start() - 1)] if rule.start() else []
        done = min(rule.end() + 1, len(text))
        while line := _LINE.match(text, done):
            if not line[0].strip() or "|" not in line[0]:
                break
            lines.append((line.start(), line.start() + len(line[0].rstrip("\n"))))
            done = line.end()
        yield from (_row(text, *each) for each in lines if "|" in text[slice(*each)])


def _row(text: str, start: int, end: int) -> Row:
    match = _ENDS.fullmatch(text, start, end)
    assert match is not None
    return Row(start=start, end=match.end("cells"), first=match.end("indent"),
               last=match.end("cells"))  # fmt: skip


def _probed(text: str, rows: Sequence[Row]) -> str:
    pieces: list[str] = []
    done = 0
    for number, row in enumerate(rows):
        pieces += [text[done : row.first], f" bktcell{2 * number}e "]
        pieces += [text[row.first : row.last], f" bktcell{2 * number + 1}e "]
        done = row.last
    return "".join([*pieces, text[done:]])


def _columns(blocks: Sequence[Node]) -> Iterator[tuple[int, tuple[int, int]]]:
    """For each probe within a table, its column and how many the table has."""
    for table in walk(list(blocks)):
        if table["t"] != "Table":
            continue
        _, _, columns, head, bodies, foot = table["c"]
        inner = [row for body in bodies for part in body[2:4] for row in part]
        for _, cells in [*head[1], *inner, *foot[1]]:
            for column, cell in enumerate(cells):
                for found in _PROBE.findall(" ".join(strings(cell[4]))):
                    yield int(found), (column, len(columns))
