"""Register of the laws, plans, agreements, reports and articles."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each document, with its issuer and the source that shows it."""
    frame = raw.csv("documents.csv")
    return frame.select(
        "_row",
        "doc_id",
        pl.col("title_original").alias("title"),
        "title_id",
        "title_en",
        "type",
        "issuer",
        "year",
        "source_id",
        "verified",
    )
