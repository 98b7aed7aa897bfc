"""The evidence appendix of an edition as a record: each claim that its text uses, and its ground.

What is shown of long evidence follows from `LIMITS`, which the appendix states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bukti.base.claims import Claim, Kind
from bukti.base.language import language_of
from bukti.base.numbers import format_number
from bukti.base.tree import Node, walk
from bukti.manuscript.appendix_items import item_of
from bukti.manuscript.appendix_places import UsePlace, places_of
from bukti.manuscript.documentary import grade_of
from bukti.manuscript.fill import fill
from bukti.manuscript.pool import Pool
from bukti.manuscript.products import PREFIX, Use
from bukti.manuscript.products import Products as NotebookProducts
from bukti.manuscript.saying import Words, label
from bukti.manuscript.source_lines import words_in
from bukti.manuscript.tree import plain_text

VERSION = 1
LIMITS = {"characters": 600, "passages": 12, "rows": 5, "columns": 8, "cell": 120, "sources": 12}
_DECIMALS = 4
_DOCUMENTS = (Kind.DOCUMENTARY, Kind.QUOTATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableGround:
    """A clean table behind a claim: its title by language, its raw files; `open` to everyone."""

    title: Any = None
    raw: tuple[str, ...] = ()
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What entries are made from besides the text.

    `held` are the raw files that are there, by source; `reads` the tables of each notebook; `hides`
    says that coded passages are not for everyone.
    """

    pool: Pool
    words: Words
    products: NotebookProducts
    tables: Mapping[str, TableGround] = field(default_factory=dict)
    reads: Mapping[str, Sequence[str]] = field(default_factory=dict)
    held: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hides: bool = False


def appendix_json(tree: Mapping[str, Any], uses: Sequence[Use], ground: Ground) -> dict[str, Any]:
    """The record of a resolved tree; `uses` are the figures and tables that the edition places."""
    language = ground.words.language
    places: dict[tuple[str, str], list[UsePlace]] = {}
    for place in places_of(tree, language):
        for name in place.claims:
            places.setdefault((place.scheme, name), []).append(place)
    entries = [
        _entry(number, scheme, claim, found, ground)
        for number, (scheme, claim, found) in enumerate(_known(places, ground.pool), start=1)
    ]
    exhibits = list(_exhibits(tree, uses, ground))
    named = {name for each in (*entries, *exhibits) for name in each["sources"]}
    named |= {item["source"] for entry in entries for item in entry["items"] if item["source"]}
    return {
        "version": VERSION,
        "language": language,
        "limits": LIMITS,
        "entries": entries,
        "exhibits": exhibits,
        "sources": [source_json(name, ground) for name in sorted(named)],
    }


def _known(
    places: Mapping[tuple[str, str], list[UsePlace]], pool: Pool
) -> Iterator[tuple[str, Claim, list[UsePlace]]]:
    for (scheme, name), found in places.items():
        claim = pool.find(scheme, name)
        if claim is not None:
            yield scheme, claim, found


def _entry(
    number: int, scheme: str, claim: Claim, places: Sequence[UsePlace], ground: Ground
) -> dict[str, Any]:
    quotation = ground.pool.quotations.get(claim.id) if claim.kind is Kind.QUOTATION else None
    statement = ground.pool.statements.get(claim.id, {}).get(ground.words.language)
    items, counts = _items(claim, ground) if claim.kind in _DOCUMENTS else ([], None)
    return {
        "number": number,
        "scheme": scheme,
        "id": claim.id,
        "kind": str(claim.kind),
        "statement": str(quotation["text"]) if quotation else statement,
        "value": shown_value(claim, ground.words),
        "places": [_place(each, claim.id) for each in places],
        "grade": grade_of(claim),
        "counts": counts,
        "items": items,
        "data": _data(claim, ground),
        "sources": list(claim.evidence.sources[: LIMITS["sources"]]),
        "more_sources": max(0, len(claim.evidence.sources) - LIMITS["sources"]),
        "locator": claim.evidence.locator if claim.kind is Kind.GIVEN else None,
    }


def _place(place: UsePlace, claim: str) -> dict[str, Any]:
    return {
        "index": place.index,
        "before": place.before,
        "text": place.text,
        "after": place.after,
        "section": place.section,
        "title": place.title,
        "status": place.status,
        "with": [name for name in place.claims if name != claim],
    }


def shown_value(claim: Claim, words: Words) -> str | None:
    """A value with its unit as the edition writes it; None for a test and a document's claim."""
    if isinstance(claim.value, bool) or claim.value is None:
        return None
    long = isinstance(claim.value, float) and len(repr(claim.value)) > _DECIMALS + 3
    if long and abs(claim.value) >= 0.1:  # type: ignore[arg-type]
        written = fill(claim, {"digits": str(_DECIMALS)}, words) or ""
    else:
        written = fill(claim, {}, words) or ""
    return f"{written} {unit}" if (unit := _unit(claim.unit, words)) else written


def _unit(unit: str | None, words: Words) -> str:
    """The language's word for per cent, the author's label `unit.NAME`, or the unit itself."""
    if not unit or unit == "number":
        return ""
    speech = language_of(words.language)
    if unit == "percent":
        return speech.percent[0]
    if unit == "percentage_point":
        return (*speech.percentage_point, unit)[0]
    own = words.labels.get(f"unit.{unit}", {}).get(words.language)
    return own or unit.replace("_", " ")


