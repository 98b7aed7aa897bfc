"""The page in a browser: search, links, keys, languages, paper, hostile words, many claims."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright
from tests.report_samples import sample

from bukti.report.page import page_of

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
VIEWS = (
    "overview",
    "claims",
    "claim-rate.2000",
    "claim-seen",
    "given-age.child",
    "text",
    "exhibits",
    "figure-trend",
    "table-rates",
    "sources",
    "source-S_A",
    "data",
    "data-rates",
    "notebook-10-rates?cell=1",
    "parity",
    "findings",
    "build",
)
HOSTILE = (
    "<script>window.caught = 1</script>",
    "</script><script>window.caught = 1</script>",
    "<img src=x onerror='window.caught = 1'>",
    '"><svg onload="window.caught = 1">',
    "<!--<script>window.caught = 1</script>-->",
    "javascript:window.caught=1",
    "</style><style>*{display:none}</style>",
    "';window.caught=1;//",
    "{part}{{whole}}`${window.caught=1}`",
    "__proto__",
    "]]></svg><iframe srcdoc='<script>top.caught=1</script>'>",
    "\u202etxt.exe\u0000\ud800",
)
ODD = "script, iframe, object, embed, link, style, [onerror], [onload], [style], [srcdoc]"
ADDRESSES = "[...document.querySelectorAll('[href]')].map((each) => each.getAttribute('href'))"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the page of some data at a place; at the end it has neither complained nor loaded."""
    complaints: list[str] = []
    context = browser.new_context()

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            complaints.append(request.url)

    def open_(
        data: dict[str, Any], place: str = "", language: str = "en", width: int = 1280
    ) -> Page:
        file = tmp_path / "index.html"
        file.write_bytes(page_of(data))
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", asked)
        page.goto(f"file://{file}?lang={language}#{place}")
        return page

    yield open_
    context.close()
    assert complaints == []


def go(page: Page, place: str) -> None:
    """Follows a link within the page; it has drawn the place when this returns."""
    page.evaluate(
        """place => new Promise((done) => {
          if (location.hash === place) { done(); return; }
          addEventListener("hashchange", () => done(), { once: true });
          location.hash = place;
        })""",
        f"#{place}",
    )


def headings(page: Page) -> list[str]:
    return page.locator("#main .view-heading").all_inner_texts()


def test_search_and_filters(opened: Open) -> None:
    page = opened(sample(claims=5), "claims")
    items = page.locator("ul.claims > li")
    assert items.count() == 7
    page.get_by_label("Search").fill("RATE.2003")
    assert items.count() == 1
    assert page.locator(".count").inner_text() == "1 of 7 claims"
    page.get_by_label("Search").fill("")
    page.get_by_label("Ground").select_option("documented")
    assert page.locator("ul.claims .id").all_inner_texts() == ["seen"]
    page.get_by_role("button", name="Clear all").click()
    assert items.count() == 7


def test_an_address_sets_filters_and_keeps_no_older_one(opened: Open) -> None:
    page = opened(sample(), "claims?ground=given&status=unused")
    assert page.locator("ul.claims > li").count() == 0
    go(page, "claims?ground=given")
    assert page.locator("ul.claims > li").count() == 1
    assert page.get_by_label("Status").input_value() == ""


def test_a_deep_link_shows_all_behind_a_claim(opened: Open) -> None:
    page = opened(sample(), "claim-rate.2000")
    assert headings(page)[-1] == "rate.2000"
    detail = page.locator(".detail").inner_text()
    for part in (
        "2.3 percent in 2020",
        "2,3 persen pada 2020",
        "claim()",
        "data/raw/rates.csv line 2",
    ):
        assert part in detail
    assert "told" in detail
    assert page.locator('.detail a[href="https://a.example/"]').count() == 1
    assert page.evaluate("document.activeElement.textContent") == "rate.2000"


def test_a_link_to_what_is_not_there_says_so(opened: Open) -> None:
    page = opened(sample(), "claim-none")
    assert "claim-none" in headings(page)[-1]
    assert page.locator("ul.claims > li").count() == 5


