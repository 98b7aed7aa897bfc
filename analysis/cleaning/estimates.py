"""Every national figure of child labour that was found, whatever its definition."""

import polars as pl

from bukti.clean import Raw

PARTS = ["breakdown_type", "breakdown", "age_group"]


def clean(raw: Raw) -> pl.DataFrame:
    """All rows, counts and percentages in columns of their own; contradictions stay."""
    frame = raw.csv("child_labour_national.csv")
    value = pl.col("value")
    count = pl.col("measure") == "count"
    return frame.with_columns(
        pl.when(pl.col(part) == "").then(None).otherwise(pl.col(part)).fill_null("all").alias(part)
        for part in PARTS
    ).select(
        "_row",
        "definition_id",
        "series_id",
        "year",
        "sex",
        "area",
        "age_group",
        "breakdown_type",
        "breakdown",
        "measure",
        pl.when(count).then(value).alias("children"),
        pl.when(~count).then(value).alias("percent"),
        "source_id",
        "locator",
        "verified",
        "note",
    )
