"""All that is looked for in the structure of one chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bukti.base.diagnostic import Diagnostic
from bukti.base.span import Span
from bukti.base.tree import walk
from bukti.manuscript.candidates import Source, id_place
from bukti.manuscript.panels import panels_of
from bukti.manuscript.structure.divisions import broken_tables, division_findings
from bukti.manuscript.structure.inlines import inline_findings
from bukti.manuscript.structure.rows import uneven_rows

_WITH_IDS = {"Header": 1, "Div": 0, "Span": 0}


def structure_findings(
    source: Source, tree: Mapping[str, Any], read: Callable[[str], Mapping[str, Any]]
) -> Iterator[Diagnostic]:
    """What does not work as written; `tree` is that of the chapter, `read` gives that of a copy."""
    yield from inline_findings(source, tree)
    yield from division_findings(source, tree)
    yield from broken_tables(source, tree)
    yield from uneven_rows(source, read)


def own_ids(source: Source, tree: Mapping[str, Any]) -> list[tuple[str, Span]]:
    """The ids of divisions and passages, each with its place; figures and headings have labels."""
    found: list[str] = []
    places: list[tuple[str, Span]] = []
    for node in walk(tree["blocks"]):
        if node["t"] not in _WITH_IDS:
            continue
        identifier = node["c"][_WITH_IDS[node["t"]]][0]
        labelled = node["t"] == "Header" or (node["t"] == "Div" and panels_of(node) is not None)
        if identifier and not labelled:
            where = id_place(source, identifier, found.count(identifier))
            places.append((identifier, where or Span(path=source.path)))
        found.append(identifier)
    return places
