"""Kept executed notebooks: whether they are still those of the notebook, and say the same."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.analyse.bundle import MIME, claim_bundle
from bukti.analyse.kept import other_code, other_results
from bukti.analyse.results import Results, results_of


def notebook(*cells: tuple[str, str]) -> dict[str, Any]:
    return {"cells": [{"cell_type": kind, "source": source} for kind, source in cells]}


KEPT = notebook(("markdown", "Title"), ("code", "x = 1\n"), ("code", "claim('x', x)"))


@pytest.mark.parametrize(
    ("now", "place"),
    [
        (KEPT, None),
        (notebook(("markdown", "Other"), ("code", "x = 1"), ("code", "claim('x', x)")), None),
        (notebook(("markdown", ""), ("code", "x = 2"), ("code", "claim('x', x)")), "n:cell 2"),
        (notebook(("markdown", ""), ("code", "x = 1\n")), "n"),
        (notebook(*[("code", "x = 1")] * 3), "n:cell 1"),
        ({"cells": [*KEPT["cells"], *notebook(("code", "y"))["cells"]]}, "n:cell 4"),
    ],
)
def test_the_code_of_a_kept_notebook(now: dict[str, Any], place: str | None) -> None:
    found = other_code("n", "10-x", KEPT, now, None)
    assert [str(item.span) for item in found] == ([place] if place else [])
    assert all(item.code == "SRC125" for item in found)


def test_cells_are_counted_as_the_author_sees_them() -> None:
    injected = {"cells": [KEPT["cells"][0], *notebook(("code", "p = 1"))["cells"]]}
    now = {"cells": [*injected["cells"], *notebook(("code", "b"))["cells"]]}
    kept = {"cells": [*injected["cells"], *notebook(("code", "a"))["cells"]]}
    (finding,) = other_code("n", "10-x", kept, now, 1)
    assert str(finding.span) == "n:cell 2"


def stated(**values: float) -> Results:
    outputs = [
        {"data": {MIME: claim_bundle(name, value, "days", [])}} for name, value in values.items()
    ]
    return results_of("n", {"cells": [{"cell_type": "code", "outputs": outputs}]}, {})


def test_what_a_kept_result_says_otherwise() -> None:
    assert other_results("n", "10-x", stated(a=1, b=2), stated(a=1, b=2)) == ()
    (finding,) = other_results("n", "10-x", stated(a=1, b=2), stated(a=1, b=3, c=4))
    assert (finding.code, finding.arguments["ids"]) == ("SRC127", "b, c")
