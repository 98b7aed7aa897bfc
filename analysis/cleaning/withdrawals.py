"""Children withdrawn from work through PPA-PKH, one row for each year."""

import polars as pl

from bukti.clean import Raw

MEASURES = ["children_withdrawn", "withdrawal_target", "boys_withdrawn", "girls_withdrawn"]
SEEN_ELSEWHERE = ["2013", "2014", "2015"]


def clean(raw: Raw) -> pl.DataFrame:
    """The yearly number, the target and the number by sex, each with its source."""
    frame = raw.csv("programmes_figures.csv")
    frame = raw.keep(
        frame, pl.col("programme_id") == "P_PPAPKH", reason="only the withdrawal programme"
    )
    frame = raw.keep(
        frame,
        pl.col("measure").is_in(MEASURES),
        reason="only yearly withdrawals, targets and their parts by sex",
    )
    count = pl.col("measure") == "children_withdrawn"
    frame = raw.drop(
        frame,
        count & (pl.col("source_id") == "S_REPUBLIKA2012"),
        reason="2011: the ministry's later table, 3060, stands against its statement of 2012, 3360",
    )
    frame = raw.drop(
        frame,
        count & (pl.col("source_id") == "S_VIBIZ2016") & pl.col("year").is_in(SEEN_ELSEWHERE),
        reason="2013-2015: the same numbers were seen in the yearly reports, which are kept",
    )
    frame = raw.merge(frame, by=["year"], reason="number, target and parts by sex in one row")
    table = _measure(frame, "children_withdrawn").select(
        "_row", "year", "source_id", "verified", withdrawn="value"
    )
    targets = _measure(frame, "withdrawal_target").select(
        "year", target="value", target_source_id="source_id"
    )
    boys = _measure(frame, "boys_withdrawn").select("year", boys="value", sex_source_id="source_id")
    girls = _measure(frame, "girls_withdrawn").select("year", girls="value")
    for part in (targets, boys, girls):
        table = table.join(part, on="year", how="left")
    return table.sort("year")


def _measure(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    return frame.filter(pl.col("measure") == name)
