"""How a notebook's table is laid out, checked in the notebook, and the sources its rows name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_SOURCE = "source_id"


def layout_of(
    table_id: str,
    frame: Any,
    columns: Sequence[str],
    *,
    groups: Mapping[str, Sequence[str]],
    sections: str | None,
    totals: int,
    heads: Mapping[str, str],
    units: Mapping[str, str],
    marks: Mapping[str, str],
) -> dict[str, Any]:
    """The parts of a table bundle that say how it is laid out; what was not asked for is absent.

    Raises ValueError for columns that are not there, groups that are no neighbours and totals
    that are more than the rows.
    """
    named = [*heads, *units, *marks, *(name for group in groups.values() for name in group)]
    _known(table_id, named, columns, "shown column")
    _known(table_id, [*marks.values(), *([sections] if sections else [])], frame.columns, "column")
    for group, members in groups.items():
        _neighbours(table_id, group, list(members), columns)
    if not 0 <= totals < max(1, frame.height):
        raise ValueError(f"table {table_id}: {totals} rows of totals, but {frame.height} rows")
    parts = {
        "groups": [{"label": name, "columns": list(group)} for name, group in groups.items()],
        "sections": sections,
        "totals": totals,
        "heads": dict(heads),
        "units": dict(units),
        "marks": dict(marks),
    }
    return {name: part for name, part in parts.items() if part}


def _known(table_id: str, names: Iterable[str], there: Sequence[str], kind: str) -> None:
    missing = [name for name in names if name not in there]
    if missing:
        raise ValueError(f"table {table_id}: no {kind} {', '.join(missing)} in {list(there)}")


def _neighbours(table_id: str, group: str, members: list[str], columns: Sequence[str]) -> None:
    start = columns.index(members[0]) if members else 0
    if not members or list(columns[start : start + len(members)]) != members:
        raise ValueError(
            f"table {table_id}: the columns of the group {group!r} must stand side by side, "
            f"in this order: {list(columns)}"
        )


def sources_of(frames: Any, columns: Sequence[str] | None = None) -> list[str]:
    """The ids of sources that frames name, each once, in the order of the rows.

    Without `columns` they are in the columns named `source_id` or ending in `_source_id`. Raises
    ValueError for columns that are not there.
    """
    if frames is None:
        return []
    found: list[str] = []
    for frame in frames if isinstance(frames, list | tuple) else [frames]:
        own = [name for name in frame.columns if name == _SOURCE or name.endswith(f"_{_SOURCE}")]
        if columns is not None and set(columns) - set(frame.columns):
            raise ValueError(f"no column {', '.join(columns)} in {frame.columns}")
        chosen = own if columns is None else list(columns)
        for row in frame.select(chosen).rows() if chosen else ():
            found += [str(value) for value in row if value]
    return list(dict.fromkeys(found))


def columns_of(frames: Any) -> list[str]:
    """The columns of frames, each once, in their order."""
    several = frames if isinstance(frames, list | tuple) else [frames]
    return list(dict.fromkeys(name for frame in several for name in frame.columns))
