"""References within a draft: Word's own, and plain words such as "Tabel 2" beyond doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bukti.base.language import language_of
from bukti.base.tree import Node, Nodes
from bukti.draft.exhibits import Exhibit
from bukti.draft.finds import Finds, Kind
from bukti.draft.labels import mentions
from bukti.draft.trees import replaced_text, text_of
from bukti.manuscript.tree import plain_text, transform

_WORDS = {"tbl": "table", "fig": "figure"}
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_RUNS_ON = re.compile(r"[\w:#$%&+?<>~/-]|\.\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What can be referred to: exhibits, and headings by the ids that pandoc gave them."""

    exhibits: Sequence[Exhibit]
    headings: Mapping[str, str]
    language: str

    def by_anchor(self) -> dict[str, Exhibit]:
        """The exhibits by Word's bookmarks."""
        return {anchor: each for each in self.exhibits for anchor in each.anchors}

    def by_label(self, prefix: str) -> dict[str, Exhibit]:
        """The exhibits of a kind by a number that only one of them has."""
        own = [each for each in self.exhibits if each.prefix == prefix]
        counts = Counter(each.number for each in own)
        return {each.number: each for each in own if counts[each.number] == 1}


def bound(blocks: Nodes, targets: Targets, finds: Finds) -> Nodes:
    """The blocks with what is beyond doubt as references; the rest is noted, at its place."""
    anchors = targets.by_anchor()

    def change(node: Node) -> Node | list[Node] | None:
        if node["t"] == "Link":
            return _link(node, anchors, targets, finds)
        if node["t"] == "Span" and node["c"][0][0] and not node["c"][0][2]:
            return list(node["c"][1])  # a bookmark; what refers to it is bound by now
        return None

    def in_prose(node: Node) -> Node | None:
        if node["t"] != "Para":
            return None
        return {"t": "Para", "c": _plain(node["c"], targets, finds)}

    changed: Nodes = transform(blocks, change)
    return [
        block if block["t"] in ("Div", "Table") else transform(block, in_prose) for block in changed
    ]


def _link(
    node: Node, anchors: Mapping[str, Exhibit], targets: Targets, finds: Finds
) -> list[Node] | Node | None:
    _, inlines, (address, _) = node["c"]
    text = text_of(inlines)
    if not address:
        return [finds.here(Kind.REFERENCES_BROKEN, text), *inlines]
    if not address.startswith("#"):
        return None
    name = address.removeprefix("#")
    exhibit = anchors.get(name)
    if exhibit is not None:
        label = _label(exhibit, targets.language)
        if text.lower() == label.lower():
            finds.notation.append(text)
            return _reference(f"@{exhibit.id}")
        if text == label.rpartition(" ")[2]:
            finds.notation.append(text)
            return _reference(f"[-@{exhibit.id}]")
        return [finds.here(Kind.MENTIONS_UNCLEAR, text), *inlines]
    if name in targets.headings:
        return {"t": "Link", "c": [node["c"][0], inlines, [f"#{targets.headings[name]}", ""]]}
    return [finds.here(Kind.REFERENCES_BROKEN, text), *inlines]


def _plain(inlines: Nodes, targets: Targets, finds: Finds) -> Nodes:
    for prefix in _WORDS:
        known = targets.by_label(prefix)
        text = plain_text(inlines)

        def make(match: re.Match[str], known: Mapping[str, Exhibit] = known) -> Node:
            exhibit = known.get(match["number"])
            exact = exhibit is not None and match[0].replace("\u00a0", " ") == _label(
                exhibit, targets.language
            )
            other = _of_another_work(match) or _RUNS_ON.match(match.string[match.end() :])
            if exhibit is None or not exact or other:
                sign = finds.here(Kind.MENTIONS_UNCLEAR, match[0])
                return {"t": "Span", "c": [["", ["kept"], []], [sign, _str(match[0])]]}
            sign = finds.here(Kind.MENTIONS_BOUND, match[0])
            reference = _reference(f"@{exhibit.id}")
            finds.notation.append(match[0])
            return {"t": "Span", "c": [["", ["kept"], []], [sign, reference]]}

        if mentions(prefix).search(text):
            inlines = [
                item
                for node in replaced_text(inlines, mentions(prefix), make)
                for item in (node["c"][1] if _is_kept(node) else [node])
            ]
    return inlines


def _of_another_work(match: re.Match[str]) -> bool:
    """Whether a mention stands in brackets with a year: "(BPS 2020, Tabel 3)"."""
    before = match.string[: match.start()].rpartition("(")[2]
    behind = match.string[match.end() :].partition(")")[0]
    bracketed = "(" in match.string[: match.start()] and ")" not in before
    return bracketed and _YEAR.search(before + behind) is not None


def _is_kept(node: Node) -> bool:
    return bool(node["t"] == "Span" and node["c"][0][1] == ["kept"])


def _str(text: str) -> Node:
    return {"t": "Str", "c": text}


def _reference(text: str) -> Node:
    return {"t": "RawInline", "c": ["markdown", text]}


def _label(exhibit: Exhibit, language: str) -> str:
    """The words that a paper prints for a reference to the exhibit, if its number is as it was."""
    return f"{language_of(language).words[_WORDS[exhibit.prefix]]} {exhibit.number}"
