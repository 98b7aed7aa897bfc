"""Links, notes, emphasis and code within a chapter's text that do not work as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.tree import Node, walk
from bukti.manuscript.candidates import SCHEMES, Source, without_numbers
from bukti.manuscript.structure.places import in_turn, outside_code

_NO_ADDRESS = re.compile(r"(?<!!)\[[^\[\]]*\]\(\s*(?:<>)?\s*\)")
_NO_WORDS = re.compile(r"(?<![!\]])\[\s*\]\((?!\s*<?(?:claim|given|figure|table):)[^()\s]+\)")
_NOTE = re.compile(r"(?<!\\)\[\^[^\]\s]+\](?!:)")
_STRONG = re.compile(r"(?<![\\*\w])\*\*(?=[^\W_])[^\s*]*")
_TICKS = re.compile(r"(?<![\\\w`])`+[^\s`'\"]*")


def inline_findings(source: Source, tree: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Empty links, notes without text, emphasis and code that begin and never end."""
    nodes = list(walk([tree["blocks"], list(tree["meta"].values())]))
    yield from _links(source, nodes)
    words = [str(node["c"]) for node in nodes if node["t"] == "Str"]
    yield from _left_open(source, words, _NOTE, "REN183")
    yield from _left_open(source, words, _STRONG, "REN192")
    yield from _left_open(source, words, _TICKS, "REN193")


def _links(source: Source, nodes: list[Node]) -> Iterator[Diagnostic]:
    without_address = in_turn(source, _NO_ADDRESS)
    without_words = in_turn(source, _NO_WORDS)
    for node in nodes:
        if node["t"] != "Link":
            continue
        _, inlines, (target, _) = node["c"]
        if not target:
            yield diagnose("REN185", without_address())
        elif not inlines and target.partition(":")[0] not in SCHEMES:
            yield diagnose("REN194", without_words(), address=without_numbers(target))


def _left_open(
    source: Source, words: list[str], pattern: re.Pattern[str], code: str
) -> Iterator[Diagnostic]:
    """Signs that pandoc took for text: each place in the file whose words the tree has as text."""
    if not any(pattern.search(word) for word in words):
        return
    for match in outside_code(source, pattern):
        if any(match[0] in word for word in words):
            yield diagnose(code, source.span(*match.span()), text=match[0])
