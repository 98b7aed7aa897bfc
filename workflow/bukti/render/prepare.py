"""What every format needs first: no raw passages, real quotation marks, sound links, exhibits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.base.tree import Node, Nodes, attributes, walk
from bukti.render.front import Front, read_front
from bukti.render.nodes import attr_of, div, has_class, plain_text, rewrite, set_identifier, string
from bukti.render.pictures import NOTES, SOURCE
from bukti.render.plan import Invocation
from bukti.render.ties import tied

EXHIBIT = "exhibit"
_QUOTES = {
    "": ("\u201c", "\u201d", "\u2018", "\u2019"),
    "de": ("\u201e", "\u201c", "\u201a", "\u2018"),
    "fr": ("\u00ab\u202f", "\u202f\u00bb", "\u201c", "\u201d"),
}
_IDENTIFIED = ("Header", "Div", "Span", "Link", "Image", "Figure", "Table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The parts of a paper that a writer arranges, and the labels that references lead to."""

    front: Front
    body: Nodes
    back: Nodes
    labels: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def prepare(invocation: Invocation) -> Prepared:
    """The paper of a tree, ready for the writers."""
    found: list[Diagnostic] = []
    span = Span(path=invocation.path) if invocation.path else None
    tree: Any = {"meta": invocation.tree["meta"], "blocks": invocation.tree["blocks"]}
    tree = rewrite(tree, lambda node: _plainer(node, invocation.language, span, found))
    tree = _unique_identifiers(tree)
    tree = _sound_links(tree, span, found)
    front = read_front(tree["meta"], invocation.language)
    tree = tied(tree, [front.language, *(other.language for other in front.others)])
    front = read_front(tree["meta"], invocation.language)
    if not front.title:
        found.append(diagnose("REN123", span))
    blocks = _grouped(tree["blocks"])
    body, back = _split(blocks, front)
    labels = {name: label for name, label in map(_label, walk(blocks)) if label}
    return Prepared(front=front, body=body, back=back, labels=labels, diagnostics=tuple(found))


def _plainer(node: Node, language: str, span: Span | None, found: list[Diagnostic]) -> Nodes | None:
    def again(value: Any) -> Any:
        return rewrite(value, lambda each: _plainer(each, language, span, found))

    kind = node["t"]
    if kind in ("RawInline", "RawBlock"):
        form, text = node["c"]
        if not (form == "html" and text.lstrip().startswith("<!--")):
            passage = " ".join(text.split())[:80]
            found.append(diagnose("REN107", span, passage=passage, format=form))
        return []
    if kind == "Cite":
        inlines: Nodes = again(node["c"][1])
        return inlines
    if kind in ("BulletList", "OrderedList", "DefinitionList"):
        return [_with_paragraphs({"t": kind, "c": again(node["c"])})]
    if kind == "Quoted":
        return _quoted(node, language, again(node["c"][1]))
    return None


def _with_paragraphs(node: Node) -> Node:
    """A list in which lines that follow each other within an item are paragraphs."""
    content = node["c"]
    if node["t"] == "BulletList":
        items = content
    elif node["t"] == "OrderedList":
        items = content[1]
    else:
        items = [meaning for _, meanings in content for meaning in meanings]
    for item in items:
        if [block["t"] for block in item].count("Plain") > 1:
            item[:] = [{**block, "t": "Para"} if block["t"] == "Plain" else block for block in item]
    return node


def _quoted(node: Node, language: str, inlines: Nodes) -> Nodes:
    quotes = _QUOTES.get(language.partition("-")[0], _QUOTES[""])
    place = 0 if node["c"][0]["t"] == "DoubleQuote" else 2
    return [string(quotes[place]), *inlines, string(quotes[place + 1])]


def _unique_identifiers(tree: Any) -> Any:
    seen: set[str] = set()

    def change(node: Node) -> Nodes | None:
        identifier = attr_of(node)[0] if node["t"] in _IDENTIFIED else ""
        if identifier and identifier in seen:
            return [rewrite(set_identifier(node, ""), change)]
        seen.add(identifier)
        return None

    return rewrite(tree, change)


def _sound_links(tree: Any, span: Span | None, found: list[Diagnostic]) -> Any:
    known = {attr_of(node)[0] for node in walk(tree) if node["t"] in _IDENTIFIED}

    def change(node: Node) -> Nodes | None:
        if node["t"] != "Link" or not node["c"][2][0].startswith("#"):
            return None
        target = node["c"][2][0][1:]
        if target in known and target:
            return None
        found.append(diagnose("REN108", span, target=target, text=plain_text(node)))
        inlines: Nodes = rewrite(node["c"][1], change)
        return inlines

    return rewrite(tree, change)


def _grouped(value: Any) -> Any:
    """The tree with each figure and table in a division, together with its line of source."""
    if isinstance(value, dict):
        return {key: _grouped(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    result: list[Any] = []
    for item in map(_grouped, value):
        if not isinstance(item, dict) or "t" not in item:
            result.append(item)
        elif item["t"] in ("Figure", "Table"):
            result.append(div(attributes(classes=[EXHIBIT]), [item]))
        elif result and any(_belongs(item, name, result[-1]) for name in (NOTES, SOURCE)):
            result[-1]["c"][1].append(item)
        else:
            result.append(item)
    return result


def _belongs(item: Node, name: str, before: Any) -> bool:
    """Whether a division of a class goes below the figure or table before it, which has none."""
    if not has_class(item, name, "Div") or not isinstance(before, dict) or "t" not in before:
        return False
    shown = has_class(before, EXHIBIT, "Div")
    return shown and not any(has_class(each, name, "Div") for each in before["c"][1])


def _label(node: Node) -> tuple[str, str]:
    identifier, _, pairs = attr_of(node)
    if has_class(node, "equation", "Span") and pairs.get("number"):
        return identifier, f"({pairs['number']})"
    return identifier, pairs.get("label", "")


def _split(blocks: Nodes, front: Front) -> tuple[Nodes, Nodes]:
    """The body, and the references with their heading; declarations go between the two."""
    places = [index for index, each in enumerate(blocks) if attr_of(each)[0] == "refs"]
    if not places:
        return blocks, []
    place = places[0]
    if not plain_text(blocks[place]):
        return blocks[:place], blocks[place + 1 :]
    if place and blocks[place - 1]["t"] == "Header":
        return blocks[: place - 1], blocks[place - 1 :]
    return blocks[:place], [heading(front.words["references"], "references"), *blocks[place:]]


def heading(text: str, identifier: str = "") -> Node:
    """A heading without a number."""
    return {"t": "Header", "c": [1, attributes(identifier, ["unnumbered"]), [string(text)]]}


def statements(front: Front) -> Nodes:
    """The declarations as blocks: each a small heading and its text."""
    blocks: Nodes = []
    for each in front.statements:
        level = {"t": "Header", "c": [2, attributes("", ["unnumbered", "statement"]), each.title]}
        blocks += [level, *each.text]
    return blocks
