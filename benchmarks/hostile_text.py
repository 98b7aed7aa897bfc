"""How reading a text grows with its length: `python benchmarks/hostile_text.py [CHARACTERS]`.

Each text is a sign or a few signs over and over. The time for twice the text is divided by that
for the text: about 2 is linear, 4 is quadratic. Only what is slow or grows too fast is listed.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1] / "workflow"))

from bukti.base.hedges import hedge_at
from bukti.base.quantities import parse_quantities
from bukti.manuscript.allowed_forms import allowed_forms
from bukti.manuscript.anchors import anchors_of
from bukti.manuscript.bibliography.scan import entries_of
from bukti.manuscript.candidates import (
    fence_place,
    find_candidates,
    id_place,
    title_place,
    unknown_schemes,
)
from bukti.manuscript.foreign import proposed
from bukti.manuscript.front import settings_of
from bukti.manuscript.marks import ALT_MARK
from bukti.manuscript.numbering import EQUATION_ID
from bukti.manuscript.structure.chapter import structure_findings

PIECES = (
    "[", "]", "[]", "](", "[](", "![", "[^", "[^a]", "(claim:", "](claim:a", "[x](claim:a)",
    "](claim:a) ", "[a](claim:", "(table: ", "{", "{#", "{#a ", "{claim:", "{alt='", "{a\n",
    "}", "(", ")", "()", "((a)", "<", "<a ", "<!--", "@a", "@a:", "@{", "@x-", "\\", "\\a",
    "\\ref{", "\\begin{", "&", "&a;", "&#1", "`", "` ", "```\n", "``` {", "~", "*", "**",
    "** a", "_", "***a", ">", "> ", ">\n", ">>>>> a\n", "- ", "- \n", "1. ", "1.", "(1) ",
    "(1)", "(2)\n", "|", "| a ", "|-", "|---|\n", "+---", "+===+\n", ": ", ":", ":::", ":::\n",
    "::: {.a}\n", ": a\n", "# ", "#", "#\n", "$", "$1", "$$", "1$ ", " ", "\t", "\n", "\n\n",
    " \n", "a", "a ", "a-", "a\n", "A", "1", "1,", "1 ", "1 a ", "1-", "1/", "0,1 ", "12.345,",
    "5\u2013", "p < ", "* a ", "* p ", "pasal 1 dan ", "law a ", "laws no. 1 and ", "UU ",
    "Januari ", "1 januari ", "dua puluh ", "seratus ", "one hundred and ", "twenty-",
    "antara 5 dan ", "from 1 to ", "naik ", "?", "??", "==", "==a", "= ", "{{", "{{<", "{{% a",
    "XXX", "TODO ", "---\n", "---\na:\n", "...\n", "a: b\n", "alt=\"", "=\"", "'", "\"",
    "\u0301", "\u00a0", "\u200d", "Rp", "Rp 1 ", "%", "% ", "@book{", "@book{a,", "a={",
    "a = \"", ",", "#x", "^", "^a^", "~~a", "[[", "]]", "[a][b]", "[a]: ", "[a]:\n", "\\[",
    "\\]", "http://", "http://a.", "10.1234/", "COVID-", "ke-", "ke-1 ",
)  # fmt: skip


def structure(text: str) -> object:
    """What needs no pandoc of the findings about a chapter's structure."""
    tree = {"blocks": [], "meta": {}, "pandoc-api-version": [1, 23]}
    return structure_findings(find_candidates("id/a.md", text, 0), tree, lambda _: tree)


READERS: Mapping[str, Callable[[str], object]] = {
    "candidates": lambda text: find_candidates("id/a.md", text, 0),
    "unknown schemes": lambda text: unknown_schemes(find_candidates("id/a.md", text, 0)),
    "id": lambda text: id_place(find_candidates("id/a.md", text, 0), "sec:x", 0),
    "title": lambda text: title_place(find_candidates("id/a.md", text, 0), "Title"),
    "fence": lambda text: fence_place(find_candidates("id/a.md", text, 0), ("notes", "source")),
    "anchors": anchors_of,
    "settings": lambda text: (
        anchors_of(f"---\n{text}", settings=True),
        settings_of(f"---\n{text}"),
    ),
    "foreign id": lambda text: proposed(text, "id", ()),
    "foreign en": lambda text: proposed(text, "en", ()),
    "structure": structure,
    "quantities id": lambda text: parse_quantities(text, "id"),
    "quantities en": lambda text: parse_quantities(text, "en"),
    "allowed id": lambda text: allowed_forms("id", {}).within(text, legend=True),
    "allowed en": lambda text: allowed_forms("en", {}).within(text, legend=True),
    "hedges": lambda text: hedge_at(text, len(text), "id"),
    "equations": lambda text: list(EQUATION_ID.finditer(text)),
    "marks of alternative texts": lambda text: list(ALT_MARK.finditer(text)),
    "bibliography": entries_of,
}
_LONGEST = 20
_SHORT = 0.1  # seconds; below it a ratio says nothing


class TooLongError(Exception):
    """A reader did not end in time."""


def seconds(read: Callable[[str], object], text: str) -> float:
    """The time that a reader takes, the shorter of two."""
    times = []
    for _ in range(2):
        start = perf_counter()
        read(text)
        times.append(perf_counter() - start)
    return min(times)


def main(characters: int) -> int:
    """List the readers and texts that take too long; how many there are is the exit status."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    signal.signal(signal.SIGALRM, stop)
    count = 0
    for name, read in READERS.items():
        for piece in PIECES:
            text = piece * (characters // len(piece))
            signal.alarm(_LONGEST)
            try:
                once, twice = seconds(read, text), seconds(read, text * 2)
            except TooLongError:
                print(f"{name:28}{piece!r:20} more than {_LONGEST} s")
                count += 1
                continue
            except RecursionError:
                print(f"{name:28}{piece!r:20} too deep")
                count += 1
                continue
            finally:
                signal.alarm(0)
            if twice > _SHORT and twice / once > 3:
                print(f"{name:28}{piece!r:20} {once:8.3f} s {twice:8.3f} s, x{twice / once:.1f}")
                count += 1
    return min(count, 100)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
