"""Child labour by the thresholds of Law 13/2003, one row for each year."""

import polars as pl

from bukti.clean import Raw

SECOND = ["S_BPSREMBANG", "S_KEMNAKER2024"]


def clean(raw: Raw) -> pl.DataFrame:
    """The national number and rate, with a second source's number beside them."""
    frame = raw.csv("child_labour_national.csv")
    frame = raw.keep(
        frame,
        pl.col("definition_id") == "DEF_UU13",
        reason="only the thresholds of Law 13/2003; other definitions are not comparable",
    )
    frame = raw.keep(
        frame,
        pl.col("series_id").is_in(["N_UU13_COUNT", "N_UU13_RATE"])
        & (pl.col("sex") == "all")
        & (pl.col("area") == "all"),
        reason="only national totals, without breakdowns",
    )
    frame = raw.merge(
        frame,
        by=["year"],
        reason="number and rate of the source that prints both, and a second source's number",
    )
    first = frame.filter(~pl.col("source_id").is_in(SECOND))
    counts = first.filter(pl.col("measure") == "count").select(
        "_row", "year", "source_id", "locator", "verified", children="value"
    )
    rates = first.filter(pl.col("measure") == "rate_percent").select(
        "year", rate="value", rate_locator="locator"
    )
    seconds = frame.filter(pl.col("source_id").is_in(SECOND)).select(
        "year", children_second="value", second_source_id="source_id"
    )
    joined = counts.join(rates, on="year", how="left").join(seconds, on="year", how="left")
    return joined.with_columns(locator=_places("locator", "rate_locator")).sort("year")


def _places(count: str, rate: str) -> pl.Expr:
    both = pl.concat_str(pl.col(count), pl.lit(" (number), "), pl.col(rate), pl.lit(" (rate)"))
    return pl.when(pl.col(count) == pl.col(rate)).then(pl.col(count)).otherwise(both)
