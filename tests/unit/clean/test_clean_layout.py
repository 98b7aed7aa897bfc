"""Where the cell of a finding stands: sheet and cell, or the column of a delimited file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bukti.base.diagnostic import Diagnostic, Note, Problem
from bukti.clean.contract import contract_of
from bukti.clean.layout import Layout, moved_columns
from bukti.clean.raw import Raw
from bukti.clean.tables import fulfil

ROWS: list[list[Any]] = [
    ["Provinsi", "2019", "2020"],
    ["Aceh", 1, 2],
    ["Papua", "x", 4],
]


def workbook(rows: Sequence[Sequence[Any]] = ROWS, title: str = "Tabel 1") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    sheet.append([])
    for row in rows:
        sheet.append([None, *row])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def refused(raw: Raw, frame: pl.DataFrame, *fields: Mapping[str, Any], **more: Any) -> Diagnostic:
    raw.settle(frame)
    data = {"raw": [*raw.files], "schema": {"fields": list(fields), **more}}
    with pytest.raises(Problem) as caught:
        fulfil(frame, contract_of("t", "t.yaml", data), raw)
    return caught.value.diagnostics[0]


def told(finding: Diagnostic) -> Note:
    return finding.notes[0]


def sheet(data: bytes | None = None) -> tuple[Raw, pl.DataFrame]:
    raw = Raw(files={"a.xlsx": data or workbook()}, script="s.py")
    return raw, raw.sheet("a.xlsx", header=2)


PLACE = {"name": "Provinsi", "type": "string"}


def test_the_cell_of_a_sheet() -> None:
    raw, frame = sheet()
    finding = refused(raw, frame, {"name": "2019", "type": "integer"})
    assert str(finding.span) == "data/raw/a.xlsx:4"
    assert told(finding).key == "at-cell"
    assert told(finding).arguments == {"cell": "'Tabel 1'!C4"}


def test_a_sheet_with_a_plain_name() -> None:
    raw, frame = sheet(workbook(title="Data"))
    assert told(refused(raw, frame, {"name": "2019", "type": "integer"})).arguments == {
        "cell": "Data!C4"
    }


def test_columns_that_the_script_named_itself() -> None:
    raw, frame = sheet()
    renamed = frame.rename({"2019": "children"})
    finding = refused(raw, renamed, {"name": "children", "type": "integer"})
    assert told(finding).arguments == {"cell": "'Tabel 1'!C4"}


def test_columns_laid_one_below_the_other() -> None:
    raw, frame = sheet()
    frame = frame.with_columns(pl.col("2020").cast(pl.String))
    long = frame.unpivot(["2019", "2020"], index=["_row"], variable_name="y", value_name="v")
    finding = refused(raw, long, {"name": "v", "type": "integer"})
    assert told(finding).arguments == {"cell": "'Tabel 1'!C4"}


def test_a_missing_cell() -> None:
    raw, frame = sheet(workbook([["a", "b"], ["y", None], ["x", 1]]))
    finding = refused(
        raw, frame, {"name": "b", "type": "integer", "constraints": {"required": True}}
    )
    assert (finding.code, told(finding).arguments) == ("CLN202", {"cell": "'Tabel 1'!C3"})


def test_a_finding_about_a_row_names_the_sheet_and_the_row() -> None:
    raw, frame = sheet(workbook([["a", "b"], ["x", 1], ["x", 2]]))
    finding = refused(raw, frame, {"name": "a", "type": "string"}, primaryKey="a")
    assert (finding.code, told(finding).key) == ("CLN204", "at-row")
    assert told(finding).arguments == {"sheet": "'Tabel 1'", "row": "4"}


def test_a_column_of_a_delimited_file() -> None:
    raw = Raw(files={"a.csv": b"k,v\n1,x\n"}, script="s.py")
    finding = refused(raw, raw.csv("a.csv"), {"name": "v", "type": "integer"})
    assert told(finding).key == "at-column"
    assert told(finding).arguments == {"number": "2", "name": "v"}
    raw = Raw(files={"a.csv": b"k,v\n1,x\n"}, script="s.py")
    renamed = raw.csv("a.csv").rename({"v": "value"})
    finding = refused(raw, renamed, {"name": "value", "type": "integer"})
    assert told(finding).arguments == {"number": "2", "name": "v"}


def test_of_two_sheets_no_cell_is_made_up() -> None:
    raw, frame = sheet()
    raw.sheet("a.xlsx", header=2)
    assert refused(raw, frame, {"name": "2019", "type": "integer"}).notes == ()


def test_a_file_that_is_looked_up_in_changes_nothing() -> None:
    raw = Raw(files={"a.xlsx": workbook(), "b.csv": b"k\n1\n"}, script="s.py")
    raw.csv("b.csv", lookup=True)
    frame = raw.sheet("a.xlsx", header=2)
    finding = refused(raw, frame, {"name": "2019", "type": "integer"})
    assert told(finding).arguments == {"cell": "'Tabel 1'!C4"}


def test_a_heading_that_stands_twice() -> None:
    with pytest.raises(Problem) as caught:
        sheet(workbook([["a", "a"], [1, 2]]))
    (finding,) = caught.value.diagnostics
    assert (finding.code, told(finding).arguments) == ("CLN115", {"cell": "'Tabel 1'!C2"})


def test_a_place_that_is_not_known() -> None:
    raw, frame = sheet()
    with pytest.raises(Problem) as caught:
        raw.places(
            frame.with_columns(Provinsi=pl.lit("Atlantis")),
            "Provinsi",
            register="id-provinces",
            codes="bps",
            into="code",
        )
    (finding,) = caught.value.diagnostics
    assert (finding.code, told(finding).arguments) == ("CLN141", {"cell": "'Tabel 1'!B3"})


RAW = pl.DataFrame({"_row": [2, 3], "a": ["1", "2"], "b": ["3", "2"]})
COLUMNS = {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("cells", "rows", "numbers"),
    [
        (["1", "2"], [2, 3], [1, 1]),
        (["3", "2"], [2, 3], [2, 2]),
        (["2", "1"], [3, 2], [1, 1]),
        (["1", "3"], [2, 2], [1, 2]),
        (["3", "2"], [2, 3], [2, 2]),
        (["2", "1", "3"], [3, 2, 2], [None, 1, 2]),
        (["1", "", None], [2, 3, 3], [1, None, None]),
        (["1", "9"], [2, 3], None),
        (["1", "2"], [2, 9], None),
        (["1", "2"], [2, None], None),
        (["", None], [2, 3], None),
    ],
)
def test_only_what_stands_in_its_raw_row_is_found_again(
    cells: list[Any], rows: list[Any], numbers: list[Any] | None
) -> None:
    frame = pl.DataFrame({"_row": rows, "new": cells}, schema_overrides={"new": pl.String})
    expected = {} if numbers is None else {"new": numbers}
    assert moved_columns(frame, RAW, COLUMNS) == expected


def test_columns_that_cannot_be_compared() -> None:
    lists = pl.DataFrame({"_row": [2, 3], "new": [[1], [2]]})
    assert moved_columns(lists, RAW, COLUMNS) == {}
    assert moved_columns(lists.drop("_row"), RAW, COLUMNS) == {}
    assert moved_columns(lists.with_columns(_row=pl.lit("2")), RAW, COLUMNS) == {}


@given(st.lists(st.tuples(*[st.sampled_from(["", "1", "2", "3"])] * 3), min_size=1, max_size=6))
def test_what_is_found_again_holds_the_cell(rows: list[tuple[str, ...]]) -> None:
    raw = pl.DataFrame(rows, schema=["a", "b", "c"], orient="row").with_row_index("_row", 2)
    long = raw.unpivot(["a", "b", "c"], index="_row", variable_name="x", value_name="new")
    columns = {"a": 1, "b": 2, "c": 3}
    found = moved_columns(long.drop("x"), raw, columns).get("new", [None] * long.height)
    for number, (row, _, cell) in zip(found, long.iter_rows(), strict=True):
        if number is not None:
            assert rows[row - 2][number - 1] == cell


def test_a_layout_goes_from_one_process_to_another() -> None:
    layout = Layout(columns={"a": 1}, sheet="S", epoch=1904, moved={"b": [1, None]})
    assert Layout(**layout.to_json()) == layout
