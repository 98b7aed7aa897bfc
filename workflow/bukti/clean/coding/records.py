"""A coded corpus: documents, codes and the passages that were coded, whatever tool wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bukti.base.diagnostic import Diagnostic

READ, EMPTY, MISSING, UNREADABLE, NO_TEXT = "read", "empty", "missing", "unreadable", "no text"
FOUND, AGREES, DIFFERS = "found", "agrees", "differs"
WHOLE, UNVERIFIABLE, IMPOSSIBLE = "whole document", "unverifiable", "impossible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A coded document. `text` has one line feed for each line end and no byte order mark.

    `state` says whether there was a text to read; `file` is where the project says it lies.
    `line` is the line or row of the project that speaks of it, here and in all records.
    """

    id: str
    name: str
    kind: str
    text: str | None
    state: str
    line: int
    file: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A category of the codebook; `path` are the names from the topmost code down to its own."""

    id: str
    name: str
    path: tuple[str, ...]
    parent: str | None
    line: int
    codable: bool = True
    colour: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """That somebody put a passage under a code; `code` is the code's id."""

    id: str
    code: str
    coder: str = ""
    created: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A passage of a document, from `start` up to `end` in code points of its text.

    `area` is a passage that is none of a text: a rectangle, or milliseconds. `said` is the text
    that the tool recorded with it; with `binding` it must be what stands there. Where it is not,
    `now` is where it stands now or what is most like it: the offset and the words.
    """

    id: str
    document: str
    line: int
    start: int | None = None
    end: int | None = None
    page: int | None = None
    area: str = ""
    text: str = ""
    said: str = ""
    binding: bool = False
    coder: str = ""
    created: str = ""
    memo: str = ""
    state: str = UNVERIFIABLE
    now: tuple[int, str] | None = None
    codings: tuple[Coding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A case or a set: what belongs together. Members are ids; `kind` is `case` or `set`."""

    kind: str
    id: str
    name: str
    line: int
    memo: str = ""
    documents: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    memos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """A note of the coders; `about` are the ids of what it was written to."""

    id: str
    name: str
    text: str
    line: int
    coder: str = ""
    created: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A value of a variable, of a document or a case."""

    owner: str
    id: str
    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """What is kept as it stands because it is not understood."""

    kind: str
    id: str
    name: str
    content: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A coded corpus as a tool wrote it; `origin` is the tool, `coders` are names by id."""

    path: str
    origin: str = ""
    documents: tuple[Document, ...] = ()
    codes: tuple[Code, ...] = ()
    segments: tuple[Segment, ...] = ()
    groups: tuple[Group, ...] = ()
    memos: tuple[Memo, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    coders: dict[str, str] = field(default_factory=dict)
    leftovers: tuple[Leftover, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
