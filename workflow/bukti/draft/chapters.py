"""A draft's text as chapters: one file for each heading of the first level, with stable ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bukti.base.tree import Node, Nodes, attributes
from bukti.draft.exhibits import slug, unique
from bukti.draft.finds import Finds, Kind
from bukti.draft.labels import is_contents_heading, is_reference_heading, number_label
from bukti.draft.trees import all_within, plain_inlines, text_of, trimmed
from bukti.manuscript.tree import transform

_TYPED_NUMBER = re.compile(
    r"(?:(?:bab|chapter)\s+[ivxlc\d]+\b|[IVXLC]{1,6}[.)]\s|\d+(?:\.\d+)*[.)]?\s|[A-Z][.)]\s)",
    re.IGNORECASE,
)
_CHAPTER_NUMBER = re.compile(r"(?:bab|chapter)\s+[ivxlc\d]+\.?", re.IGNORECASE)
_LONGEST_HEADING = 12
REFERENCE_LIST = "sec:reference-list"


@dataclass(slots=True)
class Chapter:
    """A file's blocks; `name` has neither number nor suffix, and is empty without a heading.

    `text` is the file's Markdown where the draft has it; otherwise it is written from the blocks.
    """

    name: str
    blocks: Nodes
    text: str = ""


@dataclass(slots=True)
class Outline:
    """The headings of a draft in order: level and id; and its chapters' names."""

    levels: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    old: dict[str, str] = field(default_factory=dict)


def levelled(blocks: Nodes) -> Nodes:
    """The blocks with their headings raised so that the highest are of the first level."""
    levels = [block["c"][0] for block in blocks if block["t"] == "Header"]
    shift = min(levels, default=1) - 1
    return [_raised(block, shift) if block["t"] == "Header" else block for block in blocks]


def _raised(header: Node, shift: int) -> Node:
    level, attribute, inlines = header["c"]
    return {"t": "Header", "c": [level - shift, attribute, inlines]}


def headed(blocks: Nodes, finds: Finds) -> Nodes:
    """The blocks without empty headings, and with what is doubtful about the others noted."""
    result: Nodes = []
    blocks = _joined(blocks)
    for number, block in enumerate(blocks):
        if block["t"] == "Header":
            result += _heading(block, blocks[number + 1 :], finds)
        elif _looks_like_heading(block):
            sign = finds.here(Kind.HEADINGS_BOLD, text_of(block))
            result.append({"t": "Para", "c": [sign, *block["c"]]})
        else:
            result.append(block)
    return result


def _joined(blocks: Nodes) -> Nodes:
    """The blocks with a heading that is only a number, "BAB I", and the next one as one heading."""
    result: Nodes = []
    for block in blocks:
        before = result[-1] if result and result[-1]["t"] == block["t"] == "Header" else None
        if before is None or before["c"][0] != block["c"][0]:
            result.append(block)
        elif _CHAPTER_NUMBER.fullmatch(text_of(before["c"][2])):
            level, attribute, inlines = block["c"]
            whole = [*before["c"][2], {"t": "Space"}, *inlines]
            result[-1] = {"t": "Header", "c": [level, attribute, whole]}
        else:
            result.append(block)
    return result


def _heading(block: Node, behind: Nodes, finds: Finds) -> Nodes:
    level, attribute, inlines = block["c"]
    text = text_of(inlines)
    hidden = [node for node in inlines if node["t"] == "RawInline"]
    words = trimmed(plain_inlines([node for node in inlines if node["t"] != "RawInline"]))
    if not text:
        return [_signs([*hidden, finds.here(Kind.HEADINGS_EMPTY)])]
    following = next((each for each in behind if each["t"] != "RawBlock"), None)
    listed = is_reference_heading(text)
    textless = following is None or (following["t"] == "Header" and following["c"][0] <= level)
    if textless and (listed or is_contents_heading(text)):
        finds.notation.append(text)  # the papers have this heading of their own
        return [_signs(hidden)] if hidden else []
    if textless:
        words.append(finds.here(Kind.HEADINGS_TEXTLESS, text))
    if listed:
        words.append(finds.here(Kind.REFERENCES_TYPED, text))
        attribute = [attribute[0], ["unnumbered"], []]
    if _TYPED_NUMBER.match(text):
        words.append(finds.here(Kind.HEADINGS_NUMBERED, text))
    header = {"t": "Header", "c": [level, attribute, words]}
    return [header, *([_signs(hidden)] if hidden else [])]


