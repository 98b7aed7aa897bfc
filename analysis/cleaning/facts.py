"""Facts from documents with their codes and the family of their source."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each fact; codes of both passes are separated by semicolons."""
    frame = raw.csv("coded_facts.csv")
    families = raw.csv("source_families.csv", lookup=True).select("source_id", "family")
    return frame.join(families, on="source_id", how="left", maintain_order="left").select(
        "_row",
        pl.col("fact_id_key").alias("fact"),
        "source_id",
        "family",
        "doc_id",
        "locator",
        "year",
        pl.col("fact_id").alias("sentence_id"),
        pl.col("fact_en").alias("sentence_en"),
        "actors",
        "codes",
        pl.col("codes_second_pass").alias("codes_second"),
        "verified",
    )
