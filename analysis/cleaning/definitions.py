"""Definitions of child labour and of the figures that stand beside it."""

import polars as pl

from bukti.clean import Raw

NOT_WORK = {"DEF_KPAI": "cases", "DEF_CHILDPOV": "cause", "DEF_ATS": "cause"}


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each definition, with what it counts: work, cases or a cause."""
    frame = raw.csv("definitions.csv")
    return frame.select(
        "_row",
        "definition_id",
        pl.col("definition_id").replace_strict(NOT_WORK, default="work").alias("counts"),
        "name_id",
        "name_en",
        "description",
        "source_id",
    )
