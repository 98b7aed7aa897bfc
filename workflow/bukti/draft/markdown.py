"""A draft's tree made ready for pandoc's Markdown writer, so that it reads back as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bukti.base.tree import Node, Nodes, walk
from bukti.draft import signs
from bukti.draft.trees import text_of
from bukti.manuscript.tree import plain_text, transform

WRITER = (
    "markdown-raw_tex-latex_macros-raw_attribute-example_lists-yaml_metadata_block"
    "-pandoc_title_block-simple_tables-multiline_tables"
)
"""pandoc's Markdown as manuscripts use it, with tables that an author can edit."""

ARGUMENTS = ("--wrap=auto", "--columns=100", "--reference-location=block")
_SEPARATOR = "\U000f00f0"
_COLUMNS = 100
_NOTATION = re.compile(r"\b(?:claim|given|figure|table)(?=[:=])|[{]|(?<!\w)@|&(?=#?\w+;)")
_LONE_NUMBER = re.compile(r"\(?(?:[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)]")
_OPENINGS = re.compile(r"(?::+|Table:|table:)(?=\s|$)|:::+")


def joined(pieces: Sequence[Nodes]) -> Nodes:
    """Several pieces as one document, so that pandoc is called once."""
    result: Nodes = []
    for piece in pieces:
        result += [*map(ready, piece), _raw_block(_SEPARATOR)]
    return result


def parted(text: str) -> list[str]:
    """The pieces of a document that was joined, as they are written to files."""
    pieces = [_finished(piece) for piece in text.split(_SEPARATOR)]
    return pieces[:-1]


def _finished(piece: str) -> str:
    lines = [line.rstrip() if not line.endswith("  ") else line for line in piece.split("\n")]
    text = signs.unshielded("\n".join(lines)).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def ready(block: Node) -> Node:
    """A block that the writer may write: shielded, escaped, its signs where they do no harm."""
    lifted, notes = _lifted(block)
    shielded = transform(lifted, _escaped)
    if shielded["t"] == "Table":
        shielded = _laid_out(shielded)
    shielded = transform(shielded, _open_safely)
    if not notes:
        return dict(shielded)
    return {"t": "Div", "c": [["", [], []], [_raw_block(notes), shielded]]}


def flat(blocks: Nodes) -> Nodes:
    """The blocks without the divisions that `ready` put around some of them."""
    result: Nodes = []
    for block in blocks:
        if block["t"] == "Div" and block["c"][0] == ["", [], []]:
            result += flat(block["c"][1])
        else:
            result.append(block)
    return result


def _lifted(block: Node) -> tuple[Node, str]:
    """A table without its signs and hidden notes, which would break its grid, and these."""
    if block["t"] != "Table":
        return block, ""
    found = [
        node["c"][1]
        for node in walk(block["c"])
        if node["t"] in ("RawInline", "RawBlock") and _is_note(node["c"][1])
    ]

    def change(node: Node) -> list[Node] | None:
        raw = node["t"] in ("RawInline", "RawBlock") and _is_note(node["c"][1])
        return [] if raw else None

    clean: Node = transform(block, change)
    return clean, "\n".join(found)


def _is_note(text: str) -> bool:
    return text.startswith("<!--") or not signs.without_any(text)


def _raw_block(text: str) -> Node:
    return {"t": "RawBlock", "c": ["markdown", text]}


def _raw(text: str) -> Node:
    return {"t": "RawInline", "c": ["markdown", text]}


def _escaped(node: Node) -> Node | list[Node] | None:
    """Words that look like bukti's notation as words that pandoc reads as such."""
    if node["t"] == "Image":
        return _image(node)
    if node["t"] != "Str":
        return None
    text = node["c"]
    pieces: list[Node] = []
    done = 0
    for match in _NOTATION.finditer(text):
        before = text[done : match.start()]
        sign = match[0]
        alone = sign in "{@&"
        done = match.end() if alone else match.end() + 1
        raw = f"\\{sign}" if alone else f"{sign}\\{text[match.end()]}"
        pieces += [*([_str(before)] if before else []), _raw(raw)]
    rest = text[done:]
    return [*pieces, *([_str(rest)] if rest else [])]


