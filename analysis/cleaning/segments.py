"""Places in the documents and the codes given to them, with the coder's summary of each."""

import polars as pl

from bukti.clean import Raw

COLUMNS = {"segment": "fact_id_key", "document": "source_id", "code": "codes", "memo": "fact_en"}
ASSESSMENT = "D_PKSAEVAL"


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each code of a place; sections of one assessment are one document."""
    frame = raw.coding("coded_facts.csv", codes="codebook.csv", columns=COLUMNS)
    facts = raw.csv("coded_facts.csv", lookup=True).select(
        "source_id", "locator", "year", segment="fact_id_key", memo_id="fact_id"
    )
    families = raw.csv("source_families.csv", lookup=True).select("source_id", "family")
    joined = frame.join(facts, on="segment", how="left", maintain_order="left").join(
        families, on="source_id", how="left", maintain_order="left"
    )
    sections = joined.filter(pl.col("source_id").str.contains(r"^S_PKSA(_|2014)"))
    whole = raw.replace(
        joined,
        "document",
        dict.fromkeys(sections["document"].unique().sort().to_list(), ASSESSMENT),
        reason="sections and pages of one assessment, which are no independent documents",
    )
    return whole.select(
        "_row", "segment", "document", "source_id", "family", "locator", "year", "code",
        "code_path", "state", "memo", "memo_id",
    )  # fmt: skip
