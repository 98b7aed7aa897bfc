"""Figures that come out the same in every build, in our fonts."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from matplotlib import font_manager, image, pyplot
from matplotlib.figure import Figure

import bukti
from bukti.analyse import figures
from bukti.analyse.figures import number_format, render
from bukti.analyse.style import COLOURS, DASHES, MATPLOTLIB

FONTS = Path(bukti.__file__).parent / "fonts"
WORDS = {"id": lambda key: f"{key} (id)", "en": lambda key: f"{key} (en)"}


@pytest.fixture(autouse=True)
def fonts() -> Iterator[None]:
    """The fonts of the machine, before ours were added to them."""
    manager = font_manager.fontManager
    before = list(manager.ttflist)
    figures.add_fonts.cache_clear()
    yield
    manager.ttflist[:] = before
    figures.add_fonts.cache_clear()


def draw(language: str, t: Any) -> Figure:
    figure, axes = pyplot.subplots(figsize=(4, 2))
    axes.plot([2018, 2019, 2020], [1.74, 1.58, 2.3], label=t("rate"))
    axes.set_title(t("rate"))
    axes.set_ylabel(r"$x^2$ %")
    axes.legend()
    return figure


def test_two_renders_are_the_same_bytes() -> None:
    first = render(draw, WORDS, 160.0)
    pyplot.figure()
    second = render(draw, dict(reversed(WORDS.items())), 160.0)
    assert first == {language: second[language] for language in WORDS}


def test_each_language_has_its_own_words() -> None:
    rendered = render(draw, WORDS, 160.0)
    assert list(rendered) == ["id", "en"]
    assert rendered["id"]["svg"] != rendered["en"]["svg"]
    assert base64.b64decode(rendered["id"]["png"]).startswith(b"\x89PNG")


def test_nothing_in_a_figure_tells_when_or_where_it_was_made() -> None:
    for files in render(draw, WORDS, 160.0).values():
        assert "date" not in files["svg"].lower()
        assert "matplotlib.org" not in files["svg"]
        assert f"v{matplotlib.__version__}" not in files["svg"]
        assert b"matplotlib" not in base64.b64decode(files["png"]).lower()
        assert "font-family" not in files["svg"]


def test_the_width_is_that_of_the_page_and_the_shape_is_kept() -> None:
    svg = render(draw, {"en": WORDS["en"]}, 127.0)["en"]["svg"]
    assert 'width="360pt" height="180pt"' in svg


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_our_fonts_come_before_those_of_the_machine(weight: str) -> None:
    wanted = font_manager.FontProperties(family=MATPLOTLIB["font.family"], weight=weight)
    other = Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSerif.ttf"
    font_manager.fontManager.ttflist.insert(
        0,
        font_manager.FontEntry(
            fname=str(other), name="Source Sans 3", weight=weight, style="normal"
        ),
    )
    render(draw, {"en": WORDS["en"]}, 160.0)
    found = font_manager.findfont(wanted, fallback_to_default=False, rebuild_if_missing=False)
    assert Path(found).parent == FONTS


def test_fonts_are_added_once() -> None:
    render(draw, {"en": WORDS["en"]}, 160.0)
    count = len(font_manager.fontManager.ttflist)
    render(draw, {"en": WORDS["en"]}, 160.0)
    assert len(font_manager.fontManager.ttflist) == count


def test_the_style_is_ours_while_drawing_and_nobody_elses_afterwards() -> None:
    before = matplotlib.rcParams.copy()
    seen: list[Any] = []

    def spy(language: str, t: Any) -> Figure:
        seen.append(matplotlib.rcParams["axes.prop_cycle"].by_key()["color"])
        return draw(language, t)

    render(spy, {"en": WORDS["en"]}, 160.0)
    assert seen == [list(COLOURS)]
    assert matplotlib.rcParams == before
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize("returned", [None, "axes"])
def test_draw_must_return_its_figure(returned: Any) -> None:
    with pytest.raises(TypeError, match="must return its figure"):
        render(lambda language, t: returned, WORDS, 160.0)


@pytest.mark.parametrize(
    ("language", "options", "value", "text"),
    [
        ("id", {}, 1234.5, "1.234,5"),
        ("en", {}, 1234.5, "1,234.5"),
        ("id", {"digits": 1}, 2, "2,0"),
        ("id", {"scale": 6, "digits": 2}, 1270000, "1,27"),
        ("en", {}, 0.1 + 0.2, "0.3"),
        ("en", {}, -1, "\u22121"),
    ],
)
def test_numbers_on_axes(language: str, options: Any, value: float, text: str) -> None:
    assert number_format(language, **options)(value, 0) == text


def lightness(colour: str) -> float:
    """CIE L* of a colour of sRGB, which is what is left of it in grey."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    light = sum(x * share for x, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
    return float(116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light)


def test_the_first_colours_differ_in_grey_and_all_lines_in_dashes_or_grey() -> None:
    def apart(count: int) -> float:
        pairs = combinations(map(lightness, COLOURS[:count]), 2)
        return min(abs(one - other) for one, other in pairs)

    assert apart(3) > 20
    assert apart(4) > 11
    for one, other in combinations(zip(COLOURS, DASHES, strict=True), 2):
        assert one[1] != other[1] or abs(lightness(one[0]) - lightness(other[0])) > 8


def test_lines_of_one_figure_differ_in_a_grey_print() -> None:
    def bars(language: str, t: Any) -> Figure:
        figure, axes = pyplot.subplots(figsize=(4, 2))
        axes.set_axis_off()
        for number in range(4):
            axes.bar([number], [1], width=1)
        return figure

    (png,) = (files["png"] for files in render(bars, {"en": WORDS["en"]}, 78.0).values())
    pixels = image.imread(BytesIO(base64.b64decode(png)), format="png")
    row = pixels[pixels.shape[0] // 2, :, :3] @ (0.2126, 0.7152, 0.0722)
    greys = sorted({round(float(value), 2) for value in row[:: len(row) // 40] if value < 0.99})
    assert len(greys) >= 4
    assert min(b - a for a, b in pairwise(greys)) > 0.05


def test_no_number_of_a_figure_is_the_same_in_both_languages_where_they_differ() -> None:
    def halves(language: str, t: Any) -> Figure:
        figure, axes = pyplot.subplots(figsize=(4, 2))
        axes.plot([0, 0.5, 1], [0, 1500, 3000])
        return figure

    rendered = render(halves, WORDS, 160.0)
    assert rendered["id"]["svg"] != rendered["en"]["svg"]
