"""Values for parameters in bukti.yaml, against what the notebooks have."""

from __future__ import annotations

from typing import Any

import pytest

from bukti.project.notebook_source import NotebookSource
from bukti.project.parameters import check_settings, fits
from bukti.tools.yaml_files import parse_yaml

BOOK = NotebookSource(name="10-x", path="10-x.ipynb", parameters={"limit": 5, "share": 0.5})


def check(text: str) -> list[str]:
    document = parse_yaml(text, shown_as="bukti.yaml")
    return [f"{each.code} {each.span}" for each in check_settings(document, (BOOK,))]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("limits:\n    10-x: {seconds: 5}", []),
        ("limits:\n    10-y: {seconds: 5}", ["ANA106 bukti.yaml:3:5"]),
        ("parameters:\n    10-x: {limit: 7, share: 1}", []),
        ("parameters:\n    10-y: {limit: 7}", ["ANA106 bukti.yaml:3:5"]),
        ("parameters:\n    10-x: {limits: 7}", ["ANA107 bukti.yaml:3:12"]),
        ("parameters:\n    10-x:\n      limit: true", ["ANA108 bukti.yaml:4:7"]),
        ("parameters:\n    10-x:\n      limit: '7'", ["ANA108 bukti.yaml:4:7"]),
    ],
)
def test_settings(given: str, found: list[str]) -> None:
    assert check(f"notebooks:\n  {given}\n") == found


@pytest.mark.parametrize(
    ("default", "value", "fit"),
    [
        (1, 2, True),
        (1, 2.5, False),
        (1, True, False),
        (1.0, 2, True),
        (1.0, True, False),
        ("a", "b", True),
        ("a", 1, False),
        (True, False, True),
        (None, "x", True),
        ([], ["x", 1], True),
        ([1], [2, 3], True),
        ([1], ["x"], False),
        ([1], 1, False),
        ({}, 1, False),
    ],
)
def test_types(default: Any, value: Any, fit: bool) -> None:
    assert fits(default, value) is fit
