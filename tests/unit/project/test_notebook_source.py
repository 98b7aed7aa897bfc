"""What a notebook reads and makes, found before anything runs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bukti.base.diagnostic import Problem
from bukti.project.notebook_source import NotebookSource, code_cells, scan_notebook


def scan(*sources: Any, **metadata: Any) -> tuple[NotebookSource, list[str]]:
    cells = [
        {"cell_type": "code", **(source if isinstance(source, dict) else {"source": source})}
        for source in sources
    ]
    text = json.dumps({"cells": cells, "metadata": metadata})
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
        "from bukti import read as r\nr('t')",
        "r('t')\nfrom bukti.analyse.api import read as r",
        "import bukti as b\nb.read('t')",
        "import bukti\nbukti.read(name='t')",
        "from bukti import *\nread('t')",
        "read = 1\nfrom bukti import read\nread('t')",
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
        "from other import read\nread('t')",
        "def read(x): pass\nread('t')",
        "import other as bukti_\nbukti_.read('t')",
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
        ("from bukti import read as r\nget = r", ["ANA105 n.ipynb:cell 1:2:7"]),
        ("from bukti import read\nlist(map(read, names))", ["ANA105 n.ipynb:cell 1:2:10"]),
        ("import bukti as b\nget = b.figure", ["ANA105 n.ipynb:cell 1:2:7"]),
        ("import bukti\ngetattr(bukti, name)('t')", ["ANA105 n.ipynb:cell 1:2:9"]),
        ("from bukti import claim\nmake = claim", []),
        ("from bukti import table\ntable = 1\nprint(table)", []),
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


def test_names_are_those_of_all_cells_together() -> None:
    found, findings = scan("from bukti import read as r", {"source": "r('t')"})
    assert (found.reads, findings) == (("t",), [])


def test_a_skipped_cell_reads_nothing_and_is_told() -> None:
    cell = {"source": "read('t')", "metadata": {"tags": ["skip-execution"]}}
    found, findings = scan(cell)
    assert (found.reads, findings) == ((), ["ANA110 n.ipynb:cell 1"])


def test_saved_outputs_are_told_once() -> None:
    cells = [{"source": "1"}, {"source": "1", "execution_count": 3}, {"source": "", "outputs": [1]}]
    assert scan(*cells)[1] == ["ANA109 n.ipynb:cell 2"]


@pytest.mark.parametrize(
    ("metadata", "kernel"),
    [
        ({}, ("python3", "python")),
        ({"kernelspec": {"name": "ir"}}, ("ir", "r")),
        ({"kernelspec": {"name": "my-env", "language": "R"}}, ("my-env", "r")),
        ({"kernelspec": {"name": "python3", "language": "python"}}, ("python3", "python")),
        ({"kernelspec": []}, ("python3", "python")),
    ],
)
def test_the_kernel_and_its_language(metadata: Any, kernel: tuple[str, str]) -> None:
    found, _ = scan("1", **metadata)
    assert (found.kernel, found.language) == kernel


def test_another_language_names_what_it_uses_with_a_prefix() -> None:
    source = (
        'x <- bukti_read("a") # bukti_read("no")\ny <- "bukti_read(\'no\')"\n'
        "bukti_figure('f', draw)\nbukti_claims(\"fam\", x)\nbukti_read(name)\nread('no')"
    )
    found, findings = scan(source, kernelspec={"name": "ir"})
    assert (found.reads, found.figures, found.families) == (("a",), ("f",), ("fam",))
    assert findings == ["ANA102 n.ipynb:cell 1:5:1"]


def test_parameters_are_the_plain_values_of_the_first_tagged_cell() -> None:
    tagged = {"metadata": {"tags": ["x", "parameters"]}}
    source = "a = 5\nb: float = 0.5\nc = [1, 2]\nd = a + 1\ne, f = 1, 2\nif a:\n    g = 1"
    found, _ = scan("z = 1", {"source": source, **tagged}, {"source": "h = 1", **tagged})
    assert found.parameters == {"a": 5, "b": 0.5, "c": [1, 2]}
    assert found.parameters_cell == 2


def test_parameters_of_r() -> None:
    tagged = {"metadata": {"tags": ["parameters"]}}
    source = 'a <- 5L\nb = .5 # half\nname <- "x y"\nyes <- TRUE\nd <- a + 1\ne <- 1.2.3'
    found, _ = scan({"source": source, **tagged}, kernelspec={"name": "ir"})
    assert found.parameters == {"a": 5, "b": 0.5, "name": "x y", "yes": True}


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
