"""What a cleaning script is given: raw files to read, and a ledger of what it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from bukti.base.diagnostic import Diagnostic, Note, Problem, diagnose
from bukti.base.span import Span
from bukti.clean.changes import ROWS_LISTED, Change, listed_rows, stored_change
from bukti.clean.coding.reader import Beside, coding_table
from bukti.clean.layout import Layout, moved_columns
from bukti.clean.places import gazetteer, placed
from bukti.clean.reading.delimited import read_delimited
from bukti.clean.reading.frames import ROW
from bukti.clean.reading.records import read_json, read_xml
from bukti.clean.reading.sheet import open_sheet, read_table
from bukti.clean.reading.statistical import read_statistical
from bukti.clean.reading.text import decoded

__all__ = ["ROW", "ROWS_LISTED", "Change", "Raw", "ledger_json"]


@dataclass(slots=True)
class Raw:
    """The raw files of one table. Whatever rows or values it drops or changes is recorded.

    Every reader takes `lookup=True` for a file in which the script only looks something up: its
    rows are none that must be accounted for. `layout` is how the one file was read that the
    table's rows come from, once `settle` was told the frame; None where there are several.
    `findings` are what is wrong in coded projects that can be read all the same.
    """

    files: Mapping[str, bytes]
    script: str
    rows_in: dict[str, int] = field(default_factory=dict)
    looked_up: dict[str, int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    layout: Layout | None = None
    findings: list[Diagnostic] = field(default_factory=list)
    _parts: dict[tuple[bool, str, str], int] = field(default_factory=dict)
    _reads: dict[str, list[tuple[Layout | None, pl.DataFrame]]] = field(default_factory=dict)

    def csv(
        self,
        name: str,
        *,
        separator: str = ",",
        encoding: str | None = None,
        skip: int = 0,
        lookup: bool = False,
    ) -> pl.DataFrame:
        """A CSV or TSV file: every column as text, and `_row`, the line of each row in the file.

        A byte order mark decides the encoding, else `encoding` does, else it is UTF-8; `skip`
        lines stand above the heading. Raises Problem where the contract does not name the file,
        or it cannot be read as it was said to be.
        """
        path = f"data/raw/{name}"
        text = decoded(self._bytes(name), path, encoding)
        frame = read_delimited(text, path, separator, skip=skip)
        layout = Layout(columns={each: at for at, each in enumerate(frame.columns) if at})
        return self._read(name, frame, layout=layout, lookup=lookup)

    def sheet(
        self,
        name: str,
        *,
        sheet: str | None = None,
        header: int | tuple[int, int] = 1,
        columns: Mapping[str, str] | None = None,
        last: int | None = None,
        lookup: bool = False,
    ) -> pl.DataFrame:
        """A sheet of a workbook (XLSX, XLSM, XLS, ODS): `_row` is the row of the sheet.

        `header` is the row of headings, or the first and last of several, which are joined with
        " / "; `columns` names columns by their letter. Notes below the table, and all rows below
        `last` where it is given, are recorded and left out. Columns of one type keep it; a number
        among texts becomes text that every locale reads alike (`13305e-3`).
        """
        path = f"data/raw/{name}"
        opened = open_sheet(self._bytes(name), path, sheet)
        rows = (header, header) if isinstance(header, int) else header
        table = read_table(opened, path, rows, columns or {}, last)
        layout = Layout(columns=table.places, sheet=opened.name, epoch=opened.epoch)
        frame = self._read(name, table.frame, opened.name, layout=layout, lookup=lookup)
        if table.notes:
            self._note(name, frame.height, table.notes)
        return frame

    def json(self, name: str, *, within: str = "", lookup: bool = False) -> pl.DataFrame:
        """The records of a JSON file; `within` leads to their list, as `data.items`."""
        path = f"data/raw/{name}"
        frame = read_json(decoded(self._bytes(name), path), path, within)
        return self._read(name, frame, within, lookup=lookup)

    def xml(self, name: str, *, row: str, lookup: bool = False) -> pl.DataFrame:
        """The elements of an XML file that the XPath `row` finds, as text."""
        frame = read_xml(self._bytes(name), f"data/raw/{name}", row)
        return self._read(name, frame, row, lookup=lookup)

    def stata(self, name: str, *, labels: bool = False, lookup: bool = False) -> pl.DataFrame:
        """A `.dta` file; with `labels`, values are given by their labels."""
        return self._statistical(name, labels=labels, lookup=lookup)

    def spss(self, name: str, *, labels: bool = False, lookup: bool = False) -> pl.DataFrame:
        """A `.sav` or `.zsav` file; with `labels`, values are given by their labels."""
        return self._statistical(name, labels=labels, lookup=lookup)

    def coding(
        self,
        name: str,
        table: str = "segments",
        *,
        codes: str | None = None,
        documents: str | None = None,
        separator: str = ",",
        columns: Mapping[str, str] | None = None,
        lookup: bool = False,
    ) -> pl.DataFrame:
        """A table of a coded project: `documents`, `codes`, `segments`, `groups`, `memos`,
        `attributes`, `coders` or `leftovers`.

        The file is of REFI-QDA, Taguette or QualCoder, a workbook or CSV file of segments, or a
        Word file with comments; `codes` and `documents` are CSV files that belong to it, and
        `columns` names the columns of the sheet of segments where they are called otherwise
        (`{"document": "source_id"}`). Raises Problem where it is none of these, cannot be read
        safely, or has no such table.
        """
        for each in filter(None, (codes, documents)):
            self._bytes(each)
        beside = Beside(
            files=self.files,
            codes=codes,
            documents=documents,
            separator=separator,
            columns=columns or {},
        )
        path = f"data/raw/{name}"
        frame, findings = coding_table(self._bytes(name), path, table, self.script, beside)
        self.findings += [each for each in findings if each not in self.findings]
        return self._read(name, frame, table, lookup=lookup)

    def keep(self, frame: pl.DataFrame, where: pl.Expr, *, reason: str) -> pl.DataFrame:
        """The rows for which `where` is true; the others are recorded as dropped."""
        kept = frame.filter(where)
        self._record("keep", reason, frame, kept, frame.filter(where.not_().fill_null(True)))
        return kept

    def drop(self, frame: pl.DataFrame, where: pl.Expr, *, reason: str) -> pl.DataFrame:
        """The rows for which `where` is not true; the others are recorded as dropped."""
        kept = frame.filter(where.not_().fill_null(True))
        self._record("drop", reason, frame, kept, frame.filter(where))
        return kept

    def merge(self, frame: pl.DataFrame, *, by: Sequence[str], reason: str) -> pl.DataFrame:
        """The frame unchanged, with the record that its rows become one for each value of `by`."""
        merged = frame.filter(frame.select(by).is_duplicated())
        first = merged.head(ROWS_LISTED)
        self.changes.append(
            Change(
                kind="merge",
                reason=reason,
                before=frame.height,
                after=frame.select(by).n_unique(),
                rows=_rows(merged),
                column=", ".join(by),
                concerned=merged.height,
                listed=listed_rows(first, first.select(by)),
            )
        )
        return frame

    def replace(
        self, frame: pl.DataFrame, column: str, values: Mapping[str, str], *, reason: str
    ) -> pl.DataFrame:
        """The frame with values of a text column replaced, each counted."""
        counts = dict(frame.get_column(column).value_counts().iter_rows())
        touched = frame.filter(pl.col(column).is_in(list(values)))
        listed = tuple((old, new, int(counts.get(old, 0))) for old, new in values.items())
        first = touched.head(ROWS_LISTED)
        now = first.select(pl.col(column).replace(dict(values)))
        self.changes.append(
            Change(
                kind="replace",
                reason=reason,
                before=frame.height,
                after=frame.height,
                rows=_rows(touched),
                column=column,
                values=listed,
                concerned=touched.height,
                listed=listed_rows(first, now, [column]),
            )
        )
        return frame.with_columns(pl.col(column).replace(dict(values)))

    def places(
        self,
        frame: pl.DataFrame,
        column: str,
        *,
        register: str,
        into: str,
        codes: str | None = None,
        year: str | int | None = None,
        total: str | None = None,
    ) -> pl.DataFrame:
        """The frame with the codes of the places in `column` as a column `into`.

        `register` is a register that bukti brings along (`id-provinces`) or a raw file of the same
        form; `codes` chooses its system of codes, `year` is a year or the column of years in which
        the places must have existed, `total` the code of rows that are totals. Raises Problem with
        every name that the register does not list.
        """
        places = gazetteer(register, codes, self.files, self.script)
        data = [*self.rows_in] if len(self.rows_in) == 1 else [*set(self.files) - {register}]
        path = f"data/raw/{data[0]}" if len(data) == 1 else self.script
        layout = self._only_layout()
        at = layout.place if layout and path != self.script else _nowhere
        found = placed(frame, column, places, path=path, year=year, total=total, at=at)
        names = frame.get_column(column).cast(pl.String).to_list()
        pairs = [(name, code) for name, code in zip(names, found, strict=True) if name and code]
        self.changes.append(
            Change(
                kind="places",
                reason=register,
                before=frame.height,
                after=frame.height,
                column=into,
                values=tuple((*pair, pairs.count(pair)) for pair in dict.fromkeys(pairs)),
            )
        )
        return frame.with_columns(pl.Series(into, found, dtype=pl.String))

    def settle(self, frame: pl.DataFrame) -> None:
        """Note where the cells of the script's frame stand in the one file that was read once."""
        layout = self._only_layout()
        if layout is not None:
            (read,) = self._reads.values()
            moved = moved_columns(frame, read[0][1], layout.columns)
            self.layout = replace(layout, moved=moved)

    def _only_layout(self) -> Layout | None:
        """How the one file was read that was not only looked up in; None for several readings."""
        reads = [read for reads in self._reads.values() for read in reads]
        return reads[0][0] if len(reads) == 1 else None

    def _statistical(self, name: str, *, labels: bool, lookup: bool) -> pl.DataFrame:
        frame = read_statistical(self._bytes(name), f"data/raw/{name}", labels=labels)
        return self._read(name, frame, lookup=lookup)

    def _read(
        self,
        name: str,
        frame: pl.DataFrame,
        part: str = "",
        *,
        layout: Layout | None = None,
        lookup: bool,
    ) -> pl.DataFrame:
        """The frame, counted; a file that is read part by part has the rows of all parts."""
        if not lookup:
            self._reads[name] = [*self._reads.get(name, ()), (layout, frame)]
        counts = self.looked_up if lookup else self.rows_in
        self._parts[lookup, name, part] = frame.height
        counts[name] = sum(
            rows for (what, file, _), rows in self._parts.items() if (what, file) == (lookup, name)
        )
        return frame

    def _note(self, name: str, height: int, notes: Sequence[tuple[int, str]]) -> None:
        change = Change(
            kind="notes",
            reason=name,
            before=height,
            after=height,
            rows=tuple(row for row, _ in notes[:ROWS_LISTED]),
            values=tuple((text, "", 1) for _, text in notes[:ROWS_LISTED]),
        )
        self.changes.append(change)

    def _bytes(self, name: str) -> bytes:
        if name not in self.files:
            known = ", ".join(self.files)
            raise Problem(diagnose("CLN104", Span(path=self.script), path=name, known=known))
        return self.files[name]

    def _record(
        self, kind: str, reason: str, before: pl.DataFrame, after: pl.DataFrame, gone: pl.DataFrame
    ) -> None:
        change = Change(
            kind=kind,
            reason=reason,
            before=before.height,
            after=after.height,
            rows=_rows(gone),
            concerned=gone.height,
            listed=listed_rows(gone.head(ROWS_LISTED), None),
        )
        self.changes.append(change)


def _nowhere(line: int, name: str) -> tuple[Note, ...]:
    return ()


def _rows(frame: pl.DataFrame) -> tuple[int, ...]:
    if ROW not in frame.columns:
        return ()
    return tuple(int(row) for row in frame.get_column(ROW).drop_nulls().head(ROWS_LISTED))


def ledger_json(
    table: str,
    raw: Raw,
    digests: Mapping[str, str],
    origin: Sequence[int | None],
    rows_out: int,
    sources: Sequence[Mapping[str, Any]] = (),
    readings: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """The record of what cleaning changed; `origin` is the raw row of each row of the table.

    `sources` are the source ids in the data, each with the first place that names it, `readings`
    the rows that were read a second time.
    """
    return {
        "version": 1,
        "table": table,
        "from": "raw",
        "raw": dict(digests),
        "rows_in": dict(raw.rows_in),
        "looked_up": dict(raw.looked_up),
        "rows_out": rows_out,
        "changes": [stored_change(change) for change in raw.changes],
        "sources": [dict(source) for source in sources],
        "readings": [dict(reading) for reading in readings],
        "origin": list(origin),
    }
