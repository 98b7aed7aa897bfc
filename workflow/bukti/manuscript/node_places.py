"""Finds where in a chapter its author wrote what stands in its tree.

A pattern proposes places, a probe is written into a copy of the text at each of them, pandoc reads
the copy, and where the probe comes back says whether the place is the one that was sought.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from bukti.base.span import LineIndex, Span
from bukti.base.tree import Node, walk

_PROBE = re.compile(r"bktplace(\d+)e")
_BETWEEN = r"(?:\s|(?<=\n)[ >]+)+"  # within a quotation, lines begin with its sign
_MOST = 400


class Kind(StrEnum):
    """What is sought."""

    FORMULA = "formula"
    PICTURE = "picture"
    LINK = "link"
    TAG = "tag"
    ATTRIBUTE = "attribute"
    CHARACTERS = "characters"


_HOMES = {
    Kind.FORMULA: ("Math",),
    Kind.PICTURE: ("Image",),
    Kind.LINK: ("Link",),
    Kind.TAG: ("Str",),
    Kind.ATTRIBUTE: ("attribute",),
    Kind.CHARACTERS: ("Str", "Code", "CodeBlock", "Math"),
}


_ATTRIBUTED = {"Header": 1, "Div": 0, "Span": 0, "Link": 0, "Image": 0, "Figure": 0, "Table": 0,
               "CodeBlock": 0, "Code": 0}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Something of a tree: a formula's TeX, an address, HTML, `key=value`, or characters."""

    kind: Kind
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    sought: Sought
    start: int
    end: int
    probe: int


def places_of(
    path: str, text: str, sought: Sequence[Sought], read: Callable[[str], Any]
) -> dict[Sought, tuple[Span, ...]]:
    """The places in a text of all that is sought, in order; `read` gives pandoc's tree."""
    places = _proposed(text, sought)
    if not places:
        return {}
    tree = read(_probed(text, places))
    homes = set(_homes([tree["blocks"], list(tree["meta"].values())]))
    lines = LineIndex(text)
    found: dict[Sought, list[Span]] = {}
    for number, place in enumerate(places):
        if any((number, home) in homes for home in _HOMES[place.sought.kind]):
            span = lines.span(path, place.start, place.end)
            found.setdefault(place.sought, []).append(span)
    return {each: tuple(spans) for each, spans in found.items()}


def pairs_of(node: Node) -> list[list[str]]:
    """The keys of a node with their values, as they were written."""
    place = _ATTRIBUTED.get(node["t"])
    pairs: list[list[str]] = [] if place is None else node["c"][place][2]
    return pairs


def _proposed(text: str, sought: Sequence[Sought]) -> list[_Place]:
    found = [
        _Place(sought=each, start=start, end=end, probe=probe)
        for each in dict.fromkeys(sought)
        for start, end, probe in _matches(text, each)
    ]
    return sorted(found, key=lambda place: (place.probe, place.end))[:_MOST]


def _matches(text: str, sought: Sought) -> Iterator[tuple[int, int, int]]:
    for match in re.finditer(_pattern(sought), text):
        if sought.kind in (Kind.TAG, Kind.CHARACTERS):
            yield match.start(), match.end(), match.start()
        elif match["shown"]:
            yield *match.span("shown"), match.end("shown")
        else:
            yield *match.span(), match.end("shown")


def _pattern(sought: Sought) -> str:
    words = _BETWEEN.join(map(re.escape, sought.content.split()))
    match sought.kind:
        case Kind.FORMULA:
            return rf"(?<!\\)\$\s*(?P<shown>{words})\s*\$"
        case Kind.PICTURE if not words:
            return r"!\[(?:[^\]\\]|\\.)*\]\((?P<shown>)\s*\)"
        case Kind.PICTURE | Kind.LINK:
            forms = "|".join(map(re.escape, (sought.content, unquote(sought.content))))
            return rf"(?:\]\(|\]:)\s*<?(?P<shown>{forms})(?=[\s>)]|\Z)[\s>]*\)?"
        case Kind.ATTRIBUTE:
            key, _, value = sought.content.partition("=")
            return rf"(?P<shown>\b{re.escape(key)}\s*=\s*[\"']?{re.escape(value)})"
        case Kind.TAG:
            return rf"(?<!\\){words}"
    return re.escape(sought.content)


def _probed(text: str, places: Sequence[_Place]) -> str:
    pieces, done = [], 0
    for number, place in enumerate(places):
        pieces += [text[done : place.probe], f"bktplace{number}e"]
        done = place.probe
    return "".join([*pieces, text[done:]])


def _homes(tree: Any) -> Iterator[tuple[int, str]]:
    for node in walk(tree):
        kind, content = node["t"], node.get("c", "")
        for _, value in pairs_of(node):
            yield from ((int(number), "attribute") for number in _PROBE.findall(value))
        if kind == "Str":
            text = str(content)
        elif kind in ("Math", "Code", "CodeBlock"):
            text = str(content[1])
        elif kind in ("Image", "Link"):
            text = str(content[2][0])
        else:
            continue
        for number in _PROBE.findall(text):
            yield int(number), kind
