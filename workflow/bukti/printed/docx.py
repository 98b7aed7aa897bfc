"""Reads a paper for word processors back."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bukti.base.diagnostic import Problem, diagnose
from bukti.base.span import Span
from bukti.printed.pieces import PassageBuilder
from bukti.printed.records import FORMULA, Kind, Printed, PrintedPassage
from bukti.render.docx_evidence import NAMESPACE

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_EVIDENCE = f"{{{NAMESPACE}}}evidence"
_DOCUMENT, _NOTES = "word/document.xml", "word/footnotes.xml"
_LARGEST = 200_000_000  # bytes of all parts together
_SILENT = frozenset(
    f"{_W}{name}"
    for name in (
        "del",
        "delText",
        "drawing",
        "instrText",
        "moveFrom",
        "object",
        "pict",
        "pPr",
        "rPr",
        "sdtPr",
        "tblPr",
        "tcPr",
        "trPr",
    )
)
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": ""}
_DEEPEST = 200


def read_docx(data: bytes, path: str = "-") -> Printed:
    """The passages, marks and evidence of a document; raises Problem where it is none.

    `path` is what a message names.
    """
    parts = read_parts(data, path)
    reader = _Reader(builder=PassageBuilder(), notes=_notes(parts, path))
    reader.blocks(_tree(parts[_DOCUMENT], path), Kind.PARAGRAPH, 0)
    return Printed(
        suffix="docx",
        passages=reader.builder.result(),
        apart=_marginals(parts, path),
        evidence=docx_evidence(parts),
    )


def read_parts(data: bytes, path: str = "-") -> Mapping[str, bytes]:
    """The parts of a document by their names; raises Problem where there is no document."""
    problem = Problem(diagnose("VER201", Span(path=path), format="DOCX"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if sum(entry.file_size for entry in entries) > _LARGEST:
                raise problem
            wanted = [each for each in entries if each.filename.endswith((".xml", ".rels"))]
            parts = {entry.filename: package.read(entry) for entry in wanted}
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise problem from error
    if _DOCUMENT not in parts:
        raise problem
    return parts


def docx_evidence(parts: Mapping[str, bytes]) -> dict[str, Any]:
    """The evidence inside a document, by language."""
    found: dict[str, Any] = {}
    for name in sorted(parts):
        if not (name.startswith("customXml/") and name.endswith(".xml")):
            continue
        try:
            root = _tree(parts[name], name)
            data = json.loads(root.text or "") if root.tag == _EVIDENCE else None
        except (Problem, ValueError):
            continue
        if isinstance(data, dict) and isinstance(data.get("language"), str):
            found[data["language"]] = data
    return found


def _tree(data: bytes, path: str) -> Any:
    """The tree of a part; one that declares entities of its own is refused."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Problem(diagnose("VER201", Span(path=path), format="DOCX")) from error
    if root.getroottree().docinfo.doctype:
        raise Problem(diagnose("VER201", Span(path=path), format="DOCX"))
    return root


def _notes(parts: Mapping[str, bytes], path: str) -> dict[str, Any]:
    if _NOTES not in parts:
        return {}
    return {each.get(f"{_W}id"): each for each in _tree(parts[_NOTES], path)}


def _marginals(parts: Mapping[str, bytes], path: str) -> tuple[PrintedPassage, ...]:
    """What the heads and feet of the pages say."""
    reader = _Reader(builder=PassageBuilder())
    for name in sorted(parts):
        if name.startswith(("word/header", "word/footer")):
            reader.blocks(_tree(parts[name], path), Kind.PARAGRAPH, 0)
    return reader.builder.result()


@dataclass(slots=True, kw_only=True)
class _Reader:
    builder: PassageBuilder
    notes: Mapping[str, Any] = field(default_factory=dict)

    def blocks(self, parent: Any, kind: Kind, depth: int) -> None:
        """Everything below an element that holds paragraphs and tables."""
        if depth > _DEEPEST:
            return
        for element in parent:
            if element.tag in _SILENT or not isinstance(element.tag, str):
                continue
            if element.tag == f"{_W}p":
                self._paragraph(element, kind)
            else:
                inside = Kind.CELL if element.tag == f"{_W}tc" else kind
                self.blocks(element, inside, depth + 1)

    def _paragraph(self, element: Any, kind: Kind) -> None:
        self._content(element, 0)
        style = element.find(f"{_W}pPr/{_W}pStyle")
        name = "" if style is None else style.get(f"{_W}val") or ""
        self.builder.end(_kind_of(name, kind))

    def _content(self, parent: Any, depth: int) -> None:
        for element in parent:
            if depth <= _DEEPEST and isinstance(element.tag, str) and element.tag not in _SILENT:
                self._inline(element, depth + 1)

    def _inline(self, element: Any, depth: int) -> None:
        tag = element.tag
        name = tag.removeprefix(_W)
        if tag == f"{_W}t":
            self.builder.add(element.text or "")
        elif tag in (f"{_M}oMath", f"{_M}oMathPara"):
            self.builder.add(FORMULA)
        elif name in _SIGNS:
            self.builder.add(_SIGNS[name])
        elif name == "footnoteReference":
            self._note(element.get(f"{_W}id"))
        elif name == "sdt":
            self._control(element, depth)
        else:
            self._content(element, depth)

    def _control(self, element: Any, depth: int) -> None:
        """A content control: a mark where its tag names claims."""
        tag = element.find(f"{_W}sdtPr/{_W}tag")
        scheme, _, claims = ("" if tag is None else tag.get(f"{_W}val") or "").partition(":")
        if scheme in ("claim", "given") and claims:
            self.builder.open_mark(scheme, tuple(filter(None, claims.split("+"))))
            self._content(element, depth)
            self.builder.close_mark()
        else:
            self._content(element, depth)

    def _note(self, identifier: str | None) -> None:
        note = self.notes.get(identifier or "")
        if note is not None:
            _Reader(builder=self.builder.aside()).blocks(note, Kind.NOTE, 0)


def _kind_of(style: str, kind: Kind) -> Kind:
    if kind is not Kind.PARAGRAPH:
        return kind
    if style.startswith("Heading") or style == "Title":
        return Kind.HEADING
    return Kind.CAPTION if style == "Caption" else kind
