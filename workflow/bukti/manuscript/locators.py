"""Places within a cited work, in the words that the edition's citation style understands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bukti.base.language import language_of
from bukti.base.tree import walk

NO_BREAK = "\u00a0"


def understood(tree: Mapping[str, Any], language: str) -> None:
    """Change, in place, terms such as `hal.` or `p.` before a number to the edition's own.

    A term that the style's locale does not know would be printed as it is, in every style.
    """
    terms = language_of(language).locators
    for node in walk([tree["blocks"], list(tree["meta"].values())]):
        if node["t"] == "Cite":
            for citation in node["c"][0]:
                _replace(citation["citationSuffix"], terms)


def _replace(suffix: list[Any], terms: Mapping[str, str]) -> None:
    for part in suffix[:3]:
        if part["t"] != "Str" or part["c"] == ",":
            continue
        word, space, rest = part["c"].partition(NO_BREAK)
        if word in terms:
            part["c"] = terms[word] + space + rest
        return
