"""What a notebook reads and makes, found before anything runs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bukti.base.diagnostic import Problem
from bukti.project.notebook_source import NotebookSource, code_cells, scan_notebook


def scan(*sources: Any) -> tuple[NotebookSource, list[str]]:
    cells = [{"cell_type": "code", "source": source} for source in sources]
    text = json.dumps({"cells": cells})
    source, findings = scan_notebook("n", "n.ipynb", text)
    return source, [f"{finding.code} {finding.span}" for finding in findings]


def test_literals_of_every_kind() -> None:
    source, findings = scan(
        'a = read("one")\nb = bukti.read("two")\nread("one")',
        ['claim("c.x", 1)\n', 'claims("fam", a, key="k", value="v")\n'],
        'figure("f", draw)\ntable("t", a)',
    )
    assert source == NotebookSource(
        name="n",
        path="n.ipynb",
        reads=("one", "two"),
        claims=("c.x",),
        families=("fam",),
        figures=("f",),
        tables=("t",),
    )
    assert findings == []


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline\nread('t')",
        "%%time\nread('t')",
        "!ls\nread('t')",
        "if True:\n    %time 1\n    read('t')",
        "names = !ls\nread('t')",
        "x = %time 1\nread('t')",
        "?help\nread('t')",
        "read?\nread('t')",
        "obj.attr??\nread('t')",
        "x = (5\n% 3)\nread('t')",
        'x = "\\d"\nread("t")',
        "x = [\n    read('t')\n    .head()\n]",
        "def f():\n    return [read('t') for _ in ()]",
        "await read('t')",
        "read(name='t')",
        "read('''t''')",
        "read('t' '')",
    ],
)
def test_a_read_is_found(source: str) -> None:
    found, findings = scan(source)
    assert (found.reads, findings) == (("t",), [])


@pytest.mark.parametrize(
    "source",
    [
        "other.read('t')",
        "open('x').read()",
        "'read(\"t\")'",
        "# read('t')",
        "read()",
        "def (:\nread('t')",
        "a\x00",
        "read",
    ],
)
def test_nothing_is_found(source: str) -> None:
    assert scan(source) == (NotebookSource(name="n", path="n.ipynb"), [])


@pytest.mark.parametrize(
    ("source", "findings"),
    [
        ("read(name)", ["ANA102 n.ipynb:cell 1:1:1"]),
        ("x = 1; read(f'{x}')", ["ANA102 n.ipynb:cell 1:1:8"]),
        ("s = 'é−'; figure(i, draw)", ["ANA102 n.ipynb:cell 1:1:11"]),
        ("table(*names)", ["ANA102 n.ipynb:cell 1:1:1"]),
        ("read(b't')", ["ANA102 n.ipynb:cell 1:1:1"]),
        ("figure(draw=d, figure_id=i)", ["ANA102 n.ipynb:cell 1:1:1"]),
        ("claim(f'{i}', 1)\nclaims(x, y)", []),
        ("claim('Rate', 1)", ["CLM104 n.ipynb:cell 1:1:1"]),
        ("\n  \nclaims('a-b', f)", ["CLM104 n.ipynb:cell 1:3:1"]),
        ("figure('../out', draw)", ["CLM104 n.ipynb:cell 1:1:1"]),
        ("table('My table', f)", ["CLM104 n.ipynb:cell 1:1:1"]),
    ],
)
def test_names_that_cannot_be_used(source: str, findings: list[str]) -> None:
    found, listed = scan(source)
    assert listed == findings
    assert found == NotebookSource(name="n", path="n.ipynb")


def test_a_span_ends_behind_the_call() -> None:
    text = json.dumps({"cells": [{"cell_type": "code", "source": "é = read(\n  x)"}]})
    _, (finding,) = scan_notebook("n", "n.ipynb", text)
    assert finding.span is not None
    assert (finding.span.column, finding.span.end_line, finding.span.end_column) == (5, 2, 5)


def test_cells_count_from_one_over_all_cells() -> None:
    cells = [
        {"cell_type": "markdown", "source": "read('no')"},
        {"cell_type": "code", "source": ["a\n", "b"]},
        {"cell_type": "raw", "source": ""},
        {"cell_type": "code"},
    ]
    assert list(code_cells({"cells": cells})) == [(2, "a\nb"), (4, "")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{\n "cells": [', "n.ipynb:2:12"),
        ("[]", "n.ipynb"),
        ('{"worksheets": []}', "n.ipynb"),
        ('{"cells": {}}', "n.ipynb"),
        ('{"cells": [1]}', "n.ipynb:cell 1"),
        ('{"cells": [{"source": null}]}', "n.ipynb:cell 1"),
    ],
)
def test_what_is_no_notebook(text: str, place: str) -> None:
    with pytest.raises(Problem) as caught:
        scan_notebook("n", "n.ipynb", text)
    (finding,) = caught.value.diagnostics
    assert (finding.code, str(finding.span)) == ("ANA101", place)
