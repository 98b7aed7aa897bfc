"""Components, targets and results of the cooperation that were found."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each figure found, with its place in the programme cycle."""
    frame = raw.csv("cpap_results.csv")
    year = pl.col("year").cast(pl.Int64)
    cycle = (
        pl.when(year < 2016)
        .then(pl.lit("before"))
        .when(year > 2020)
        .then(pl.lit("after"))
        .otherwise(pl.lit("within"))
    )
    return frame.select(
        "_row",
        "component",
        pl.col("outcome_or_output").alias("output"),
        "indicator",
        "year",
        cycle.alias("cycle"),
        "baseline",
        "target",
        "result",
        "unit",
        "source_id",
        "locator",
        "verified",
        "note",
    )
