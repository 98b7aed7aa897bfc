"""Forms of a term that the paper's glossary forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.manuscript.candidates import Source


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


def misused(source: Source, forms: Sequence[Forbidden]) -> Iterator[Diagnostic]:
    """Each place where a text uses a forbidden form, however it is broken over lines."""
    for item in forms:
        words = r"\s+".join(re.escape(word) for word in item.form.split())
        for match in re.finditer(rf"(?<!\w){words}(?!\w)", source.text, re.IGNORECASE):
            yield diagnose(
                "PAR201",
                source.span(match.start(), match.end()),
                form=" ".join(match.group().split()),
                instead=item.instead,
                reason=item.reason,
            )
