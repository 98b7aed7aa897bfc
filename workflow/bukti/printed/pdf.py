"""Reads a paper in PDF back: by its structure, or by its lines where it has none."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.printed.pdf_structure import Element, tagged
from bukti.printed.pieces import PassageBuilder
from bukti.printed.records import FORMULA, Kind, Printed, PrintedPassage

_HEADING = re.compile(r"H[1-6]?|Title")
_KINDS = {"Caption": Kind.CAPTION, "TD": Kind.CELL, "TH": Kind.CELL}
_GROUP_NAMES = """
    Document DocumentFragment Part Art Sect Div BlockQuote Table THead TBody TFoot TR L LI
    LBody TOC TOCI NonStruct Private Aside Index
"""
_GROUPS = frozenset(_GROUP_NAMES.split())
_EDGE_LINES = 2  # lines at the head and the foot of a page that may be running heads
_EVIDENCE = re.compile(r"evidence\.[A-Za-z0-9-]+\.json")


def read_pdf(data: bytes, path: str = "-") -> Printed:
    """The passages and evidence of a PDF, page by page; raises Problem where it is none.

    `path` is what a message names.
    """
    document = open_pdf(data, path)
    try:
        structure = tagged(document)
        evidence = pdf_evidence(document)
        if not structure.root.children:
            passages, apart = _by_lines(document)
            return Printed(
                suffix="pdf", passages=passages, apart=apart, evidence=evidence, whole=False
            )
    finally:
        document.close()
    reader = _Reader(builder=PassageBuilder())
    reader.element(structure.root, Kind.PARAGRAPH)
    return Printed(
        suffix="pdf",
        passages=reader.builder.result(),
        apart=_apart(structure.apart),
        evidence=evidence,
    )


def open_pdf(data: bytes, path: str = "-") -> Any:
    """A PDF that was opened; raises Problem where the bytes are none, or are locked."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Problem(diagnose("VER201", Span(path=path), format="PDF")) from error


def pdf_evidence(document: Any) -> dict[str, Any]:
    """The evidence attached to an open PDF, by language."""
    found: dict[str, Any] = {}
    for number in range(document.count_attachments()):
        attachment = document.get_attachment(number)
        if not _EVIDENCE.fullmatch(attachment.get_name()):
            continue
        try:
            data = json.loads(bytes(attachment.get_data()))
        except ValueError:
            continue
        if isinstance(data, dict) and isinstance(data.get("language"), str):
            found[data["language"]] = data
    return found


@dataclass(slots=True, kw_only=True)
class _Reader:
    builder: PassageBuilder

    def element(self, element: Element, kind: Kind) -> None:
        """An element that holds paragraphs, or is one."""
        language = element.language
        self.builder.end(kind, language=language)
        inside = _KINDS.get(element.type, kind)
        if _HEADING.fullmatch(element.type):
            inside = Kind.HEADING
        for part in element.parts():
            if isinstance(part, tuple):
                self.builder.add(part[1], part[0])
            else:
                self._part(part, inside)
        self.builder.end(inside, language=language)

    def _part(self, part: Element, kind: Kind) -> None:
        if part.type in ("Note", "FENote"):
            _Reader(builder=self.builder.aside()).element(part, Kind.NOTE)
        elif part.type == "Formula":
            pages = [each[0] for each in part.parts() if isinstance(each, tuple)]
            self.builder.add(FORMULA, pages[0] if pages else None)
        elif part.type == "P" or _is_block(part.type):
            self.element(part, kind)
        elif part.type == "Figure":  # its own text is in a picture
            for inner in part.children.values():
                self._part(inner, kind)
        elif part.type != "Lbl" and not _is_note_mark(part):
            self._inline(part, kind)

    def _inline(self, element: Element, kind: Kind) -> None:
        for part in element.parts():
            if isinstance(part, tuple):
                self.builder.add(part[1], part[0])
            else:
                self._part(part, kind)


def _is_note_mark(part: Element) -> bool:
    """Whether a link is the raised number of a note: a number in an element of its own."""
    inner = [piece for each in part.children.values() for piece in each.parts()]
    pieces = [piece[1] for piece in inner if isinstance(piece, tuple)]
    return part.type == "Link" and not part.content and "".join(pieces).strip().isdecimal()


def _is_block(name: str) -> bool:
    return name in _GROUPS or name in _KINDS or _HEADING.fullmatch(name) is not None


def _apart(pieces: Iterable[tuple[int, str]]) -> tuple[PrintedPassage, ...]:
    builder = PassageBuilder()
    for page, text in pieces:
        builder.add(text, page)
        builder.end(Kind.PARAGRAPH)
    return builder.result()


def _by_lines(document: Any) -> tuple[tuple[PrintedPassage, ...], tuple[PrintedPassage, ...]]:
    """The pages' text, and the lines at their edges that stand on most of them."""
    pages = [_lines(document[number]) for number in range(len(document))]
    shapes = Counter(shape for lines in pages for shape in {*map(_shape, _edges(lines))})
    often = {shape for shape, count in shapes.items() if count > max(1, len(pages) // 2)}
    text, apart = PassageBuilder(), PassageBuilder()
    for number, lines in enumerate(pages, start=1):
        edges = {*_edges(lines)}
        for line in lines:
            builder = apart if line in edges and _shape(line) in often else text
            builder.add(_whole(line), number)
            if builder is apart:
                apart.end(Kind.PARAGRAPH)
        text.end(Kind.PARAGRAPH)
    return text.result(), apart.result()


def _whole(line: str) -> str:
    """A line as it goes on in the next one."""
    return line[:-1] if line.endswith("\x02") else f"{line} "


def _lines(page: Any) -> list[str]:
    view = page.get_textpage()
    text = view.get_text_range().replace("\x02\r\n", "\x02\n").replace("\r\n", "\n")
    view.close()
    return [line for line in text.split("\n") if line.strip()]


def _edges(lines: list[str]) -> list[str]:
    return [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]


def _shape(line: str) -> str:
    """A line with any number in the place of each, so that page numbers are alike."""
    return re.sub(r"\d+", "0", line.strip())
