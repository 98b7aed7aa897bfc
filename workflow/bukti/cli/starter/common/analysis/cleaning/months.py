"""The months of a common year, one row each."""

import polars as pl

from bukti.clean import Raw


# en: The one function of a cleaning script: it takes the raw files and returns the clean table.
# id: Satu-satunya fungsi skrip pembersihan: mengambil berkas mentah, mengembalikan tabel bersih.
def clean(raw: Raw) -> pl.DataFrame:
    frame = raw.csv("months.csv")
    return frame.rename({"days_common_year": "days"})