def test_evidence_against_stands_beside_evidence_for(opened: Open) -> None:
    page = opened(sample(), "claim-seen")
    assert page.locator("ul.documents:not(.against) > li").count() == 1
    assert page.locator("ul.documents.against > li").count() == 1


def test_keys(opened: Open) -> None:
    page = opened(sample())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    go(page, "claims")
    page.locator("ul.claims a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.locator(".detail h2").wait_for()
    assert page.evaluate("location.hash") == "#claim-seen"
    assert page.locator('ul.claims a[aria-current="true"] .id').inner_text() == "seen"


def test_the_language_changes_and_the_place_stays(opened: Open) -> None:
    page = opened(sample(), "claim-rate.2000")
    page.get_by_role("button", name="Indonesia").click()
    assert page.evaluate("document.documentElement.lang") == "id"
    assert page.evaluate("location.hash") == "#claim-rate.2000"
    assert page.title().startswith("Laporan bukti")
    assert "Dari mana asalnya" in page.locator(".detail").inner_text()
    assert page.locator(".value").inner_text() == "2,3 persen"


def test_the_first_screen_says_first_what_was_not_checked(opened: Open) -> None:
    page = opened(sample())
    titles = page.locator("#main h3").all_inner_texts()
    assert titles[:2] == ["Not checked", "Checked at the last build"]
    text = page.locator("#main").inner_text()
    assert "Sentences without a mark, English: 4 of 8" in text
    assert "Findings that the authors waived, with reasons: 1." in text
    page.get_by_text("Sentences without a mark, English").click()
    page.locator(".prose").wait_for()
    assert page.locator(".prose .unmarked").count() == 4
    assert page.locator(".prose .marked").count() == 0


def test_on_paper_everything_is_open(opened: Open) -> None:
    page = opened(sample(claims=300), "claims")
    assert page.locator("ul.claims > li").count() < 300
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("ul.claims > li").count() == 302
    page.goto(page.url.partition("#")[0] + "#data-rates")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert not page.locator("nav").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() == 1


def test_thousands_of_claims_are_drawn_piece_by_piece(opened: Open) -> None:
    page = opened(sample(claims=5000), "claims")
    items = page.locator("ul.claims > li")
    first = items.count()
    assert first < 500
    page.get_by_role("button", name="Show more").scroll_into_view_if_needed()
    items.nth(first).wait_for()
    page.get_by_label("Search").fill("rate.6999")
    assert page.locator("ul.claims .id").all_inner_texts() == ["rate.6999"]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_become_markup_or_run(opened: Open, words: str) -> None:
    page = opened(sample(claims=2, words=words))
    assert page.locator("script").count() == 2
    for view in VIEWS:
        go(page, view)
        assert page.evaluate("window.caught") is None
        assert page.locator(f"body :is({ODD})").count() == 2, view
        for address in page.evaluate(ADDRESSES):
            assert address.startswith(("#", "https://a.example/", "../papers/paper.")), address
    go(page, "claim-seen")
    expected = words.encode("utf-8", "replace").decode()
    assert page.locator(".documents blockquote").first.text_content() == expected


def test_only_links_that_are_safe_become_links(opened: Open) -> None:
    data = sample()
    data["sources"][0]["url"] = "javascript:window.caught=1"
    data["paper"]["papers"] = ["outputs/papers/../../secret.html"]
    page = opened(data, "source-S_A")
    assert page.locator('a[href^="javascript"]').count() == 0
    assert "javascript:window.caught=1" in page.locator("#main").inner_text()
    go(page, "overview")
    assert page.locator('a[href*="secret"]').count() == 0


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_everyone_can_read_it(opened: Open, language: str, width: int) -> None:
    page = opened(sample(words="a_long_word_" * 12), "", language, width)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    for view in VIEWS:
        go(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view
        found = Axe().run(page, options=rules).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], view


def test_it_can_be_read_in_the_dark(opened: Open) -> None:
    page = opened(sample())
    page.emulate_media(color_scheme="dark")
    for view in ("overview", "claim-seen", "text", "findings", "build"):
        go(page, view)
        found = Axe().run(page, options={"runOnly": ["wcag2aa"]}).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], view
