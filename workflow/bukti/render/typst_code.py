"""Calls of the template's functions, as raw passages around pandoc's own blocks."""

from __future__ import annotations

from collections.abc import Mapping

from bukti.base.tree import Nodes
from bukti.render.nodes import plain, raw_block, raw_inline

_START = "[#[]"  # what follows is never taken for a list, a heading or a term
MODULE = "paper"  # functions are reached through it, so that none hides a symbol of formulas
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """A text as a string of Typst."""
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return f'"{escaped}"'


def array(items: list[str]) -> str:
    """Expressions as an array of Typst; one item needs its comma too."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def arguments(values: Mapping[str, str]) -> str:
    """Named arguments, each with its comma."""
    return "".join(f"{name}: {value}, " for name, value in values.items())


def content(blocks: Nodes, before: str = "", after: str = ",") -> Nodes:
    """Blocks in square brackets, on one line where they are but one line of text."""
    if not blocks:
        return [raw_block("typst", f"{before}[]{after}")]
    if len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para"):
        return [plain(inline_content(blocks[0]["c"], before, after))]
    return [raw_block("typst", before + "["), *blocks, raw_block("typst", "]" + after)]


def inline_content(inlines: Nodes, before: str = "", after: str = "") -> Nodes:
    """Inlines in square brackets."""
    return [raw_inline("typst", before + _START), *inlines, raw_inline("typst", "]" + after)]


def label(identifier: str) -> str:
    """A label of Typst, after a space; nothing without an identifier."""
    return f" #label({quoted(identifier)})" if identifier else ""


def call(
    function: str,
    values: Mapping[str, str],
    contents: Mapping[str, Nodes],
    *,
    body: Nodes | None = None,
    identifier: str = "",
) -> Nodes:
    """A call with plain values, contents of blocks, and lines of code for the argument `body`."""
    blocks = [raw_block("typst", f"#{MODULE}.{function}({arguments(values)}")]
    for name, inner in contents.items():
        blocks += content(inner, f"{name}: ")
    blocks += body or []
    return [*blocks, raw_block("typst", ")" + label(identifier))]
