"""The codes by which facts from documents were sorted."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each code; a code without a parent is a parent."""
    frame = raw.csv("codebook.csv")
    return frame.select(
        "_row", "code", "parent", "label_id", "label_en", "definition_id", "definition_en"
    )
