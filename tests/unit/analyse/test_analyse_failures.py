"""Why a notebook could not be executed, as a finding at its cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bukti.analyse.failures import Failure, explain

FAILED = Failure(
    kind="error",
    cell=3,
    name="ValueError",
    text="no\n  such thing",
    traceback="Traceback\n\n  line 1\nValueError",
    line=2,
    first_line=1,
    denied=None,
    written=True,
    network=False,
)


@pytest.mark.parametrize(
    ("changes", "code", "arguments"),
    [
        ({}, "ANA201", {"kind": "ValueError", "reason": "no such thing"}),
        ({"text": ""}, "ANA201", {"kind": "ValueError", "reason": "ValueError"}),
        ({"text": "x" * 999}, "ANA201", {"kind": "ValueError", "reason": "x" * 300}),
        ({"kind": "timeout"}, "ANA204", {"seconds": "60"}),
        ({"kind": "died"}, "ANA205", {}),
        ({"kind": "input"}, "ANA206", {}),
        ({"network": True}, "ANA203", {}),
        ({"denied": "a.csv", "written": False}, "ANA202", {"path": "a.csv"}),
        ({"denied": "out.csv"}, "ANA209", {"path": "out.csv"}),
    ],
)
def test_kinds(changes: dict[str, object], code: str, arguments: dict[str, str]) -> None:
    failure = replace(FAILED, **changes)  # type: ignore[arg-type]
    finding = explain("n.ipynb", failure, 60)
    assert (finding.code, str(finding.span)) == (code, "n.ipynb:cell 3:2")
    assert finding.arguments == arguments


def test_the_beginning_and_end_of_the_traceback_are_a_note() -> None:
    (note,) = explain("n.ipynb", FAILED, 60).notes
    assert note.arguments["text"] == "Traceback\n      line 1\n    ValueError"
    long = replace(FAILED, traceback="\n".join(f"line {number}" for number in range(40)))
    (note,) = explain("n.ipynb", long, 60).notes
    kept = [*range(6), *range(34, 40)]
    shown = [line for line in note.arguments["text"].split("\n    ") if line != "..."]
    assert shown == [f"line {number}" for number in kept]


def test_without_a_traceback_there_is_no_note() -> None:
    assert explain("n.ipynb", replace(FAILED, traceback=" \n"), 60).notes == ()


def test_a_kernel_that_died_before_any_cell() -> None:
    finding = explain(
        "n.ipynb", replace(FAILED, kind="died", cell=0, line=None, first_line=None), 60
    )
    assert (finding.code, str(finding.span)) == ("ANA215", "n.ipynb")
