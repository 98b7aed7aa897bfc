"""Several pictures in one figure: a division with pictures and, at its end, what all of them show.

The notation is that of pandoc-crossref (lierdakil.github.io/pandoc-crossref, "Subfigures").
"""

from __future__ import annotations

from dataclasses import dataclass

from bukti.base.tree import Node, Nodes
from bukti.manuscript.tree import plain_text

PANEL = "panel"
_SPACES = ("Space", "SoftBreak", "LineBreak")


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """The rows of pictures of a figure, and the words below all of them."""

    identifier: str
    rows: list[Nodes]
    caption: Nodes


def panels_of(division: Node) -> Panels | None:
    """What a division holds if it is a figure of several pictures; None for any other.

    Pictures of one paragraph stand side by side; each has its id and its words.
    """
    identifier = division["c"][0][0]
    *above, last = division["c"][1] or [{"t": "Null"}]
    rows = [_pictures(block) for block in above]
    if not identifier.startswith("fig:") or last["t"] not in ("Para", "Plain"):
        return None
    if not all(rows) or sum(map(len, rows)) < 2 or _pictures(last):
        return None
    return Panels(identifier=identifier, rows=rows, caption=last["c"])


def has_panel(node: Node) -> bool:
    """Whether a node is a picture of a figure of several."""
    return node["t"] == "Image" and PANEL in node["c"][0][1]


def letter(place: int) -> str:
    """The letter of a panel, from 0: a to z, then aa."""
    before = letter(place // 26 - 1) if place >= 26 else ""
    return before + chr(ord("a") + place % 26)


def _pictures(block: Node) -> Nodes:
    """The pictures of a block that holds nothing else; none where it does."""
    if block["t"] == "Figure":
        inner = block["c"][2]
        found = _pictures(inner[0]) if len(inner) == 1 else []
        return [_of_figure(found[0], block)] if len(found) == 1 else []
    if block["t"] not in ("Para", "Plain"):
        return []
    inlines = [each for each in block["c"] if each["t"] not in _SPACES]
    return inlines if all(each["t"] == "Image" for each in inlines) else []


def _of_figure(image: Node, figure: Node) -> Node:
    """A picture that stands alone, of which pandoc made a figure: its id and its words back."""
    (own, classes, pairs), alt, target = image["c"]
    (identifier, _, _), (_, caption), _ = figure["c"]
    words = caption[0]["c"] if caption and caption[0]["t"] in ("Plain", "Para") else []
    described = [*pairs, ["alt", plain_text(alt)]]
    return {"t": "Image", "c": [[own or identifier, classes, described], words, target]}
