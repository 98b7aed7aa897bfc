"""What the page is made of: grounds, rows stored once, texts with marks, sources, cells."""

from __future__ import annotations

from typing import Any

import pytest
from tests.report_samples import (
    SEGMENT,
    cleaning,
    documentary,
    edition_of,
    entry,
    given,
    ledger_of,
    notebook,
    results,
    sample,
)

from bukti.base.diagnostic import diagnose
from bukti.gate.verdict import Judged
from bukti.report.claims import MOST_ROWS, Closed, RowPool, claims_data
from bukti.report.cleaning import cleaning_data, lines_behind, lines_of
from bukti.report.exhibits import ImagePool
from bukti.report.findings import counts_of_findings, findings_data
from bukti.report.grounds import counts_of, ground_of
from bukti.report.notebooks import BUNDLE, LARGEST_PICTURE, notebook_data
from bukti.report.sources import shares_of, sources_in_use
from bukti.report.summary import summary_of
from bukti.report.texts import coverage_of, edition_data, places_of_marks

TWO = [{"rate": 2.3}, {"rate": 1.0}]


@pytest.mark.parametrize(
    ("claim", "ground"),
    [
        (entry("a"), "transcribed"),
        (entry("a", value=0.7), "computed"),
        (entry("a", evidence={"rows": TWO}), "computed"),
        (entry("a", evidence={"rows": []}), "computed"),
        (entry("a", kind="test", value=True, evidence={"rows": [{"held": 1}]}), "computed"),
        (entry("a", kind="text", value="x", evidence={"rows": [{"name": "x"}]}), "transcribed"),
        (entry("a", value=1, evidence={"rows": [{"held": True}]}), "computed"),
        (entry("a", evidence={"count": {"of": "segments"}}), "computed"),
        (given("a"), "given"),
        (documentary("a", [SEGMENT]), "documented"),
        (entry("a", kind="quotation"), "quotation"),
    ],
)
def test_the_ground_of_a_claim(claim: dict[str, Any], ground: str) -> None:
    assert ground_of(claim) == ground


def test_only_claims_in_use_are_counted() -> None:
    claims = [entry("a"), entry("b", status="stale"), entry("c", status="unused")]
    counts = counts_of(claims)
    assert counts["transcribed"] == {"used": 2, "holds": 1}
    assert counts["computed"] == {"used": 0, "holds": 0}


def test_rows_are_stored_once_and_no_more_than_the_limit() -> None:
    pool = RowPool()
    many = [{"n": number} for number in range(MOST_ROWS + 5)]
    found = claims_data(
        [entry("a"), entry("b"), entry("c", evidence={"rows": many, "row_numbers": []})],
        {},
        pool,
        Closed(),
    )
    assert found[0]["rows"] == found[1]["rows"] == [0]
    assert found[2]["more"] == 5
    assert len(pool.rows) == MOST_ROWS + 1
    assert pool.to_json()["columns"] == [["rate", "year"], ["n"]]
    assert pool.rows[0] == [0, 2.3, 2020]


def test_row_numbers_stand_only_where_each_row_has_one() -> None:
    pool = RowPool()
    found = claims_data([entry("a"), entry("b", evidence={"rows": TWO})], {}, pool, Closed())
    assert found[0]["numbers"] == [1]
    assert "numbers" not in found[1]


def test_an_approval_stands_for_no_truth_but_is_told() -> None:
    same = {"value": 2.3, "unit": "percent"}
    claims = [
        entry("a", accepted=same),
        entry("b", accepted={**same, "value": 2.4}),
        entry("c"),
    ]
    found = claims_data(claims, {}, RowPool(), Closed())
    assert [each.get("approved") for each in found] == ["same", "moved", None]
    assert summary_of(ledger_of(claims), (), ())["approved"] == {"all": 2, "same": 1}


def test_nothing_of_value_is_lost_where_it_is_nought_or_false() -> None:
    claims = [entry("a", value=0), entry("b", kind="test", value=False)]
    assert [each["value"] for each in claims_data(claims, {}, RowPool(), Closed())] == [0, False]


def test_what_not_everyone_may_see_is_not_on_the_page() -> None:
    path = "analysis/notebooks/10-rates.ipynb"
    closed = Closed(tables=frozenset({"rates"}), notebooks=frozenset({path}), passages=True)
    pool = RowPool()
    free = entry("c", evidence={"table": None, "notebook": "other"})
    claims = [entry("a"), entry("b", evidence={"table": None}), free, documentary("d", [SEGMENT])]
    found = claims_data(claims, {}, pool, closed)
    assert [each.get("withheld") for each in found] == [True, True, None, None]
    assert [each["more"] for each in found] == [1, 1, 0, 0]
    assert SEGMENT["text"] not in pool.rows[1]
    assert cleaning_data(cleaning(), {1}, closed=True)["changes"][0]["values"] == []
    card = {"output_type": "display_data", "data": {BUNDLE: {"kind": "value"}, "text/plain": "c"}}
    executed = notebook()
    executed["cells"][0]["outputs"].append(card)
    data = notebook_data("10-rates", executed, results(), closed=True)
    assert data["cells"][0]["outputs"] == [*[{"withheld": True}] * 4, {"text": "c"}]


