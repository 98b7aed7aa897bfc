"""The page: profiles, single keys, lengths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bukti.base.diagnostic import Problem
from bukti.project import load_config
from bukti.project.page_settings import PROFILES, Margins, PageSettings, page_of
from bukti.tools.schemas import first_fault

SMALL = "version: 1\nname: a-paper\nlanguages: [en]\npage:\n"


def test_without_settings_the_page_is_the_article() -> None:
    assert page_of({}) == page_of({"profile": "article"}) == PageSettings()
    assert (page_of({}).text_width_mm, page_of({}).text_height_mm) == (152, 245)


def test_a_profile_sets_several_keys_and_single_keys_win() -> None:
    page = page_of({"profile": "manuscript", "size": 11, "paper": "Letter"})
    assert (page.spacing, page.line_numbers, page.size_pt) == (2.0, True, 11.0)
    assert (page.width_mm, page.height_mm) == (215.9, 279.4)
    assert page.given == ("columns", "line-numbers", "margins", "paper", "size", "spacing")
    assert page_of({"profile": "journal"}).columns == 2


@pytest.mark.parametrize("profile", PROFILES)
def test_profiles_are_written_as_the_schema_says(profile: str) -> None:
    data = {"version": 1, "name": "a", "languages": ["en"], "page": dict(PROFILES[profile])}
    assert first_fault(data, "bukti") is None
    data["page"] = {"profile": profile}
    assert first_fault(data, "bukti") is None


def test_lengths_in_three_units() -> None:
    page = page_of({"paper": "6.5 x 9.5in", "margins": "2.2cm"})
    assert (page.width_mm, page.height_mm) == (165.1, 241.3)
    assert page.margins == Margins(top_mm=22, bottom_mm=22, inner_mm=22, outer_mm=22)


def test_inner_and_outer_margins_change_sides_left_and_right_do_not() -> None:
    mirrored = page_of({"margins": {"inner": "30mm"}}).margins
    assert (mirrored.inner_mm, mirrored.outer_mm, mirrored.mirrored) == (30, 29, True)
    fixed = page_of({"margins": {"left": "30mm", "right": "20mm", "top": "1in"}}).margins
    assert fixed == Margins(top_mm=25.4, inner_mm=30, outer_mm=20)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("  profile: book\n", "CFG107 bukti.yaml:5:3"),
        ("  paper: a9\n", "CFG107 bukti.yaml:5:3"),
        ("  margins: 25\n", "CFG107 bukti.yaml:5:3"),
        ("  margins:\n    top: 2pt\n", "CFG107 bukti.yaml:5:3"),
        ("  columns: 3\n", "CFG107 bukti.yaml:5:3"),
        ("  spacing: triple\n", "CFG107 bukti.yaml:5:3"),
        ("  line-numbers: perhaps\n", "CFG107 bukti.yaml:5:3"),
        ("  colums: 2\n", "CFG103 bukti.yaml:5:3"),
        ("  fonts:\n    body: sans\n", "CFG103 bukti.yaml:6:5"),
    ],
)
def test_faults(tmp_path: Path, lines: str, found: str) -> None:
    (tmp_path / "bukti.yaml").write_text(SMALL + lines)
    with pytest.raises(Problem) as caught:
        load_config(tmp_path)
    assert [f"{item.code} {item.span}" for item in caught.value.diagnostics] == [found]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({}, ()),
        ({"annex": False}, ()),
        ({"annex": True}, ("docx", "pdf")),
        ({"annex": ["pdf"]}, ("pdf",)),
    ],
)
def test_the_annex_is_for_the_formats_that_are_named(
    written: dict[str, Any], expected: tuple[str, ...]
) -> None:
    assert page_of(written).annex == expected
    assert "annex" not in page_of(written).given
