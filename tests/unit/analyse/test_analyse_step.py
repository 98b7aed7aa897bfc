"""Notebooks run for real: what is taken from them, and what each way to fail says."""

from __future__ import annotations

import json

import pytest
from tests.unit.analyse.conftest import NAME, NOTEBOOK, Paper

from bukti.tools import confine
from bukti.tools.confine import level

IMPORT = "from bukti import claim, figure, read\n"


def test_parameters_are_injected_behind_the_tagged_cell_and_numbers_stay(paper: Paper) -> None:
    paper.settings("notebooks:\n  parameters: {10-loans: {limit: 7}}\n")
    paper.cells("limit = 5", f"{IMPORT}claim('limit', limit)", tags={1: "parameters"})
    products = paper.run()
    results = json.loads(products.files[f"outputs/results/{NAME}.json"])
    assert results["claims"]["limit"]["value"] == 7
    assert results["claims"]["limit"]["evidence"]["cell"] == 2
    executed = json.loads(products.files[f"outputs/results/{NAME}.ipynb"])
    assert ["".join(cell["source"]) for cell in executed["cells"]][:2] == ["limit = 5", "limit = 7"]
    assert executed["cells"][1]["metadata"]["tags"] == ["injected-parameters"]


def test_a_failure_behind_parameters_is_told_at_the_authors_cell(paper: Paper) -> None:
    paper.settings("notebooks:\n  parameters: {10-loans: {limit: 0}}\n")
    paper.cells("limit = 5", "\n1 / limit", tags={1: "parameters"})
    assert paper.faults() == [f"ANA201 {NOTEBOOK}:cell 2:2"]


def test_an_unknown_kernel_is_refused_with_those_there_are(paper: Paper) -> None:
    paper.kernel = {"name": "my-env"}
    paper.cells("1")
    assert paper.faults() == [f"ANA210 {NOTEBOOK}"]


def test_a_time_limit_of_its_own(paper: Paper) -> None:
    paper.settings("notebooks:\n  limits: {10-loans: {seconds: 1}}\n")
    paper.cells("1", "x = 1\nwhile True: pass")
    assert paper.faults() == [f"ANA204 {NOTEBOOK}:cell 2:2"]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("\ninput('?')", "ANA206 {}:cell 2:2"),
        ("\nimport os\nos._exit(1)", "ANA205 {}:cell 2:2"),
        ("import sys\nsys.exit()", "ANA201 {}:cell 2"),
        ("x = bytearray(10**13)", "ANA201 {}:cell 2:1"),
    ],
)
def test_ways_to_fail(paper: Paper, source: str, fault: str) -> None:
    paper.cells("1", source, "2")
    (found,) = paper.faults()
    assert found.startswith(fault.format(NOTEBOOK))


def test_a_kernel_that_ended_before_the_last_cell_gives_no_results(paper: Paper) -> None:
    paper.cells(f"{IMPORT}claim('x', 1)\nexit()", "claim('y', 2)")
    assert paper.faults() == [f"ANA201 {NOTEBOOK}:cell 1:3"]


def test_a_cell_may_fail_where_it_is_tagged_and_later_cells_count(paper: Paper) -> None:
    paper.cells(IMPORT, "1 / 0", "claim('x', 1)", tags={2: "raises-exception"})
    products = paper.run()
    results = json.loads(products.files[f"outputs/results/{NAME}.json"])
    assert list(results["claims"]) == ["x"]
    assert "ZeroDivisionError" in products.files[f"outputs/results/{NAME}.html"].decode()


def test_a_result_of_a_failed_cell_is_refused(paper: Paper) -> None:
    source = f"{IMPORT}claim('x', 1)\n1 / 0"
    paper.cells("1", source, "claim('y', 1)", tags={2: "raises-exception"})
    assert paper.faults() == [f"ANA214 {NOTEBOOK}:cell 2"]


def test_a_skipped_cell_is_no_gap(paper: Paper) -> None:
    paper.cells(IMPORT, "claim('x', 1)", "claim('y', 1)", tags={2: "skip-execution"})
    assert list(paper.results()["claims"]) == ["y"]


@pytest.mark.parametrize("way", ["open(path, 'w')", "loans.write_parquet(path)"])
def test_writing_into_an_input_is_told_as_writing(paper: Paper, way: str) -> None:
    table = paper.root / "data/clean/loans.parquet"
    before = table.read_bytes()
    paper.cells(f"{IMPORT}loans = read('loans')", f"path = {str(table)!r}\n{way}")
    if level() == "unconfined":
        assert paper.faults() == [f"ANA216 {NOTEBOOK}"]
        return
    assert paper.faults() == [f"ANA209 {NOTEBOOK}:cell 2:2"]
    assert table.read_bytes() == before


def test_where_nothing_confines_a_changed_input_is_found(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confine, "landlock_version", lambda: 0)
    monkeypatch.setattr(confine, "_has_filters", lambda: False)
    table = str(paper.root / "data/clean/loans.parquet")
    paper.cells(f"{IMPORT}read('loans')", f"open({table!r}, 'ab').write(b'x')")
    assert paper.faults() == [f"ANA216 {NOTEBOOK}"]


def test_a_figure_that_lacks_a_language_or_is_no_picture(paper: Paper) -> None:
    bundle = {
        "version": 1,
        "kind": "figure",
        "id": "f",
        "width": 10,
        "files": {"id": {"svg": "<svg xmlns='http://www.w3.org/2000/svg'", "png": "aaaa"}},
    }
    source = (
        "from IPython.display import display\n"
        f"display({{'application/vnd.bukti.result+json': {bundle!r}}}, raw=True)"
    )
    paper.cells(source)
    assert paper.faults() == [
        f"{code} {NOTEBOOK}:cell 1" for code in ("FIG106", "FIG106", "FIG105")
    ]


def test_a_chart_of_altair_is_made_in_the_confined_kernel(paper: Paper) -> None:
    paper.cells(
        f"{IMPORT}import altair as alt\nloans = read('loans')",
        "def draw(language, t):\n"
        "    y = alt.Y('loans:Q', title=t('loans'))\n"
        "    return alt.Chart(loans).mark_bar().encode(x='year:O', y=y)\n\n\n"
        "figure('loans', draw)",
    )
    files = paper.run().files
    svgs = [files[f"outputs/results/{NAME}/loans.{language}.svg"] for language in ("id", "en")]
    assert svgs[0] != svgs[1]
    assert all(b"<text" not in svg for svg in svgs)
