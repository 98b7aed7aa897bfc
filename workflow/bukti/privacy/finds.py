"""What the search for personal details works on, and what it finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NAME, IDENTITY, TELEPHONE, EMAIL = "name", "identity", "telephone", "email"
OWN = "own:"
KINDS = (NAME, IDENTITY, TELEPHONE, EMAIL)
BREAK = "\n\x00\n"
"""What stands between texts that were joined, and that no find reaches across."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Texts of a file that belong together, and which part of the file they stand in.

    `part` is the name of an entry, a property or a page (`#page=3`), empty for the file itself.
    `numbers` says whether numbers are searched too: not in what is known to be an identifier or
    was drawn out of bytes of an unknown kind.
    """

    text: str
    part: str = ""
    numbers: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """A personal detail in a text.

    `kind` is one of `KINDS`, or `OWN` and the name of a pattern of the settings; `key` is the same
    for all ways of writing the same detail; `text` is how it is written and `start` its offset.
    """

    kind: str
    key: str
    text: str
    start: int

    @property
    def about(self) -> tuple[str, str]:
        """What was found, however it is written."""
        return (self.kind, self.key)


def masked(text: str) -> str:
    """A detail as it may be shown to everybody: its first letter or digit, and its length."""
    words = " ".join(text.split())
    first = next((sign for sign in words if sign.isalnum()), "") if len(words) > 1 else ""
    return f"{first}… ({len(words)})"


def joined(texts: Iterable[str]) -> str:
    """Different texts as one, each once, in their order."""
    return BREAK.join(dict.fromkeys(text for text in texts if text and not text.isspace()))
