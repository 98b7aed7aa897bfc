"""Money of the cooperation by programme cycle and type of resource."""

import polars as pl

from bukti.clean import Raw

CYCLES = ["2011-2015", "2016-2020", "2021-2025"]
RESOURCES = ["regular_resources", "other_resources", "total_pledged"]


def clean(raw: Raw) -> pl.DataFrame:
    """The pledge of each cycle and the plan of 2016-2020, in nominal US dollars."""
    frame = raw.csv("cpap_budget.csv")
    frame = raw.keep(
        frame,
        pl.col("programme_period").is_in(CYCLES),
        reason="only whole five-year cycles, not yearly agreements or government money",
    )
    frame = raw.keep(
        frame,
        pl.col("resource_type").is_in(RESOURCES),
        reason="without pandemic appeals and the total, which is the sum of the two resources",
    )
    frame = raw.drop(
        frame,
        pl.col("source_id").is_in(["S_LIPUTAN6_2015", "S_JAKPOST2015"]),
        reason="the pledge of 2016-2020 is kept once, from the planning ministry's own page",
    )
    return frame.select(
        "_row",
        pl.col("programme_period").str.slice(0, 4).alias("start"),
        pl.col("programme_period").alias("cycle"),
        pl.col("resource_type").alias("resource"),
        pl.col("value").alias("amount"),
        "status",
        "source_id",
        "locator",
        "verified",
    ).sort("start", "resource")
