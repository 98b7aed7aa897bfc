"""Differences in Markdown and as a page: whatever a paper holds stays text there."""

from __future__ import annotations

import re

import pypandoc
import pytest

from bukti.diff.markdown import to_markdown
from bukti.diff.outline import Item, Outline, Part
from bukti.diff.page import to_page

HOSTILE = (
    "<script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "![x](https://example.org/pixel.png)",
    "@everybody look, #1 and :tada:",
    "https://example.org www.example.org",
    "`x` ~~y~~ **z** | a | b |",
    "</details></summary><img src=x onerror=alert(1)>",
    "&lt;b&gt; $x$ \\n",
)


def outlined(text: str) -> Outline:
    item = Item(
        line=(("code", text), ("plain", f" {text}")),
        details=((("old", text), ("plain", " "), ("new", text), ("was", text), ("now", text)),),
        exhibit=text,
    )
    part = Part(heading=text, items=(item,))
    return Outline(title=text, summary=text, parts=(part,), remarks=(text,))


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_makes_nothing_of_a_text(text: str) -> None:
    written = to_markdown(outlined(text), "and {count} more")
    page = pypandoc.convert_text(written, "html", format="gfm")
    tags = set(re.findall(r"<(/?[a-z0-9]+)", page))
    assert tags <= {
        *("h2", "/h2", "p", "/p", "strong", "/strong", "blockquote", "/blockquote", "ul", "/ul"),
        *("li", "/li", "code", "/code", "del", "/del", "details", "/details", "summary"),
        *("/summary",),
    }
    assert "@" not in re.sub(r"`+[^`]*`+", "", written)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_page_makes_nothing_of_a_text(text: str) -> None:
    pictures = {text: [("en", b"<svg onload='alert(1)'/>", None)]}
    page = to_page(outlined(text), "en", pictures, "before", "after", "not there")
    assert not re.search(r"<(script|img src=[^\"]|iframe|svg)", page)
    assert not re.search(r"<[^>]* on\w+=", re.sub(r'"[^"]*"', '""', page))
    assert "default-src 'none'" in page


def test_long_parts_are_cut_and_say_so() -> None:
    items = tuple(Item(line=(("plain", f"change {number}"),)) for number in range(25))
    outline = Outline(title="t", summary="s", parts=(Part(heading="h", items=items),), remarks=())
    written = to_markdown(outline, "and {count} more")
    assert "change 19" in written
    assert "change 20" not in written
    assert "- and 5 more" in written
