"""The table of the coded interviews, with the group and year of each."""

import polars as pl

from bukti.clean import Raw


# en: Properties of the documents, by which codes are counted, are joined from their own table.
# id: Sifat dokumen, yang dipakai untuk menghitung kode, digabungkan dari tabelnya sendiri.
def clean(raw: Raw) -> pl.DataFrame:
    documents = raw.coding(
        "segments.csv", "documents", codes="codes.csv", documents="interviews.csv"
    )
    properties = raw.csv("interviews.csv", lookup=True).select("document", "group", "year")
    return documents.join(properties, on="document", how="left", maintain_order="left")