def _items(claim: Claim, ground: Ground) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What documents show, the first passages on each side, and how many there are."""
    rows = claim.evidence.rows
    sides = {
        "for": [row for row in rows if not row.get("against")],
        "against": [row for row in rows if row.get("against")],
    }
    language = ground.words.language
    longest = LIMITS["characters"]
    items = [
        {
            "against": side == "against",
            **item_of(row, ground.pool.quotations, language, longest, ground.hides),
        }
        for side, found in sides.items()
        for row in found[: LIMITS["passages"]]
    ]
    return items, {side: _counts(found) for side, found in sides.items()}


def _counts(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    actors = {
        name.strip()
        for row in rows
        for name in str(row.get("actor") or "").split(";")
        if name.strip()
    }
    return {
        "passages": len(rows),
        "documents": len({row.get("document") or row.get("source") for row in rows}),
        "actors": len(actors),
        "more": max(0, len(rows) - LIMITS["passages"]),
    }


def _data(claim: Claim, ground: Ground) -> dict[str, Any] | None:
    evidence = claim.evidence
    if evidence.notebook is None and evidence.count is None:
        return None
    reads = ground.reads.get(evidence.notebook or "", ())
    names = [evidence.table] if evidence.table else list(reads)
    return {
        "notebook": evidence.notebook,
        "cell": evidence.cell,
        "count": asdict(evidence.count) if evidence.count else None,
        "tables": [_table(name, ground) for name in names],
        **_rows(claim, ground),
    }


def _table(name: str, ground: Ground) -> dict[str, Any]:
    table = ground.tables.get(name, TableGround())
    title = words_in(table.title, ground.words.language)
    return {"name": name, "title": title or None, "raw": list(table.raw)}


def _rows(claim: Claim, ground: Ground) -> dict[str, Any]:
    """The rows behind a value as the edition writes them; none of a table that is not open."""
    rows = claim.evidence.rows
    table = ground.tables.get(claim.evidence.table or "", TableGround())
    if rows and not table.open:
        return {"columns": [], "rows": [], "numbers": [], "more": len(rows), "hidden": True}
    shown = rows[: LIMITS["rows"]]
    said = (name for row in shown for name, value in row.items() if value is not None)
    names = sorted(set(said))[: LIMITS["columns"]]
    return {
        "columns": [_head(name, ground) for name in names],
        "rows": [[_cell(row.get(name), name, ground) for name in names] for row in shown],
        "numbers": list(claim.evidence.row_numbers[: len(shown)]),
        "more": len(rows) - len(shown),
        "hidden": False,
    }


def _head(column: str, ground: Ground) -> str:
    language = ground.words.language
    own = ground.words.labels.get(column, {}).get(language)
    title = ground.products.columns.get(column, {}).get("title")
    return own or words_in(title, language) or column


def _cell(value: Any, column: str, ground: Ground) -> str:
    contract = ground.products.columns.get(column, {})
    if value is None:
        return "\u2014"
    if isinstance(value, bool) or not isinstance(value, int | float):
        text = " ".join(label(str(value), ground.words).split())
        return text if len(text) <= LIMITS["cell"] else text[: LIMITS["cell"]].rstrip() + "\u2026"
    plain = contract.get("type") in ("integer", "year") and not contract.get("unit")
    return str(value) if plain else format_number(value, ground.words.language)


def source_json(name: str, ground: Ground) -> dict[str, Any]:
    """A source of the register as the appendix names it; of one that is not there, its id alone."""
    entry = ground.products.register.sources.get(name, {})
    language = ground.words.language
    return {
        "id": name,
        "title": words_in(entry.get("title"), language) or None,
        "publisher": words_in(entry.get("publisher"), language) or None,
        "year": str(entry["year"]) if "year" in entry else None,
        "address": f"https://doi.org/{entry['doi']}" if "doi" in entry else entry.get("url"),
        "accessed": entry.get("accessed"),
        "standing": entry.get("standing"),
        "access": entry.get("access", "open"),
        "held": list(ground.held.get(name, ())),
    }


def _exhibits(
    tree: Mapping[str, Any], uses: Sequence[Use], ground: Ground
) -> Iterator[dict[str, Any]]:
    """The figures and tables from notebooks, in the order of the text, each once."""
    nodes = {node["c"][0][0]: node for node in walk(tree["blocks"]) if _is_exhibit(node)}
    seen: set[str] = set()
    for use in uses:
        products = ground.products.figures if use.kind == "figure" else ground.products.tables
        name, product = f"{PREFIX[use.kind]}:{use.id}", products.get(use.id)
        node = nodes.get(name)
        if product is None or node is None or name in seen:
            continue
        seen.add(name)
        tables = product.get("tables") or product["reads"]
        sources = ground.products.register.ids_of(product)
        yield {
            "kind": use.kind,
            "id": use.id,
            "target": name,
            "label": dict(node["c"][0][2]).get("label", ""),
            "caption": " ".join(plain_text(node["c"][1][1]).split()),
            "notebook": product["notebook"],
            "cell": product["cell"],
            "tables": [_table(each, ground) for each in tables],
            "sources": list(sources[: LIMITS["sources"]]),
            "more_sources": max(0, len(sources) - LIMITS["sources"]),
        }


def _is_exhibit(node: Node) -> bool:
    return node["t"] in ("Figure", "Table") and bool(node["c"][0][0])
