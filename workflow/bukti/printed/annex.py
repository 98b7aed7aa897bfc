"""The evidence appendix of a printed paper, which is no text of the edition."""

from __future__ import annotations

from dataclasses import replace

from bukti.base.language import language_of
from bukti.printed.records import Printed


def without_annex(paper: Printed, language: str) -> Printed:
    """A paper whose annex stands apart: all from its heading, known by the words below it, on."""
    words = language_of(language).evidence
    texts = [" ".join(passage.text.split()) for passage in paper.passages]
    intro = " ".join(words["intro"].split())
    for number in range(len(texts) - 1):
        if texts[number].endswith(words["title"]) and texts[number + 1].startswith(intro):
            annex = paper.passages[number:]
            return replace(paper, passages=paper.passages[:number], apart=(*paper.apart, *annex))
    return paper
