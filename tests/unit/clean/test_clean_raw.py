"""What a cleaning script is given, and the ledger of what it changes."""

from __future__ import annotations

import polars as pl
import pytest

from bukti.base.diagnostic import Problem
from bukti.clean.raw import ROWS_LISTED, Raw, ledger_json

CSV = b"\xef\xbb\xbfkind,value\r\na,1\r\nb,\r\n,3\r\n"


@pytest.fixture
def raw() -> Raw:
    return Raw(files={"a.csv": CSV, "sub/b.csv": b"x;y\n1;2\n"}, script="s.py")


def test_every_cell_is_text_and_every_row_has_its_number(raw: Raw) -> None:
    assert raw.csv("a.csv").to_dicts() == [
        {"_row": 2, "kind": "a", "value": "1"},
        {"_row": 3, "kind": "b", "value": ""},
        {"_row": 4, "kind": "", "value": "3"},
    ]
    assert raw.csv("sub/b.csv", separator=";").rows() == [(2, "1", "2")]
    assert raw.rows_in == {"a.csv": 3, "sub/b.csv": 1}


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "CLN114", None),
        (b"a,b\n1,2,3\n", "CLN112", 2),
        (b'a,b\n"1,2\n3,4\n', "CLN105", 2),
        (b"a,b\n1,2\n3,\xe9\n", "CLN110", 3),
        (b"a,,b\n1,2,3\n", "CLN113", 1),
        (b"a,b,a\n1,2,3\n", "CLN115", 1),
        (b"a;b\n1;2\n", "CLN111", 1),
    ],
)
def test_what_is_no_table(data: bytes, code: str, line: int | None) -> None:
    with pytest.raises(Problem) as caught:
        Raw(files={"a.csv": data}, script="s.py").csv("a.csv")
    (finding,) = caught.value.diagnostics
    assert finding.span is not None
    assert (finding.code, finding.span.path, finding.span.line) == (code, "data/raw/a.csv", line)


def test_a_heading_alone_is_an_empty_table() -> None:
    raw = Raw(files={"a.csv": b"a,b\n"}, script="s.py")
    assert raw.csv("a.csv").height == 0


def test_a_file_that_the_contract_does_not_name(raw: Raw) -> None:
    with pytest.raises(Problem) as caught:
        raw.csv("c.csv")
    (finding,) = caught.value.diagnostics
    assert (finding.code, str(finding.span)) == ("CLN104", "s.py")
    assert finding.arguments == {"path": "c.csv", "known": "a.csv, sub/b.csv"}


def test_keep_and_drop_record_the_rows_that_go(raw: Raw) -> None:
    frame = raw.keep(raw.csv("a.csv"), pl.col("kind") != "b", reason="no b")
    frame = raw.drop(frame, pl.col("value") == "3", reason="no 3")
    assert frame.get_column("_row").to_list() == [2]
    kept, dropped = raw.changes
    assert (kept.kind, kept.before, kept.after, kept.rows) == ("keep", 3, 2, (3,))
    assert (dropped.kind, dropped.before, dropped.after, dropped.rows) == ("drop", 2, 1, (4,))


def test_where_the_answer_is_unknown_keep_drops_and_drop_keeps(raw: Raw) -> None:
    frame = raw.csv("a.csv").with_columns(pl.col("value").replace("", None))
    unknown = pl.col("value") == "1"
    assert raw.keep(frame, unknown, reason="r").height == 1
    assert raw.drop(frame, unknown, reason="r").height == 2
    assert [change.rows for change in raw.changes] == [(3, 4), (2,)]


def test_merge_counts_what_the_rows_become(raw: Raw) -> None:
    frame = raw.csv("a.csv")
    assert raw.merge(frame, by=["kind", "value"], reason="r") is frame
    raw.merge(frame.with_columns(kind=pl.lit("a")), by=["kind"], reason="r")
    first, second = raw.changes
    assert (first.after, first.column) == (3, "kind, value")
    assert (second.before, second.after, second.column) == (3, 1, "kind")


def test_replace_counts_each_value(raw: Raw) -> None:
    frame = raw.replace(raw.csv("a.csv"), "kind", {"a": "A", "z": "Z"}, reason="r")
    assert frame.get_column("kind").to_list() == ["A", "b", ""]
    (change,) = raw.changes
    assert change.values == (("a", "A", 1), ("z", "Z", 0))
    assert (change.rows, change.before, change.after) == ((2,), 3, 3)


def test_at_most_so_many_rows_are_listed() -> None:
    data = b"a\n" + b"1\n" * (ROWS_LISTED + 50)
    raw = Raw(files={"a.csv": data}, script="s.py")
    raw.drop(raw.csv("a.csv"), pl.col("a") == "1", reason="all")
    assert raw.changes[0].rows == tuple(range(2, ROWS_LISTED + 2))


def test_rows_that_came_from_nowhere_are_not_listed(raw: Raw) -> None:
    frame = raw.csv("a.csv").with_columns(pl.Series("_row", [None, 2, None]))
    raw.drop(frame, pl.lit(value=True), reason="r")
    raw.drop(frame.drop("_row"), pl.lit(value=True), reason="r")
    assert [change.rows for change in raw.changes] == [(2,), ()]


def test_the_ledger(raw: Raw) -> None:
    raw.replace(raw.csv("a.csv"), "kind", {"a": "A"}, reason="r")
    record = ledger_json("t", raw, {"a.csv": "0" * 64}, [1, None], 2)
    assert record == {
        "version": 1,
        "table": "t",
        "from": "raw",
        "raw": {"a.csv": "0" * 64},
        "rows_in": {"a.csv": 3},
        "rows_out": 2,
        "changes": [
            {
                "kind": "replace",
                "reason": "r",
                "before": 3,
                "after": 3,
                "rows": [2],
                "column": "kind",
                "values": [{"old": "a", "new": "A", "count": 1}],
            }
        ],
        "sources": [],
        "readings": [],
        "origin": [1, None],
    }
