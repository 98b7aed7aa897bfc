"""The loans of each year, as the loan book has them."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    return raw.csv("loans.csv")
