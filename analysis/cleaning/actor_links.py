"""Relations between actors, each with its source."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each directed relation that a source states."""
    frame = raw.csv("actor_links.csv")
    families = raw.csv("source_families.csv", lookup=True).select("source_id", "family")
    return frame.join(families, on="source_id", how="left", maintain_order="left").select(
        "_row", "from_actor", "to_actor", "relation", "doc_id", "year", "source_id", "family"
    )
