"""A notebook in R, where the kernel is installed (skipped elsewhere, and pytest says so)."""

from __future__ import annotations

import json
from base64 import b64decode

import pytest
from tests.unit.analyse.conftest import NAME, NOTEBOOK, Paper

from bukti.tools.confine import level
from bukti.tools.kernel_specs import installed_kernels

pytestmark = pytest.mark.skipif("ir" not in installed_kernels(), reason="IRkernel not installed")

START = 'source(Sys.getenv("BUKTI_R"))\nloans <- bukti_read("loans")'
STATE = """
bukti_claim("rise", loans$share[2] / 3, unit = "percent", rows = loans[2, ])
bukti_claim("names", c("a", "b"))
bukti_claim("one", "é")
bukti_claim("met", all(loans$loans > limit))
bukti_claims("share", loans, key = "year", value = "share", unit = "percent")
bukti_table("years", loans, digits = list(share = 2))
"""
DRAW = """
bukti_figure("trend", function(language, t) {
  plot(loans$year, loans$share, type = "b", ylab = t("loans"), axes = FALSE)
  axis(1, loans$year)
  axis(2, axTicks(2), bukti_number(axTicks(2), language, 1))
})
"""


@pytest.fixture
def r(paper: Paper) -> Paper:
    paper.kernel = {"name": "ir", "language": "R"}
    return paper


def test_r_states_the_same_bundles(r: Paper) -> None:
    r.settings("notebooks:\n  parameters: {10-loans: {limit: 5000}}\n")
    r.cells("limit <- 1", START, STATE, DRAW, tags={1: "parameters"})
    products = r.run()
    results = json.loads(products.files[f"outputs/results/{NAME}.json"])
    values = {name: claim["value"] for name, claim in results["claims"].items()}
    assert values["rise"] == pytest.approx(8.05 / 3, abs=1e-11)
    assert (values["names"], values["one"], values["met"]) == (["a", "b"], "é", True)
    assert values["share.2019"] == 12.4
    assert results["claims"]["rise"]["evidence"]["row_numbers"] == [2]
    assert results["tables"]["years"]["columns"] == ["year", "loans", "share"]
    svg, png = (
        products.files[f"outputs/results/{NAME}/trend.id.{kind}"] for kind in ("svg", "png")
    )
    assert b"<text" not in svg
    assert png.startswith(b"\x89PNG")
    assert svg != products.files[f"outputs/results/{NAME}/trend.en.svg"]
    again = r.run()
    assert again.files == products.files
    shown = json.loads(products.files[f"outputs/results/{NAME}.ipynb"])
    assert b64decode(shown["cells"][4]["outputs"][0]["data"]["image/png"]).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('stop("no such thing")', "ANA201 {}:cell 2:1"),
        ('readline("name? ")', "ANA206 {}:cell 2:1"),
        ("tools::pskill(Sys.getpid(), 9)", "ANA205 {}:cell 2:1"),
        ("while (TRUE) {}", "ANA204 {}:cell 2:1"),
    ],
)
def test_ways_to_fail(r: Paper, source: str, fault: str) -> None:
    r.settings(
        f"notebooks:\n  limits: {{10-loans: {{seconds: {3 if 'while' in source else 60}}}}}\n"
    )
    r.cells(START, source, "1")
    assert r.faults() == [fault.format(NOTEBOOK)]


def test_r_is_confined(r: Paper) -> None:
    if level() == "unconfined":
        return
    path = r.root / "data/raw/loans.csv"
    r.cells(START, f'read.csv("{path}")')
    assert r.faults() == [f"ANA202 {NOTEBOOK}:cell 2:1"]
