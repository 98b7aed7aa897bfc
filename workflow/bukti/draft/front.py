"""What stands before the text: titles, authors, abstracts and keywords, in each language.

Only what says what it is, by its style, its label or its place and form together, is recognised;
other lines before it are listed in full and printed nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bukti.base.tree import Node, Nodes, walk
from bukti.draft import signs
from bukti.draft.authors import Author, Byline
from bukti.draft.finds import Finds, Kind
from bukti.draft.labels import Label, label_of, starts_with_label
from bukti.draft.trees import (
    all_within,
    dropped,
    inner,
    is_mute,
    kinds_of,
    plain_inlines,
    text_of,
    trimmed,
    without_styles,
)
from bukti.draft.vocabulary import language_of_text
from bukti.manuscript.tree import plain_text

_LONGEST_TITLE = 40
_SEPARATORS = re.compile(r"\s*[;\u2022\u00b7]\s*")
_COMMAS = re.compile(r"\s*,\s*")


@dataclass(slots=True)
class Front:
    """Titles, subtitles and abstracts by language, keywords by language, and the byline."""

    titles: dict[str, Nodes] = field(default_factory=dict)
    subtitles: dict[str, Nodes] = field(default_factory=dict)
    abstracts: dict[str, Nodes] = field(default_factory=dict)
    keywords: dict[str, list[str]] = field(default_factory=dict)
    authors: tuple[Author, ...] = ()

    def languages(self) -> tuple[str, ...]:
        """The languages that anything was recognised in."""
        found = [*self.titles, *self.abstracts, *self.keywords]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Title:
    inlines: Nodes
    styled: bool
    place: int


def recognised(blocks: Nodes, language: str, finds: Finds) -> tuple[Front, Nodes]:
    """What stands before the first heading, and the blocks of the text without it."""
    blocks = _titled(blocks)
    end = next(
        (
            number
            for number, block in enumerate(blocks)
            if block["t"] == "Header" and label_of(text_of(block), language) is None
        ),
        len(blocks),
    )
    reader = _Reader(language=language, finds=finds)
    for block in blocks[:end]:
        reader.feed(block)
    body = [*reader.finish(), *_later_abstracts(blocks[end:], reader)]
    return reader.front, body


def _titled(blocks: Nodes) -> Nodes:
    """The blocks with the only heading of the first level as a title, where all begins with it."""
    tops = [n for n, block in enumerate(blocks) if block["t"] == "Header" and block["c"][0] == 1]
    deeper = any(block["t"] == "Header" and block["c"][0] > 1 for block in blocks)
    styled = any("title" in kinds_of(block) for block in blocks)
    if tops != [0] or not deeper or styled:
        return blocks
    sign = {"t": "Str", "c": signs.styled(["title"])}
    return [{"t": "Para", "c": [sign, *blocks[0]["c"][2]]}, *blocks[1:]]


def _later_abstracts(blocks: Nodes, reader: _Reader) -> Nodes:
    """The text without the abstracts that stand in it under headings of their own."""
    kept: Nodes = []
    taking = False
    for block in blocks:
        if block["t"] == "Header":
            label = label_of(text_of(block), reader.language)
            taking = label is not None and label.language not in reader.front.abstracts
        if taking:
            reader.feed(block)
        else:
            kept.append(block)
    reader.finish()
    return kept


@dataclass(slots=True)
class _Reader:
    language: str
    finds: Finds
    front: Front = field(default_factory=Front)
    byline: Byline = field(default_factory=Byline)
    titles: list[_Title] = field(default_factory=list)
    loose: list[tuple[int, Node]] = field(default_factory=list)
    before_label: dict[int, str] = field(default_factory=dict)
    state: Label | None = None
    place: int = 0
    last: int = -1

    def feed(self, block: Node) -> None:
        """Take one block for what it is."""
        self.place += 1
        kinds = kinds_of(block)
        clean = without_styles(block)
        assert isinstance(clean, dict)
        if clean["t"] in ("Para", "Plain", "Header"):
            taken = self._line(clean, kinds)
        else:
            taken = self._within_abstract(clean)
        if taken:
            self.last = self.place
        else:
            self.loose.append((self.place, block))

    def finish(self) -> Nodes:
        """Decide on the titles; the blocks that belong to the text."""
        self._name_titles()
        authors, unused = self.byline.settled()
        self.front.authors = self.front.authors or authors
        for line in unused:
            self.finds.whole(Kind.FRONT_UNPLACED, line)
        text = [block for place, block in self.loose if place > self.last or _holds_more(block)]
        for place, block in self.loose:
            if place <= self.last and not _holds_more(block) and text_of(block):
                self.finds.whole(Kind.FRONT_UNPLACED, text_of(block))
        self.loose.clear()
        self.state, self.titles, self.byline = None, [], Byline()
        return text

    def _line(self, block: Node, kinds: frozenset[str]) -> bool:
        inlines = block["c"][2] if block["t"] == "Header" else block["c"]
        text = text_of(inlines)
        label = label_of(text, self.language)
        if label is not None:
            self._open(label, text)
            return True
        begun = starts_with_label(inlines, self.language)
        if begun is not None:
            self._open(begun, plain_text(inlines)[: begun.length])
            rest = dropped(inlines, begun.length)
            return self._continue({"t": "Para", "c": rest})
        if kinds & {"title", "subtitle", "author"}:
            return self._styled(inlines, kinds)
        if self.state is not None and self.state.kind == "keywords":
            return self._continue(block)
        if _is_title(inlines, kinds):
            self.state = None
            self.titles.append(_Title(inlines=inlines, styled=False, place=self.place))
            return True
        if self.state is not None or "abstract" in kinds:
            return self._within_abstract(block, styled="abstract" in kinds)
        return self._byline(inlines, kinds)

    def _open(self, label: Label, text: str) -> None:
        self.finds.notation.append(text)
        self.state = label
        self.before_label.setdefault(self.place - 1, label.language)

    def _styled(self, inlines: Nodes, kinds: frozenset[str]) -> bool:
        self.state = None
        if "title" in kinds:
            self.titles.append(_Title(inlines=inlines, styled=True, place=self.place))
        elif "subtitle" in kinds:
            language = language_of_text(text_of(inlines)) or self.language
            if language in self.front.subtitles:
                return False
            self.front.subtitles[language] = self._heading(inlines)
        else:
            self.finds.notation.append(plain_text(inlines))
            self.byline.add_authors(inlines)
        return True

    def _continue(self, block: Node) -> bool:
        """The words behind a label, or the paragraph under one."""
        assert self.state is not None
        if self.state.kind == "abstract":
            return self._within_abstract(block)
        if self.state.language in self.front.keywords:
            return False
        self.front.keywords[self.state.language] = _keywords(text_of(block))
        self.state = None
        return True

    def _within_abstract(self, block: Node, *, styled: bool = False) -> bool:
        if self.state is None and not styled:
            return False
        if block["t"] == "Para" and all_within(block["c"], ("Strong",)) and not styled:
            self.state = None  # a heading that is only set in bold
            return False
        language = self.state.language if self.state else language_of_text(text_of(block))
        self.front.abstracts.setdefault(language or self.language, []).append(block)
        return True

    def _byline(self, inlines: Nodes, kinds: frozenset[str]) -> bool:
        near = bool(self.titles) and not self.front.abstracts and "centred" in kinds
        if not near or not self.byline.add_line(inlines):
            return False
        self.finds.notation.append(plain_text(inlines))
        return True

    def _name_titles(self) -> None:
        styled = [title for title in self.titles if title.styled]
        others = [title for title in self.titles if not title.styled]
        for title in [*styled, *others]:
            language = self._language_of(title)
            if language in self.front.titles:
                self.finds.whole(Kind.FRONT_UNPLACED, text_of(title.inlines))
            else:
                self.front.titles[language] = self._heading(title.inlines)

    def _language_of(self, title: _Title) -> str:
        """The language of a title: the first is in the draft's, a further one must say so."""
        if self.language not in self.front.titles and len(self.titles) == 1:
            return self.language
        labelled = self.before_label.get(title.place)
        clear = language_of_text(text_of(title.inlines))
        if labelled is not None and labelled != self.language and clear in (None, labelled):
            return labelled
        return clear or self.language

    def _heading(self, inlines: Nodes) -> Nodes:
        """A title's words, without what is bold or wholly italic, and without its notes."""
        kept: Nodes = []
        for node in plain_inlines(inlines):
            if node["t"] == "Note":
                self.finds.whole(Kind.FRONT_UNPLACED, text_of(node["c"]))
            elif node["t"] == "LineBreak":
                kept.append({"t": "Space"})
            else:
                kept.append(node)
        loud = [node for node in kept if not is_mute(node)]
        if len(loud) == 1 and loud[0]["t"] == "Emph":
            kept = inner(loud[0])
        return trimmed(kept)


def _is_title(inlines: Nodes, kinds: frozenset[str]) -> bool:
    if "centred" not in kinds or len(text_of(inlines).split()) > _LONGEST_TITLE:
        return False
    return all_within(inlines, ("Strong",))


def _holds_more(block: Node) -> bool:
    """Whether a block shows more than words: a picture, a table, a formula."""
    return any(node["t"] in ("Image", "Table", "Math") for node in walk(block))


def _keywords(text: str) -> list[str]:
    """The keywords of a line, as they are written, without the full stop at its end."""
    line = re.sub(r"(?<!\.)\.$", "", text.strip())
    separator = _SEPARATORS if _SEPARATORS.search(line) else _COMMAS
    return [word for word in separator.split(line) if word]


def words_in(blocks: Sequence[Node]) -> str:
    """The words of an abstract, for comparisons."""
    return " ".join(plain_text(block) for block in blocks)
