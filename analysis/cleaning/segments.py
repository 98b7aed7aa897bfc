"""Places in the documents and the codes given to them, with the coder's summary of each."""

import polars as pl

from bukti.clean import Raw

COLUMNS = {"segment": "fact_id_key", "document": "source_id", "code": "codes", "memo": "fact_en"}
ASSESSMENT = "D_PKSAEVAL"


def clean(raw: Raw) -> pl.DataFrame:
    """One row for each code of a place; sections of one assessment are one document."""
    frame = raw.coding("coded_facts.csv", codes="codebook.csv", columns=COLUMNS)
    facts = raw.csv("coded_facts.csv", lookup=True)
    families = raw.csv("source_families.csv", lookup=True).select("source_id", "family")
    told = facts.select(
        "source_id", "locator", "year", segment="fact_id_key", memo_id="fact_id"
    ).join(families, on="source_id", how="left")
    joined = frame.join(told, on="segment", how="left", maintain_order="left").join(
        _actors(raw, facts), on="segment", how="left", maintain_order="left"
    )
    sections = joined.filter(pl.col("source_id").str.contains(r"^S_PKSA(_|2014)"))
    whole = raw.replace(
        joined,
        "document",
        dict.fromkeys(sections["document"].unique().sort().to_list(), ASSESSMENT),
        reason="sections and pages of one assessment, which are no independent documents",
    )
    return whole.select(
        "_row", "segment", "document", "source_id", "family", "locator", "year", "actor",
        "actor_id", "code", "code_path", "state", "memo", "memo_id",
    )  # fmt: skip


def _actors(raw: Raw, facts: pl.DataFrame) -> pl.DataFrame:
    """The names of the actors of each fact, short where they have a short one."""
    short = pl.when(pl.col("abbreviation") != "").then("abbreviation")
    names = raw.csv("actors.csv", lookup=True).select(
        key="actor_id", actor=short.otherwise("name_en"), actor_id=short.otherwise("name_id")
    )
    each = facts.select(segment="fact_id_key", key=pl.col("actors").str.split(";")).explode("key")
    found = each.join(names, on="key", how="inner", maintain_order="left")
    return found.group_by("segment", maintain_order=True).agg(
        pl.col("actor", "actor_id").str.join("; ")
    )
