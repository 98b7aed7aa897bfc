"""The order of headings through the chapters of an edition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.manuscript.candidates import Source
from bukti.manuscript.structure.places import outside_code

_EMPTY = re.compile(r"^[ ]{0,3}#{1,6}[ \t]*#*[ \t]*$", re.MULTILINE)


def heading_findings(level: int, before: int, title: str, where: Span) -> Iterator[Diagnostic]:
    """A heading more than one level below the one before it (0 for the first), or without words."""
    if not title.strip():
        yield diagnose("REN188", where)
    if level > before + 1:
        wanted = "#" * (before + 1)
        yield diagnose("REN187", where, title=title, level="#" * level, wanted=wanted)


def empty_heading_place(source: Source, earlier: int) -> Span:
    """Where a heading without words and id stands, after so many earlier ones."""
    found = [source.span(*match.span()) for match in outside_code(source, _EMPTY)]
    return found[earlier] if earlier < len(found) else Span(path=source.path)
