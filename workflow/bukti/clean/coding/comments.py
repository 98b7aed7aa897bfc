"""Coding in Word: a comment `[code] memo` on a passage puts the passage under the code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bukti.clean.coding import records
from bukti.clean.coding.archive import Archive
from bukti.clean.coding.codebook import code_named
from bukti.clean.coding.draft import Draft
from bukti.clean.coding.markup import local, parsed
from bukti.clean.coding.offsets import source_text
from bukti.clean.coding.records import Code, Coding, Document, Segment
from bukti.clean.coding.source_files import word_pieces, word_text
from bukti.clean.coding.trees import written_codes

DOCUMENT = "word/document.xml"
_COMMENTS = "word/comments.xml"
_CODED = re.compile(r"\s*\[([^\[\]]+)\]")


@dataclass(slots=True)
class _Reading:
    """The text of a document, and where comments begin, end and are named in it."""

    text: str = ""
    starts: dict[str, int] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    paragraphs: dict[str, tuple[int, int]] = field(default_factory=dict)


def read_comments(archive: Archive, path: str, codebook: Sequence[Code] = ()) -> Draft:
    """The passages of a Word file that its comments code; lines are numbers of comments.

    With a codebook, codes must be in it; without one, the comments make them. Raises Problem
    where a code is unknown or ambiguous, or the file is damaged.
    """
    reading = _read(parsed(archive.read(DOCUMENT), path, DOCUMENT))
    text = source_text(reading.text)
    name = path.rpartition("/")[2]
    draft = Draft(path=path, origin="Word")
    state = records.READ if text.text.strip() else records.EMPTY
    draft.documents.append(
        Document(id=name, name=name, kind="text", text=text.text, state=state, file=name, line=1)
    )
    draft.texts[name] = text
    noted = parsed(archive.read(_COMMENTS), path, _COMMENTS) if _COMMENTS in archive.names else ()
    comments = [each for each in noted if local(each) == "comment"]
    said = [_said(each) for each in comments]
    draft.codes = list(codebook) or written_codes(
        (code, number) for number, (coded, _) in enumerate(said, start=1) for code in coded
    )
    for number, (comment, (coded, memo)) in enumerate(zip(comments, said, strict=True), start=1):
        codes = [code_named(draft.codes, code, draft.at(None)).id for code in coded]
        draft.segments.append(_segment(comment, number, name, codes, memo, reading))
    for segment in draft.segments:
        if segment.coder:
            draft.coders.setdefault(segment.coder, segment.coder)
    return draft


def _read(root: Any) -> _Reading:
    reading = _Reading()
    pieces: list[str] = []
    length = begun = 0
    named: list[str] = []
    for piece, mark in word_pieces(root):
        key = "" if mark is None else _attribute(mark, "id")
        match local(mark) if mark is not None else "":
            case "commentRangeStart":
                reading.starts[key] = length
            case "commentRangeEnd":
                reading.ends[key] = length
            case "commentReference":
                named.append(key)
            case "p":
                reading.paragraphs |= dict.fromkeys(named, (begun, length))
                named, begun = [], length + 1
        pieces.append(piece)
        length += len(piece)
    reading.text = "".join(pieces).removesuffix("\n")
    return reading


def _said(comment: Any) -> tuple[list[str], str]:
    """The codes in brackets at the beginning of a comment, and the rest of it."""
    text = word_text(comment)
    codes: list[str] = []
    while found := _CODED.match(text):
        codes.append(" ".join(found[1].split()))
        text = text[found.end() :]
    return codes, text.strip()


def _segment(
    comment: Any, number: int, document: str, codes: Sequence[str], memo: str, reading: _Reading
) -> Segment:
    key = _attribute(comment, "id")
    identity = f"{document}#comment-{key}"
    paragraph = reading.paragraphs.get(key, (None, None))
    coder, created = _attribute(comment, "author"), _attribute(comment, "date")
    return Segment(
        id=identity,
        document=document,
        start=reading.starts.get(key, paragraph[0]),
        end=reading.ends.get(key, paragraph[1]),
        coder=coder,
        created=created,
        memo=memo,
        codings=tuple(Coding(id=identity, code=code, coder=coder) for code in codes),
        line=number,
    )


def _attribute(element: Any, name: str) -> str:
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return str(next(found, ""))
