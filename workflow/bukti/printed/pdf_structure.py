"""The tree of a tagged PDF (ISO 32000-1, 14.7), put together over its pages.

PDFium shows the tree page by page; an element keeps its number among the children of the one
above on every page, so what a page break divides is found to be one again.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_DEEPEST = 60
_HYPHEN = "\x02"  # what PDFium reads where a word is divided at the end of a line
_JOINING = (" ", _HYPHEN, "-", "\u00ad", "\u2013")  # what a word or number goes on behind


@dataclass(slots=True, kw_only=True)
class Element:
    """An element of the structure: its type, its language, and what it holds by its number.

    `content` holds pieces of text, each with its page from 1.
    """

    type: str
    language: str = ""
    children: dict[int, Element] = field(default_factory=dict)
    content: dict[int, list[tuple[int, str]]] = field(default_factory=dict)

    def parts(self) -> Iterator[Element | tuple[int, str]]:
        """Elements and pieces of text in their order."""
        for number in sorted({*self.children, *self.content}):
            if number in self.children:
                yield self.children[number]
            yield from self.content.get(number, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """What a PDF says: its structure, and what stands outside it with its page."""

    root: Element
    apart: tuple[tuple[int, str], ...]


def tagged(document: Any) -> Tagged:
    """The structure of an open PDF; its root has no children where the PDF is not tagged."""
    import pypdfium2.raw as raw

    root = Element(type="Root")
    apart: list[tuple[int, str]] = []
    for number in range(len(document)):
        page = document[number]
        texts = page_texts(page)
        tree = raw.FPDF_StructTree_GetForPage(page)
        used: set[int] = set()
        if tree:
            for child in range(raw.FPDF_StructTree_CountChildren(tree)):
                element = raw.FPDF_StructTree_GetChildAtIndex(tree, child)
                _Page(number=number + 1, texts=texts, used=used).merge(root, child, element, 0)
            raw.FPDF_StructTree_Close(tree)
        apart += [(number + 1, text) for mark, text in texts.items() if mark not in used]
        page.close()
    return Tagged(root=root, apart=tuple(apart))


@dataclass(slots=True, kw_only=True)
class _Page:
    number: int
    texts: Mapping[int, str]
    used: set[int]

    def merge(self, above: Element, number: int, handle: Any, depth: int) -> None:
        """Put an element of this page and all below it into the whole tree."""
        import pypdfium2.raw as raw

        if not handle or depth > _DEEPEST:
            return
        element = above.children.get(number)
        if element is None:
            element = Element(
                type=_string(raw.FPDF_StructElement_GetType, handle),
                language=_string(raw.FPDF_StructElement_GetLang, handle) or above.language,
            )
            above.children[number] = element
        for each in range(raw.FPDF_StructElement_CountChildren(handle)):
            child = raw.FPDF_StructElement_GetChildAtIndex(handle, each)
            if child:
                self.merge(element, each, child, depth + 1)
                continue
            mark = raw.FPDF_StructElement_GetChildMarkedContentID(handle, each)
            if mark in self.texts and mark >= 0:
                self.used.add(mark)
                element.content.setdefault(each, []).append((self.number, self.texts[mark]))


def page_texts(page: Any) -> dict[int, str]:
    """The text of a page by its marked content, in the order of the page; -1 is outside any."""
    import pypdfium2.raw as raw

    view = page.get_textpage()
    lines: dict[int, _Lines] = {}
    before: _Lines | None = None
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
        mark = raw.FPDFPageObj_GetMarkedContentID(item)
        here = lines.setdefault(mark, _Lines())
        here.add(_object_text(item, view), item.get_bounds(), before)
        before = here
    view.close()
    return {mark: here.text() for mark, here in lines.items()}


@dataclass(slots=True)
class _Lines:
    """Pieces of text that belong together, with a space where a new line begins."""

    pieces: list[str] = field(default_factory=list)
    bottom: float = 0.0
    right: float = 0.0

    def add(
        self, text: str, bounds: tuple[float, float, float, float], before: _Lines | None
    ) -> None:
        left, bottom, right, top = bounds
        if before is not None and before.pieces and left < before.right:
            lower = (bottom + top) / 2 < before.bottom
            if lower and not before.pieces[-1].endswith(_JOINING):
                self.pieces.append(" ")
        self.pieces.append(text)
        if text.strip():
            self.bottom, self.right = bottom, right
        elif before is not None:
            self.bottom, self.right = before.bottom, before.right

    def text(self) -> str:
        """The text; a hyphen by itself only divides a word, one behind letters is part of it."""
        text = "".join(self.pieces)
        return "" if text == _HYPHEN else text.replace(_HYPHEN, "-")


def _object_text(item: Any, view: Any) -> str:
    import pypdfium2.raw as raw

    size = raw.FPDFTextObj_GetText(item, view, None, 0)
    if size <= 2:
        return " " if size else ""
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFTextObj_GetText(item, view, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _string(function: Any, handle: Any) -> str:
    size = function(handle, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(handle, buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")
