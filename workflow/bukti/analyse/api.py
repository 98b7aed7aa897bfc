"""What a notebook says to bukti: the tables it reads, the claims, figures and tables it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bukti.analyse import bundle
from bukti.analyse.cards import claim_card, plain_card
from bukti.analyse.context import context
from bukti.analyse.figures import WIDTHS, Draw, number_format, render
from bukti.analyse.layout import columns_of, layout_of, sources_of
from bukti.base.claims import is_claim_id

if TYPE_CHECKING:
    import polars as pl

__all__ = ["claim", "claims", "figure", "number_format", "read", "table"]


def read(name: str) -> pl.DataFrame:
    """A clean table, by its name, which must be written as a literal.

    Raises LookupError, with the names there are, for a table that this notebook has not.
    """
    import polars as pl

    tables = context().tables
    if name not in tables:
        raise LookupError(f'no clean table "{name}" here; there are: {", ".join(sorted(tables))}')
    return pl.read_parquet(tables[name])


def claim(
    claim_id: str,
    value: Any,
    *,
    unit: str | None = None,
    column: str | None = None,
    rows: Any = None,
) -> None:
    """State a claim: a number, a truth value, a text, a list of texts, or a frame of one row.

    Of a frame, `column` names the cell that is the value (not needed where there is one) and the
    whole row is kept as evidence; for a computed value `rows` is the frame that it comes from.
    Raises ValueError for an id or frame that does not fit.
    """
    _check_id(claim_id)
    evidence: list[dict[str, Any]] = rows.rows(named=True) if rows is not None else []
    if hasattr(value, "rows") and hasattr(value, "columns"):
        value, evidence = _cell(claim_id, value, column)
    elif column is not None:
        raise ValueError(f"claim {claim_id}: `column` goes with a frame")
    data = bundle.claim_bundle(claim_id, value, unit, evidence)
    _emit(data, claim_card(data))


def _cell(claim_id: str, frame: Any, column: str | None) -> tuple[Any, list[dict[str, Any]]]:
    rows = frame.rows(named=True)
    if len(rows) != 1:
        raise ValueError(f"claim {claim_id}: a frame of one row is needed, this has {len(rows)}")
    name = column or (frame.columns[0] if len(frame.columns) == 1 else None)
    if name is None:
        raise ValueError(f"claim {claim_id}: say which `column` is the value: {frame.columns}")
    if name not in rows[0]:
        raise ValueError(f"claim {claim_id}: no column {name!r} in {frame.columns}")
    return rows[0][name], rows


def claims(family: str, frame: Any, *, key: str, value: str, unit: str | None = None) -> None:
    """State a family of claims, one for each row: `family.KEY` with the row as evidence.

    Raises ValueError for a key that makes no id or stands twice.
    """
    _check_id(family)
    members: dict[str, tuple[str, Any, Mapping[str, Any]]] = {}
    for row in frame.rows(named=True):
        part = str(row[key]).lower().replace("-", "_").replace(" ", "_")
        _check_id(f"{family}.{part}")
        if part in members:
            raise ValueError(f"claims {family}: the key {part!r} stands twice")
        members[part] = (part, row[value], row)
    data = bundle.family_bundle(family, list(members.values()), unit)
    _emit(data, claim_card(data))


def figure(figure_id: str, draw: Draw, *, width: str = "text", rows: Any = None) -> None:
    """Make a figure in every language: `draw(language, t)` returns it, from Matplotlib or Altair.

    `t(key)` is the word of `manuscript/labels.yaml` in the language; `width` is `text` or `half`;
    `rows` is the frame, or a list of frames, that it shows: the line of sources is made from it.
    Raises ValueError for another width.
    """
    _check_id(figure_id)
    if width not in WIDTHS:
        raise ValueError(f"figure {figure_id}: width must be one of {', '.join(WIDTHS)}")
    here = context()
    words = {language: _words(here.labels, language) for language in here.languages}
    files = render(draw, words, WIDTHS[width])
    data = bundle.figure_bundle(figure_id, files, WIDTHS[width])
    if rows is not None:
        data["sources"] = sources_of(rows)
        data["columns"] = columns_of(rows)
    first = files[here.languages[0]]["png"]
    _emit(data, plain_card(f"figure {figure_id}"), {"image/png": first})


def _words(labels: Mapping[str, Mapping[str, str]], language: str) -> Callable[[str], str]:
    def word(key: str) -> str:
        if key not in labels or language not in labels[key]:
            raise LookupError(f'manuscript/labels.yaml has no "{key}" in {language}')
        return labels[key][language]

    return word


def table(
    table_id: str,
    frame: Any,
    *,
    columns: Sequence[str] | None = None,
    digits: Mapping[str, int] | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    sections: str | None = None,
    totals: int = 0,
    heads: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    marks: Mapping[str, str] | None = None,
    sources: Sequence[str] | None = None,
) -> None:
    """Make a table for the text, with headings from the words of each language.

    `digits` are the decimals shown in a column, `groups` the heads that span several columns,
    `sections` is the column whose values head groups of rows, `totals` the number of last rows
    that are set apart. `heads` and `units` name the words of a column's head and of its unit.
    `marks` names for a column the one with the marks to raise behind its values, and `sources`
    the columns with ids of sources (otherwise all whose name ends in `source_id`).
    Raises ValueError for a column that is not there and a layout that does not fit.
    """
    _check_id(table_id)
    chosen = list(columns or frame.columns)
    missing = [name for name in chosen if name not in frame.columns]
    if missing:
        raise ValueError(f"table {table_id}: no column {', '.join(missing)} in {frame.columns}")
    layout = layout_of(
        table_id,
        frame,
        chosen,
        groups=groups or {},
        sections=sections,
        totals=totals,
        heads=heads or {},
        units=units or {},
        marks=marks or {},
    )
    further = [*(marks or {}).values(), *([sections] if sections else [])]
    kept = list(dict.fromkeys([*chosen, *further]))
    rows = frame.select(kept).rows(named=True)
    named = {"sources": sources_of(frame, sources)} if sources_of(frame, sources) else {}
    data = bundle.table_bundle(table_id, chosen, rows, digits or {}) | layout | named
    card = plain_card(f"table {table_id}: {len(rows)} rows, columns {', '.join(chosen)}")
    _emit(data, card)


def _check_id(text: str) -> None:
    if not is_claim_id(text):
        raise ValueError(
            f"{text!r} is no id: small letters, digits and _, "
            "beginning with a letter, parts joined by dots"
        )


def _emit(
    data: Mapping[str, Any], card: tuple[str, str], extra: Mapping[str, str] | None = None
) -> None:
    from IPython.display import display

    text, html = card
    shown = {"text/plain": text, bundle.MIME: data, **(extra or {"text/html": html})}
    display(shown, raw=True)
