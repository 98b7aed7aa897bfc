"""What stands below figures and tables: notes and the line of sources, in one form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bukti.base.language import Language, language_of
from bukti.base.tree import Node, Nodes, attributes, walk
from bukti.manuscript.tree import plain_text, words

NOTES, SOURCE, AUTOMATIC = "notes", "source-line", "automatic"
_ALIASES = {"source": SOURCE, "notes": NOTES, SOURCE: SOURCE}
_NONE = "none"
_SIGNS = "*\u2020\u2021\u00a7"


def division(name: str, blocks: Nodes, product: str = "") -> Node:
    """A division for what stands below a figure or table; `product` is that of a notebook."""
    classes, pairs = ([AUTOMATIC], [("product", product)]) if product else ([], [])
    return {"t": "Div", "c": [attributes(classes=[name, *classes], pairs=pairs), blocks]}


@dataclass(slots=True)
class Below:
    """Gathers what belongs below each figure and table of an edition.

    `strays` are the words of divisions that follow neither, `without` the products of notebooks
    of which no source is known.
    """

    language: str
    strays: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)

    def gathered(self, value: Any) -> Any:
        """A copy of a tree in which each figure and table is followed by its notes and sources."""
        if isinstance(value, dict):
            return {key: self.gathered(item) for key, item in value.items()}
        if not isinstance(value, list):
            return value
        items = [self.gathered(item) for item in value]
        concerned = any(_shows(item) or _part(item) is not None for item in items)
        return list(self._sequence(items)) if concerned else items

    def _sequence(self, items: list[Any]) -> Iterator[Any]:
        place = 0
        while place < len(items):
            item = items[place]
            place += 1
            if not _shows(item):
                if _part(item) is not None:
                    self.strays.append(plain_text(item["c"][1]))
                yield item
                continue
            parts = [_from_attribute(item)]
            while place < len(items) and _part(items[place]) is not None:
                parts.append(items[place])
                place += 1
            yield item
            yield from self._below([part for part in parts if part is not None])

    def _below(self, parts: Nodes) -> Iterator[Node]:
        speech = language_of(self.language)
        notes = [part for part in parts if _part(part) == NOTES]
        sources = [part for part in parts if _part(part) == SOURCE]
        own = [part for part in sources if AUTOMATIC not in part["c"][0][1]]
        if notes:
            yield division(NOTES, _ordered([b for part in notes for b in part["c"][1]], speech))
        self.without += [part["c"][0][2][0][1] for part in sources if not (own or part["c"][1])]
        for part in own or [part for part in sources[:1] if part["c"][1]]:
            if plain_text(part["c"][1]).strip() != _NONE:
                line = _led(part["c"][1], speech.words["source"], speech, ": ")
                yield division(SOURCE, _ended(line))


def _shows(item: Any) -> bool:
    return isinstance(item, dict) and item.get("t") in ("Figure", "Table")


def _part(item: Any) -> str | None:
    """Whether an item is notes or a line of sources; None for anything else."""
    if not isinstance(item, dict) or item.get("t") != "Div":
        return None
    return next((_ALIASES[name] for name in item["c"][0][1] if name in _ALIASES), None)


def _from_attribute(item: Node) -> Node | None:
    """The line that `source="..."` gives, taken out of the attributes."""
    images = [each for each in walk(item["c"][2]) if each["t"] == "Image"]
    for node in (item, *(images if item["t"] == "Figure" else ())):
        pairs = node["c"][0][2]
        for pair in pairs:
            if pair[0] == "source":
                pairs.remove(pair)
                return division(SOURCE, [{"t": "Para", "c": words(pair[1])}])
    return None


def _ordered(blocks: Nodes, speech: Language) -> Nodes:
    """General notes, led by the word for them, then those with letters, then those with signs."""
    lines = [line for block in blocks for line in _lines(block)]
    general = [line for line in lines if _rank(line) == 0]
    rest = sorted((line for line in lines if _rank(line)), key=_rank)
    return [*(_led(general, speech.words["note"], speech, ". ") if general else []), *rest]


def _lines(block: Node) -> Iterator[Node]:
    """A block as paragraphs; Markdown takes a line that begins with an asterisk for a list."""
    if block["t"] != "BulletList":
        yield {"t": "Para", "c": block["c"]} if block["t"] == "Plain" else block
        return
    for item in block["c"]:
        inner = [line for each in item for line in _lines(each)]
        if inner and inner[0]["t"] == "Para":
            inner[0] = {"t": "Para", "c": [*words("* "), *inner[0]["c"]]}
        yield from inner


def _rank(block: Node) -> int:
    first = block["c"][0] if block["t"] == "Para" and block["c"] else {"t": ""}
    if first["t"] == "Str" and first["c"][0] in _SIGNS:
        return 2
    if first["t"] == "Superscript":
        return 2 if plain_text(first)[:1] in _SIGNS else 1
    return 0


def _led(blocks: Nodes, word: str, speech: Language, behind: str) -> Nodes:
    """Blocks whose first paragraph begins with a word, put there unless the author wrote it."""
    first, *rest = blocks or [{"t": "Para", "c": []}]
    if first["t"] not in ("Para", "Plain"):
        return [{"t": "Para", "c": _lead(word, behind)}, *blocks]
    begins = plain_text(first).lower()
    known = (word, speech.words.get("source-plural", word), speech.words["note"])
    if any(begins.startswith((f"{each.lower()}:", f"{each.lower()}.")) for each in known):
        return blocks
    return [{"t": "Para", "c": [*_lead(word, behind), *first["c"]]}, *rest]


def _ended(blocks: Nodes) -> Nodes:
    """Blocks whose last paragraph ends a sentence."""
    *before, last = blocks
    if last["t"] != "Para" or plain_text(last).rstrip()[-1:] in (".", "!", "?", ""):
        return blocks
    return [*before, {"t": "Para", "c": [*last["c"], {"t": "Str", "c": "."}]}]


def _lead(word: str, behind: str) -> Nodes:
    lead = words(word + behind.strip())
    return [*(lead if behind.startswith(":") else [{"t": "Emph", "c": lead}]), {"t": "Space"}]