def test_marks_lie_in_their_passage_even_where_two_say_the_same() -> None:
    edition = edition_of("en", ["rate.2020", "rate.2020"])
    placed = places_of_marks(edition)
    assert [each.passage for each in placed] == [1, 2]
    data = edition_data(edition, placed)
    start, end, number = data["passages"][1]["marks"][0]
    assert data["passages"][1]["text"][start:end] == "2.3 percent"
    assert number == 0


def test_a_mark_with_options_is_found_in_its_passage() -> None:
    placed = places_of_marks(edition_of("en", ["rate.2020"], options="?of=rate"))
    assert [each.passage for each in placed] == [1]
    assert placed[0].start is not None


def test_coverage_counts_sentences_of_running_text_only() -> None:
    found = coverage_of(edition_of("en", ["a", "b"]))
    assert (found["sentences"], found["marked"], found["cited"]) == (4, 2, 0)


def test_raw_lines_behind_rows() -> None:
    assert lines_behind({"rates": cleaning()}, {"rates": {1, 3, 9}}) == {"rates.csv": {2, 4}}
    assert lines_of(iter(["a\n", "b\n", "c" * 700]), {2, 3, 8}) == {
        "2": "b",
        "3": "c" * 600 + "…",
    }
    several = {**cleaning(), "rows_in": {"a.csv": 1, "b.csv": 2}}
    assert lines_behind({"rates": several}, {"rates": {1}}) == {}
    assert cleaning_data(cleaning(), {1})["origin"] == {"1": 2}


def test_what_a_notebook_gave_as_html_is_left_out() -> None:
    data = notebook_data("10-rates", notebook(), results())
    assert data["cells"][0]["outputs"] == [{"text": "2.3"}, {"text": "2.3"}, {"text": "E: 2.3"}]


def test_pictures_of_cells() -> None:
    def shown(picture: str) -> Any:
        output = {"output_type": "display_data", "data": {"image/png": picture}}
        cell = {"cell_type": "code", "source": "", "outputs": [output]}
        return notebook_data("a", {"cells": [cell]}, results())["cells"][0]["outputs"][0]

    assert shown("QUJD\n") == {"picture": "data:image/png;base64,QUJD"}
    assert shown("A" * (LARGEST_PICTURE + 1)) == {"left": "image/png", "size": 90000}


def test_a_picture_is_stored_once_and_as_pixels_where_these_are_lighter() -> None:
    pool = ImagePool()
    assert [pool.index(b"<svg/>", b"p"), pool.index(b"<svg/>", b"q")] == [0, 0]
    assert pool.index(b"x" * 400_000, b"pixels") == 1
    assert pool.images == ["<svg/>", "data:image/png;base64,cGl4ZWxz"]


def test_shares_are_of_the_sources_in_use() -> None:
    register = {
        "S_A": {"title": "a", "publisher": "P", "standing": "secondary"},
        "S_B": {"title": "b", "publisher": "P", "standing": "primary", "access": "closed"},
        "S_C": {"title": "c", "publisher": "Q"},
        "S_D": {"title": "d", "publisher": "Q", "standing": "secondary"},
    }
    unused = entry("b", status="unused", evidence={"sources": ["S_D"]})
    used = sources_in_use([entry("a"), unused], [{"sources": ["S_B", "S_C"]}])
    assert used == ("S_A", "S_B", "S_C")
    assert shares_of(used, register) == {
        "used": 3,
        "registered": 4,
        "secondary": 1,
        "unknown": 1,
        "restricted": 1,
        "publisher": "P",
        "of_publisher": 2,
    }
    assert shares_of((), {})["publisher"] == ""


def test_findings_speak_both_languages_and_keep_their_reasons() -> None:
    open_ = Judged(finding=diagnose("CLM301", id="a"))
    waived = Judged(finding=diagnose("PAR212", language="en"), waived="because")
    found = findings_data([open_])
    assert found[0]["message"]["id"] != found[0]["message"]["en"]
    assert found[0]["claims"] == ["a"]
    counts = counts_of_findings([open_, waived])
    assert (counts["waived"], counts["parity"]) == (1, 0)


def test_what_nobody_compared_is_counted() -> None:
    places = {"ground": "locators", "sources": 1, "support": 1, "against": 0}
    claims = [
        documentary("a", [SEGMENT]),
        entry("b", kind="documentary", grade=places),
        entry("c", kind="documentary", grade=places, status="unused"),
    ]
    ledger = ledger_of(claims, confinement={"x": "unconfined", "y": "landlock"})
    found = summary_of(ledger, (), ())
    assert found["documents"] == {"all": 2, "locators": 1, "one_source": 2, "against": 0}
    assert found["unconfined"] == 1


def test_a_figure_leads_to_its_words() -> None:
    data = sample()
    figure = next(each for each in data["products"] if each["kind"] == "figure")
    use = figure["uses"]["en"][0]
    passages = data["editions"][1]["passages"]
    assert passages[use["caption"]]["kind"] == "caption"
    assert passages[use["alt"]]["text"] == "What the figure says"
    assert figure["images"] == {"id": 0, "en": 0}
