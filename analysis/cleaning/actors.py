"""Actors of the cooperation and of child labour affairs."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each actor, with its names and type."""
    frame = raw.csv("actors.csv")
    return frame.select(
        "_row",
        "actor_id",
        "name_id",
        "name_en",
        pl.col("abbreviation").alias("short"),
        "type",
        "role",
        "source_id",
    )
