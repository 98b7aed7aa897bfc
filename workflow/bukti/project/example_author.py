"""The author and institution that `bukti new` writes into the settings, where they are left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.tools.yaml_files import Document

_LINE = re.compile(
    r"^ +(?:- +)?(?P<key>name|affiliation): +(?P<value>[^{}#\n]*[^{}#\s])", re.MULTILINE
)


def example_author(document: Document, starters: Iterable[str]) -> Iterator[Diagnostic]:
    """Names and affiliations of a `bukti.yaml` that stand just so in one of the starter's."""
    known = {match.groups() for text in starters for match in _LINE.finditer(text)}
    for number, author in enumerate(document.data.get("authors", ())):
        for key in ("name", "affiliation"):
            value = author.get(key, "")
            words = value.values() if isinstance(value, Mapping) else [value]
            where = document.span(("authors", number, key))
            for word in words:
                if (key, word) in known:
                    hint = note("starter-text")
                    yield diagnose("REN170", where, hint=hint, text=f"{key}: {word}")
