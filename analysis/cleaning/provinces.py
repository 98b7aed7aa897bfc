"""Children aged 10-17 who work in 34 provinces, 2018-2021."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each province and year of the statistics office's own table."""
    frame = raw.csv("child_labour_province.csv")
    frame = raw.keep(
        frame,
        pl.col("source_id") == "S_BPSPROV",
        reason="only the table of the statistics office, complete for 34 provinces",
    )
    frame = raw.keep(
        frame,
        (pl.col("definition_id") == "DEF_BPS1017") & (pl.col("sex") == "all"),
        reason="one definition, both sexes together",
    )
    frame = raw.places(
        frame, "province_name", register="id-provinces", codes="bps", into="code_of_name"
    )
    return frame.select(
        "_row",
        "province_code",
        "code_of_name",
        pl.col("province_name").alias("province"),
        "year",
        pl.col("value").alias("rate"),
        "source_id",
        "locator",
        "verified",
    ).sort("province_code", "year")
