"""Labour inspection in Indonesia, one row for each year."""

import polars as pl

from bukti.clean import Raw

COLUMNS = {
    "labour_inspectors": "inspectors",
    "inspectors_needed_ilo_ratio": "inspectors_needed",
    "inspectorate_funding": "funding",
    "labour_inspections": "inspections",
    "child_labour_specific_inspections": "inspections_child",
    "child_labour_violations_found": "violations",
    "provincial_action_committees": "committees_province",
    "district_action_committees": "committees_district",
}


def clean(raw: Raw) -> pl.DataFrame:
    """Inspectors, money, inspections, violations and committees of a year side by side."""
    frame = raw.csv("enforcement_series.csv")
    frame = raw.keep(
        frame,
        pl.col("variable").is_in(list(COLUMNS)),
        reason="only inspection and the committees of the action plan",
    )
    period = pl.when(pl.col("note") == "January-September").then(pl.lit("January-September"))
    frame = frame.with_columns(period=period)
    frame = raw.merge(frame, by=["year"], reason="the figures of one year in one row")
    return (
        frame.group_by("year", maintain_order=True)
        .agg(
            pl.col("_row").first(),
            *(
                pl.col("value").filter(pl.col("variable") == name).first().alias(column)
                for name, column in COLUMNS.items()
            ),
            pl.col("period").drop_nulls().first(),
            pl.col("source_id").first(),
            pl.col("verified").first(),
        )
        .sort("year")
        .select("_row", "year", *COLUMNS.values(), "period", "source_id", "verified")
    )
