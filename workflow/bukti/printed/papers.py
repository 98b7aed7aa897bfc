"""Finished papers by the ending of their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bukti.printed.docx import docx_evidence, read_docx, read_parts
from bukti.printed.html import html_evidence, parse_page, read_html
from bukti.printed.pdf import open_pdf, pdf_evidence, read_pdf
from bukti.printed.records import Printed

READERS: Mapping[str, Callable[[bytes, str], Printed]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "html": read_html,
}


def read_paper(data: bytes, path: str) -> Printed:
    """A finished paper by its bytes and path; Problem where it cannot be read.

    Raises KeyError for an ending that is no format of papers.
    """
    return READERS[path.rpartition(".")[2].lower()](data, path)


def embedded(data: bytes, path: str) -> dict[str, Any]:
    """The evidence that a paper carries, by language; empty where it carries none.

    Raises Problem where the paper cannot be read, KeyError for an ending that is no format of
    papers.
    """
    return _EVIDENCE[path.rpartition(".")[2].lower()](data, path)


def _of_pdf(data: bytes, path: str) -> dict[str, Any]:
    document = open_pdf(data, path)
    try:
        return pdf_evidence(document)
    finally:
        document.close()


_EVIDENCE: Mapping[str, Callable[[bytes, str], dict[str, Any]]] = {
    "pdf": _of_pdf,
    "docx": lambda data, path: docx_evidence(read_parts(data, path)),
    "html": lambda data, path: html_evidence(parse_page(data, path)),
}
