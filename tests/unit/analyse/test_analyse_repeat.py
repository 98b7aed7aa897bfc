"""Two runs of one notebook, compared."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.analyse.conftest import NOTEBOOK, Paper

from bukti.analyse.repeat import differences
from bukti.analyse.step import repeat

MIME = "application/vnd.bukti.result+json"


def run(*outputs: Any) -> Any:
    source = 'x = 1\nclaim("a", x)'
    return {"cells": [{"cell_type": "code", "source": source, "outputs": list(outputs)}]}


def claim(value: Any, rows: Any = ()) -> Any:
    data = {"kind": "claim", "id": "a", "value": value, "unit": None, "rows": list(rows)}
    return {"output_type": "display_data", "data": {MIME: data}}


def family(*values: Any) -> Any:
    members = [{"key": str(key), "value": value, "row": {}} for key, value in enumerate(values)]
    data = {"kind": "family", "id": "a", "unit": None, "members": members}
    return {"output_type": "display_data", "data": {MIME: data}}


def text(words: str) -> Any:
    return {"output_type": "stream", "name": "stdout", "text": words}


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        (run(claim(1), text("a")), run(claim(1), text("a")), []),
        (run(claim(1)), run(claim(2)), [("ANA217", "n:cell 1:2:7", "1", "2")]),
        (run(claim(1)), run(), [("ANA217", "n:cell 1:2:7", "1", "-")]),
        (
            run(claim(1, [{"x": 1}])),
            run(claim(1, [{"x": 2}])),
            [("ANA217", "n:cell 1:2:7", "(None, [{'x': 1}])", "(None, [{'x': 2}])")],
        ),
        (run(family(1, 2)), run(family(1, 3)), [("ANA217", "n:cell 1:2:7", "2", "3")]),
        (run(claim(1), text("a")), run(claim(1), text("b")), [("ANA218", "n:cell 1", "", "")]),
        (
            run(claim(1), text("a")),
            run(claim(2), text("b")),
            [("ANA217", "n:cell 1:2:7", "1", "2")],
        ),
    ],
)
def test_what_differs(one: Any, two: Any, found: list[tuple[str, ...]]) -> None:
    assert [
        (
            each.code,
            str(each.span),
            each.arguments.get("first", ""),
            each.arguments.get("second", ""),
        )
        for each in differences("n", one, two, None)
    ] == found


def test_two_real_runs_show_chance_and_the_order_of_sets(paper: Paper) -> None:
    paper.cells(
        "from bukti import claim\nnames = {'a', 'b', 'c', 'd', 'e', 'f', 'g'}",
        "claim('first', list(names)[0])",
        "claim('sure', sorted(names)[0])\nlen(names)",
        "import os\nos.getcwd()",
        "import random\nrandom.random()",
    )
    project, step = paper.planned()
    before = sorted(path for path in paper.root.rglob("*") if ".bukti" not in path.parts)
    found = [f"{each.code} {each.span}" for each in repeat(project, step)]
    assert found == [f"ANA217 {NOTEBOOK}:cell 2:1:7", f"ANA218 {NOTEBOOK}:cell 5"]
    after = sorted(path for path in paper.root.rglob("*") if ".bukti" not in path.parts)
    assert after == before
