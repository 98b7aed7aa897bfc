"""The table of codes of the coded interviews."""

import polars as pl

from bukti.clean import Raw


# en: A project of ATLAS.ti, MAXQDA, NVivo, QualCoder or Taguette is read the same way.
# id: Proyek ATLAS.ti, MAXQDA, NVivo, QualCoder, atau Taguette dibaca dengan cara yang sama.
def clean(raw: Raw) -> pl.DataFrame:
    return raw.coding("segments.csv", "codes", codes="codes.csv", documents="interviews.csv")
