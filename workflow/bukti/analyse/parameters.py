"""Values for a notebook's parameters, as a cell behind the one that holds the defaults."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

INJECTED = "injected-parameters"


def assignments(values: Mapping[str, Any], language: str) -> str:
    """The lines that give parameters their values, in Python or R."""
    write = _python if language == "python" else _r
    sign = "=" if language == "python" else "<-"
    return "\n".join(f"{name} {sign} {write(value)}" for name, value in values.items())


def _python(value: Any) -> str:
    return repr(value)


def _r(value: Any) -> str:
    if isinstance(value, list):
        return f"c({', '.join(map(_r, value))})"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return f"{value}L" if abs(value) < 2**31 else repr(float(value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def inject(notebook: Any, behind: int, values: Mapping[str, Any], language: str) -> None:
    """Put a cell with the values behind a cell, which is given by its number from 1."""
    from nbformat import from_dict

    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": INJECTED,
        "metadata": {"tags": [INJECTED]},
        "source": assignments(values, language),
        "outputs": [],
        "execution_count": None,
    }
    notebook["cells"].insert(behind, from_dict(cell))


def numbered(notebook: Mapping[str, Any], behind: int | None) -> Iterator[tuple[int, Any]]:
    """Every cell with its number in the author's notebook; an injected one has that of its tag."""
    for number, cell in enumerate(notebook["cells"], start=1):
        yield number if behind is None or number <= behind else number - 1, cell
