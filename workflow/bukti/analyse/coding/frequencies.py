"""How many segments and documents are under each code, also by a property of the documents."""

from __future__ import annotations

import polars as pl

from bukti.analyse.coding.selection import codebook, coded, wanted

LARGEST = "largest"


def frequencies(
    segments: pl.DataFrame,
    codes: pl.DataFrame,
    documents: pl.DataFrame | None = None,
    *,
    children: bool,
    by: str | None = None,
    group: str | None = None,
    without: str | None = None,
) -> pl.DataFrame:
    """A row for each code, or for each code and value of `by`, a column of `documents`.

    Columns: `code`, `path`, `key`, `children` (included or not), then `by`, `segments` and
    `documents` (how many are under the code), `of_segments` and `of_documents` (how many coded
    segments, and documents, there are), `without`. Codes without segments have zeros.

    `without` leaves out the documents of one value of the column `group` (by default `by`, or
    `document`): that value, or "largest" for the one with most coded segments, of several the
    first in the order of their names. What was left out stands in `without`.
    Raises ValueError for columns that are not there and for a value that no document has.
    """
    among = _documents(segments, documents, by, group or by or "document")
    among, left_out = _without(segments, among, without)
    its = segments.join(among.select("document", "_by"), on="document", how="inner")
    within = coded(segments, codes, children=children).join(
        among.select("document", "_by"), on="document", how="inner"
    )
    counted = within.group_by("code", "_by").agg(
        segments=pl.col("segment").n_unique(), documents=pl.col("document").n_unique()
    )
    of_segments = its.filter(pl.col("code").is_not_null()).group_by("_by")
    of = (
        among.group_by("_by")
        .agg(of_documents=pl.col("document").n_unique())
        .join(
            of_segments.agg(of_segments=pl.col("segment").n_unique()),
            on="_by",
            how="left",
            nulls_equal=True,
        )
        .sort("_by", nulls_last=True)
    )
    rows = codebook(codes).join(of, how="cross")
    return rows.join(
        counted, on=["code", "_by"], how="left", maintain_order="left", nulls_equal=True
    ).select(
        *("code", "path", "key"),
        pl.lit(children).alias("children"),
        *([pl.col("_by").alias(by)] if by else []),
        *(pl.col(name).fill_null(0).cast(pl.Int64) for name in _COUNTS),
        pl.lit(left_out, pl.String).alias("without"),
    )


_COUNTS = ("segments", "documents", "of_segments", "of_documents")


def matrix(
    segments: pl.DataFrame,
    codes: pl.DataFrame,
    documents: pl.DataFrame,
    *,
    children: bool,
) -> pl.DataFrame:
    """A row for each document (`document`, `name`), a column for each code: `code.` and its key.

    The cells count segments; `children` says whether those of the codes below are included.
    Raises ValueError for columns that are not there.
    """
    long = frequencies(segments, codes, documents, children=children, by="document")
    named = long.with_columns(pl.format("code.{}", "key").alias("key"))
    wide = named.pivot("key", index="document", values="segments")
    names = [name for name in ("document", "name") if name in documents.columns]
    return (
        documents.select(names)
        .join(wide, on="document", how="left", maintain_order="left")
        .with_columns(pl.lit(children).alias("children"))
        .select(*names, "children", *(f"code.{key}" for key in codebook(codes)["key"]))
    )


def _documents(
    segments: pl.DataFrame, documents: pl.DataFrame | None, by: str | None, group: str
) -> pl.DataFrame:
    """`document`, its value of `by` (0 without one) as `_by`, its group, as text, as `_group`."""
    if documents is None:
        documents = segments.select("document").unique(maintain_order=True)
    needed = dict.fromkeys(["document", *([by] if by else []), group])
    wanted(documents, needed, "the table of documents")
    return documents.select(
        "document",
        (pl.col(by) if by else pl.lit(0)).alias("_by"),
        pl.col(group).cast(pl.String).alias("_group"),
    )


def _without(
    segments: pl.DataFrame, among: pl.DataFrame, without: str | None
) -> tuple[pl.DataFrame, str | None]:
    if without is None:
        return among, None
    name = _largest(segments, among) if without == LARGEST else str(without)
    if name is None or name not in among["_group"]:
        known = ", ".join(sorted(among["_group"].drop_nulls().unique()))
        raise ValueError(f"no documents of the group {without!r}; there are: {known}")
    return among.filter(pl.col("_group").ne_missing(name)), name


def _largest(segments: pl.DataFrame, among: pl.DataFrame) -> str | None:
    sizes = (
        segments.filter(pl.col("code").is_not_null())
        .join(among, on="document", how="inner")
        .filter(pl.col("_group").is_not_null())
        .group_by("_group")
        .agg(pl.col("segment").n_unique())
        .sort(["segment", "_group"], descending=[True, False])
    )
    return str(sizes["_group"][0]) if sizes.height else None
