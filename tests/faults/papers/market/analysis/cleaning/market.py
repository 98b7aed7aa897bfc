"""The ledger of the cooperative: market."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    return raw.csv("market.csv")
