"""PDF: the words of each page, properties, XMP, annotations, outline, alternatives, files in it."""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import unquote

import pypdfium2
import pypdfium2.raw as pdfium

from bukti.privacy.finds import Piece, joined

FAULTS = (pypdfium2.PdfiumError,)
_LARGEST = 64 * 1024**2
_WORDS_OF_NOTES = (b"Contents", b"T", b"Subj", b"RC", b"V", b"TU", b"NM", b"DA")
_OBJECT = re.compile(rb"/Subtype\s*/XML")
_STREAM = re.compile(rb"stream\r?\n")
_PHOTO = re.compile(rb"\xff\xd8\xff[\xe0-\xfe\xdb]")


def pdf(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """Every text of a PDF file and the files attached to it; PdfiumError where it is none."""
    document = pypdfium2.PdfDocument(data)
    try:
        yield Piece(text=joined(document.get_metadata_dict().values()), part="#info")
        yield Piece(text=joined(each.get_title() for each in document.get_toc(15)), part="#outline")
        for number in range(len(document)):
            yield from _page(document, number)
        yield from _attachments(document)
    finally:
        document.close()
    yield from _hidden(data)


def _page(document: Any, number: int) -> Iterator[Piece]:
    page = document[number]
    try:
        part = f"#page={number + 1}"
        words = page.get_textpage()
        yield Piece(text=words.get_text_range(), part=part)
        words.close()
        yield Piece(text=joined([*_notes(document, page), *_alternatives(page)]), part=part)
    finally:
        page.close()


def _notes(document: Any, page: Any) -> Iterator[str]:
    """The texts of annotations and form fields, and the addresses of links."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        for key in _WORDS_OF_NOTES:
            yield _wide(partial(pdfium.FPDFAnnot_GetStringValue, note, key))
        yield _address(document, note)
        pdfium.FPDFPage_CloseAnnot(note)


def _address(document: Any, note: Any) -> str:
    link = pdfium.FPDFAnnot_GetLink(note)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action:
        return ""
    length = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, length)
    return unquote(buffer.raw[: max(length - 1, 0)].decode("utf-8", "replace"))


def _wide(call: Callable[[Any, int], int]) -> str:
    """What a function of PDFium writes in UTF-16."""
    length = call(None, 0)
    if length <= 2 or length > _LARGEST:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    call(buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")


def _alternatives(page: Any) -> Iterator[str]:
    """The words for pictures and formulas, and for stretches of text, that are read out."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    count = pdfium.FPDF_StructTree_CountChildren(tree)
    waiting = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count)]
    left = 100_000
    while waiting and left:
        element, left = waiting.pop(), left - 1
        if not element:
            continue
        for function in _SPOKEN:
            yield _wide(partial(function, element))
        below = pdfium.FPDF_StructElement_CountChildren(element)
        waiting += [
            pdfium.FPDF_StructElement_GetChildAtIndex(element, index) for index in range(below)
        ]
    pdfium.FPDF_StructTree_Close(tree)


_SPOKEN = (
    pdfium.FPDF_StructElement_GetAltText,
    pdfium.FPDF_StructElement_GetActualText,
    pdfium.FPDF_StructElement_GetTitle,
)


def _attachments(document: Any) -> Iterator[Piece | tuple[str, bytes]]:
    for index in range(document.count_attachments()):
        attached = document.get_attachment(index)
        name = attached.get_name()
        yield Piece(text=name, part="#attachments")
        length = ctypes.c_ulong()
        if pdfium.FPDFAttachment_GetFile(attached.raw, None, 0, length) and length.value:
            if length.value > _LARGEST:
                raise ValueError(f"{name}: more than {_LARGEST >> 20} MiB")
            yield name, bytes(attached.get_data())


def _hidden(data: bytes) -> Iterator[Piece | tuple[str, bytes]]:
    """XMP packets, which PDFium does not hand out, and photographs with what cameras write."""
    for match in _OBJECT.finditer(data):
        stream = _STREAM.search(data, match.end(), match.end() + 400)
        end = data.find(b"endstream", match.end()) if stream else -1
        if stream and end > 0:
            yield "#xmp", _inflated(data[stream.end() : end])
    for photo in _PHOTO.finditer(data):
        yield "#photo", data[photo.start() : photo.start() + 256 * 1024]


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, _LARGEST)
    except zlib.error:
        return stream
