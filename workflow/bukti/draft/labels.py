"""Labels such as "Abstrak", "Keywords:" or "Tabel 2." that say what a paragraph is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bukti.base.tree import Nodes
from bukti.draft.trees import is_mute, text_of
from bukti.draft.vocabulary import vocabularies, words_for
from bukti.manuscript.tree import plain_text

_NUMBER = r"[A-Z]?\d+(?:[.\-\u2013]\d+)*[a-z]?"
_POINT = r"\s*[:.\u2013\u2014-]+\s*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a label opens (`abstract` or `keywords`), in which language, and its length."""

    kind: str
    language: str
    length: int = 0


def label_of(text: str, language: str) -> Label | None:
    """The label that a line consists of; `language` is the draft's own."""
    bare = text.strip(" :.\u2013\u2014-").lower()
    for kind, code, word in _labels(language):
        if bare == word:
            return Label(kind=kind, language=code)
    return None


def starts_with_label(inlines: Nodes, language: str) -> Label | None:
    """The label that a paragraph begins with, set off by a colon, full stop, dash or bold type."""
    text = plain_text(inlines)
    offset = len(text) - len(text.lstrip())
    first = next((node for node in inlines if not is_mute(node)), None)
    bold = text_of(first).lower() if first and first["t"] in ("Strong", "Emph") else ""
    for kind, code, word in _labels(language):
        match = re.match(rf"\s*{re.escape(word)}{_POINT}(?=\S)", text, re.IGNORECASE)
        if match:
            return Label(kind=kind, language=code, length=match.end())
        if bold == word:
            return Label(kind=kind, language=code, length=offset + len(word))
    return None


def _labels(language: str) -> Iterator[tuple[str, str, str]]:
    """Kind, language and word, longest words first, the draft's own language before others."""
    known = vocabularies()
    codes = sorted(known, key=lambda code: (code != language, code))
    for kind in ("abstract", "keywords"):
        for code in codes:
            for word in sorted(known[code].labels(kind), key=len, reverse=True):
                yield kind, code, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """The label of a table or figure: `tbl` or `fig`, its word and number, its length."""

    prefix: str
    word: str
    number: str
    length: int


_KINDS = {"tbl": "table", "fig": "figure"}


@cache
def _numbered(prefix: str) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in words_for(_KINDS[prefix]))
    return re.compile(
        rf"\s*(?P<word>{alternatives})[ \u00a0]*(?P<number>{_NUMBER})"
        rf"(?:\s*[:.\u2013\u2014|-]+\s*|\s+|$)",
        re.IGNORECASE,
    )


def number_label(text: str) -> Number | None:
    """The label that a caption begins with; None for other text."""
    for prefix in _KINDS:
        match = _numbered(prefix).match(text)
        if match:
            return Number(
                prefix=prefix, word=match["word"], number=match["number"], length=match.end()
            )
    return None


@cache
def _mention(prefix: str) -> re.Pattern[str]:
    words = words_for(_KINDS[prefix])
    alternatives = "|".join(re.escape(word) for word in words)
    return re.compile(
        rf"(?<![\w-])(?P<word>{alternatives})[ \u00a0](?P<number>{_NUMBER})(?![\w]|[.,]\d)",
        re.IGNORECASE,
    )


def mentions(prefix: str) -> re.Pattern[str]:
    """What mentions a table or figure by its number within a text."""
    return _mention(prefix)


@cache
def _source() -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in words_for("source"))
    return re.compile(rf"\s*(?:{alternatives})\s*:", re.IGNORECASE)


def is_source_line(text: str) -> bool:
    """Whether a paragraph says where a table or figure comes from."""
    return _source().match(text) is not None


def is_reference_heading(text: str) -> bool:
    """Whether a heading opens a list of references."""
    return text.strip(" :.").lower() in words_for("references")


def is_contents_heading(text: str) -> bool:
    """Whether a heading opens a table of contents, or a list of tables or figures."""
    return text.strip(" :.").lower() in words_for("contents")
