"""Tables and figures of a draft with their captions, ids, source lines and picture files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bukti.base.tree import Node, Nodes, attributes, walk
from bukti.draft.finds import Finds, Kind
from bukti.draft.labels import Number, is_source_line, number_label
from bukti.draft.trees import (
    all_within,
    dropped,
    identifiers,
    is_mute,
    kinds_of,
    plain_inlines,
    text_of,
    trimmed,
    without_styles,
)
from bukti.manuscript.tree import plain_text

_SLUG_WORDS = 5
_SLUG_LENGTH = 40
_LONGEST_CAPTION = 60
_FORMULA_NUMBER = re.compile(r"\(\d+(?:[.-]\d+)*[a-z]?\)")
_BLANK = ("RawBlock",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A table or figure with a caption: its id, and the label and anchors that the draft uses."""

    id: str
    prefix: str
    word: str
    number: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Caption:
    inlines: Nodes
    label: Number
    anchors: tuple[str, ...]

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands behind the label."""
        return not text_of(self.inlines)

    def with_title(self, block: Node) -> _Caption:
        """The caption whose words stand in the paragraph behind it."""
        return replace(self, inlines=[*self.inlines, *_inlines(block)])


@dataclass(slots=True)
class Exhibits:
    """What `placed` found, in order; `ids` are those of the leading draft, by prefix."""

    finds: Finds
    ids: Mapping[str, Sequence[str]] = field(default_factory=dict)
    found: list[Exhibit] = field(default_factory=list)
    formulas: int = 0

    def placed(self, blocks: Nodes) -> Nodes:
        """The blocks with each exhibit as the notation writes it."""
        result: Nodes = []
        waiting = list(blocks)
        while waiting:
            block = waiting.pop(0)
            formula = _numbered_formula(block)
            if formula is not None:
                result.append(self._formula(*formula))
            elif block["t"] == "Table":
                self._table(block, result, waiting)
            elif _is_picture(block):
                self._figure(block, result, waiting)
            else:
                result.append(block)
        return [_cleaned(block) for block in result]

    def ids_by_prefix(self) -> dict[str, list[str]]:
        """The ids of the exhibits, for the drafts in other languages."""
        ids: dict[str, list[str]] = {"tbl": [], "fig": []}
        for each in self.found:
            ids[each.prefix].append(each.id)
        return ids

    def _table(self, table: Node, result: Nodes, waiting: Nodes) -> None:
        caption = _caption_above(result, "tbl") or _caption_below(waiting, "tbl")
        between = _signs_before(result)
        attribute = attributes()
        inlines: Nodes = []
        if caption is None:
            sign = self.finds.here(Kind.EXHIBITS_UNTITLED, _first_words(table))
            result.append({"t": "RawBlock", "c": ["markdown", sign["c"][1]]})
        else:
            attribute = attributes(self._remember(caption))
            inlines = caption.inlines
        result += between
        if not table["c"][3][1] and len(_rows(table)) > 1:
            inlines = [self.finds.here(Kind.TABLES_HEADLESS, text_of(inlines)), *inlines]
        content = [{"t": "Plain", "c": inlines}] if inlines else []
        result.append({"t": "Table", "c": [attribute, [None, content], *table["c"][2:]]})
        _take_source(result, waiting)

    def _formula(self, formula: Node, number: str) -> Node:
        """A formula with its number, which Word's authors set in a table without lines."""
        self.formulas += 1
        self.finds.notation.append(number)
        sign = {"t": "RawInline", "c": ["markdown", f"{{#eq:{self.formulas}}}"]}
        shown = {"t": "Math", "c": [{"t": "DisplayMath"}, formula["c"][1]]}
        return {"t": "Para", "c": [shown, {"t": "Space"}, sign]}

    def _figure(self, block: Node, result: Nodes, waiting: Nodes) -> None:
        image = next(node for node in walk(block) if node["t"] == "Image")
        caption = _caption_below(waiting, "fig") or _caption_above(result, "fig")
        attribute, alt, target = image["c"]
        words = text_of(alt)
        if caption is None:
            sign = self.finds.here(Kind.EXHIBITS_UNTITLED, words or target[0])
            kept = {"t": "Image", "c": [attribute, alt, target]}
            result.append({"t": "Para", "c": [sign, kept]})
        else:
            identifier = self._remember(caption)
            inlines = caption.inlines
            pairs = [*([("alt", words)] if words else []), *map(tuple, attribute[2])]
            result.append(
                {"t": "Para", "c": [_image(attributes(identifier, (), pairs), inlines, target)]}
            )
        if not words:
            title = text_of(caption.inlines) if caption else target[0]
            sign = self.finds.here(Kind.PICTURES_WITHOUT_ALT, title)
            result.append({"t": "RawBlock", "c": ["markdown", sign["c"][1]]})
        _take_source(result, waiting)

    def _remember(self, caption: _Caption) -> str:
        label = caption.label
        order = sum(each.prefix == label.prefix for each in self.found)
        leading = self.ids.get(label.prefix, ())
        known = {each.id for each in self.found}
        if order < len(leading):
            identifier = leading[order]
        else:
            name = slug(text_of(caption.inlines)) or label.number.lower()
            identifier = unique(f"{label.prefix}:{name}", known)
        if label.number != str(order + 1):
            text = f"{label.word} {label.number} \u2192 {label.word} {order + 1}"
            caption.inlines.insert(0, self.finds.here(Kind.EXHIBITS_RENUMBERED, text))
        self.finds.notation.append(f"{label.word} {label.number}")
        self.found.append(
            Exhibit(
                id=identifier,
                prefix=label.prefix,
                word=label.word,
                number=label.number,
                anchors=caption.anchors,
            )
        )
        return identifier


