"""Executed notebooks that stand for tables which cannot be made here."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from bukti.analyse.parameters import numbered
from bukti.analyse.results import Results, results_json
from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span

_COMPARED = ("claims", "figures", "tables")


def other_code(
    path: str, name: str, kept: Mapping[str, Any], now: Mapping[str, Any], injected: int | None
) -> tuple[Diagnostic, ...]:
    """That a kept notebook's code is not that of the notebook `now`, at the first such cell.

    Both hold the cell of parameters that was injected, if any was.
    """
    for cell, old in zip_longest(numbered(now, injected), map(_code, kept["cells"])):
        if cell is None or _code(cell[1]) != old:
            where = Span(path=path, cell=cell[0] if cell else None)
            return (diagnose("SRC125", where, notebook=name),)
    return ()


def _code(cell: Mapping[str, Any]) -> tuple[str, str]:
    """What of a cell decides what it gives: a cell of text gives nothing."""
    source = cell["source"].rstrip() if cell["cell_type"] == "code" else ""
    return cell["cell_type"], source


def other_results(path: str, name: str, kept: Results, made: Results) -> tuple[Diagnostic, ...]:
    """The claims, figures and tables that a kept result and the one just made do not share."""
    before, now = (results_json(results, (), "") for results in (kept, made))
    differ = [
        item
        for kind in _COMPARED
        for item in sorted({*before[kind], *now[kind]})
        if before[kind].get(item) != now[kind].get(item)
    ]
    if not differ:
        return ()
    return (diagnose("SRC127", Span(path=path), notebook=name, ids=", ".join(differ)),)
