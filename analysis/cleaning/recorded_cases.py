"""Exploitation and trafficking cases that the child protection commission recorded."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each year, class of case, period and source; contradictions stay."""
    frame = raw.csv("kpai_cases.csv")
    return frame.select(
        "_row",
        "year",
        "category",
        "period",
        pl.col("value").alias("cases"),
        "source_id",
        "verified",
        "note",
    ).sort("year", "category", "period", "source_id")
