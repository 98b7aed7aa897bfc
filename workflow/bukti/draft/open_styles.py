"""What the styles of an OpenDocument text say of its paragraphs and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bukti.draft.package import Package
from bukti.draft.signs import STYLE_KINDS

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_QUOTES = ("quote", "quotations", "intense quote", "block text")
_HEADING = re.compile(r"heading (\d)")
_ESCAPE = re.compile(r"_([0-9a-f]{2})_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What counts of a style, with what it inherits; `level` is that of a heading, or 0."""

    kind: str = ""
    level: int = 0
    centred: bool = False
    quoted: bool = False
    italic: bool = False
    language: str = ""


def looks(package: Package) -> tuple[dict[tuple[str, str], Look], str]:
    """The look of every style by its family and name, and the text's usual language."""
    elements: dict[tuple[str, str], Any] = {}
    usual = ""
    for name in ("styles.xml", package.main):
        root = package.xml(name)
        if root is None:
            continue
        for style in root.iter(f"{STYLE}style"):
            elements[str(style.get(f"{STYLE}family")), str(style.get(f"{STYLE}name"))] = style
        for style in root.iter(f"{STYLE}default-style"):
            if style.get(f"{STYLE}family") == "paragraph":
                usual = _property(style, "text", "language")[:2]
    return {key: _look(key, elements) for key in elements}, usual


def _look(key: tuple[str, str], elements: Mapping[tuple[str, str], Any]) -> Look:
    family, name = key
    kind, level, quoted, italic = "", 0, False, ""
    alignment = language = ""
    seen: set[str] = set()
    while (family, name) in elements and name not in seen:
        seen.add(name)
        element = elements[family, name]
        called = _called(element, name)
        kind = kind or STYLE_KINDS.get(called, "")
        heading = _HEADING.fullmatch(called)
        level = level or (int(heading[1]) if heading else 0)
        quoted = quoted or called in _QUOTES
        alignment = alignment or _property(element, "paragraph", "text-align")
        italic = italic or _property(element, "text", "font-style")
        language = language or _property(element, "text", "language")
        name = str(element.get(f"{STYLE}parent-style-name", ""))
    return Look(
        kind=kind,
        level=level,
        centred=alignment == "center",
        quoted=quoted,
        italic=italic == "italic",
        language=language[:2] if len(language) in (2, 3) else "",
    )


def _called(element: Any, name: str) -> str:
    shown = str(element.get(f"{STYLE}display-name") or name)
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), shown).lower()


def _property(element: Any, group: str, name: str) -> str:
    found = element.find(f"{STYLE}{group}-properties")
    return "" if found is None else str(found.get(f"{FO}{name}", ""))