def _signs(nodes: Nodes) -> Node:
    return {"t": "RawBlock", "c": ["markdown", "".join(node["c"][1] for node in nodes)]}


def _looks_like_heading(block: Node) -> bool:
    """Whether a paragraph is a short line set in bold, as headings without a style are."""
    if block["t"] != "Para" or not all_within(block["c"], ("Strong",)):
        return False
    text = text_of(block)
    short = len(text.split()) <= _LONGEST_HEADING and not text.endswith((".", ":", ";", ","))
    return short and number_label(text) is None


def identified(blocks: Nodes, leading: Sequence[str] = ()) -> tuple[Nodes, Outline]:
    """The blocks with an id for every heading; `leading` are the ids of another language."""
    outline = Outline()
    result: Nodes = []
    for block in blocks:
        if block["t"] != "Header":
            result.append(block)
            continue
        level, (old, classes, _), inlines = block["c"]
        order = len(outline.ids)
        if is_reference_heading(text_of(inlines)):
            identifier = unique(REFERENCE_LIST, set(outline.ids))
        elif order < len(leading):
            identifier = leading[order]
        else:
            name = slug(text_of(inlines)) or str(order + 1)
            identifier = unique(f"sec:{name}", {*outline.ids, "sec:references"})
        outline.levels.append(level)
        outline.ids.append(identifier)
        outline.old[old] = identifier
        kept = [name for name in classes if name == "unnumbered"]
        result.append({"t": "Header", "c": [level, attributes(identifier, kept), inlines]})
    return result, outline


def outline_levels(blocks: Nodes) -> list[int]:
    """The levels of the headings, to be compared between languages."""
    return [block["c"][0] for block in blocks if block["t"] == "Header"]


def split(blocks: Nodes, opening: str) -> list[Chapter]:
    """One chapter for each heading of the first level; `opening` names what stands before."""
    chapters: list[Chapter] = []
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] == 1:
            identifier = str(block["c"][1][0])
            listed = identifier.startswith(REFERENCE_LIST)
            name = slug(text_of(block)) if listed else identifier.removeprefix("sec:")
            chapters.append(Chapter(name=name, blocks=[]))
        elif not chapters:
            chapters.append(Chapter(name=opening, blocks=[]))
        chapters[-1].blocks.append(block)
    if len(chapters) > 1 and not any(_prints(block) for block in chapters[0].blocks):
        chapters[1].blocks[:0] = chapters.pop(0).blocks
    return chapters


def _prints(block: Node) -> bool:
    return bool(block["t"] != "RawBlock")


def file_names(chapters: Sequence[Chapter]) -> list[str]:
    """The names of the chapters' files, in order."""
    width = max(2, len(str(len(chapters))))
    return [
        f"{number:0{width}}-{chapter.name or number}.md"
        for number, chapter in enumerate(chapters, start=1)
    ]


def tightened(value: object) -> object:
    """Lists whose items are single paragraphs, set close, as they are in the draft."""

    def change(node: Node) -> Node | None:
        if node["t"] not in ("BulletList", "OrderedList"):
            return None
        items: list[Nodes] = node["c"] if node["t"] == "BulletList" else node["c"][1]
        if not all(_is_single(item) for item in items):
            return None
        close = [[_as_plain(block) for block in item] for item in items]
        return {"t": node["t"], "c": close if node["t"] == "BulletList" else [node["c"][0], close]}

    return transform(value, change)


def _is_single(item: Nodes) -> bool:
    paragraphs = [block for block in item if block["t"] in ("Para", "Plain")]
    lists = [block for block in item if block["t"] in ("BulletList", "OrderedList")]
    return len(paragraphs) <= 1 and len(paragraphs) + len(lists) == len(item)


def _as_plain(block: Node) -> Node:
    return {"t": "Plain", "c": block["c"]} if block["t"] == "Para" else block
