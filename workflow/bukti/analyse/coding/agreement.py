"""Whether coders, or two passes of one coder, put the same things under the same codes."""

from __future__ import annotations

from typing import Literal

import polars as pl

from bukti.analyse.coding.coefficients import Patterns, alpha, interval, kappa, percent
from bukti.analyse.coding.selection import codebook, coded, wanted
from bukti.analyse.coding.sweeping import characters_of

Unit = Literal["document", "character"]
_UNITS = ("document", "character")
REPLICATES = 1000
SEED = 20160101


def agreement(
    *passes: pl.DataFrame,
    codes: pl.DataFrame,
    documents: pl.DataFrame,
    unit: Unit,
    children: bool,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> pl.DataFrame:
    """How far two or more coders agree: over all codes (the first row, key `all`) and by code.

    Each of `passes` holds the segments of one coder; `documents` are those that all have coded.
    `unit` says what is compared: whether a "document" has a code at all, or whether a "character"
    of the texts (column `length`) is under it; segments without a place in a text then count
    nowhere. Columns: `code`, `path`, `key`, `unit`, `children`, `passes`, `units`, `found` (units
    under the code in some pass), `agreement_percent` (of the pairs of coders), `agreement_kappa`
    (Cohen 1960; of two coders), `agreement_alpha` (Krippendorff 2004, nominal),
    `agreement_alpha_low` and `_high`: the 95 per cent percentile interval of `replicates`
    bootstrap samples of documents (Zapf et al. 2016, doi:10.1186/s12874-016-0200-9). Coefficients
    that are not defined, as where no unit or every unit is under a code, are empty.
    Raises ValueError for fewer than two passes, another unit, columns that are not there, and for
    passes of one coder, whose agreement with themselves is `stability`.
    """
    coders = [{*each["coder"].drop_nulls()} for each in passes if "coder" in each.columns]
    if len(passes) > 1 and len(coders) == len(passes) and len(set().union(*coders)) == 1:
        raise ValueError("these are passes of one coder: use coding.stability")
    return _compared("agreement", passes, codes, documents, unit, children, replicates, seed)


def stability(
    *passes: pl.DataFrame,
    codes: pl.DataFrame,
    documents: pl.DataFrame,
    unit: Unit,
    children: bool,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> pl.DataFrame:
    """How far one coder agrees with himself or herself after a while, as `agreement` has it.

    The columns are named for what it is: `stability_percent`, `stability_kappa` and so on. It
    says nothing of what others would have coded (Krippendorff 2004: the weakest test).
    Raises ValueError as `agreement` does.
    """
    return _compared("stability", passes, codes, documents, unit, children, replicates, seed)


def _compared(
    what: str,
    passes: tuple[pl.DataFrame, ...],
    codes: pl.DataFrame,
    documents: pl.DataFrame,
    unit: str,
    children: bool,
    replicates: int,
    seed: int,
) -> pl.DataFrame:
    if len(passes) < 2:
        raise ValueError(f"{what} needs two passes or more, not {len(passes)}")
    if unit not in _UNITS:
        raise ValueError(f"unit must be one of {', '.join(_UNITS)}, not {unit!r}")
    book = codebook(codes)
    found = _patterns(passes, codes, documents, unit, children)
    by_code = {code: [found[code, each] for each in documents["document"]] for code in book["code"]}
    whole = [_sum([each[place] for each in by_code.values()]) for place in range(documents.height)]
    rows = [_row(None, None, "all", whole, replicates, seed)]
    rows += [
        _row(code, path, key, by_code[code], replicates, seed)
        for code, path, key in book.select("code", "path", "key").iter_rows()
    ]
    measures = [f"{what}_{name}" for name in _MEASURES]
    frame = pl.DataFrame(rows, schema=[*_HEAD, *measures], orient="row", infer_schema_length=None)
    return frame.select(
        *(pl.col(name).cast(pl.String) for name in ("code", "path", "key")),
        pl.lit(unit).alias("unit"),
        pl.lit(children).alias("children"),
        pl.lit(len(passes), pl.Int64).alias("passes"),
        "units",
        "found",
        *(pl.col(name).cast(pl.Float64) for name in measures),
    )


_HEAD = ("code", "path", "key", "units", "found")
_MEASURES = ("percent", "kappa", "alpha", "alpha_low", "alpha_high")


def _row(
    code: str | None,
    path: str | None,
    key: str,
    documents: list[Patterns],
    replicates: int,
    seed: int,
) -> tuple[object, ...]:
    patterns = _sum(documents)
    low, high = interval(documents, replicates, seed)
    found = sum(weight for pattern, weight in patterns.items() if any(pattern))
    measures = (percent(patterns), kappa(patterns), alpha(patterns), low, high)
    return (code, path, key, sum(patterns.values()), found, *measures)


def _sum(patterns: list[Patterns]) -> Patterns:
    total: dict[tuple[bool, ...], int] = {}
    for each in patterns:
        for pattern, weight in each.items():
            total[pattern] = total.get(pattern, 0) + weight
    return total


def _patterns(
    passes: tuple[pl.DataFrame, ...],
    codes: pl.DataFrame,
    documents: pl.DataFrame,
    unit: str,
    children: bool,
) -> dict[tuple[str, str], Patterns]:
    """For each code and document, which passes found it, with the number of units."""
    wanted(documents, ["document", *(["length"] if unit == "character" else [])], "documents")
    lengths = documents["length"] if unit == "character" else [1] * documents.height
    units = {
        document: length or 0
        for document, length in zip(documents["document"], lengths, strict=True)
    }
    places = [_places(each, codes, unit, children) for each in passes]
    return {
        (code, document): characters_of([each.get((code, document), []) for each in places], length)
        for code in codes["code"]
        for document, length in units.items()
    }


def _places(
    segments: pl.DataFrame, codes: pl.DataFrame, unit: str, children: bool
) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """The stretches of each document under each code; one of length 1 for a document as a unit."""
    under = coded(segments, codes, children=children)
    if unit == "document":
        return {pair: [(0, 1)] for pair in under.select("code", "document").iter_rows()}
    wanted(segments, ("start", "end"), "the table of segments")
    spots = segments.select("segment", "start", "end").drop_nulls().unique("segment")
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    placed = under.join(spots, on="segment", how="inner")
    for code, document, start, end in placed.select("code", "document", "start", "end").iter_rows():
        found.setdefault((code, document), []).append((start, end))
    return found
