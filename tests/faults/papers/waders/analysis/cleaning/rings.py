"""The rings of the bird observatory."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    return raw.csv("rings.csv")
