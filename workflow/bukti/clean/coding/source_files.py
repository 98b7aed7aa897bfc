"""Texts of source files within an archive: plain text, Word, PDF."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from bukti.base.diagnostic import Problem
from bukti.clean.coding.archive import Archive
from bukti.clean.coding.markup import local, parsed
from bukti.clean.reading.text import decoded

_SCHEMES = ("internal://", "relative://", "absolute://", "file://")
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_RTF = b"{\\rtf"
_LEFT_OUT = ("pPr", "rPr", "del", "moveFrom", "Fallback", "sectPr")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def source_entry(archive: Archive | None, stated: str) -> str | None:
    """The archive's entry that a path of a project means; None where it holds none such.

    The path may lack its scheme, and the folder may be `sources` or `Sources`.
    """
    if archive is None or not stated:
        return None
    path = stated
    for scheme in _SCHEMES:
        path = path.removeprefix(scheme)
    last = path.replace("\\", "/").rpartition("/")[2]
    for wanted in (f"sources/{last}", f"sources/{unquote(last)}", last, unquote(last)):
        found = [name for name in archive.names if name.lower() == wanted.lower()]
        if found:
            return found[0]
    return None


def shown_file(stated: str) -> str:
    """A path of a project without the folders of whoever exported it."""
    return (
        stated if stated.startswith(_SCHEMES[0]) else stated.replace("\\", "/").rpartition("/")[2]
    )


def file_text(data: bytes, path: str) -> str | None:
    """The text of a source file as it is stored; None where its kind holds none that can be read.

    Raises Problem where it is damaged or in an unknown encoding.
    """
    if data.startswith(_PDF):
        return "\f".join(pdf_pages(data))
    if data.startswith(_ZIP):
        return docx_text(data, path)
    if data.startswith(_RTF):
        return None
    if b"\x00" in data[:1024] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    mark = "\ufeff" if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) else ""
    return mark + decoded(data, path).removeprefix("\ufeff")


def docx_text(data: bytes, path: str) -> str | None:
    """The paragraphs of a Word file, one a line; None where the archive is no Word file."""
    archive = Archive(data, path)
    if "word/document.xml" not in archive.names:
        return None
    root = parsed(archive.read("word/document.xml"), path, "word/document.xml")
    return word_text(root)


def word_text(element: Any) -> str:
    """The text within an element of a Word file, a line for each paragraph."""
    pieces = (piece for piece, _ in word_pieces(element))
    return "".join(pieces).removesuffix("\n")


def word_pieces(element: Any) -> Iterator[tuple[str, Any]]:
    """The text of a Word file piece by piece; marks in it are given as elements with no text.

    Text that was deleted or moved away, and second forms of pictures and boxes, are left out.
    """
    name = local(element)
    if name in _LEFT_OUT:
        return
    if name == "t":
        yield element.text or "", None
    elif name in _SIGNS:
        yield _SIGNS[name], None
    else:
        if name in _MARKS:
            yield "", element
        for each in element:
            yield from word_pieces(each)
        if name == "p":
            yield "\n", element


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page of a PDF; empty where it is damaged or locked."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(BytesIO(data))
        return [page.get_textpage().get_text_range() for page in document]
    except pypdfium2.PdfiumError:
        return []


def readable(data: bytes, path: str) -> tuple[str | None, bool]:
    """The text of a source file and whether it could be read at all."""
    try:
        return file_text(data, path), True
    except Problem:
        return None, False
