"""The months of a common year, one row each."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    frame = raw.csv("months.csv")
    return frame.rename({"days_common_year": "days"})
