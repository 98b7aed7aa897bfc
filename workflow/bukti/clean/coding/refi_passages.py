"""The sources of an exported project, each with its passages, and the elements they are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bukti.clean.coding import records
from bukti.clean.coding.identifiers import guid
from bukti.clean.coding.records import Coding, Corpus, Document, Memo, Segment

NAMESPACE = "urn:QDA-XML:project:1.0"
_LONGEST = 60
_INVALID = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_SOURCES = {
    "pdf": "PDFSource",
    "picture": "PictureSource",
    "audio": "AudioSource",
    "video": "VideoSource",
}
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_CORNERS = ("firstX", "firstY", "secondX", "secondY")
_TIMES = ("begin", "end")


def valid(text: str) -> str:
    """A text without the signs that XML cannot hold."""
    return _INVALID.sub("\ufffd", text)


def element(parent: Any, name: str, /, **attributes: str | None) -> Any:
    """A new element of the project, the last in its parent; what is None is no attribute."""
    from lxml import etree

    tag = f"{{{NAMESPACE}}}{name}"
    node = (
        etree.Element(tag, nsmap={None: NAMESPACE})
        if parent is None
        else etree.SubElement(parent, tag)
    )
    for key, value in attributes.items():
        if value is not None:
            node.set(key, valid(value))
    return node


def reference(parent: Any, name: str, target: str) -> None:
    """A reference to what has the GUID `target`."""
    element(parent, name, targetGUID=target)


class Passages:
    """Writes sources with what is coded in them; `memos` are those of codings, met on the way."""

    def __init__(
        self, corpus: Corpus, coders: Mapping[str, str], variables: Mapping[str, str]
    ) -> None:
        self._corpus = corpus
        self._coders = coders
        self._variables = variables
        self.memos: list[Memo] = []
        self._segments: dict[str, list[Segment]] = {}
        for each in corpus.segments:
            self._segments.setdefault(each.document, []).append(each)

    def source(self, parent: Any, document: Document) -> None:
        """One source, in the order of elements that the standard's schema wants."""
        kind = _SOURCES.get(document.kind, "TextSource")
        segments = self._segments.get(document.id, [])
        whole = [each for each in segments if each.state == records.WHOLE]
        areas = [each for each in segments if each not in whole and kind != "TextSource"]
        areas = [each for each in areas if each.start is None]
        texts = [each for each in segments if each not in whole and each not in areas]
        identity = guid("document", document.id)
        node = element(parent, kind, guid=identity, name=document.name)
        self._described(node, document.memo, document.id)
        if kind == "TextSource":
            self._text(node, document, texts)
        elif kind == "PDFSource":
            self._areas(node, kind, areas)
            self._within(node, "Representation", document, texts)
        elif kind == "PictureSource":
            self._within(node, "TextDescription", document, texts)
            self._areas(node, kind, areas)
        else:
            self._transcript(node, document, texts)
            self._areas(node, kind, areas)
        for segment in whole:
            for coding in segment.codings:
                self._coding(node, coding)
        self._noted(node, document.id)
        self._values(node, document)

    def _text(self, node: Any, document: Document, texts: list[Segment]) -> None:
        if document.text is not None:
            node.set("plainTextPath", _path(document))
        for each in texts:
            start, end = str(each.start or 0), str(each.end or 0)
            self._segment(node, "PlainTextSelection", each, startPosition=start, endPosition=end)

    def _within(self, node: Any, name: str, document: Document, texts: list[Segment]) -> None:
        if document.text is not None or texts:
            inner = element(node, name, guid=guid("representation", document.id))
            self._text(inner, document, texts)

    def _transcript(self, node: Any, document: Document, texts: list[Segment]) -> None:
        if document.text is None:
            return
        identity = guid("representation", document.id)
        inner = element(node, "Transcript", guid=identity, plainTextPath=_path(document))
        places = sorted({place for each in texts for place in (each.start or 0, each.end or 0)})
        points = {place: guid("point", f"{document.id}:{place}") for place in places}
        for place, point in points.items():
            element(inner, "SyncPoint", guid=point, position=str(place))
        for each in texts:
            first, last = points[each.start or 0], points[each.end or 0]
            self._segment(inner, "TranscriptSelection", each, fromSyncPoint=first, toSyncPoint=last)

    def _areas(self, node: Any, kind: str, areas: list[Segment]) -> None:
        name = kind.replace("Source", "Selection")
        names = _TIMES if kind in ("AudioSource", "VideoSource") else _CORNERS
        for each in areas:
            numbers = [part for part in each.area.split() if _INTEGER.fullmatch(part)]
            numbers += ["0"] * (len(names) - len(numbers))
            page = str(each.page or 0) if kind == "PDFSource" else None
            self._segment(node, name, each, page=page, **dict(zip(names, numbers, strict=False)))

    def _segment(self, parent: Any, name: str, segment: Segment, /, **place: str | None) -> None:
        node = element(
            parent,
            name,
            guid=guid("segment", segment.id),
            name=_recorded(segment),
            creatingUser=self._coders.get(segment.coder),
            creationDateTime=_date(segment.created),
            **place,
        )
        self._described(node, segment.memo, segment.id)
        for coding in segment.codings:
            self._coding(node, coding, segment)
        self._noted(node, segment.id)

    def _coding(self, parent: Any, coding: Coding, segment: Segment | None = None) -> None:
        own = coding.id if segment is None or coding.id != segment.id else ""
        identity = guid("coding", own or f"{coding.id}:{coding.code}")
        author = self._coders.get(coding.coder)
        created = _date(coding.created)
        node = element(
            parent, "Coding", guid=identity, creatingUser=author, creationDateTime=created
        )
        reference(node, "CodeRef", guid("code", coding.code))
        self._noted(node, coding.id)
        memo = self._without_notes(coding.memo, coding.id)
        if memo:
            note = Memo(id=f"coding:{identity}", name="", text=memo, line=0)
            self.memos.append(note)
            reference(node, "NoteRef", guid("memo", note.id))

    def _described(self, node: Any, memo: str, identity: str) -> None:
        text = self._without_notes(memo, identity)
        if text:
            element(node, "Description").text = valid(text)

    def _without_notes(self, memo: str, identity: str) -> str:
        """A memo without the notes that are referred to, which the reader adds to it."""
        for each in self._corpus.memos:
            said = each.text or each.name
            if identity in each.about and said:
                memo = memo.removesuffix(said).removesuffix("\n")
        return memo

    def _noted(self, node: Any, identity: str) -> None:
        for memo in self._corpus.memos:
            if identity in memo.about:
                reference(node, "NoteRef", guid("memo", memo.id))

    def _values(self, node: Any, document: Document) -> None:
        for each in self._corpus.attributes:
            if (each.owner, each.id) == ("document", document.id):
                value = element(node, "VariableValue")
                reference(value, "VariableRef", self._variables[each.name])
                element(value, "TextValue").text = valid(each.value)


def _path(document: Document) -> str:
    return f"internal://{guid('text', document.id)}.txt"


def _recorded(segment: Segment) -> str:
    """The words that a selection records: all that is known where the source cannot say them."""
    words = " ".join(segment.text.split())
    if segment.state == records.UNVERIFIABLE or len(words) <= _LONGEST:
        return words
    return f"{words[: _LONGEST - 1].rstrip()}…"


def _date(created: str) -> str | None:
    found = _DATE.fullmatch(created.strip())
    return f"{found[1]}T{found[2]}{found[4] or ''}" if found else None
