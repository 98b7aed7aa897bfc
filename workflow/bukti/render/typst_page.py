"""The head of a paper's Typst source: what the template is told about the page."""

from __future__ import annotations

from datetime import UTC, datetime

from bukti.project.page_settings import GUTTER, SANS, SERIF, PageSettings
from bukti.render.front import Front
from bukti.render.nodes import plain_text
from bukti.render.plan import Invocation
from bukti.render.typst_code import array, quoted

SETTINGS = "settings.typ"


def settings(page: PageSettings) -> bytes:
    """The fonts, size and spacing as definitions that the template reads."""
    text, headings = _families(page.text_font, SERIF), _families(page.heading_font, SANS)
    lines = [
        f"#let serif = {text}",
        f"#let sans = {headings}",
        f"#let size = {page.size_pt:g}pt",
        f"#let spacing = {page.spacing:g}",
    ]
    return "\n".join(lines).encode() + b"\n"


def _families(chosen: str, bundled: str) -> str:
    """A family, and behind it the bundled one, which lends the letters that it has not."""
    return array([quoted(family) for family in dict.fromkeys((chosen, bundled))])


def language_and_region(tag: str) -> tuple[str, str]:
    """A language tag (BCP 47) as the two arguments of Typst's text."""
    language, _, region = tag.partition("-")
    return quoted(language or "en"), quoted(region) if len(region) == 2 else "none"


def hyphenate(invocation: Invocation, tag: str) -> str:
    """Whether Typst itself divides words of a language, as it says so."""
    return str(tag.partition("-")[0] in invocation.layout.hyphenated.split()).lower()


def _date(epoch: int) -> str:
    """The document's date; archives with attachments must have one."""
    date = datetime.fromtimestamp(epoch, UTC)
    return f"datetime(year: {date.year}, month: {date.month}, day: {date.day})"


def opening(invocation: Invocation, front: Front) -> str:
    """The lines that hand the body to the template, and attach the evidence."""
    lines = [*page_head(invocation, front), *attached(invocation, front)]
    return "\n".join(lines)


def page_head(
    invocation: Invocation, front: Front, *, template: str = "paper.typ", running: str = ""
) -> list[str]:
    """The lines that hand the body to a template; `running` is the head of each page."""
    language, region = language_and_region(front.language)
    keywords = [quoted(plain_text(each)) for each in front.summary.keywords]
    values = [
        f"language: {language}",
        f"region: {region}",
        f"hyphenate: {hyphenate(invocation, front.language)}",
        f"title: {quoted(front.title_text or '—')}",
        f"authors: {array([quoted(each.name) for each in front.authors])}",
        f"keywords: {array(keywords)}",
        f"description: {quoted(plain_text(front.summary.abstract))}",
        f"date: {_date(invocation.epoch)}",
        f"running: {quoted(running or front.running_title)}",
        f"draft: {quoted(front.words['draft']) if front.draft else 'none'}",
        *_page(invocation.page),
    ]
    return [
        f"#import {quoted(template)} as paper",
        "#show: paper.page-of.with(",
        *(f"  {each}," for each in values),
        ")",
    ]


def attached(invocation: Invocation, front: Front) -> list[str]:
    """The line that attaches the evidence of an edition; none where there is none."""
    if invocation.evidence is None:
        return []
    name = quoted(invocation.evidence_name)
    about = quoted(front.words["evidence"])
    return [
        f'#pdf.attach({name}, relationship: "data", mime-type: "application/json", '
        f"description: {about})"
    ]


def _page(page: PageSettings) -> list[str]:
    margins = page.margins
    inner, outer = ("inside", "outside") if margins.mirrored else ("left", "right")
    sides = {
        "top": margins.top_mm,
        "bottom": margins.bottom_mm,
        inner: margins.inner_mm,
        outer: margins.outer_mm,
    }
    return [
        f"width: {page.width_mm:g}mm",
        f"height: {page.height_mm:g}mm",
        f"margin: ({', '.join(f'{side}: {width:g}mm' for side, width in sides.items())})",
        f"columns: {page.columns}",
        f"gutter: {GUTTER:g}mm",
        f"mirrored: {str(margins.mirrored).lower()}",
        f"running-heads: {str(page.running_heads).lower()}",
        f"line-numbers: {str(page.line_numbers).lower()}",
    ]
