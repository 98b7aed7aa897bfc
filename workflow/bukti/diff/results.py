"""Claims, figures and tables that two states of a paper do not share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bukti.diff.causes import causes_of
from bukti.diff.records import CellChange, ClaimChange, Exhibit, ExhibitChange, Kind, Revision

_Claim = Mapping[str, Any]
_ASPECTS = ("value", "evidence", "grade", "status")
_NOT_EVIDENCE = ("cell", "row_numbers")


def changed_claims(old: Revision, new: Revision) -> Iterator[ClaimChange]:
    """Claims that came, went or are no longer what they were, by name."""
    for name in sorted({*old.claims, *new.claims}):
        before, after = old.claims.get(name), new.claims.get(name)
        if before is None or after is None:
            one = after or before
            assert one is not None
            yield ClaimChange(
                name=name,
                change="removed" if after is None else "added",
                old=_shown(before, "value") if before else "",
                new=_shown(after, "value") if after else "",
                places=_places(one),
                causes=causes_of(old, new, _notebook(one)),
            )
            continue
        aspect = next((each for each in _ASPECTS if _of(before, each) != _of(after, each)), None)
        if aspect:
            yield ClaimChange(
                name=name,
                change="changed",
                aspect=aspect,
                old=_shown(before, aspect),
                new=_shown(after, aspect),
                places=_places(after) or _places(before),
                causes=causes_of(old, new, _notebook(after)),
            )


def _notebook(claim: _Claim) -> str | None:
    notebook: str | None = claim["evidence"]["notebook"]
    return notebook


def _of(claim: _Claim, aspect: str) -> Any:
    if aspect == "value":
        return [claim["kind"], claim["value"], claim["unit"]]
    if aspect == "evidence":
        evidence = claim["evidence"]
        return {key: value for key, value in evidence.items() if key not in _NOT_EVIDENCE}
    return claim[aspect]


def _shown(claim: _Claim, aspect: str) -> str:
    """A claim's aspect in a line; "" for what does not fit into one."""
    if aspect == "value":
        if claim["value"] is None:
            return str(claim["kind"])
        return " ".join(filter(None, [_text(claim["value"]), claim["unit"]]))
    if aspect == "evidence":
        return ""
    if aspect == "grade" and claim["grade"]:
        return ", ".join(f"{key} {_text(value)}" for key, value in sorted(claim["grade"].items()))
    return _text(claim[aspect])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _places(claim: _Claim) -> tuple[str, ...]:
    return tuple(
        f"{mark['path']}:{mark['line']}"
        for language in sorted(claim["marks"])
        for mark in claim["marks"][language]
    )


def changed_exhibits(old: Revision, new: Revision) -> Iterator[ExhibitChange]:
    """Figures and tables that came, went or changed, by name."""
    for name in sorted({*old.exhibits, *new.exhibits}):
        before, after = old.exhibits.get(name), new.exhibits.get(name)
        one = after or before
        assert one is not None
        causes = causes_of(old, new, one.notebook)
        if before is None or after is None:
            change: Kind = "removed" if after is None else "added"
            yield ExhibitChange(name=name, change=change, causes=causes)
        elif (before.digests, before.columns, before.rows) != (
            *(after.digests, after.columns, after.rows),
        ):
            languages = {*before.digests, *after.digests}
            yield ExhibitChange(
                name=name,
                change="changed",
                languages=tuple(
                    sorted(
                        each
                        for each in languages
                        if before.digests.get(each) != after.digests.get(each)
                    )
                ),
                cells=tuple(_cells(before, after)),
                old_rows=len(before.rows),
                new_rows=len(after.rows),
                causes=causes,
            )


def _cells(before: Exhibit, after: Exhibit) -> Iterator[CellChange]:
    """The cells that differ; rows are the same where their first cell is, else by their order."""
    old, new = _by_name(before), _by_name(after)
    columns = dict.fromkeys([*after.columns, *before.columns])
    for row in dict.fromkeys([*new, *old]):
        was, now = old.get(row, {}), new.get(row, {})
        for column in columns:
            one, other = _cell(was, column), _cell(now, column)
            if one != other:
                yield CellChange(row=row, column=column, old=one, new=other)


def _cell(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return "" if value is None else _text(value)


def _by_name(table: Exhibit) -> dict[str, Mapping[str, Any]]:
    named = {_cell(row, table.columns[0]) if table.columns else "": row for row in table.rows}
    if len(named) == len(table.rows):
        return named
    return {f"#{number}": row for number, row in enumerate(table.rows, start=1)}
