"""The HTML of an edition: one file that needs nothing from anywhere."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from bukti.render.front import Front
from bukti.render.html_document import HtmlDocument, page_title
from bukti.render.html_fonts import font_files, with_fonts
from bukti.render.html_metadata import head_metadata
from bukti.render.plan import Converter, Invocation, Result
from bukti.render.prepare import prepare

_ARGUMENTS = ("--mathml", "--wrap=none", "--email-obfuscation=none", "--syntax-highlighting=none")


def render_html(invocation: Invocation, *, convert: Converter) -> Result:
    """The edition as one HTML page with its figures, style and evidence inside."""
    prepared = prepare(invocation)
    document = HtmlDocument(invocation, prepared)
    tree = {
        "pandoc-api-version": invocation.tree["pandoc-api-version"],
        "meta": {"lang": {"t": "MetaString", "c": invocation.language}},
        "blocks": document.blocks(),
    }
    body, warned = convert(tree, "html5", arguments=_ARGUMENTS, path=invocation.path)
    page = _page(body.decode("utf-8"), prepared.front, invocation)
    return page.encode("utf-8"), (*prepared.diagnostics, *document.found, *warned)


def _page(body: str, front: Front, invocation: Invocation) -> str:
    folder = files("bukti.render").joinpath("templates", "html")
    page = folder.joinpath("paper.html").read_text(encoding="utf-8")
    parts = {
        "language": escape(front.language),
        "title": escape(page_title(front)),
        "metadata": head_metadata(front),
        "style": with_fonts(
            folder.joinpath("paper.css").read_text(encoding="utf-8"),
            invocation.page,
            font_files(invocation.fonts),
            body,
        ),
        "evidence": _evidence(invocation.evidence),
    }
    for name, value in parts.items():
        page = page.replace(f"@{name}@", value)
    return page.replace("@body@", body)


def _evidence(evidence: bytes | None) -> str:
    if evidence is None:
        return ""
    text = evidence.decode("utf-8").replace("<", "\\u003c")
    return f'<script type="application/json" id="evidence">\n{text}</script>\n'
