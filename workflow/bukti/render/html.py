"""The HTML of an edition: one file that needs nothing from anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from importlib.resources import files

from bukti.base.diagnostic import Diagnostic
from bukti.base.tree import Nodes
from bukti.render.html_document import HtmlDocument, page_title
from bukti.render.html_evidence import EVIDENCE, linked_evidence
from bukti.render.html_fonts import font_files, with_fonts
from bukti.render.html_metadata import head_metadata, plain_metadata
from bukti.render.parallel import parallel_of, parallel_page
from bukti.render.parallel_html import HtmlParallel, note_mark
from bukti.render.plan import Converter, Invocation, Result
from bukti.render.prepare import prepare

_ARGUMENTS = ("--mathml", "--wrap=none", "--email-obfuscation=none", "--syntax-highlighting=none")


def render_html(invocation: Invocation, *, convert: Converter) -> Result:
    """The edition as one HTML page with its figures, style and evidence inside."""
    prepared = prepare(invocation)
    document = HtmlDocument(invocation, prepared)
    body, warned = _converted(document.blocks(), invocation, convert)
    parts = {
        "language": escape(prepared.front.language),
        "title": escape(page_title(prepared.front)),
        "metadata": head_metadata(prepared.front),
        "evidence": linked_evidence(prepared.front, invocation.evidence, EVIDENCE),
    }
    appendix, more = _appendix(document, invocation, convert)
    page = _page(body, {**parts, "appendix": appendix}, invocation)
    return page, (*prepared.diagnostics, *document.found, *warned, *more)


def _appendix(
    document: HtmlDocument, invocation: Invocation, convert: Converter
) -> tuple[str, tuple[Diagnostic, ...]]:
    """The evidence appendix, behind the notes of the paper."""
    blocks = document.leads.blocks(invocation.appendix, tabular=True) if invocation.appendix else []
    if not blocks:
        return "", ()
    blocks = document.rewritten(blocks)
    body, warned = _converted(blocks, invocation, convert)
    return f'<section class="evidence">\n{body}</section>\n', warned


def render_parallel_html(here: Invocation, there: Invocation, *, convert: Converter) -> Result:
    """Two editions side by side as one HTML page, with the evidence of both inside.

    What is odd about the editions themselves is told by their own papers.
    """
    page = parallel_page(here.page)
    here, there = replace(here, page=page), replace(there, page=page)
    parallel = parallel_of(here, there, note_mark)
    body, warned = _converted(HtmlParallel((here, there), parallel).blocks(), here, convert)
    parts = {
        "language": escape(here.language),
        "title": escape(parallel.title or "\u2014"),
        "metadata": plain_metadata(parallel.front),
        "appendix": "",
        "evidence": "".join(
            linked_evidence(front, each.evidence, f"{EVIDENCE}-{each.language}")
            for each, front in zip((here, there), parallel.fronts, strict=True)
        ),
    }
    return _page(body, parts, here, "parallel.css"), warned


def _converted(
    blocks: Nodes, invocation: Invocation, convert: Converter
) -> tuple[str, tuple[Diagnostic, ...]]:
    tree = {
        "pandoc-api-version": invocation.tree["pandoc-api-version"],
        "meta": {"lang": {"t": "MetaString", "c": invocation.language}},
        "blocks": blocks,
    }
    body, warned = convert(tree, "html5", arguments=_ARGUMENTS, path=invocation.path)
    return body.decode("utf-8"), warned


def _page(body: str, parts: Mapping[str, str], invocation: Invocation, *styles: str) -> bytes:
    """The whole page; `styles` are style sheets besides that of every paper."""
    folder = files("bukti.render").joinpath("templates", "html")
    page = folder.joinpath("paper.html").read_text(encoding="utf-8")
    style = "".join(
        folder.joinpath(name).read_text(encoding="utf-8") for name in ("paper.css", *styles)
    )
    fonts = font_files(invocation.fonts)
    texts = {"appendix": parts["appendix"], "body": body}
    style = with_fonts(style, invocation.page, fonts, "".join(texts.values()))
    values = {**parts, **texts, "style": style}
    return re.sub(r"@([a-z]+)@", lambda match: values[match[1]], page).encode("utf-8")
