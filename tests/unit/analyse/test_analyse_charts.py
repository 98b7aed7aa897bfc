"""Altair's charts and other SVGs as figures of the paper."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from typing import Any

import altair
import polars as pl
import pytest
from matplotlib import image

from bukti.analyse.charts import format_locale, time_format_locale
from bukti.analyse.figures import DPI, render

WORDS = {"id": lambda key: f"{key} (id)", "en": lambda key: f"{key} (en)"}
FRAME = pl.DataFrame(
    {
        "year": [2018, 2019, 2020],
        "value": [1234.5, 980.25, 1500.0],
        "day": [f"2020-0{month}-01" for month in (1, 5, 8)],
    }
).with_columns(pl.col("day").str.to_date())


def draw(language: str, t: Any) -> Any:
    chart = altair.Chart(FRAME).mark_rect()
    return chart.encode(
        x=altair.X("day:T", title=t("<day> & $5 $6")),
        y=altair.Y("year:O", title=None),
        color=altair.Color("value:Q", title=t("value")),
    ).properties(width=300, height=100)


def test_the_same_bytes_each_time_and_other_words_in_each_language() -> None:
    first = render(draw, WORDS, 160.0)
    assert render(draw, WORDS, 160.0) == first
    assert first["id"]["svg"] != first["en"]["svg"]


def test_nothing_is_left_that_needs_a_font_or_an_address() -> None:
    svg = render(draw, {"en": WORDS["en"]}, 160.0)["en"]["svg"]
    assert not re.search(r"<text|font-|aria-|role=", svg)
    assert re.findall(r"https?://[^\"]*", svg) == ["http://www.w3.org/2000/svg"]
    assert set(re.findall(r"url\(#(\w+)\)", svg)) <= set(re.findall(r'id="(\w+)"', svg))


@pytest.mark.parametrize("width", [160.0, 78.0])
def test_the_figure_is_laid_out_for_its_width(width: float) -> None:
    files = render(draw, {"en": WORDS["en"]}, width)["en"]
    assert f'width="{width:g}mm"' in files["svg"]
    pixels = image.imread(BytesIO(base64.b64decode(files["png"])), format="png")
    assert pixels.shape[1] == pytest.approx(width / 25.4 * DPI, abs=2)
    found = re.search(r'viewBox="0 0 ([\d.]+) ', files["svg"])
    assert found
    assert float(found[1]) == pytest.approx(width / 25.4 * 72, abs=2)


def test_charts_of_several_views_are_scaled() -> None:
    both = lambda language, t: draw(language, t) | draw(language, t)  # noqa: E731
    svg = render(both, {"en": WORDS["en"]}, 160.0)["en"]["svg"]
    assert 'width="160mm"' in svg


def test_numbers_and_dates_are_those_of_the_language() -> None:
    assert format_locale("id")["decimal"] == ","
    assert format_locale("id")["currency"] == ["Rp", ""]
    months = time_format_locale("id")["months"]
    assert (months[0], months[4], months[11]) == ("Januari", "Mei", "Desember")
    assert time_format_locale("id")["days"][0] == "Minggu"
    assert time_format_locale("en")["shortDays"][1] == "Mon"


def test_data_from_an_address_is_not_fetched() -> None:
    def remote(language: str, t: Any) -> Any:
        return altair.Chart("https://example.org/a.csv").mark_bar().encode(x="a:Q")

    with pytest.raises(ValueError, match="not allowed"):
        render(remote, {"en": WORDS["en"]}, 160.0)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">{}</svg>'


def test_an_svg_as_text_is_a_figure() -> None:
    text = '<text x="50" y="20" text-anchor="middle" style="font-size: 9px">Kata</text>'
    files = render(lambda language, t: SVG.format(text), WORDS, 78.0)["id"]
    assert "<path" in files["svg"]
    assert 'height="39mm"' in files["svg"]
    assert base64.b64decode(files["png"]).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("svg", "reason"),
    [
        (SVG.format("<script/>"), "script"),
        (SVG.format("<g>"), "broken"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "neither"),
    ],
)
def test_an_svg_that_is_not_taken(svg: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        render(lambda language, t: svg, WORDS, 78.0)
