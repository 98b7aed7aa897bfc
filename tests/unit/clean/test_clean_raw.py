"""What a cleaning script is given, and the ledger of what it changes."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bukti.base.diagnostic import Problem
from bukti.base.digest import canonical_json
from bukti.clean.changes import change_from_json, stored_change
from bukti.clean.contract import contract_of
from bukti.clean.raw import ROWS_LISTED, Change, Raw, ledger_json
from bukti.clean.tables import fulfil

DAY = date(2024, 3, 1)
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


def rows(change: Change) -> list[tuple[int | None, object, object]]:
    return [(row.row, row.before, row.after) for row in change.listed]


def test_rows_that_go_are_kept_in_the_record(raw: Raw) -> None:
    raw.drop(raw.csv("a.csv"), pl.col("kind") == "a", reason="r")
    assert rows(raw.changes[0]) == [(2, {"kind": "a", "value": "1"}, None)]


def test_rows_that_change_are_there_before_and_after(raw: Raw) -> None:
    raw.replace(raw.csv("a.csv"), "kind", {"a": "A", "": "C"}, reason="r")
    assert rows(raw.changes[0]) == [
        (2, {"kind": "a"}, {"kind": "A"}),
        (4, {"kind": ""}, {"kind": "C"}),
    ]


def test_rows_that_are_merged_name_what_they_became_part_of(raw: Raw) -> None:
    frame = raw.csv("a.csv").with_columns(half=pl.Series([1, 1, 2]), on=pl.lit(DAY))
    raw.merge(frame.select("_row", "kind", "half", "on"), by=["half"], reason="r")
    assert rows(raw.changes[0]) == [
        (2, {"kind": "a", "half": 1, "on": "2024-03-01"}, {"half": 1}),
        (3, {"kind": "b", "half": 1, "on": "2024-03-01"}, {"half": 1}),
    ]
    assert raw.changes[0].concerned == 2


@given(st.lists(st.sampled_from("abc"), max_size=2 * ROWS_LISTED))
def test_the_counts_add_up(kinds: list[str]) -> None:
    raw = Raw(files={"a.csv": "\n".join(["kind", *kinds, ""]).encode()}, script="s.py")
    frame = raw.keep(raw.csv("a.csv"), pl.col("kind") != "a", reason="r")
    frame = raw.replace(frame, "kind", {"b": "B"}, reason="r")
    raw.merge(frame, by=["kind"], reason="r")
    kept, replaced, merged = raw.changes
    assert kept.concerned == kept.before - kept.after == kinds.count("a")
    assert replaced.concerned == kinds.count("b") == replaced.values[0][2]
    twice = [kind for kind in "bc" if kinds.count(kind) > 1]
    assert merged.concerned - len(twice) == merged.before - merged.after
    for change in raw.changes:
        assert len(change.listed) == min(change.concerned, ROWS_LISTED)
        assert tuple(row.row for row in change.listed) == change.rows


def test_a_change_comes_back_from_the_record(raw: Raw) -> None:
    frame = raw.csv("a.csv").with_columns(x=pl.lit(float("nan")))
    frame = raw.drop(frame, pl.col("kind") == "a", reason="r")
    raw.replace(frame, "kind", {"b": "B"}, reason="r")
    stored = json.loads(canonical_json([stored_change(change) for change in raw.changes]))
    assert [change_from_json(each) for each in stored] == raw.changes
    earlier = [
        {k: v for k, v in each.items() if k not in ("concerned", "listed")} for each in stored
    ]
    assert all(change_from_json(each).listed == () for each in earlier)


def test_rows_that_are_only_looked_up_need_not_be_accounted_for(raw: Raw) -> None:
    frame = raw.csv("a.csv")
    raw.csv("sub/b.csv", separator=";", lookup=True)
    assert (raw.rows_in, raw.looked_up) == ({"a.csv": 3}, {"sub/b.csv": 1})
    fields = [{"name": name, "type": "string"} for name in ("kind", "value")]
    contract = contract_of("t", "t", {"raw": [*raw.files], "schema": {"fields": fields}})
    table = fulfil(frame, contract, raw)
    assert table.findings == ()
    assert str(table.place(contract, 0)) == "data/raw/a.csv:2"
    raw.csv("sub/b.csv", separator=";")
    table = fulfil(frame, contract, raw)
    assert [finding.code for finding in table.findings] == ["CLN209"]
    assert str(table.place(contract, 0)) == "t"


def test_a_file_that_is_read_twice_is_counted_once(raw: Raw) -> None:
    raw.csv("a.csv")
    raw.csv("a.csv")
    assert raw.rows_in == {"a.csv": 3}


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
        "looked_up": {},
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
                "concerned": 1,
                "listed": [{"row": 2, "before": {"kind": "a"}, "after": {"kind": "A"}}],
            }
        ],
        "sources": [],
        "readings": [],
        "origin": [1, None],
    }
