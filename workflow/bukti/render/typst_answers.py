"""What Typst says of a paper, in an author's words: each known cause has a code of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.manuscript.unsettable import words_of
from bukti.render.plan import Message, TypesetResult
from bukti.render.typst_document import PART

MAIN = "main.typ"
KEPT = "outputs/logs"
"""Where generated code is kept for a report, unless the caller says where."""

_FONT = "unknown font family"
_CONVERGE = "did not converge"
_PICTURE = re.compile(
    r"failed to (?:decode image|parse SVG|load linked image|decode GIF)|unknown image format"
)
_FILE = re.compile(r"image\(\"(pictures/\d+\.\w+)\"")
_LETTERS = re.compile(rb"<text\b")
_EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>'


def warnings_found(made: TypesetResult, span: Span | None, kept: str) -> Iterator[Diagnostic]:
    """Typst's warnings as findings."""
    told = False
    for message in made.warnings:
        if message.text.startswith(_FONT):
            yield diagnose("REN114", span, font=message.text.rpartition(":")[2].strip())
        elif _CONVERGE in message.text:
            if not told:  # one warning, and one for each value that keeps changing
                yield diagnose("REN117", span)
            told = True
        else:
            yield diagnose("REN115", span, kept=kept)


def failure(error: Message | None, main: str, span: Span | None, kept: str) -> Diagnostic:
    """Why there is no PDF, where nothing better is known."""
    line = error.line if error is not None and error.file == MAIN else None
    part = _part(main, line) if line else ""
    if not part:
        return diagnose("REN112", span, kept=kept)
    return diagnose("REN111", span, part=part, kept=kept)


def refused_picture(error: Message | None, main: str, names: Iterable[str]) -> str | None:
    """The file of the picture that Typst cannot read; None where the fault is another."""
    if error is None or not _PICTURE.search(error.text):
        return None
    if error.file == MAIN and error.line:
        found = _FILE.search("\n".join(main.splitlines()[error.line - 1 : error.line + 1]))
        return found[1] if found else None
    return next((name for name in names if name.endswith(f"/{error.file}")), None)


def without_picture(sources: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """The sources with an empty picture in the place of one that Typst cannot read."""
    empty = f"{name.rpartition('.')[0]}.svg"
    main = sources[MAIN].replace(f'"{name}"'.encode(), f'"{empty}"'.encode())
    return {**sources, MAIN: main, empty: _EMPTY}


def letters_in_pictures(
    unshown: frozenset[str], tree: Mapping[str, Any], pictures: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    """The pictures with characters that no font has, by their files, with these characters.

    Those of the text itself are told by the stage manuscript.
    """
    printed = set("".join(words_of([tree["blocks"], tree["meta"]])))
    left = unshown - printed
    for name, data in pictures.items() if left else ():
        text = data.decode("utf-8", "replace") if _LETTERS.search(data) else ""
        found = "".join(dict.fromkeys(each for each in text if each in left))
        if found:
            yield name, found


def _part(main: str, line: int) -> str:
    """The heading, figure or table of the paper that a line of the generated file belongs to."""
    before = main.splitlines()[:line]
    parts = [each.removeprefix(PART) for each in before if each.startswith(PART)]
    return parts[-1] if parts else ""