def _str(text: str) -> Node:
    return {"t": "Str", "c": signs.shielded(text)}


def _image(node: Node) -> Node:
    """An image whose alternative text no mark can be read in."""
    (identifier, classes, pairs), caption, target = node["c"]
    calm = [[key, re.sub(r"(claim|given):", r"\1: ", value)] for key, value in pairs]
    return {"t": "Image", "c": [[identifier, classes, calm], caption, target]}


def _open_safely(block: Node) -> Node | None:
    """A paragraph whose first word would open a definition, division or list, escaped."""
    if block["t"] not in ("Para", "Plain"):
        return None
    text = signs.unshielded(plain_text(block)).strip()
    sign = ":" if _OPENINGS.match(text) else text[-1:] if _LONE_NUMBER.fullmatch(text) else ""
    inlines = block["c"]
    place = next((n for n, node in enumerate(inlines) if node["t"] == "Str"), None)
    if not sign or place is None or sign not in inlines[place]["c"]:
        return None
    word = inlines[place]["c"]
    cut = word.find(sign)
    before = [{"t": "Str", "c": word[:cut]}] if cut else []
    after = [{"t": "Str", "c": word[cut + 1 :]}] if word[cut + 1 :] else []
    opened = [*inlines[:place], *before, _raw(f"\\{sign}"), *after, *inlines[place + 1 :]]
    return {"t": block["t"], "c": opened}


def _laid_out(table: Node) -> Node:
    """A table whose rows fit on a line without the widths that would make it a grid."""
    widest = max((sum(map(len, row)) + 3 * len(row) for row in _rows(table)), default=0)
    if widest > _COLUMNS or not _is_simple(table):
        return table
    columns = [[alignment, {"t": "ColWidthDefault"}] for alignment, _ in table["c"][2]]
    content: list[Any] = [*table["c"][:2], columns, *table["c"][3:]]
    return transform({"t": "Table", "c": content}, _single_line)  # type: ignore[no-any-return]


def _rows(table: Node) -> Iterator[list[str]]:
    _, _, _, head, bodies, foot = table["c"]
    rows = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]]), *foot[1]]
    for row in rows:
        yield [text_of(cell[4]) for cell in row[1]]


def _is_simple(table: Node) -> bool:
    """Whether each cell is one line and none spans another."""
    _, _, _, head, bodies, foot = table["c"]
    rows = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]]), *foot[1]]
    cells = [cell for row in rows for cell in row[1]]
    return all(
        cell[2] == 1
        and cell[3] == 1
        and len(cell[4]) <= 1
        and all(block["t"] in ("Para", "Plain") for block in cell[4])
        and not any(node["t"] in ("LineBreak", "Note") for node in walk(cell[4]))
        for cell in cells
    )


def _single_line(node: Node) -> Node | None:
    return {"t": "Plain", "c": node["c"]} if node["t"] == "Para" else None


def foreign_words(blocks: Nodes) -> Nodes:
    """Italic words that the draft tags with another language, in a span that says so."""

    def change(node: Node) -> Node | list[Node] | None:
        if node["t"] == "Emph":
            clean, found = _signed(node["c"])
            emphasis = {"t": "Emph", "c": clean}
            if len(found) != 1 or not plain_text(clean).strip():
                return emphasis if found else None
            (language,) = found
            return {"t": "Span", "c": [["", [], [["lang", language]]], [emphasis]]}
        return None

    changed: Nodes = transform(blocks, change)
    return _signed(changed)[0]


def _signed(value: Nodes) -> tuple[Nodes, frozenset[str]]:
    found: set[str] = set()

    def change(node: Node) -> Node | list[Node] | None:
        if node["t"] != "Str":
            return None
        text, languages = signs.foreign_in(node["c"])
        found.update(languages)
        if text == node["c"]:
            return None
        return {"t": "Str", "c": text} if text else []

    clean: Nodes = transform(value, change)
    return clean, frozenset(found)
