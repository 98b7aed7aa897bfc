"""Sentences of the small paper that `bukti new` writes, where they are left in a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.span import LineIndex
from bukti.manuscript.front import settings_of

_FEWEST_WORDS = 5
_FEWEST_IN_SETTINGS = 8
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z@\[])")
_TITLE = re.compile(r"^(?:title|subtitle): *(.+)$", re.MULTILINE)
_SHOWN = 60


def sentences_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The sentences, captions and titles of some files, but for what any paper might say."""
    found: dict[str, None] = {}
    for text in texts:
        settings, body = settings_of(text)
        found |= dict.fromkeys(_TITLE.findall(settings))
        lines = re.findall(r"^ +- [\w-]+: +(.+)$", settings, re.MULTILINE)
        found |= dict.fromkeys(line for line in lines if len(line.split()) >= _FEWEST_IN_SETTINGS)
        for paragraph in re.split(r"\n\s*\n", body):
            if not paragraph.lstrip().startswith("#"):
                found |= dict.fromkeys(
                    each
                    for each in _SENTENCE.split(paragraph.strip())
                    if len(each.split()) >= _FEWEST_WORDS
                )
    return tuple(found)


def left_over(path: str, text: str, sentences: Iterable[str]) -> Iterator[Diagnostic]:
    """Each place where a file still holds one of these sentences, however its lines are broken."""
    lines = LineIndex(text)
    for sentence in sentences:
        body = r"\s+".join(map(re.escape, sentence.split()))
        for match in re.finditer(rf"(?<!\w){body}(?!\w)", text):
            shown = " ".join(sentence.split())
            if len(shown) > _SHOWN:
                shown = shown[: _SHOWN - 1].rstrip() + "\u2026"
            where = lines.span(path, *match.span())
            yield diagnose("REN170", where, hint=note("starter-text"), text=shown)
