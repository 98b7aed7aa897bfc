"""The report of a real build: from the paper to a claim; what a wrong text makes of it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from .conftest import Compendium

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
REPORT = "outputs/report/index.html"
needs_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser.new_page()
        browser.close()


def data_of(paper: Compendium) -> dict[str, Any]:
    text = paper.path(REPORT).read_text(encoding="utf-8")
    block = re.search(r'<script type="application/json" id="report-data">(.*?)</script>', text)
    assert block
    found: dict[str, Any] = json.loads(block[1])
    return found


@needs_a_browser
def test_the_paper_leads_to_the_claim_and_down_to_the_raw_line(
    built_once: Compendium, page: Page
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"file://{built_once.path('outputs/papers/paper.id.html')}")
    address = page.locator('a[href*="#claim-days_longest"][href^="../report"]').get_attribute(
        "href"
    )
    page.goto(f"file://{built_once.path('outputs/papers')}/{address}")
    assert page.evaluate("document.documentElement.lang") == "id"
    assert page.locator("#claim-detail h2").inner_text() == "days_longest"
    detail = page.locator("#claim-detail").inner_text()
    for part in ("analysis/notebooks/10-months.ipynb", "data/raw/months.csv", "months"):
        assert part in detail
    for view in ("overview", "text", "exhibits", "sources", "data", "parity", "findings", "build"):
        page.goto(page.url.partition("#")[0] + f"#{view}")
        assert page.locator("#main h2").count() == 1
    assert complaints == []


def test_it_judges_as_the_gate_does(paper: Compendium) -> None:
    paper.replace("manuscript/en/02-results.md", "](claim:days_longest)", "](claim:days_none)")
    assert paper.run("build").status == 1
    gate = json.loads(paper.path("outputs/findings.json").read_bytes())["findings"]
    shown = data_of(paper)
    assert [each["code"] for each in shown["findings"]] == [each["code"] for each in gate]
    assert shown["summary"]["statuses"]["holds"] < sum(shown["summary"]["statuses"].values())
