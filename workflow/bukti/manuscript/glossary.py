"""Forms of a term that the paper's glossary forbids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.word_forms import occurrences, term_pattern
from bukti.manuscript.passages import Passage

_NOT_SEARCHED = ("code", "math", "citation", "reference", "language", "quoted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """A form that must not be used in a language, what to use instead, and why."""

    form: str
    instead: str
    reason: str


def forbidden_forms(glossary: Mapping[str, Any], language: str) -> tuple[Forbidden, ...]:
    """The forbidden forms of one language."""
    return tuple(
        Forbidden(form=form, instead=term.get(language, ""), reason=reason)
        for term in glossary.get("terms", ())
        for form, reason in term.get("forbidden", {}).get(language, {}).items()
    )


def misused(
    passages: Iterable[Passage], forms: Sequence[Forbidden], language: str
) -> Iterator[Diagnostic]:
    """Each place where a text uses a forbidden form, inflected or not, whatever stands inside it.

    Code, formulas, citations, quotations and words of another language are not searched.
    """
    for passage in passages if forms else ():
        if passage.kind == "quote":
            continue
        stretches = [
            (part.start, part.end) for kind in _NOT_SEARCHED for part in passage.within(kind)
        ]
        text = without(passage.text, stretches)
        for item in forms:
            for start, end in occurrences(text, term_pattern(item.form, language)):
                yield diagnose(
                    "PAR201",
                    passage.span(start, end),
                    form=" ".join(passage.text[start:end].split()),
                    instead=item.instead,
                    reason=item.reason,
                )


def without(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """A text with some stretches blanked out, so that all offsets stay as they are."""
    characters = list(text)
    for start, end in stretches:
        characters[start:end] = "\0" * (end - start)
    return "".join(characters)
