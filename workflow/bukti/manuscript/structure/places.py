"""Where in a file something stands that pandoc's tree shows without a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bukti.base.span import Span
from bukti.manuscript.candidates import Source

_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+).*?^ {0,3}(?P=fence)[`~]*[ \t]*$"
    r"|(?<!`)(?P<ticks>`++)(?:[^\n]|\n(?!\s*\n))+?(?<!`)(?P=ticks)(?!`)|<!--.*?-->",
    re.DOTALL | re.MULTILINE,
)


def outside_code(source: Source, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The places of a pattern in a file that are in no code and no comment."""
    hidden = [match.span() for match in _CODE.finditer(source.text)]
    for match in pattern.finditer(source.text):
        if not any(start <= match.start() < end for start, end in hidden):
            yield match


def in_turn(source: Source, pattern: re.Pattern[str]) -> Callable[[], Span]:
    """Gives the places of a pattern one after another; only the file where there is none left."""
    found = outside_code(source, pattern)

    def following() -> Span:
        match = next(found, None)
        return source.span(*match.span()) if match else Span(path=source.path)

    return following
