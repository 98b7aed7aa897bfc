"""Kept tables: what they were made from, and whether they still are what cleaning makes."""

from __future__ import annotations

import polars as pl
import pytest
from tests.unit.clean.conftest import make_contract

from bukti.clean.kept import difference, kept_frame, kept_record, other_versions
from bukti.clean.raw import ROW, Raw, ledger_json
from bukti.clean.tables import fulfil, parquet_bytes

CONTRACT = make_contract({"name": "a", "type": "integer"}, {"name": "b", "type": "string"})
FRAME = pl.DataFrame({"a": [1, 2], "b": ["x", None]})


def test_a_kept_table_is_read_as_it_was_made() -> None:
    raw = Raw(files={"a.csv": b"a,b\n1,x\n2,\n3,z\n"}, script="s.py")
    frame = raw.replace(raw.csv("a.csv"), "b", {"": "-"}, reason="empty")
    frame = raw.drop(frame, pl.col("a") == "3", reason="not yet out")
    table = fulfil(frame, CONTRACT, raw)
    record = ledger_json("t", raw, {"a.csv": "1" * 64}, table.origin, table.frame.height)
    again = kept_record(record, "s.py")
    assert (again.rows_in, again.changes) == (raw.rows_in, raw.changes)
    kept = kept_frame(parquet_bytes(table.frame), record)
    assert kept.get_column(ROW).to_list() == list(table.origin)
    twice = fulfil(kept, CONTRACT, again)
    assert twice.origin == table.origin
    assert twice.findings == table.findings
    assert twice.frame.equals(table.frame)


def test_rows_of_unknown_origin() -> None:
    kept = kept_frame(parquet_bytes(FRAME), {"origin": [None, None]})
    assert kept.columns == ["a", "b"]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"a,b\n1,2\n"])
def test_what_is_no_table(data: bytes) -> None:
    with pytest.raises(pl.exceptions.PolarsError):
        kept_frame(data, {"origin": []})


def test_a_record_of_another_table() -> None:
    with pytest.raises(pl.exceptions.PolarsError):
        kept_frame(parquet_bytes(FRAME), {"origin": [1, 2, 3]})


@pytest.mark.parametrize(
    ("made", "key", "arguments"),
    [
        (
            FRAME.with_columns(pl.Series("a", [1, 3])),
            "kept-cell",
            {"row": "2", "column": "a", "kept": "2", "made": "3"},
        ),
        (FRAME.head(1), "kept-shape", {"kept": "2", "made": "1"}),
        (
            FRAME.select("a"),
            "kept-columns",
            {"kept": "a (Int64), b (String)", "made": "a (Int64)"},
        ),
        (
            FRAME.cast({"a": pl.Float64}),
            "kept-columns",
            {"kept": "a (Int64), b (String)", "made": "a (Float64), b (String)"},
        ),
    ],
)
def test_where_a_kept_table_differs(
    made: pl.DataFrame, key: str, arguments: dict[str, str]
) -> None:
    (finding,) = difference(CONTRACT, FRAME, made)
    assert (finding.code, str(finding.span)) == ("SRC122", "data/contract/t.yaml")
    (said,) = finding.notes
    assert (said.key, said.arguments) == (key, arguments)


def test_the_same_table_does_not_differ() -> None:
    assert difference(CONTRACT, FRAME, FRAME.clone()) == ()
    nothing = FRAME.with_columns(a=pl.lit(None, dtype=pl.Int64))
    assert difference(CONTRACT, nothing, nothing) == ()


def test_another_version_of_the_raw_file() -> None:
    record = {"raw": {"a.csv": "1" * 64, "b.csv": "2" * 64}}
    (finding,) = other_versions(CONTRACT, record, {"a.csv": "3" * 64})
    assert (finding.code, finding.arguments["raw"]) == ("SRC124", "a.csv")
    assert list(other_versions(CONTRACT, record, {"a.csv": "1" * 64})) == []
