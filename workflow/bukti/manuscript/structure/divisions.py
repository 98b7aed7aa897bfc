"""Divisions (`:::`) and tables that pandoc did not take for what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.tree import walk
from bukti.manuscript.candidates import Source
from bukti.manuscript.structure.places import outside_code
from bukti.manuscript.tree import plain_text

_FENCE = re.compile(r"^[ ]{0,3}:{3,}[ \t]*(?P<words>\S.*?)?[ \t]*:*[ \t]*$", re.MULTILINE)
_OPENING = re.compile(r"\{[^{}]*\}|[\w.:-]+")
_RULES = re.compile(r"^[ ]{0,3}(?:\+[-=:]{3,}(?:\+[-=:]{3,})*\+?|\|[ ]*:?-{3,}:?[ |:-]*\|)[ ]*$")
_DASHES = "\u2013\u2014"


def division_findings(source: Source, tree: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Lines of colons that begin or end no division."""
    words = [node["c"] for node in walk(tree["blocks"]) if node["t"] == "Str"]
    if not any(re.match(r":{3,}", word) for word in words):
        return
    depth = 0
    for match in outside_code(source, _FENCE):
        if match["words"] and _OPENING.fullmatch(match["words"]):
            depth += 1
        elif match["words"] or not depth:
            yield diagnose("REN180", source.span(*match.span()), text=match[0].strip())
        else:
            depth -= 1


def broken_tables(source: Source, tree: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Paragraphs with the lines of a table, which pandoc took for text."""
    shown = {
        _letters(text)
        for node in walk(tree["blocks"])
        if node["t"] in ("Para", "Plain", "LineBlock")
        if any(sign in (text := plain_text(node["c"])) for sign in ("+-", "+=", "|", *_DASHES))
    }
    if not shown:
        return
    for match in outside_code(source, re.compile(r"(?:^[ ]*\S.*(?:\n|\Z))+", re.MULTILINE)):
        lines = match[0].splitlines()
        ruled = [number for number, line in enumerate(lines) if _RULES.match(line)]
        if ruled and _letters(match[0]) in shown:
            first = max(ruled[0] - 1, 0) if lines[ruled[0]].lstrip()[0] == "|" else ruled[0]
            start = match.start() + sum(len(line) + 1 for line in lines[:first])
            yield diagnose("REN191", source.span(start, start + len(lines[first])))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
