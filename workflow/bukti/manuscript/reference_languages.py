"""The language of each entry in the list of references, as the bibliography gives it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

from bukti.base.language import is_language
from bukti.base.tree import Node, walk

_BABEL = {"bahasa": "id", "bahasai": "id", "bahasam": "ms"}
"""Names that the LaTeX package babel has for languages besides the English ones."""


def set_entry_languages(tree: Mapping[str, Any], meta: Mapping[str, Node], language: str) -> None:
    """Give each entry of the references in another language its `lang`, in place.

    `meta` is that of pandoc's tree of the bibliography; `language` is the edition's.
    """
    languages = _languages(meta)
    for node in walk(tree["blocks"]):
        if node["t"] != "Div" or "csl-entry" not in node["c"][0][1]:
            continue
        found = languages.get(node["c"][0][0].removeprefix("ref-"), "")
        if found and _base(found) != _base(language):
            node["c"][0][2].append(["lang", found])


def code_of(name: str) -> str:
    """The code of a language given by its code or English name; empty for an unknown one."""
    name = name.strip().replace("_", "-")
    if name.lower() in _BABEL:
        return _BABEL[name.lower()]
    found = _by_name().get(name.lower(), name)
    return found if is_language(found) else ""


def _languages(meta: Mapping[str, Node]) -> dict[str, str]:
    found: dict[str, str] = {}
    for reference in meta.get("references", {}).get("c", []):
        fields = reference["c"]
        if "id" in fields and "language" in fields:
            found[_text(fields["id"])] = code_of(_text(fields["language"]))
    return found


def _text(value: Node) -> str:
    if value["t"] == "MetaString":
        return str(value["c"])
    return "".join(str(each["c"]) for each in value["c"] if each["t"] == "Str")


def _base(code: str) -> str:
    return code.partition("-")[0].lower()


@cache
def _by_name() -> dict[str, str]:
    names = Locale("en").languages.items()
    return {str(name).lower(): str(code) for code, name in names if str(code).isalpha()}
