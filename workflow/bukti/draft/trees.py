"""Small operations on pandoc's tree that several parts of the import need."""

from __future__ import annotations

import re
from collections.abc import Callable

from bukti.base.tree import Node, Nodes, walk
from bukti.draft import signs
from bukti.manuscript.tree import plain_text, transform

HOLDERS = {
    "Strong": 0,
    "Emph": 0,
    "Underline": 0,
    "SmallCaps": 0,
    "Strikeout": 0,
    "Superscript": 0,
    "Subscript": 0,
    "Span": 1,
    "Link": 1,
    "Quoted": 1,
}
"""The inlines that hold inlines; 0: their content is the list itself, 1: its second part."""


def text_of(value: object) -> str:
    """The words of blocks or inlines, without signs."""
    return " ".join(signs.without_any(plain_text(value)).split())


def kinds_of(block: Node) -> frozenset[str]:
    """What the signs at the beginning of a paragraph say of it."""
    if block["t"] not in ("Para", "Plain"):
        return frozenset()
    return signs.styles_in(plain_text(block))


def without_styles(value: object) -> object:
    """A tree without the signs for what a paragraph is."""

    def clean(node: Node) -> Node | list[Node] | None:
        if node["t"] != "Str" or not signs.styles_in(node["c"]):
            return None
        rest = signs.without_styles(node["c"])
        return {"t": "Str", "c": rest} if rest else []

    return transform(value, clean)


def inner(node: Node) -> Nodes:
    """The inlines within an inline; none for one that holds none."""
    if node["t"] not in HOLDERS:
        return []
    content: Nodes = node["c"] if HOLDERS[node["t"]] == 0 else node["c"][1]
    return content


def with_inner(node: Node, inlines: Nodes) -> Node:
    """The same inline around others."""
    if HOLDERS[node["t"]] == 0:
        return {"t": node["t"], "c": inlines}
    return {"t": node["t"], "c": [node["c"][0], inlines, *node["c"][2:]]}


def is_mute(node: Node) -> bool:
    """Whether an inline prints nothing: a sign, a comment, an anchor, a space."""
    if node["t"] in ("Space", "SoftBreak", "LineBreak", "RawInline"):
        return True
    if node["t"] == "Str":
        return not signs.without_any(node["c"])
    return node["t"] == "Span" and all(is_mute(each) for each in node["c"][1])


def dropped(inlines: Nodes, count: int) -> Nodes:
    """Inlines without their first characters and the space behind; what is mute stays."""
    left: Nodes = []
    for node in inlines:
        if count <= 0:
            left.append(node)
            continue
        size = len(plain_text([node]))
        if node["t"] == "Str" and size > count:
            left.append({"t": "Str", "c": node["c"][count:]})
        elif node["t"] in HOLDERS:
            rest = dropped(inner(node), count)
            if rest:
                left.append(with_inner(node, rest))
        elif node["t"] == "RawInline":
            left.append(node)
        count -= size
    return trimmed(left)


def trimmed(inlines: Nodes) -> Nodes:
    """Inlines without spaces at either end."""
    spaces = ("Space", "SoftBreak", "LineBreak")
    first, last = 0, len(inlines)
    while first < last and inlines[first]["t"] in spaces:
        first += 1
    while last > first and inlines[last - 1]["t"] in spaces:
        last -= 1
    return inlines[first:last]


def all_within(inlines: Nodes, kinds: tuple[str, ...]) -> bool:
    """Whether every word stands in one of these inlines, such as `Strong`."""
    loud = [node for node in inlines if not is_mute(node)]
    return bool(loud) and all(
        node["t"] in kinds or (bool(inner(node)) and all_within(inner(node), kinds))
        for node in loud
    )


def plain_inlines(inlines: Nodes) -> Nodes:
    """Inlines without bold and underlining, for what is a heading or label by its place."""

    def open_(node: Node) -> Node | list[Node] | None:
        return list(node["c"]) if node["t"] in ("Strong", "Underline") else None

    found: Nodes = transform(inlines, open_)
    return found


def replaced_text(inlines: Nodes, pattern: re.Pattern[str], make: Callable[..., Node]) -> Nodes:
    """Inlines in which each match, within words and single spaces, became a node."""
    result: Nodes = []
    run: Nodes = []

    def flush() -> None:
        result.extend(_replaced_run(run, pattern, make))
        run.clear()

    for node in inlines:
        if node["t"] in ("Str", "Space"):
            run.append(node)
            continue
        flush()
        result.append(node)
    flush()
    return result


def _replaced_run(run: Nodes, pattern: re.Pattern[str], make: Callable[..., Node]) -> Nodes:
    text = "".join(node["c"] if node["t"] == "Str" else " " for node in run)
    result: Nodes = []
    done = 0
    for match in pattern.finditer(text):
        node = make(match)
        result += [*_words(text[done : match.start()]), node]
        done = match.end()
    return [*result, *_words(text[done:])] if done else list(run)


def _words(text: str) -> Nodes:
    pieces: Nodes = []
    for number, word in enumerate(text.split(" ")):
        if number:
            pieces.append({"t": "Space"})
        if word:
            pieces.append({"t": "Str", "c": word})
    return pieces


def identifiers(value: object) -> list[str]:
    """The ids of the anchors within blocks or inlines."""
    return [node["c"][0][0] for node in walk(value) if node["t"] == "Span" and node["c"][0][0]]
