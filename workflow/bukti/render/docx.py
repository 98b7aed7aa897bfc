"""The DOCX of an edition: pandoc's package, with our styles and properties put in."""

from __future__ import annotations

from bukti.render.docx_document import DocxDocument
from bukti.render.docx_package import finish
from bukti.render.plan import Converter, Invocation, Result
from bukti.render.prepare import prepare


def render_docx(invocation: Invocation, *, convert: Converter) -> Result:
    """The edition as DOCX: numbered captions, live references, marks as content controls."""
    prepared = prepare(invocation)
    document = DocxDocument(invocation, prepared)
    tree = {
        "pandoc-api-version": invocation.tree["pandoc-api-version"],
        "meta": {"lang": {"t": "MetaString", "c": invocation.language}},
        "blocks": document.blocks(),
    }
    data, warned = convert(
        tree,
        "docx",
        arguments=["--syntax-highlighting=none"],
        path=invocation.path,
        epoch=invocation.epoch,
    )
    finished = finish(data, invocation, prepared.front)
    return finished, (*prepared.diagnostics, *document.found, *warned)
