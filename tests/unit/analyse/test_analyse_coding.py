"""What qualitative researchers report: counts, co-occurrence, saturation."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from bukti import coding
from bukti.analyse.results import _Places

CODES = pl.DataFrame(
    {
        "code": ["a", "b", "c"],
        "path": ["Capacity", "Capacity / Staff", "Money"],
        "parent": [None, "a", None],
    }
)
SEGMENTS = pl.DataFrame(
    {
        "segment": ["1", "1", "2", "3", "4", "5"],
        "document": ["x", "x", "x", "y", "z", "y"],
        "code": ["a", "b", "b", "c", None, "a"],
        "start": [0, 0, 5, 1, 1, None],
        "end": [6, 6, 9, 3, 4, None],
    }
)
DOCUMENTS = pl.DataFrame(
    {"document": ["x", "y", "z"], "name": ["X", "Y", "Z"], "family": ["press", "law", "law"]}
)


def counts(frame: pl.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    return frame.select("key", *names).rows()


def test_segments_are_counted_without_the_codes_below() -> None:
    found = coding.frequencies(SEGMENTS, CODES, children=False)
    assert counts(found, "segments", "documents") == [
        ("capacity", 2, 2),
        ("staff", 2, 1),
        ("money", 1, 1),
    ]
    assert found["children"].to_list() == [False] * 3


def test_with_the_codes_below_a_segment_counts_once() -> None:
    found = coding.frequencies(SEGMENTS, CODES, DOCUMENTS, children=True)
    assert counts(found, "segments", "children")[0] == ("capacity", 3, True)
    assert found["of_segments"].unique().to_list() == [4]
    assert found["of_documents"].unique().to_list() == [3]


def test_whether_children_count_must_be_said() -> None:
    with pytest.raises(TypeError):
        coding.frequencies(SEGMENTS, CODES)  # type: ignore[call-arg]


def test_frequencies_by_a_column_of_the_documents() -> None:
    found = coding.frequencies(SEGMENTS, CODES, DOCUMENTS, children=False, by="family")
    assert counts(found.filter(pl.col("path") == "Capacity"), "family", "segments") == [
        ("capacity", "law", 1),
        ("capacity", "press", 1),
    ]
    assert found.filter(pl.col("family") == "law")["of_documents"].unique().to_list() == [2]


def test_documents_without_a_value_are_a_group_of_their_own() -> None:
    documents = DOCUMENTS.with_columns(
        family=pl.when(pl.col("document") != "y").then(pl.col("family"))
    )
    found = coding.frequencies(SEGMENTS, CODES, documents, children=False, by="family")
    assert counts(found.filter(pl.col("path") == "Money"), "family", "segments", "of_segments") == [
        ("money", "law", 0, 0),
        ("money", "press", 0, 2),
        ("money", None, 1, 2),
    ]


def test_the_largest_group_can_be_left_out() -> None:
    documents = DOCUMENTS.with_columns(family=pl.Series(["press", "press", "law"]))
    found = coding.frequencies(
        SEGMENTS, CODES, documents, children=False, group="family", without="largest"
    )
    assert found["without"].unique().to_list() == ["press"]
    assert found["segments"].to_list() == [0, 0, 0]
    assert found["of_documents"].unique().to_list() == [1]


def test_of_groups_of_one_size_the_first_by_name_is_the_largest() -> None:
    found = coding.frequencies(
        SEGMENTS, CODES, DOCUMENTS, children=False, by="family", without="largest"
    )
    assert found["without"].unique().to_list() == ["law"]
    assert found["family"].unique().to_list() == ["press"]


def test_a_group_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="law, press"):
        coding.frequencies(
            SEGMENTS, CODES, DOCUMENTS, children=False, group="family", without="books"
        )


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="documents has no column year"):
        coding.frequencies(SEGMENTS, CODES, DOCUMENTS, children=False, by="year")


def test_a_matrix_has_a_row_for_each_document() -> None:
    found = coding.matrix(SEGMENTS, CODES, DOCUMENTS, children=False)
    assert found.drop("children").rows() == [
        ("x", "X", 1, 2, 0),
        ("y", "Y", 1, 0, 1),
        ("z", "Z", 0, 0, 0),
    ]
    assert found.columns[3:] == ["code.capacity", "code.staff", "code.money"]


@pytest.mark.parametrize(
    ("within", "pairs"),
    [
        ("segment", [("capacity", "staff", 1, 1)]),
        ("overlap", [("capacity", "staff", 2, 1)]),
        ("document", [("capacity", "staff", 1, 1), ("capacity", "money", 1, 1)]),
    ],
)
def test_codes_occur_together(within: Any, pairs: list[tuple[Any, ...]]) -> None:
    found = coding.cooccurrence(SEGMENTS, CODES, within=within, children=False)
    assert counts(found, "other_key", "together", "documents") == pairs
    assert found["within"].unique().to_list() == [within]


def test_a_code_is_not_together_with_its_own_children() -> None:
    found = coding.cooccurrence(SEGMENTS, CODES, within="document", children=True)
    assert counts(found, "other_key") == [("capacity", "money")]


def test_stretches_that_only_touch_do_not_overlap() -> None:
    segments = pl.DataFrame(
        {
            "segment": ["1", "2"],
            "document": ["x", "x"],
            "code": ["a", "c"],
            "start": [0, 4],
            "end": [4, 8],
        }
    )
    assert coding.cooccurrence(segments, CODES, within="overlap", children=False).is_empty()


def test_saturation_follows_the_order_of_reading() -> None:
    found = coding.saturation(SEGMENTS, DOCUMENTS, order="family")
    assert found.select("document", "new", "seen", "new_codes").rows() == [
        ("y", 2, 2, "a; c"),
        ("z", 0, 2, ""),
        ("x", 1, 3, "b"),
    ]
    assert coding.saturation(SEGMENTS, DOCUMENTS)["document"].to_list() == ["x", "y", "z"]


def test_the_segments_behind_a_count_are_rows_of_the_table() -> None:
    rows = coding.segments_of(SEGMENTS, CODES, "Capacity", children=True)
    assert rows["segment"].n_unique() == 3
    table, numbers = _Places({"segments": SEGMENTS}).of(rows.rows(named=True))
    assert (table, numbers) == ("segments", (1, 2, 3, 6))


def test_a_code_may_be_named_by_path_identifier_name_or_key() -> None:
    for name in ("Capacity / Staff", "b", "Staff", "staff"):
        found = coding.segments_of(SEGMENTS, CODES, name, children=False)
        assert found["segment"].to_list() == ["1", "2"]


def test_an_ambiguous_code_is_refused_with_its_paths() -> None:
    codes = CODES.vstack(pl.DataFrame({"code": ["d"], "path": ["Money / Staff"], "parent": ["c"]}))
    with pytest.raises(LookupError, match=r"Capacity / Staff \(b\); Money / Staff \(d\)"):
        coding.segments_of(SEGMENTS, codes, "Staff", children=False)


def test_parents_in_a_circle_end() -> None:
    codes = pl.DataFrame({"code": ["a", "b"], "path": ["A", "B"], "parent": ["b", "a"]})
    assert coding.frequencies(SEGMENTS, codes, children=True)["segments"].to_list() == [3, 3]
