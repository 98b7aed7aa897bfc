"""The codes of a codebook with those below them, and the segments under them."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from bukti.base.code_keys import code_keys

SEGMENTS = ("segment", "document", "code")
CODES = ("code", "path", "parent")


def wanted(frame: pl.DataFrame, columns: Iterable[str], table: str) -> pl.DataFrame:
    """The frame itself; raises ValueError with the columns that it lacks."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise ValueError(f"{table} has no column {', '.join(missing)}; it has {frame.columns}")
    return frame


def codebook(codes: pl.DataFrame) -> pl.DataFrame:
    """`code`, `path` and `key` (its name in ids of claims), in the order of the table of codes."""
    wanted(codes, CODES, "the table of codes")
    paths = dict(codes.select("code", "path").iter_rows())
    keys = code_keys(paths).keys
    return pl.DataFrame(
        {"code": [*paths], "path": [*paths.values()], "key": [keys[code] for code in paths]},
        schema=dict.fromkeys(("code", "path", "key"), pl.String),
    )


def lineage(codes: pl.DataFrame, *, children: bool) -> dict[str, tuple[str, ...]]:
    """The codes that each code stands for: itself, and with `children` all codes below it."""
    parents = dict(wanted(codes, CODES, "the table of codes").select("code", "parent").iter_rows())
    found: dict[str, list[str]] = {code: [code] for code in parents}
    for code in parents if children else ():
        seen, above = {code}, parents[code]
        while above is not None and above in found and above not in seen:
            found[above].append(code)
            seen.add(above)
            above = parents[above]
    return {code: tuple(below) for code, below in found.items()}


def coded(segments: pl.DataFrame, codes: pl.DataFrame, *, children: bool) -> pl.DataFrame:
    """`code`, `segment`, `document`: each segment once under every code that stands for it."""
    wanted(segments, SEGMENTS, "the table of segments")
    pairs = [
        (code, below) for code, them in lineage(codes, children=children).items() for below in them
    ]
    over = pl.DataFrame(pairs, schema={"code": pl.String, "under": pl.String}, orient="row")
    return (
        segments.select("segment", "document", pl.col("code").alias("under"))
        .join(over, on="under", how="inner")
        .select("code", "segment", "document")
        .unique(maintain_order=True)
    )


def segments_of(
    segments: pl.DataFrame, codes: pl.DataFrame, code: str, *, children: bool
) -> pl.DataFrame:
    """The rows of `segments` under a code, by its path, identifier, key or only name.

    Such rows are the evidence of a count: `claim("n", n, rows=segments_of(...))`.
    Raises LookupError where no code, or more than one, is meant.
    """
    under = lineage(codes, children=children)[_meant(codes, code)]
    return wanted(segments, SEGMENTS, "the table of segments").filter(pl.col("code").is_in(under))


def _meant(codes: pl.DataFrame, wanted_code: str) -> str:
    paths = dict(wanted(codes, CODES, "the table of codes").select("code", "path").iter_rows())
    if wanted_code in paths:
        return wanted_code
    named = [code for code, path in paths.items() if path == wanted_code]
    named = named or [c for c, path in paths.items() if path.rpartition(" / ")[2] == wanted_code]
    named = named or [*code_keys(paths).meant.get(wanted_code, ())]
    if len(named) != 1:
        fits = "; ".join(f"{paths[code]} ({code})" for code in named) or "none"
        raise LookupError(f"one code is needed; {wanted_code!r} fits: {fits}")
    return str(named[0])
