"""The title, subtitle, abstract and keywords of a draft as the files that hold them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bukti.base.tree import Node, Nodes
from bukti.draft.front import Front
from bukti.manuscript.tree import words
from bukti.project.inventory import ABSTRACT, FRONT


def front_pieces(front: Front, language: str) -> list[tuple[str, Nodes]]:
    """What of a language goes to its `front.md` and `00-abstract.md`."""
    folder = f"manuscript/{language}"
    pieces: list[tuple[str, Nodes]] = []
    for key, inlines in (("title", front.titles), ("subtitle", front.subtitles)):
        if language in inlines:
            pieces.append((f"{folder}/{FRONT}#{key}", [_paragraph(inlines[language])]))
    keywords = front.keywords.get(language, ())
    pieces += [(f"{folder}/{FRONT}#keywords", [_paragraph(words(each))]) for each in keywords]
    if language in front.abstracts:
        pieces.append((f"{folder}/{ABSTRACT}", front.abstracts[language]))
    return pieces


def front_text(values: Mapping[str, list[str]]) -> str:
    """The settings of a `front.md`: each key with its Markdown."""
    keys = [key for key in ("title", "subtitle") if key in values]
    lines = ["---", *(f"{key}: {_yaml(values[key][0])}" for key in keys)]
    if "keywords" in values:
        lines += ["keywords:", *(f"  - {_yaml(word)}" for word in values["keywords"])]
    return "\n".join([*lines, "---", ""])


def _yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _paragraph(inlines: Nodes) -> Node:
    return {"t": "Para", "c": inlines}
