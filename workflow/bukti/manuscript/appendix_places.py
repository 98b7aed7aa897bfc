"""Where the printed text uses claims: each mark with the words of its sentence around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bukti.base.language import language_of
from bukti.base.tree import Node, is_node
from bukti.manuscript.tree import plain_text

AROUND = 240  # characters of a sentence before and behind the words of a mark
_SHORT = 4  # letters of words that are often shortened ones
_LINES = ("Para", "Plain", "Header")
_SPACES = ("Space", "SoftBreak", "LineBreak")
_END = re.compile(r"[.!?\u2026][\"'\u201d\u2019)\]]*\s+(?=([\"'\u201c\u2018(\[]*)(\w))")
_QUOTES = {"DoubleQuote": ("\u201c", "\u201d"), "SingleQuote": ("\u2018", "\u2019")}
_FRONT = ("title", "subtitle", "abstract", "keywords")
_OTHERS = {"Image", "Note", "RawInline", "RawBlock", "Code", "Math"}


@dataclass(frozen=True, slots=True, kw_only=True)
class UsePlace:
    """A mark in the printed text: the words around it, and the heading above with its number.

    `section` and `title` are empty in front of the first heading.
    """

    index: int
    scheme: str
    claims: tuple[str, ...]
    status: str
    before: str
    text: str
    after: str
    section: str
    title: str


def places_of(tree: Mapping[str, Any], language: str) -> tuple[UsePlace, ...]:
    """The marks of a resolved tree in reading order, each once."""
    short = tuple(each for each in language_of(language).tied if each.endswith("."))
    reader = _Reader(short=short)
    for key in _FRONT:
        reader.read(tree["meta"].get(key))
    reader.read(tree["blocks"])
    reader.section, reader.title = "", ""
    reader.read(tree["meta"].get("statements"))
    return tuple(reader.found.values())


@dataclass(slots=True)
class _Line:
    text: list[str] = field(default_factory=list)
    marks: list[tuple[Node, int, int]] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)

    @property
    def length(self) -> int:
        return sum(map(len, self.text))


@dataclass(slots=True)
class _Reader:
    short: tuple[str, ...]
    section: str = ""
    title: str = ""
    found: dict[int, UsePlace] = field(default_factory=dict)

    def read(self, value: Any) -> None:
        """Note the marks of blocks, settings or lines."""
        if isinstance(value, list):
            if any(is_node(each) and each["t"] in ("Str", "Span") for each in value):
                self._line(value)
                return
            for each in value:
                self.read(each)
        elif isinstance(value, dict):
            self._node(value)

    def _node(self, node: Node) -> None:
        kind = node.get("t")
        if kind == "Header":
            attr, inlines = node["c"][1:]
            number = dict(attr[2]).get("number", "")
            self.section, self.title = attr[0], f"{number} {plain_text(inlines)}".strip()
        if kind in _LINES:
            self._line(node["c"][-1] if kind == "Header" else node["c"])
        elif kind not in _OTHERS:
            for each in node.values():
                self.read(each)

    def _line(self, inlines: list[Node]) -> None:
        line = _Line()
        _collect(inlines, line)
        whole = "".join(line.text)
        for node, start, end in line.marks:
            pairs = dict(node["c"][0][2])
            index = int(pairs.get("index", -1))
            if index in self.found:
                continue
            before, after = sentence_around(whole, start, end, self.short)
            self.found[index] = UsePlace(
                index=index,
                scheme=pairs.get("kind", "claim"),
                claims=tuple(pairs.get("claims", "").split("+")),
                status=next((each for each in node["c"][0][1] if each != "mark"), ""),
                before=before,
                text=" ".join(whole[start:end].split()),
                after=after,
                section=self.section,
                title=self.title,
            )
        for note in line.notes:
            self.read(note)


def _collect(value: Any, line: _Line) -> None:
    if isinstance(value, list):
        for each in value:
            _collect(each, line)
    elif is_node(value):
        _collect_node(value, line)


def _collect_node(node: Node, line: _Line) -> None:
    kind, content = node["t"], node.get("c", [])
    if kind == "Str":
        line.text.append(content)
    elif kind in _SPACES:
        line.text.append(" ")
    elif kind in ("Code", "Math"):
        line.text.append(content[1])
    elif kind == "Note":
        line.notes.append(content)
    elif kind == "Quoted":
        opening, closing = _QUOTES[content[0]["t"]]
        line.text.append(opening)
        _collect(content[1], line)
        line.text.append(closing)
    elif kind == "Span" and "mark" in content[0][1]:
        start = line.length
        _collect(content[1], line)
        line.marks.append((node, start, line.length))
    elif kind in ("Link", "Span", "Cite"):
        _collect(content[1], line)
    elif kind not in _OTHERS:
        _collect(content, line)


def sentence_around(text: str, start: int, end: int, short: tuple[str, ...]) -> tuple[str, str]:
    """The rest of the sentence before and behind a stretch of a text, cut at `AROUND` characters.

    `short` are words that end in a full stop and end no sentence.
    """
    ends = [
        match.end()
        for match in _END.finditer(text)
        if _begins(text[: match.start()], *match.groups())
        and not _shortened(text[: match.start() + 1], short)
    ]
    first = max((each for each in ends if each <= start), default=0)
    last = min((each for each in ends if each > end), default=len(text))
    before, after = text[first:start], text[end:last].rstrip()
    if len(before) > AROUND:
        before = "\u2026 " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " \u2026"
    return _single(before, start=True), _single(after, start=False)


def _single(text: str, *, start: bool) -> str:
    """A text with single spaces; the one at its outer end is left out."""
    single = re.sub(r"\s+", " ", text)
    return single.lstrip() if start else single.rstrip()


def _begins(before: str, signs: str, first: str) -> bool:
    """Whether a sentence can begin so: in no small letter; with a number only behind a long word.

    In "Art. 3" and "et al. (2022)" none begins.
    """
    if first.isalpha():
        return not first.islower()
    last = before.rsplit(None, 1)[-1] if before.strip() else ""
    return not signs and not (last.isalpha() and len(last) <= _SHORT)


def _shortened(before: str, short: tuple[str, ...]) -> bool:
    word = before.rsplit(None, 1)[-1].lstrip("([\u201c\"'") if before.strip() else ""
    single = len(word) == 2 and word[0].isupper()
    return single or word in short or word.lower() in short
