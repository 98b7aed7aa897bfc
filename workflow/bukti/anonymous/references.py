"""References to works of the paper's own authors, as anonymous ones."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bukti.anonymous.identity import Identity, divided
from bukti.manuscript.bibliography.names import names_of
from bukti.manuscript.bibliography.scan import Entry, entries_of

_ENTRY = """@misc{{{key},
  author = {{{{{author}}}}},
  title = {{{title}}},
  year = {{{year}}}
}}"""


def masked_references(
    text: str, identity: Identity, anonymous: str, withheld: str
) -> tuple[str, Mapping[str, str]]:
    """A BibTeX file whose self-citations name nobody, and their new keys by the old ones."""
    own = [entry for entry in entries_of(text) if _is_own(entry, identity)]
    keys = {entry.key: f"anonymous{number}" for number, entry in enumerate(own, start=1)}
    for entry in reversed(own):
        start, end = _bounds(text, entry)
        year = entry.first("year", "date")
        new = _ENTRY.format(
            key=keys[entry.key],
            author=anonymous,
            title=withheld,
            year=year.plain[:4] if year else "",
        )
        text = f"{text[:start]}{new}{text[end:]}"
    return text, keys


def _is_own(entry: Entry, identity: Identity) -> bool:
    people = [entry.fields[name] for name in ("author", "editor") if entry.says(name)]
    return any(
        identity.wrote(*divided(name.text.strip("{}")))
        for field in people
        for name in names_of(field.value)
    )


def _bounds(text: str, entry: Entry) -> tuple[int, int]:
    """From the sign before an entry's type to its closing brace."""
    start = text.rfind("@", 0, entry.start)
    depth, place = 0, start
    while place < len(text):
        sign = text[place]
        depth += {"{": 1, "(": 1, "}": -1, ")": -1}.get(sign, 0)
        place += 2 if sign == "\\" else 1
        if depth == 0 and sign in "})":
            break
    return start, place


def renamed(text: str, keys: Mapping[str, str]) -> str:
    """A text of the manuscript with the new keys, where it cites or names the old ones."""
    for old, new in keys.items():
        text = re.sub(rf"@{re.escape(old)}(?![\w:.+/-]*\w)", f"@{new}", text)
        text = re.sub(rf"(?<=: ){re.escape(old)}(?=\s*[,}}\]\n]|$)", new, text)
    return text
