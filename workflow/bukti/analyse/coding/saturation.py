"""How many new codes each document brought, in the order in which the documents were read."""

from __future__ import annotations

import polars as pl

from bukti.analyse.coding.selection import SEGMENTS, wanted


def saturation(
    segments: pl.DataFrame, documents: pl.DataFrame, *, order: str | None = None
) -> pl.DataFrame:
    """A row for each document in reading order: the codes in it, the new ones, all until then.

    The order is that of the rows of `documents`, or of its column `order` (equal values in the
    order of the rows, missing ones last). Columns: `position` from 1, `document`, `name` where
    there is one, `segments` (coded ones), `codes`, `new`, `seen`, `new_codes` (paths, or
    identifiers without them). A code is one of its own here, whatever stands above it.
    Raises ValueError for columns that are not there.
    """
    wanted(segments, SEGMENTS, "the table of segments")
    wanted(documents, ["document", *([order] if order else [])], "the table of documents")
    if order:
        documents = documents.sort(order, nulls_last=True, maintain_order=True)
    shown = "code_path" if "code_path" in segments.columns else "code"
    seen: dict[str, str] = {}
    rows = []
    for position, document in enumerate(documents["document"], start=1):
        its = segments.filter((pl.col("document") == document) & pl.col("code").is_not_null())
        codes = dict(its.select("code", pl.col(shown).alias("_shown")).iter_rows())
        new = {code: str(name or code) for code, name in codes.items() if code not in seen}
        seen |= new
        rows.append(
            {
                "position": position,
                "document": document,
                "segments": its["segment"].n_unique(),
                "codes": len(codes),
                "new": len(new),
                "seen": len(seen),
                "new_codes": "; ".join(sorted(new.values())),
            }
        )
    kinds = dict.fromkeys(("position", "segments", "codes", "new", "seen"), pl.Int64)
    frame = pl.DataFrame(rows, schema={"position": pl.Int64, "document": pl.String, **kinds,
                                       "new_codes": pl.String})  # fmt: skip
    if "name" not in documents.columns:
        return frame
    named = frame.with_columns(documents["name"])
    return named.select("position", "document", "name", *frame.columns[2:])
