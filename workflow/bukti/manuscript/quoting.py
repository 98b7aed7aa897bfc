"""Whether the words of a mark are those of the quotation that it is bound to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.matching import find_quotation
from bukti.base.nearest import nearest_passage
from bukti.base.span import Span

_AROUND = " \"'\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb\u2039\u203a"
_BEHIND = ".,;"


def misquoted(
    text: str, quotation: Mapping[str, Any], language: str, where: Span
) -> Diagnostic | None:
    """The finding CLM601 where words are a part of neither the quotation nor its translation."""
    translation = quotation.get("translations", {}).get(language)
    texts = [translation, quotation["text"]] if translation else [quotation["text"]]
    words = text.strip(_AROUND)
    bare = words.rstrip(_BEHIND).strip(_AROUND)
    if any(find_quotation(each, known) for each in (words, bare) for known in texts):
        return None
    return diagnose("CLM601", where, notes=_differences(bare, texts), text=text)


def _differences(words: str, texts: list[str]) -> tuple[Note, ...]:
    for known in texts:
        near = nearest_passage(words, known)
        if near is not None:
            return tuple(
                note("words-differ", source=source or "-", quoted=quoted or "-")
                for source, quoted in near.differences
            )
    return (note("quotation-says", text=" ".join(texts[0].split())[:300]),)
