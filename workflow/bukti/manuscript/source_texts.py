"""The text of a registered source's file, page by page where it has pages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from bukti.base.diagnostic import Problem
from bukti.clean.coding.source_files import file_text
from bukti.clean.reading.text import decoded

_WEB = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")
_SILENT = {"script", "style", "template", "noscript", "head"}
_RUNNING = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd"),
    *("mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var"),
}
_EMPHASIS = re.compile(r"(?<![\w\\])[*_]{1,3}(?=\S)|(?<=\S)(?<!\\)[*_]{1,3}(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A file's text; `pages` are the offsets where pages begin, `labels` what they are called.

    Both are empty where a file has no pages; a page has its number and, if that differs, its label.
    """

    path: str
    text: str
    pages: tuple[int, ...] = ()
    labels: tuple[frozenset[str], ...] = ()

    def pages_of(self, start: int, end: int) -> tuple[int, ...]:
        """The numbers of the pages that a passage touches, counted from 1; none without pages."""
        ends = [*self.pages[1:], len(self.text)] if self.pages else []
        return tuple(
            number
            for number, (first, after) in enumerate(zip(self.pages, ends, strict=True), start=1)
            if first < end and start < after
        )


def source_text(data: bytes, path: str) -> SourceText | None:
    """The text of a file by its content and name; None where it holds none that can be read."""
    try:
        if data.startswith(b"%PDF-"):
            return _portable(data, path)
        if path.lower().endswith(_WEB):
            return _plain(_web_text(data), path)
        text = file_text(data, path)
    except (Problem, ValueError):
        return None
    if text is None or not text.strip():
        return None
    if path.lower().endswith(_MARKDOWN):
        text = _EMPHASIS.sub("", text)
    return _plain(text, path)


def _plain(text: str, path: str) -> SourceText | None:
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    if not text.strip():
        return None
    pages = text.split("\f") if "\f" in text else []
    return _paged(pages, [str(n) for n in range(1, len(pages) + 1)], path, text)


def _paged(pages: list[str], labels: list[str], path: str, text: str) -> SourceText:
    starts: list[int] = []
    done = 0
    for page in pages:
        starts.append(done)
        done += len(page) + 1
    names = tuple(frozenset({str(n), each}) for n, each in enumerate(labels, start=1))
    return SourceText(path=path, text=text, pages=tuple(starts), labels=names)


def _portable(data: bytes, path: str) -> SourceText | None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(BytesIO(data))
        pages = [page.get_textpage().get_text_range() for page in document]
        labels = [
            document.get_page_label(number) or str(number + 1) for number in range(len(pages))
        ]
    except pypdfium2.PdfiumError:
        return None
    pages = [unicodedata.normalize("NFC", page) for page in pages]
    text = "\f".join(pages)
    return _paged(pages, labels, path, text) if text.strip("\f \r\n") else None


def _web_text(data: bytes) -> str:
    """The words of a web page; what is no running text begins a new line."""
    from lxml import html

    try:
        root = html.document_fromstring(decoded(data, ""))
    except Problem:
        root = html.document_fromstring(data)  # its own declaration says the encoding
    except ValueError:
        root = html.document_fromstring(data)
    pieces: list[str] = []
    _gather(root, pieces)
    return "".join(pieces)


def _gather(element: Any, pieces: list[str]) -> None:
    """Texts in reading order, without recursion: pages may be nested deeply."""
    waiting: list[tuple[Any, bool]] = [(element, False)]
    while waiting:
        node, left = waiting.pop()
        name = node.tag if isinstance(node.tag, str) else ""
        if left:
            pieces += ["" if name in _RUNNING else "\n", node.tail or ""]
            continue
        waiting.append((node, True))
        if name and name not in _SILENT:
            pieces += ["" if name in _RUNNING else "\n", node.text or ""]
            waiting += [(child, False) for child in reversed(node)]
