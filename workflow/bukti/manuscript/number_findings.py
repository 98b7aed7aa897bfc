"""Findings about numbers of the prose: bare ones, and those of the abstract alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bukti.base.claims import Mark
from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.hedges import hedge_at
from bukti.base.span import Span
from bukti.manuscript.bare_numbers import BareNumber, Numbers
from bukti.manuscript.fitting import Fit, Fitting
from bukti.project.inventory import ABSTRACT, FRONT

_SHOWN = 3


def bare_findings(
    numbers: Numbers, fitting: Fitting, unread: Sequence[Span]
) -> Iterator[Diagnostic]:
    """Each number in no mark and no allowed form, with the claims that it could state.

    Those in `unread`, the places of marks that were not read as such, are left out.
    """
    for bare in numbers.bare:
        where = bare.passage.span(bare.quantity.whole_start, bare.quantity.whole_end)
        if any(_lies_within(where, mark) for mark in unread):
            continue
        fits = fits_of(bare, fitting)
        hint = (
            note("fits-claims", claims="; ".join(fit.shown for fit in fits[:_SHOWN]))
            if fits
            else None
        )
        yield diagnose("CLM401", where, hint=hint, text=bare.text)


def _lies_within(inner: Span, outer: Span) -> bool:
    if inner.path != outer.path or None in (inner.line, outer.line, outer.end_line):
        return False
    start = (inner.line or 0, inner.column or 0)
    first, end = (outer.line or 0, outer.column or 0), (outer.end_line or 0, outer.end_column or 0)
    return first <= start < end


def fits_of(bare: BareNumber, fitting: Fitting) -> tuple[Fit, ...]:
    """The claims that a bare number could state, with the hedge before it."""
    return fitting.of(bare.quantity, hedged_text(bare, fitting.words.language))


def hedged_text(bare: BareNumber, language: str) -> str:
    """The number as it is written, from the hedge before it on."""
    text = bare.passage.text
    hedge = hedge_at(text, bare.quantity.whole_start, language)
    return text[hedge.start if hedge else bare.quantity.whole_start : bare.quantity.whole_end]


def abstract_findings(marks: Sequence[Mark]) -> Iterator[Diagnostic]:
    """Claims that the abstract states and no chapter does, each at its first place."""
    body = {
        (mark.scheme, name)
        for mark in marks
        if _file(mark) not in (ABSTRACT, FRONT)
        for name in mark.claims
    }
    told: set[tuple[str, str]] = set()
    for mark in marks:
        for name in mark.claims if _file(mark) == ABSTRACT else ():
            if (mark.scheme, name) not in body | told:
                told.add((mark.scheme, name))
                yield diagnose("CLM402", mark.span, scheme=mark.scheme, id=name)


def _file(mark: Mark) -> str:
    return mark.span.path.rpartition("/")[2]
