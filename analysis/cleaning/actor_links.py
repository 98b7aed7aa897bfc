"""Relations between actors, each with its source."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each directed relation that a source states."""
    frame = raw.csv("actor_links.csv")
    return frame.select("_row", "from_actor", "to_actor", "relation", "doc_id", "year", "source_id")