def _rows(table: Node) -> list[Any]:
    """The rows of a table's bodies."""
    return [row for body in table["c"][4] for row in [*body[2], *body[3]]]


def _numbered_formula(block: Node) -> tuple[Node, str] | None:
    """The formula and the number of a table that holds nothing else."""
    if block["t"] != "Table" or block["c"][5][1]:
        return None
    rows = [*block["c"][3][1], *_rows(block)]
    cells = [cell[4] for row in rows for cell in row[1]]
    formulas = [node for node in walk(cells) if node["t"] == "Math"]
    texts = [text for text in map(text_of, cells) if text]
    if len(rows) != 1 or len(formulas) != 1 or len(texts) != 2:
        return None
    number = next((text for text in texts if _FORMULA_NUMBER.fullmatch(text)), None)
    alone = any(text_of([formulas[0]]) == text for text in texts)
    return (formulas[0], number) if number and alone else None


def _image(attribute: list[object], inlines: Nodes, target: object) -> Node:
    return {"t": "Image", "c": [attribute, inlines, target]}


def _is_picture(block: Node) -> bool:
    """Whether a block is a picture alone."""
    if block["t"] == "Figure":
        return len([node for node in walk(block) if node["t"] == "Image"]) == 1
    if block["t"] != "Para":
        return False
    clean = without_styles(block["c"])
    assert isinstance(clean, list)
    kinds: list[str] = [node["t"] for node in clean if not is_mute(node)]
    return kinds == ["Image"]


def _caption_above(result: Nodes, prefix: str) -> _Caption | None:
    """The caption that ends the blocks so far, taken off them: on one line or on two."""
    places = [n for n, block in enumerate(result) if block["t"] not in _BLANK][-2:]
    if places:
        found = _caption(result[places[-1]], prefix)
        if found is not None and not found.is_bare:
            del result[places[-1]]
            return found
    if len(places) == 2 and _may_be_title(result[places[1]]):
        found = _caption(result[places[0]], prefix)
        if found is not None and found.is_bare:
            titled = found.with_title(result[places[1]])
            del result[places[1]], result[places[0]]
            return titled
    return None


def _caption_below(waiting: Nodes, prefix: str) -> _Caption | None:
    """The caption that follows, taken off; not one that the next exhibit stands under."""
    if not waiting:
        return None
    found = _caption(waiting[0], prefix)
    if found is None:
        return None
    behind = waiting[1] if len(waiting) > 1 else None
    if not found.is_bare:
        if prefix == "tbl" and behind is not None and behind["t"] == "Table":
            return None
        del waiting[0]
        return found
    if behind is not None and prefix == "fig" and _may_be_title(behind):
        del waiting[:2]
        return found.with_title(behind)
    return None


def _caption(block: Node, prefix: str) -> _Caption | None:
    """A paragraph's words behind its label, with the label; None where it has none of the kind."""
    if block["t"] not in ("Para", "Plain"):
        return None
    inlines = _inlines(block)
    label = number_label(plain_text(inlines))
    if label is None or label.prefix != prefix:
        return None
    if len(text_of(inlines).split()) > _LONGEST_CAPTION and not kinds_of(block) & {"caption"}:
        return None  # a sentence that begins with "Tabel 1"
    return _Caption(
        inlines=plain_inlines(dropped(inlines, label.length)),
        label=label,
        anchors=tuple(identifiers(inlines)),
    )


def _may_be_title(block: Node) -> bool:
    """Whether a paragraph can be the second line of a caption: centred, bold or so styled."""
    if block["t"] != "Para" or len(text_of(block).split()) > _LONGEST_CAPTION:
        return False
    return bool(kinds_of(block) & {"caption", "centred"}) or all_within(block["c"], ("Strong",))


def _inlines(block: Node) -> Nodes:
    clean = without_styles(block["c"])
    assert isinstance(clean, list)
    return trimmed(plain_inlines(clean))


def _signs_before(result: Nodes) -> Nodes:
    """The signs that stood between a caption and its table, taken off."""
    taken: Nodes = []
    while result and result[-1]["t"] in _BLANK:
        taken.insert(0, result.pop())
    return taken


def _take_source(result: Nodes, waiting: Nodes) -> None:
    """Move a line such as "Sumber: BPS" under its exhibit."""
    if waiting and waiting[0]["t"] == "Para" and is_source_line(text_of(waiting[0])):
        line = waiting.pop(0)
        block = {"t": "Para", "c": _plain_line(line)}
        result.append({"t": "Div", "c": [attributes(classes=["source-line"]), [block]]})


def _plain_line(block: Node) -> Nodes:
    clean = without_styles(block["c"])
    assert isinstance(clean, list)
    return trimmed(clean)


def _first_words(table: Node) -> str:
    texts = [text_of(node) for node in walk(table["c"][3:]) if node["t"] in ("Para", "Plain")]
    return " | ".join(text for text in texts if text)


def _cleaned(block: Node) -> Node:
    clean = without_styles(block)
    assert isinstance(clean, dict)
    return clean


def slug(text: str) -> str:
    """A short name for a heading or caption: its first words in plain small letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower().replace("'", ""))
    chosen = words[:_SLUG_WORDS]
    while len(chosen) > 1 and len("-".join(chosen)) > _SLUG_LENGTH:
        chosen.pop()
    return "-".join(chosen)[:_SLUG_LENGTH].strip("-")


def unique(name: str, known: set[str]) -> str:
    """A name that is not yet taken: itself, or with a number behind."""
    number = 2
    found = name
    while found in known:
        found = f"{name}-{number}"
        number += 1
    return found
