"""Which codes occur together: in one segment, in overlapping segments, in one document."""

from __future__ import annotations

from typing import Literal

import polars as pl

from bukti.analyse.coding.selection import codebook, coded, lineage, wanted

Within = Literal["segment", "overlap", "document"]
_WITHIN = ("segment", "overlap", "document")


def cooccurrence(
    segments: pl.DataFrame, codes: pl.DataFrame, *, within: Within, children: bool
) -> pl.DataFrame:
    """A row for each two codes that occur together, in the order of the codebook.

    `within` says where: in the same "segment"; in segments that "overlap" by a character or more
    (the same segment included; those without a place in a text overlap with none); in the same
    "document". Columns: `code`, `path`, `key`, `other`, `other_path`, `other_key`, `within`,
    `children`, `together` (how many segments, pairs of segments, or documents), `documents`. With
    `children` a code and one below it, which are together by definition, are left out.
    Raises ValueError for another `within` and for columns that are not there.
    """
    if within not in _WITHIN:
        raise ValueError(f"within must be one of {', '.join(_WITHIN)}, not {within!r}")
    found = coded(segments, codes, children=children)
    pairs = _overlapping(segments, found) if within == "overlap" else _same(found, within)
    book = codebook(codes).with_row_index("_order")
    other = book.rename({name: f"other_{name}" for name in ("path", "key")})
    other = other.rename({"code": "other", "_order": "_other_order"})
    rows = pairs.join(book, on="code", how="inner").join(other, on="other", how="inner")
    below = {
        (code, each) for code, them in lineage(codes, children=children).items() for each in them
    }
    related = [
        pair in below or pair[::-1] in below for pair in rows.select("code", "other").iter_rows()
    ]
    return (
        rows.filter(~pl.Series(related, dtype=pl.Boolean))
        .filter(pl.col("_order") < pl.col("_other_order"))
        .group_by("_order", "_other_order", "code", "path", "key", *_OTHER)
        .agg(together=pl.col("_unit").n_unique(), documents=pl.col("document").n_unique())
        .sort("_order", "_other_order")
        .select(
            *("code", "path", "key", *_OTHER),
            pl.lit(within).alias("within"),
            pl.lit(children).alias("children"),
            *(pl.col(name).cast(pl.Int64) for name in ("together", "documents")),
        )
    )


_OTHER = ("other", "other_path", "other_key")


def _same(found: pl.DataFrame, unit: str) -> pl.DataFrame:
    units = found.with_columns(pl.col(unit).alias("_unit")).unique(["code", "_unit"])
    return units.join(
        units.select("_unit", pl.col("code").alias("other")), on="_unit", how="inner"
    ).select("code", "other", "document", "_unit")


def _overlapping(segments: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Pairs of codes with the pair of their overlapping segments as a unit."""
    wanted(segments, ("start", "end"), "the table of segments")
    places = segments.select("segment", "start", "end").drop_nulls().unique("segment")
    placed = found.join(places, on="segment", how="inner")
    both = placed.join(placed, on="document", how="inner", suffix="_other")
    first = pl.min_horizontal("segment", "segment_other")
    last = pl.max_horizontal("segment", "segment_other")
    return both.filter(
        (pl.col("start") < pl.col("end_other")) & (pl.col("start_other") < pl.col("end"))
    ).select(
        "code",
        pl.col("code_other").alias("other"),
        "document",
        pl.concat_str(first, pl.lit("\n"), last).alias("_unit"),
    )
