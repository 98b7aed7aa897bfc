"""The ledger of the cooperative: goods."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    return raw.csv("goods.csv")
