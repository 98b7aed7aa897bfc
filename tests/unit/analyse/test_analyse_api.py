"""What a notebook says to bukti, and what it is told where that does not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import IPython.display
import polars as pl
import pytest
from jsonschema import Draft202012Validator
from matplotlib import pyplot
from matplotlib.figure import Figure

import bukti
from bukti.analyse import api, coding
from bukti.analyse.bundle import MIME
from bukti.analyse.context import Context
from bukti.tools.schemas import schema

FRAME = pl.DataFrame({"code": ["Jawa Barat", "11-a"], "rate": [1.0, 2.5]})


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """All that was displayed; each result is checked against its schema."""
    found: list[dict[str, Any]] = []

    def display(data: dict[str, Any], *, raw: bool) -> None:
        Draft202012Validator(schema("result-bundle")).validate(data[MIME])
        found.append(data)

    monkeypatch.setattr(IPython.display, "display", display)
    return found


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FRAME.write_parquet(tmp_path / "t.parquet")
    labels = {"rate": {"id": "Angka", "en": "Rate"}, "only": {"en": "Only"}}
    here = Context(
        languages=("id", "en"), labels=labels, tables={"t": tmp_path / "t.parquet", "a": tmp_path}
    )
    monkeypatch.setattr(api, "context", lambda: here)


def test_the_names_of_the_package_are_these() -> None:
    assert {name: getattr(bukti, name) for name in bukti.__all__} == {
        **{name: getattr(api, name) for name in api.__all__},
        "coding": coding,
    }
    with pytest.raises(AttributeError):
        _ = bukti.nothing


def test_read() -> None:
    assert api.read("t").equals(FRAME)
    with pytest.raises(LookupError, match='no clean table "u" here; there are: a, t'):
        api.read("u")


@pytest.mark.parametrize(
    ("value", "stored", "card"),
    [
        (2.5, 2.5, "c = 2.5 percent"),
        (True, True, "c = True percent"),
        (["a", "b"], ["a", "b"], "c = a, b percent"),
        ("x", "x", "c = x percent"),
    ],
)
def test_a_claim(shown: list[dict[str, Any]], value: Any, stored: Any, card: str) -> None:
    api.claim("c", value, unit="percent")
    (data,) = shown
    assert data[MIME]["value"] == stored
    assert data["text/plain"] == card
    assert f"<strong>{card.split(' = ')[1].removesuffix(' percent')}</strong>" in data["text/html"]


def test_a_card_is_no_markup(shown: list[dict[str, Any]]) -> None:
    api.claim("c", "<b>")
    assert "&lt;b&gt;" in shown[0]["text/html"]
    assert "<b>" not in shown[0]["text/html"]


def test_a_claim_from_a_frame(shown: list[dict[str, Any]]) -> None:
    api.claim("one", FRAME.head(1), column="rate")
    api.claim("cell", FRAME.head(1).select("rate"))
    api.claim("sum", 3.5, rows=FRAME)
    one, cell, total = (data[MIME] for data in shown)
    assert (one["value"], one["rows"]) == (1, [{"code": "Jawa Barat", "rate": 1}])
    assert (cell["value"], cell["rows"]) == (1, [{"rate": 1}])
    assert (total["value"], len(total["rows"])) == (3.5, 2)


@pytest.mark.parametrize(
    ("value", "options", "message"),
    [
        (FRAME, {"column": "rate"}, "a frame of one row is needed, this has 2"),
        (FRAME.head(0), {"column": "rate"}, "this has 0"),
        (FRAME.head(1), {}, "say which `column` is the value"),
        (FRAME.head(1), {"column": "no"}, "no column 'no'"),
        (5, {"column": "rate"}, "`column` goes with a frame"),
    ],
)
def test_a_claim_that_does_not_fit(
    shown: list[dict[str, Any]], value: Any, options: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        api.claim("c", value, **options)
    assert shown == []


@pytest.mark.parametrize("name", ["Rate", "1a", "a-b", "a.", "", "a b", "a..b", "é"])
def test_an_id_that_is_none(shown: list[dict[str, Any]], name: str) -> None:
    with pytest.raises(ValueError, match="is no id"):
        api.claim(name, 1)
    with pytest.raises(ValueError, match="is no id"):
        api.claims(name, FRAME, key="code", value="rate")
    with pytest.raises(ValueError, match="is no id"):
        api.figure(name, draw)
    with pytest.raises(ValueError, match="is no id"):
        api.table(name, FRAME)
    assert shown == []


def test_a_family(shown: list[dict[str, Any]]) -> None:
    api.claims("rate", FRAME, key="code", value="rate", unit="percent")
    (data,) = shown
    assert [member["key"] for member in data[MIME]["members"]] == ["jawa_barat", "11_a"]
    assert data["text/plain"] == "rate.jawa_barat = 1 percent\nrate.11_a = 2.5 percent"


def test_a_family_that_does_not_fit() -> None:
    with pytest.raises(ValueError, match="'a_b' stands twice"):
        api.claims("f", pl.DataFrame({"k": ["a b", "A-B"], "v": [1, 2]}), key="k", value="v")
    with pytest.raises(ValueError, match="is no id"):
        api.claims("f", pl.DataFrame({"k": ["é"], "v": [1]}), key="k", value="v")


def draw(language: str, t: Any) -> Figure:
    figure, axes = pyplot.subplots(figsize=(2, 1))
    axes.set_title(t("rate"))
    return figure


def test_a_figure(shown: list[dict[str, Any]]) -> None:
    api.figure("trend", draw, width="half")
    (data,) = shown
    assert list(data[MIME]["files"]) == ["id", "en"]
    assert data[MIME]["width"] == 78.0
    assert data["image/png"] == data[MIME]["files"]["id"]["png"]
    assert "text/html" not in data


@pytest.mark.parametrize("key", ["none", "only"])
def test_a_word_that_is_missing(key: str) -> None:
    def draw_without(language: str, t: Any) -> Figure:
        return draw(language, lambda _: t(key))

    with pytest.raises(LookupError, match=f'no "{key}" in id'):
        api.figure("trend", draw_without)
    pyplot.close("all")


def test_a_width_that_is_none() -> None:
    with pytest.raises(ValueError, match="width must be one of text, half"):
        api.figure("trend", draw, width="full")


def test_a_table(shown: list[dict[str, Any]]) -> None:
    api.table("t", FRAME, columns=["rate"], digits={"rate": 1})
    api.table("u", FRAME)
    first, second = (data[MIME] for data in shown)
    assert (first["columns"], first["digits"]) == (["rate"], {"rate": 1})
    assert first["rows"] == [{"rate": 1}, {"rate": 2.5}]
    assert second["columns"] == ["code", "rate"]
    assert shown[0]["text/plain"] == "table t: 2 rows, columns rate"
    with pytest.raises(ValueError, match="no column x, y"):
        api.table("t", FRAME, columns=["x", "rate", "y"])


def test_a_table_keeps_what_its_layout_needs(shown: list[dict[str, Any]]) -> None:
    frame = FRAME.with_columns(flag=pl.lit("a"), source_id=pl.lit("S_A"))
    api.table("t", frame, columns=["rate"], marks={"rate": "flag"}, sections="code", totals=1)
    (data,) = (each[MIME] for each in shown)
    assert list(data["rows"][0]) == ["rate", "flag", "code"]
    assert (data["columns"], data["sections"], data["totals"]) == (["rate"], "code", 1)
    assert data["sources"] == ["S_A"]


def test_a_figure_names_the_sources_of_its_rows(shown: list[dict[str, Any]]) -> None:
    api.figure("trend", draw, rows=FRAME.with_columns(source_id=pl.lit("S_A")))
    api.figure("other", draw)
    assert shown[0][MIME]["sources"] == ["S_A"]
    assert "sources" not in shown[1][MIME]
