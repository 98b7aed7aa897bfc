"""Figures by their data and then their pixels, tables by their cells, papers by what they print."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from tests.unit.verify.builds import NOTEBOOK, built, results

from bukti.base.diagnostic import diagnose
from bukti.base.digest import digest_bytes
from bukti.printed.against import Compared
from bukti.verify.exhibits import figure_verdicts, other_pixels, table_verdicts
from bukti.verify.papers import paper_verdicts
from bukti.verify.verdict import Outcome, Verdict

FOLDER = "outputs/results/10-loans/trend.en"
DATA = "data/clean/loans.csv"


def picture(size: tuple[int, int] = (100, 100), dots: int = 0) -> bytes:
    image = Image.new("RGB", size, "white")
    for place in range(dots):
        image.putpixel((place % size[0], place // size[0]), (200, 0, 0))
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def figure(
    svg: bytes = b"<svg/>", png: bytes = b"", data: bytes = b"1", recorded: Any = None
) -> Any:
    digest = digest_bytes(svg) if recorded is None else recorded
    products = {"trend": {"cell": 4, "width": 160, "digests": {"en": digest}}}
    files = {f"{FOLDER}.svg": svg, f"{FOLDER}.png": png or picture(), DATA: data}
    return built(files=files, results=results(figures=products))


def only(verdicts: tuple[Verdict, ...]) -> tuple[str, list[str]]:
    (found,) = verdicts
    return str(found.outcome), [reason.key for reason in found.reasons]


@pytest.mark.parametrize(
    ("theirs", "ours", "outcome", "reasons"),
    [
        (figure(), figure(), "reproduced", []),
        (
            figure(b"<svg a/>", picture(dots=9)),
            figure(b"<svg b/>"),
            "within-tolerance",
            ["verify-figure-pixels", "verify-figure-same-data"],
        ),
        (
            figure(b"<svg a/>", picture(dots=9), data=b"2"),
            figure(b"<svg b/>"),
            "differs",
            ["verify-figure-pixels", "verify-figure-other-data"],
        ),
        (
            figure(b"<svg a/>", picture(dots=900)),
            figure(b"<svg b/>"),
            "differs",
            ["verify-figure-pixels", "verify-figure-same-data"],
        ),
        (
            figure(b"<svg swapped/>", recorded=digest_bytes(b"<svg/>")),
            figure(),
            "differs",
            ["verify-figure-swapped", "verify-figure-same-data"],
        ),
        (
            figure(b"<svg a/>", b"no picture"),
            figure(b"<svg b/>"),
            "differs",
            ["verify-figure-size", "verify-figure-same-data"],
        ),
        (figure(), built(results=results()), "missing", ["verify-not-made"]),
        (built(results=results()), figure(), "differs", ["verify-not-in-archive"]),
    ],
)
def test_figures(theirs: Any, ours: Any, outcome: str, reasons: list[str]) -> None:
    assert only(figure_verdicts(theirs, ours, ())) == (outcome, reasons)


def test_a_figure_whose_notebook_stopped_is_not_checkable() -> None:
    outcome, reasons = only(figure_verdicts(figure(), built(), {NOTEBOOK}))
    assert (outcome, reasons) == ("not-checkable", ["verify-notebook-stopped"])


def test_pixels() -> None:
    assert other_pixels(picture(), picture()) == 0
    assert other_pixels(picture(), picture(dots=100)) == pytest.approx(0.01)
    assert other_pixels(picture(), picture((10, 10))) is None
    assert other_pixels(b"", picture()) is None


def table(rows: Any, **more: Any) -> Any:
    plain = {"cell": 5, "columns": ["year", "books"], "digits": {}, "rows": rows}
    return built(results=results(tables={"loans": {**plain, **more}}))


ROWS = [{"year": 2019, "books": 20}, {"year": 2020, "books": 24}]
TYPED = {"tables": ["loans"], "computed": False}


@pytest.mark.parametrize(
    ("theirs", "ours", "outcome", "reasons"),
    [
        (table(ROWS), table(ROWS), "reproduced", []),
        (table(ROWS, **TYPED), table(ROWS, **TYPED), "matches-table-only", []),
        (
            table(ROWS),
            table([ROWS[0], {"year": 2020, "books": 25}]),
            "differs",
            ["verify-table-cell"],
        ),
        (table(ROWS), table(ROWS[:1]), "differs", ["verify-table-shape"]),
        (table(ROWS), table(ROWS, totals=1), "differs", ["verify-table-layout"]),
        (table(ROWS), built(results=results()), "missing", ["verify-not-made"]),
    ],
)
def test_tables(theirs: Any, ours: Any, outcome: str, reasons: list[str]) -> None:
    assert only(table_verdicts(theirs, ours, (), ())) == (outcome, reasons)


def test_a_table_of_received_files_matches_its_source() -> None:
    both = table(ROWS, **TYPED)
    assert only(table_verdicts(both, both, (), {"loans"}))[0] == "matches-source"


PAPER = "outputs/papers/paper.en.pdf"
GOOD = Compared(path=PAPER, marks=7, held=7)
BAD = Compared(path=PAPER, marks=7, held=6, findings=(diagnose("VER202", language="en"),))


@pytest.mark.parametrize(
    ("theirs", "ours", "read", "outcome"),
    [
        (b"1", b"1", GOOD, Outcome.REPRODUCED),
        (b"1", b"2", GOOD, Outcome.WITHIN),
        (b"1", b"2", BAD, Outcome.DIFFERS),
        (b"1", b"1", BAD, Outcome.CONTRADICTED),
        (b"1", b"1", None, Outcome.UNCHECKED),
        (b"1", None, GOOD, Outcome.UNCHECKED),
        (None, b"1", GOOD, Outcome.DIFFERS),
    ],
)
def test_papers(
    theirs: bytes | None, ours: bytes | None, read: Compared | None, outcome: Outcome
) -> None:
    old, new = (built(files={PAPER: data} if data else {}) for data in (theirs, ours))
    (found,) = paper_verdicts(old, new, {PAPER: read} if read else {})
    assert (found.id, found.outcome) == ("paper.en.pdf", outcome)
