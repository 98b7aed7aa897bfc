"""Dated events, in the order of their dates."""

import polars as pl

from bukti.clean import Raw


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each event; a date may be a day, a month or a year."""
    frame = raw.csv("events.csv")
    return frame.select(
        "_row",
        "event_id",
        "date",
        "year",
        "title_id",
        "title_en",
        "actors",
        "doc_id",
        "category",
        "source_id",
    ).sort("date", "event_id")
