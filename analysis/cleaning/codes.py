"""The tree of codes with the number of places that have each."""

import polars as pl

from bukti.clean import Raw

COLUMNS = {"segment": "fact_id_key", "document": "source_id", "code": "codes", "memo": "fact_en"}


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each code of the codebook."""
    frame = raw.coding("coded_facts.csv", "codes", codes="codebook.csv", columns=COLUMNS)
    return frame.select("_row", "code", "name", "path", "parent", "segments", "segments_below")
