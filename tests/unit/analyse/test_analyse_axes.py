"""Numbers and dates on Matplotlib's axes, in two languages."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import dates, ticker
from matplotlib.figure import Figure

from bukti.analyse.axes import Numbers, localise
from bukti.base.numbers import parse_numbers


def labels(language: str, values: Any, change: Any = None) -> list[str]:
    """The labels of a vertical axis from the first value to the last, and its offset."""
    figure = Figure(figsize=(4, 3))
    axes = figure.subplots()
    axes.plot(range(len(values)), values)
    if change is not None:
        change(axes)
    axes.set_ylim(min(values), max(values) + (len(values) == 1))
    axes.set_yticks(values)
    localise(figure, language)
    figure.draw_without_rendering()
    texts = [label.get_text() for label in axes.yaxis.get_majorticklabels()]
    return [*texts, axes.yaxis.get_major_formatter().get_offset()]


@pytest.mark.parametrize(
    ("language", "values", "written"),
    [
        ("id", [0, 1000, 2500], ["0", "1.000", "2.500", ""]),
        ("en", [0, 1000, 2500], ["0", "1,000", "2,500", ""]),
        ("id", [-0.5, 0, 1.25], ["−0,50", "0,00", "1,25", ""]),
        ("id", [2016, 2018, 2020], ["2016", "2018", "2020", ""]),
        ("id", [0, 1.5e6, 3e6], ["0,0", "1,5", "3,0", "juta"]),
        ("en", [0, 1.5e9, 3e9], ["0.0", "1.5", "3.0", "billion"]),
        ("fr", [0, 1e6], ["0", "1 000 000", ""]),
        ("en", [0, 2e-7, 4e-7], ["0", "2", "4", "×10⁻⁷"]),
        ("en", [0, 0.1, 0.1 + 0.2], ["0.0", "0.1", "0.3", ""]),
    ],
)
def test_plain_numbers(language: str, values: Any, written: list[str]) -> None:
    found = [
        text.replace("\u202f", " ").replace("\u00a0", " ") for text in labels(language, values)
    ]
    assert found == written


@given(st.lists(st.floats(-9e5, 9e5), min_size=1, max_size=6))
def test_every_plain_number_is_one_of_its_language(values: list[float]) -> None:
    for language in ("id", "en"):
        formatter = Numbers(language)
        for text, value in zip(formatter.format_ticks(values), values, strict=True):
            (token,) = parse_numbers(text, language) or (None,)
            if token is None or token.value is None:
                assert formatter.years
            elif not formatter.power and not formatter.years:
                assert float(token.value) == pytest.approx(value, rel=1e-9, abs=1e-8)


@pytest.mark.parametrize(
    ("formatter", "value", "written"),
    [
        (ticker.PercentFormatter(1.0, decimals=1), 0.125, "12,5%"),
        (ticker.StrMethodFormatter("{x:,.1f} kg"), 1234.5, "1.234,5 kg"),
        (ticker.FormatStrFormatter("%.2f"), -1.5, "−1,50"),
        (ticker.EngFormatter(unit="W"), 1500, "1,5 kW"),
        (ticker.FuncFormatter(lambda x, _: "1,234.5"), 1, "1,234.5"),
    ],
)
def test_other_formatters(formatter: Any, value: float, written: str) -> None:
    found = labels("id", [value], lambda axes: axes.yaxis.set_major_formatter(formatter))
    assert found[0].replace("\u2009", " ") == written


def test_labels_of_the_notebooks_own_stay() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.set_xticks([1, 2], ["1.5", "1,500"])
    localise(figure, "id")
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1.5", "1,500"]


def test_logarithms_are_numbers_while_they_are_short() -> None:
    ticks = [0.01, 1, 1000, 1e6, 1e7]
    found = labels("id", ticks, lambda axes: axes.set_yscale("log"))
    assert found == ["0,01", "1", "1.000", "1 juta", "10 juta", ""]


def test_months_have_the_names_of_the_language() -> None:
    figure = Figure(figsize=(6, 3))
    top, bottom = figure.subplots(2)
    days = [date(2020, 1, 1), date(2020, 5, 1), date(2020, 9, 1)]
    top.plot(days, [1, 2, 3])
    bottom.plot(days, [1, 2, 3])
    bottom.set_xticks(days)
    bottom.xaxis.set_major_formatter(dates.DateFormatter("%d %B %Y, %A"))
    localise(figure, "id")
    figure.draw_without_rendering()
    shown = [label.get_text() for label in top.get_xticklabels()]
    assert "Mei" in shown
    assert "May" not in shown
    assert bottom.get_xticklabels()[1].get_text() == "01 Mei 2020, Jumat"


def test_dates_leave_room_for_their_labels() -> None:
    figure = Figure(figsize=(6, 3))
    for axes in figure.subplots(1, 3):
        axes.plot([date(2020, 1, 1), date(2021, 8, 1)], [1, 2])
        axes.tick_params(labelleft=False)
    localise(figure, "en")
    figure.draw_without_rendering()
    for axes in figure.axes:
        boxes = [label.get_window_extent() for label in axes.get_xticklabels() if label.get_text()]
        boxes.sort(key=lambda box: box.x0)
        assert len(boxes) >= 2
        assert all(left.x1 < right.x0 for left, right in pairwise(boxes))


def test_colour_bars_and_inner_axes_are_reached() -> None:
    figure = Figure()
    axes = figure.subplots()
    figure.colorbar(axes.imshow([[0, 0.5]]))
    inner = axes.inset_axes((0, 0, 0.5, 0.5))
    localise(figure, "id")
    assert isinstance(inner.xaxis.get_major_formatter(), Numbers)
    assert all(isinstance(each.yaxis.get_major_formatter(), Numbers) for each in figure.axes)
