"""The DOCX of an edition: pandoc's package, with our styles and properties put in."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

from bukti.render.docx_document import DocxDocument
from bukti.render.docx_package import finish
from bukti.render.docx_page import word_page
from bukti.render.docx_xml import parsed, w
from bukti.render.plan import Converter, Invocation, Result
from bukti.render.prepare import prepare

_REFERENCE = "reference.docx"


def render_docx(invocation: Invocation, *, convert: Converter) -> Result:
    """The edition as DOCX: numbered captions, live references, marks as content controls.

    With a reference document, its styles, page, head and foot stand in the place of ours.
    """
    reference = invocation.reference
    page = word_page(invocation.page, None if reference is None else _last_section(reference))
    invocation = replace(invocation, page=page)
    prepared = prepare(invocation)
    document = DocxDocument(invocation, prepared)
    tree = {
        "pandoc-api-version": invocation.tree["pandoc-api-version"],
        "meta": {"lang": {"t": "MetaString", "c": invocation.language}},
        "blocks": document.blocks(),
    }
    arguments = ["--syntax-highlighting=none"]
    data, warned = convert(
        tree,
        "docx",
        arguments=[*arguments, *([f"--reference-doc={_REFERENCE}"] if reference else [])],
        files={_REFERENCE: reference} if reference else {},
        path=invocation.path,
        epoch=invocation.epoch,
    )
    finished = finish(data, invocation, prepared.front)
    return finished, (*prepared.diagnostics, *document.found, *warned)


def _last_section(reference: bytes) -> Any:
    """The last section of a document, which pandoc takes over; None where it has none."""
    with zipfile.ZipFile(io.BytesIO(reference)) as package:
        document = parsed(package.read("word/document.xml"))
    sections = list(document.iter(w("sectPr")))
    return sections[-1] if sections else None
