from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from bukti.render.html import render_html
from bukti.render.plan import Invocation
from bukti.tools import pandoc

Paper = Callable[..., Invocation]
_VOID = {"meta", "img", "br", "col", "hr", "wbr"}


class Reader(HTMLParser):
    """Gathers tags, and notices those that are not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop() == tag


@pytest.fixture(name="page", scope="module")
def page_fixture(paper: Paper) -> str:
    data, found = render_html(paper(), convert=pandoc.convert)
    assert found == ()
    return data.decode()


@pytest.fixture(name="tags", scope="module")
def tags_fixture(page: str) -> list[tuple[str, dict[str, str]]]:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader.tags


Tags = list[tuple[str, dict[str, str]]]


def test_the_same_paper_gives_the_same_bytes(paper: Paper, page: str) -> None:
    assert render_html(paper(), convert=pandoc.convert)[0].decode() == page


def test_nothing_is_loaded_from_anywhere(page: str, tags: Tags) -> None:
    for tag, values in tags:
        assert values.get("src", "data:").startswith("data:")
        assert tag not in ("link", "iframe", "object", "embed")
    style = page[page.index("<style>") : page.index("</style>")]
    assert not re.search(r'url\((?!"data:font/woff;base64,)|@import|http', style)


def test_it_can_be_read_without_eyes(tags: Tags) -> None:
    assert tags[0] == ("html", {"lang": "id"})
    assert all(values["alt"] for tag, values in tags if tag == "img")
    assert all(values["scope"] == "col" for tag, values in tags if tag == "th")
    assert {values["lang"] for _, values in tags if values.get("class") == "abstract"} == {
        "id",
        "en",
    }
    assert [tag for tag, _ in tags].count("h1") == 1
    identifiers = [values["id"] for _, values in tags if values.get("id")]
    assert len(identifiers) == len(set(identifiers))


def test_links_within_the_page_lead_somewhere(tags: Tags) -> None:
    identifiers = {values.get("id") for _, values in tags}
    inner = [values["href"] for tag, values in tags if tag == "a" and values["href"][0] == "#"]
    assert inner
    assert {each[1:] for each in inner} <= identifiers


def test_marks_say_their_claims_and_status(tags: Tags) -> None:
    marks = [values for _, values in tags if values.get("class") == "mark"]
    assert len(marks) == 7
    stale = next(each for each in marks if each["data-status"] == "stale")
    assert stale["data-claims"] == "rate.2019"
    assert stale["title"] == "Bukti: rate.2019 (kedaluwarsa)"


def test_evidence_cannot_end_its_element(paper: Paper) -> None:
    import dataclasses

    given = dataclasses.replace(paper(), evidence=b'{"a": "</script><img src=http://x>"}')
    page = render_html(given, convert=pandoc.convert)[0].decode()
    assert "</script><img" not in page


def test_the_page_tells_machines_of_the_paper_and_its_claims(paper: Paper) -> None:
    page = render_html(paper(), convert=pandoc.convert)[0].decode()
    script = page.partition('<script type="application/ld+json" id="evidence">')[2]
    article = json.loads(script.partition("</script>")[0])
    assert article["@context"][0] == "https://schema.org"
    assert article["author"][0]["name"] == "Dewi Rahmawati"
    assert article["license"].startswith("https://creativecommons.org/licenses/by/")
    claim = {"@type": "Claim", "identifier": "rate.2020", "text": "2,30 persen"}
    assert article["hasPart"] == [claim]
    assert article["evidence"] == json.loads(paper().evidence or b"")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc"])
def test_addresses_that_are_no_places_to_go_are_no_links(paper: Paper, address: str) -> None:
    data, _ = render_html(paper(extra=f"\n\n[tautan]({address})\n"), convert=pandoc.convert)
    assert f'href="{address}' not in data.decode()


def test_raw_html_is_left_out_and_reported(paper: Paper) -> None:
    extra = "\n\nLuas <b onclick='x'>5</b> <!-- rahasia -->\n"
    data, found = render_html(paper(extra=extra), convert=pandoc.convert)
    assert "onclick" not in data.decode() and "rahasia" not in data.decode()
    assert {each.code for each in found} == {"REN107"}
