"""The sources of a REFI-QDA project: their texts, and the passages selected in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bukti.clean.coding import records
from bukti.clean.coding.archive import Archive
from bukti.clean.coding.draft import Draft
from bukti.clean.coding.markup import child, children, integer, local, text_of
from bukti.clean.coding.offsets import source_text
from bukti.clean.coding.records import Coding, Document, Segment
from bukti.clean.coding.source_files import readable, shown_file, source_entry

_KINDS = {
    "TextSource": "text",
    "PDFSource": "pdf",
    "PictureSource": "picture",
    "AudioSource": "audio",
    "VideoSource": "video",
}
_AREAS = ("PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection")
_WITHIN = ("Representation", "TextDescription", "Transcript")


def guid_of(element: Any, name: str = "guid") -> str:
    """A GUID as it is compared: in lower case, without braces."""
    return str(element.get(name) or "").strip("{} \n\t").lower()


def target_of(element: Any) -> str:
    """The GUID that a reference names; members of a codebook's set have it as `guid`."""
    return guid_of(element, "targetGUID") or guid_of(element)


class Sources:
    """Reads the sources of one project into its draft."""

    def __init__(self, draft: Draft, archive: Archive | None) -> None:
        self._draft = draft
        self._archive = archive
        self._memos = {memo.id: memo.text or memo.name for memo in draft.memos}

    def read(self, source: Any) -> None:
        """A source with its text and all that is coded in it."""
        holders = [source, *children(source, *_WITHIN)]
        stored, state, file = self._text(holders)
        identity = guid_of(source)
        text = None if stored is None else source_text(stored)
        document = Document(
            id=identity,
            name=source.get("name") or file or identity,
            kind=_KINDS[local(source)],
            text=text.text if text else None,
            state=state,
            file=file,
            line=source.sourceline,
            memo=self._memo(source),
        )
        self._draft.documents.append(document)
        if text is not None and text.text.strip():
            self._draft.texts[identity] = text
        for holder in holders:
            self._draft.segments += self._selections(holder, identity)
        self._draft.segments += self._of_document(source, document)

    def _text(self, holders: list[Any]) -> tuple[str | None, str, str]:
        """The stored text, whether there is one, and the file that it lies in.

        Positions are those of the plain text: where that is stated and not there, no other form
        of the source stands for it.
        """
        inline = [each for each in holders if child(each, "PlainTextContent") is not None]
        if inline:
            text = text_of(child(inline[0], "PlainTextContent"))
            return text, records.READ if text.strip() else records.EMPTY, ""
        plain = [each.get("plainTextPath") for each in holders if each.get("plainTextPath")]
        stated = plain or [
            each.get(name)
            for name in ("richTextPath", "path")
            for each in reversed(holders)
            if each.get(name)
        ]
        kind = local(holders[0])
        if not stated:
            return None, records.EMPTY if kind == "TextSource" else records.NO_TEXT, ""
        for each in stated:
            entry = source_entry(self._archive, each)
            if entry is not None:
                return self._file(entry, kind)
        textual = kind in ("TextSource", "PDFSource") or len(holders) > 1
        return None, records.MISSING if textual else records.NO_TEXT, shown_file(stated[0])

    def _file(self, entry: str, kind: str) -> tuple[str | None, str, str]:
        assert self._archive is not None
        if kind in ("PictureSource", "AudioSource", "VideoSource") and not entry.lower().endswith(
            ".txt"
        ):
            return None, records.NO_TEXT, entry
        text, could = readable(self._archive.read(entry), f"{self._draft.path}/{entry}")
        if text is None:
            without = could and kind != "TextSource"
            return None, records.NO_TEXT if without else records.UNREADABLE, entry
        return text, records.READ if text.strip() else records.EMPTY, entry

    def _selections(self, holder: Any, document: str) -> Iterator[Segment]:
        points = {
            guid_of(each): integer(each, "position") for each in children(holder, "SyncPoint")
        }
        for each in holder:
            name = local(each)
            if name == "PlainTextSelection":
                yield self._segment(
                    each, document, integer(each, "startPosition"), integer(each, "endPosition")
                )
            elif name == "TranscriptSelection":
                first, last = guid_of(each, "fromSyncPoint"), guid_of(each, "toSyncPoint")
                start, end = points.get(first), points.get(last)
                yield self._segment(each, document, start, end)
            elif name in _AREAS:
                yield self._segment(each, document, None, None)

    def _segment(self, element: Any, document: str, start: int | None, end: int | None) -> Segment:
        within = text_of(child(child(element, "Representation"), "PlainTextContent"))
        return Segment(
            id=guid_of(element),
            document=document,
            line=element.sourceline,
            start=start,
            end=end,
            page=integer(element, "page"),
            area=_area(element),
            said=within or element.get("name", ""),
            coder=self._coder(element),
            created=element.get("creationDateTime", ""),
            memo=self._memo(element),
            codings=tuple(self._codings(element)),
        )

    def _of_document(self, source: Any, document: Document) -> Iterator[Segment]:
        """A code given to the document as a whole is a segment from its beginning to its end."""
        for coding in self._codings(source):
            yield Segment(
                id=coding.id,
                document=document.id,
                line=source.sourceline,
                coder=coding.coder,
                created=coding.created,
                memo=coding.memo,
                state=records.WHOLE,
                codings=(coding,),
            )

    def _codings(self, element: Any) -> Iterator[Coding]:
        for each in children(element, "Coding"):
            reference = child(each, "CodeRef")
            target = "" if reference is None else target_of(reference)
            line = each.sourceline
            self._draft.references.append(("Coding", guid_of(each), "code", target, line))
            yield Coding(
                id=guid_of(each),
                code=target,
                coder=self._coder(each) or self._coder(element),
                created=each.get("creationDateTime") or element.get("creationDateTime", ""),
                memo=self._memo(each),
            )

    def _coder(self, element: Any) -> str:
        author = guid_of(element, "creatingUser")
        return self._draft.coders.get(author, author)

    def _memo(self, element: Any) -> str:
        notes = [self._memos.get(target_of(each), "") for each in children(element, "NoteRef")]
        said = [text_of(child(element, "Description")), *notes]
        return "\n".join(each for each in said if each)


def _area(element: Any) -> str:
    names = ("firstX", "firstY", "secondX", "secondY", "begin", "end")
    values = [element.get(name) for name in names if element.get(name) is not None]
    return " ".join(values) if local(element) in _AREAS else ""
