"""From a cleaning script's frame to the files of a clean table."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import polars as pl
import pytest

from bukti.base.diagnostic import Problem
from bukti.clean.contract import Contract
from bukti.clean.raw import Raw
from bukti.clean.tables import CleanTable, csv_bytes, fulfil, parquet_bytes
from bukti.project.raw_files import unaccepted

MakeContract = Callable[..., Contract]
VALUE = {"name": "v", "type": "integer"}


@pytest.fixture
def raw() -> Raw:
    return Raw(files={"a.csv": b"v\n1\n2\n3\n", "b.csv": b"v\n4\n"}, script="s.py")


@pytest.fixture
def made(contract: MakeContract, raw: Raw) -> Callable[[Any], CleanTable]:
    return lambda frame: fulfil(frame, contract(VALUE), raw)


Made = Callable[[Any], CleanTable]


def test_a_table_keeps_the_raw_row_of_each_row(made: Made, raw: Raw) -> None:
    table = made(raw.csv("a.csv").reverse())
    assert table.frame.to_dicts() == [{"v": 3}, {"v": 2}, {"v": 1}]
    assert (table.origin, table.findings) == ((4, 3, 2), ())


def test_without_row_numbers_the_origin_is_unknown(made: Made, raw: Raw) -> None:
    assert made(raw.csv("a.csv").drop("_row")).origin == (None, None, None)
    gathered = raw.csv("a.csv").group_by("v", maintain_order=True).agg("_row")
    assert made(gathered).origin == (None, None, None)


@pytest.mark.parametrize("returned", [None, 5, {"v": [1]}, pl.LazyFrame({"v": [1]})])
def test_a_script_must_return_a_frame(made: Made, returned: Any) -> None:
    with pytest.raises(Problem) as caught:
        made(returned)
    (finding,) = caught.value.diagnostics
    assert (finding.code, str(finding.span)) == ("CLN108", "s.py")
    assert finding.arguments == {"found": type(returned).__name__}


def test_misfits_come_before_breaches(made: Made, contract: MakeContract, raw: Raw) -> None:
    field = {**VALUE, "constraints": {"required": True}}
    with pytest.raises(Problem, match=r"^CLN201$"):
        fulfil(pl.DataFrame({"v": ["x", ""]}), contract(field), raw)
    with pytest.raises(Problem, match=r"^CLN202$"):
        fulfil(pl.DataFrame({"v": ["1", ""]}), contract(field), raw)


def accounted(table: CleanTable) -> list[dict[str, str]]:
    assert {finding.code for finding in table.findings} <= {"CLN209"}
    return [dict(finding.arguments) for finding in table.findings]


def test_rows_that_went_without_a_record(made: Made, raw: Raw) -> None:
    frame = raw.csv("a.csv").head(2)
    assert accounted(made(frame)) == [{"rows": "2", "expected": "3"}]


def test_a_later_record_does_not_hide_them(made: Made, raw: Raw) -> None:
    frame = raw.csv("a.csv").head(2)
    frame = raw.replace(frame, "v", {"1": "7"}, reason="r")
    assert accounted(made(frame)) == [{"rows": "2", "expected": "3"}]


def test_recorded_changes_account_for_the_rows(made: Made, raw: Raw) -> None:
    frame = raw.keep(raw.csv("a.csv"), pl.col("v") != "1", reason="r")
    frame = raw.drop(frame, pl.col("v") == "3", reason="r")
    assert accounted(made(frame)) == []


def test_two_files_joined_end_to_end_account_for_their_rows(made: Made, raw: Raw) -> None:
    first = raw.drop(raw.csv("a.csv"), pl.col("v") == "1", reason="r")
    assert accounted(made(pl.concat([first, raw.csv("b.csv")]))) == []


def test_merged_rows_account_for_the_groups(made: Made, raw: Raw) -> None:
    frame = raw.csv("a.csv").with_columns(g=pl.lit("same"))
    frame = raw.merge(frame, by=["g"], reason="r").head(1)
    assert accounted(made(frame)) == []


TEXTS = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "a=1", "", None, "'=1", "5"]


def test_no_cell_of_the_csv_passes_for_a_formula() -> None:
    written = csv_bytes(pl.DataFrame({"t": TEXTS, "n": range(-1, 10)}))
    read = pl.read_csv(BytesIO(written), infer_schema=False, empty_string_is_null=False)
    assert read.get_column("t").to_list()[:8] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "'\tx",
        "'\rx",
        "a=1",
        "",
    ]
    assert read.get_column("t").to_list()[9:] == ["'=1", "5"]
    assert read.get_column("n").to_list()[0] == "-1"


def test_a_csv_without_texts() -> None:
    assert csv_bytes(pl.DataFrame({"n": [1.5, None], "b": [True, False]})) == (
        b"n,b\n1.5,true\n,false\n"
    )


def test_the_same_table_is_the_same_bytes() -> None:
    frame = pl.DataFrame({"t": TEXTS, "n": range(11)})
    copy = pl.concat([frame.head(4), frame.tail(7)], rechunk=False)
    assert parquet_bytes(frame) == parquet_bytes(copy.rechunk())
    assert csv_bytes(frame) == csv_bytes(copy)
    assert pl.read_parquet(BytesIO(parquet_bytes(frame))).equals(frame)


def test_raw_files_must_be_accepted_as_they_are() -> None:
    raw = {"a": "1" * 64, "b": "2" * 64, "c": "3" * 64, "d": "4" * 64}
    accepted = {"a": "1" * 64, "b": "9" * 64, "d": "4" * 64}
    found = unaccepted(raw, accepted, ("a", "b", "c"))
    assert [(item.code, str(item.span)) for item in found] == [
        ("SRC102", "data/raw/b"),
        ("SRC101", "data/raw/c"),
        ("SRC103", "data/raw/d"),
    ]
