"""What of a chapter no page can show, found before anything is set, and what stands in its place.

The tree that the writers get holds none of it, so each fault is told once, at its place, and not
again by every format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.span import Span
from bukti.base.tree import Node, attributes, walk
from bukti.manuscript.formulas import FormulaFault, shortened
from bukti.manuscript.node_places import Kind, Sought, pairs_of, places_of
from bukti.manuscript.picture_faults import (
    Pictures,
    PictureUse,
    address_to_set,
    picture_fault,
    without_words,
)
from bukti.manuscript.tree import plain_text, transform

NOT_SHOWN = "unset:"
"""The scheme of a picture that cannot be shown; its frame stays empty."""

COMMON = (
    (0x09, 0x0D),
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x391, 0x3A1),
    (0x3A3, 0x3C9),
    (0x410, 0x44F),
    (0x2010, 0x2027),
    (0x202F, 0x203A),
    (0x2190, 0x2193),
    (0x2200, 0x22FF),
)
"""Characters that the fonts of every paper have: letters of Europe, punctuation, mathematics."""

_TAG = re.compile(r"<\s*(?P<end>/?)\s*(?P<name>[A-Za-z][\w-]*)")
_SHOWN = 80
_IDENTIFIED = {"Header": 1, "Div": 0, "Span": 0, "Link": 0, "Image": 0, "Figure": 0, "Table": 0}
_MADE = ("ref-", "refs", "sec:references")  # by the list of references
_FORMS = {
    "sup": "^...^",
    "sub": "~...~",
    "b": "**...**",
    "strong": "**...**",
    "i": "*...*",
    "em": "*...*",
    "u": "[...]{.underline}",
    "s": "~~...~~",
    "del": "~~...~~",
    "code": "`...`",
    "tt": "`...`",
    "hr": "---",
    "a": "[...](https://...)",
    "img": '![...](file.png){alt="..."}',
    "blockquote": "> ...",
    "table": "| ... | ... |",
    "li": "- ...",
    "h1": "# ... {#sec:name}",
    "h2": "## ... {#sec:name}",
    "h3": "### ... {#sec:name}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that cannot be set: what is said of it, and how its places are found.

    It is told at the first of them alone (`once`), at the last alone (`last`), or at each.
    """

    code: str
    sought: Sought
    arguments: Mapping[str, str]
    notes: tuple[Note, ...] = ()
    hint: Note | None = None
    once: bool = False
    last: bool = False

    def at(self, span: Span | None) -> Diagnostic:
        """The finding at a place."""
        return diagnose(self.code, span, notes=self.notes, hint=self.hint, **self.arguments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known of the page: formulas that fail, signs without a shape, pictures, ids."""

    formulas: Mapping[str, FormulaFault] = field(default_factory=dict)
    unshown: frozenset[str] = frozenset()
    pictures: Pictures = field(default_factory=Pictures)
    identifiers: frozenset[str] | None = None


def faults_of(tree: Any, folder: str, setting: Setting) -> tuple[Fault, ...]:
    """What a chapter holds that cannot be set; `folder` is that of the chapter."""
    nodes = list(walk([tree["blocks"], list(tree["meta"].values())]))
    return (
        *_formulas(nodes, setting.formulas),
        *_passages(nodes),
        *_pictures(nodes, folder, setting.pictures),
        *_links(nodes, setting.identifiers),
        *_attributes(nodes),
        *_characters(nodes, setting.unshown),
    )


def placed(
    faults: Collection[Fault], path: str, text: str, read: Callable[[str], Any]
) -> Iterator[Diagnostic]:
    """The faults of a chapter as findings, each at every place; at the file where none is found."""
    unique = {(each.code, each.sought): each for each in faults}
    places = places_of(path, text, [each.sought for each in unique.values()], read)
    for fault in unique.values():
        spans = places.get(fault.sought, (Span(path=path),))
        if fault.once or fault.last:
            spans = spans[:1] if fault.once else spans[-1:]
        yield from map(fault.at, spans)


def settable(value: Any, folder: str, setting: Setting) -> Any:
    """A copy of a tree in which nothing is left that cannot be set."""

    def change(node: Node) -> Node | list[Node] | None:
        kind = node["t"]
        if kind == "Math" and node["c"][1] in setting.formulas:
            return {"t": "Code", "c": [attributes(), node["c"][1]]}
        if kind in ("RawInline", "RawBlock") and not _is_comment(node):
            return []
        if kind == "Link" and _leads_nowhere(node, setting.identifiers):
            inner: list[Node] = node["c"][1]
            return inner
        if kind == "Image":
            return _shown(node, folder, setting.pictures)
        return None

    return transform(value, change)


def identifiers_of(value: Any) -> frozenset[str]:
    """The identifiers that links can lead to."""
    nodes = (node for node in walk(value) if node["t"] in _IDENTIFIED)
    return frozenset(node["c"][_IDENTIFIED[node["t"]]][0] for node in nodes) - {""}


def formulas_of(trees: Collection[Any]) -> tuple[str, ...]:
    """The formulas of chapters, each once, in order."""
    nodes = (
        node
        for tree in trees
        for node in walk([tree["blocks"], list(tree["meta"].values())])
        if node["t"] == "Math"
    )
    return tuple(dict.fromkeys(node["c"][1] for node in nodes))


def rare_characters(words: Iterable[str]) -> tuple[str, ...]:
    """The characters that not every font has for certain, in order."""
    return tuple(sorted({each for word in words for each in word if not _is_common(each)}))


def _is_common(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in COMMON)


def words_of(value: Any) -> Iterator[str]:
    """All that is printed of a tree."""
    for node in walk(value):
        if node["t"] in ("Str", "MetaString"):
            yield str(node["c"])
        elif node["t"] in ("Math", "Code", "CodeBlock"):
            yield str(node["c"][1])


def _formulas(nodes: list[Node], formulas: Mapping[str, FormulaFault]) -> Iterator[Fault]:
    for node in nodes:
        if node["t"] == "Math" and node["c"][1] in formulas:
            tex = node["c"][1]
            fault = formulas[tex]
            yield Fault(
                code=fault.code,
                sought=Sought(kind=Kind.FORMULA, content=tex),
                arguments={"formula": shortened(tex)},
                notes=fault.notes,
            )


def _is_comment(node: Node) -> bool:
    form, text = node["c"]
    return bool(form == "html" and text.lstrip().startswith("<!--"))


def _passages(nodes: list[Node]) -> Iterator[Fault]:
    raw = [each for each in nodes if each["t"] in ("RawInline", "RawBlock")]
    tags = [(each, _TAG.match(each["c"][1])) for each in raw if not _is_comment(each)]
    opened = {tag["name"].lower() for _, tag in tags if tag and not tag["end"]}
    for node, tag in tags:
        name = tag["name"].lower() if tag else ""
        if tag and tag["end"] and name in opened:
            continue  # it is mended together with its beginning
        form, text = node["c"]
        first = text.partition(">")[0] + ">" if tag else text.splitlines()[0]
        instead = _FORMS.get(name)
        yield Fault(
            code="REN107",
            sought=Sought(kind=Kind.TAG, content=first),
            arguments={"passage": " ".join(text.split())[:_SHOWN], "format": form},
            hint=note("write-instead", form=instead) if instead else None,
        )


def _leads_nowhere(node: Node, identifiers: frozenset[str] | None) -> bool:
    target = node["c"][2][0]
    if identifiers is None or not target.startswith("#"):
        return False
    name = target[1:]
    return name not in identifiers and not name.startswith(_MADE)


def _links(nodes: list[Node], identifiers: frozenset[str] | None) -> Iterator[Fault]:
    for node in nodes:
        if node["t"] == "Link" and _leads_nowhere(node, identifiers):
            target = node["c"][2][0]
            yield Fault(
                code="REN108",
                sought=Sought(kind=Kind.LINK, content=target),
                arguments={"target": target[1:], "text": plain_text(node["c"][1])},
            )


def _attributes(nodes: list[Node]) -> Iterator[Fault]:
    for node in nodes:
        first: dict[str, str] = {}
        for key, value in pairs_of(node):
            if key in first:
                sought = Sought(kind=Kind.ATTRIBUTE, content=f"{key}={value}")
                values = {"key": key, "value": value[:_SHOWN], "first": first[key][:_SHOWN]}
                yield Fault(code="REN130", sought=sought, arguments=values, last=True)
            first.setdefault(key, value)


def _characters(nodes: list[Node], unshown: frozenset[str]) -> Iterator[Fault]:
    if not unshown:
        return
    runs = re.compile(f"[{''.join(map(re.escape, sorted(unshown)))}]+")
    told: set[str] = set()
    for words in words_of(nodes):
        for run in runs.findall(words):
            if not set(run) <= told:
                told |= set(run)
                yield character_fault(run)


def character_fault(run: str) -> Fault:
    """What is said of characters that no font of the PDF has."""
    codes = ", ".join(f"U+{ord(each):04X}" for each in dict.fromkeys(run[:4]))
    return Fault(
        code="REN116",
        sought=Sought(kind=Kind.CHARACTERS, content=run),
        arguments={"characters": run, "codes": codes},
        once=True,
    )


def _pictures(nodes: list[Node], folder: str, pictures: Pictures) -> Iterator[Fault]:
    for use in _uses(nodes):
        fault = picture_fault(use.address, folder, pictures)
        if fault is None and without_words(use):
            fault = ("REN122", {"picture": unquote(use.address)}, None)
        if fault is not None:
            code, arguments, hint = fault
            sought = Sought(kind=Kind.PICTURE, content=use.address)
            yield Fault(code=code, sought=sought, arguments=arguments, hint=hint)


def _uses(nodes: list[Node]) -> Iterator[PictureUse]:
    captions = {
        id(image): node["c"][1]
        for node in nodes
        if node["t"] == "Figure"
        for image in walk(node["c"][2])
        if image["t"] == "Image"
    }
    seen: set[int] = set()
    for node in nodes:
        if node["t"] == "Image" and id(node) not in seen:
            seen.add(id(node))
            yield PictureUse(
                address=node["c"][2][0],
                words=dict(node["c"][0][2]).get("alt") or plain_text(node["c"][1]),
                caption=plain_text(captions.get(id(node), [])),
            )


def _shown(image: Node, folder: str, pictures: Pictures) -> Node:
    attribute, words, (address, title) = image["c"]
    there = address_to_set(address, folder, pictures)
    target = f"{NOT_SHOWN}{address}" if there is None else there
    return {"t": "Image", "c": [attribute, words, [target, title]]}
