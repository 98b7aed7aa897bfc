"""Figures and tables of the notebooks: their data, their cell, their place in the text."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bukti.ledger.join import EditionRecord
from bukti.ledger.passages import Places, span_of

MOST_ROWS = 300
LARGEST_SVG = 300_000
Results = Mapping[str, Any]


@dataclass(slots=True)
class ImagePool:
    """Pictures that are stored once: SVG as text, pixels as a data address."""

    images: list[str] = field(default_factory=list)

    def index(self, svg: bytes, png: bytes) -> int:
        """The number of a figure's picture: its lines, or its pixels where these are lighter."""
        pixels = len(png) * 4 // 3
        if png and len(svg) > LARGEST_SVG and pixels < len(svg):
            image = "data:image/png;base64," + base64.b64encode(png).decode()
        else:
            image = svg.decode("utf-8", "replace")
        if image not in self.images:
            self.images.append(image)
        return self.images.index(image)


def products_data(
    results: Sequence[Results],
    editions: Sequence[EditionRecord],
    images: Mapping[str, Mapping[str, int]],
) -> list[dict[str, Any]]:
    """Every figure and table; `images` maps a figure to the number of its picture by language."""
    found: list[dict[str, Any]] = []
    for result in results:
        for name, figure in sorted(result["figures"].items()):
            found.append(
                {**_common("figure", name, figure, result, editions), "images": images[name]}
            )
        for name, table in sorted(result["tables"].items()):
            found.append(
                {**_common("table", name, table, result, editions), **_cells(table)},
            )
    return found


def _common(
    kind: str,
    name: str,
    product: Mapping[str, Any],
    result: Results,
    editions: Sequence[EditionRecord],
) -> dict[str, Any]:
    uses = {edition.language: list(_uses(edition, kind, name)) for edition in editions}
    return {
        "kind": kind,
        "id": name,
        "notebook": result["notebook"],
        "cell": product["cell"],
        "sources": product.get("sources", []),
        "tables": product.get("tables", []),
        "computed": product.get("computed", False),
        "uses": {language: places for language, places in uses.items() if places},
    }


def _cells(table: Mapping[str, Any]) -> dict[str, Any]:
    columns: Sequence[str] = table["columns"]
    rows = table["rows"][:MOST_ROWS]
    return {
        "columns": list(columns),
        "heads": table.get("heads", {}),
        "units": table.get("units", {}),
        "rows": [[row[name] for name in columns] for row in rows],
        "more": len(table["rows"]) - len(rows),
    }


def _uses(edition: EditionRecord, kind: str, name: str) -> Iterator[dict[str, Any]]:
    """Where an edition shows a figure or table, with the passages of its words."""
    places = Places(edition.passages)
    for use in edition.products:
        if (use["kind"], use["id"]) != (kind, name):
            continue
        index = places.passage_at(span_of(use))
        caption = index is not None and edition.passages[index].kind == "caption"
        yield {
            "path": use["path"],
            "line": use["line"],
            "section": use["section"],
            "caption": index if caption else None,
            "alt": _alt_behind(edition, index) if caption else None,
        }


def _alt_behind(edition: EditionRecord, index: int | None) -> int | None:
    following = (index or 0) + 1
    if following < len(edition.passages) and edition.passages[following].kind == "alt":
        return following
    return None


def labels_used(
    products: Sequence[Mapping[str, Any]], labels: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Those of the paper's words that heads, units and cells of tables name."""
    keys: set[str] = set()
    for product in products:
        keys |= {*product.get("columns", ())}
        keys |= {*product.get("heads", {}).values(), *product.get("units", {}).values()}
        keys |= {cell for row in product.get("rows", ()) for cell in row if isinstance(cell, str)}
    return {key: dict(labels[key]) for key in sorted(keys & labels.keys())}
