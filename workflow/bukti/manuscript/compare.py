"""What a mark says against what its claims hold."""

from __future__ import annotations

from collections.abc import Sequence

from bukti.base.claims import Claim, Kind, Status
from bukti.base.hedges import hedge_before
from bukti.base.quantities import parse_quantities
from bukti.manuscript.numbers import numbers
from bukti.manuscript.saying import Fault, Words, label, whole
from bukti.manuscript.senses import directions, said_senses, senses_of, shares, superlative

__all__ = ["Fault", "Words", "compare", "hedge_outside", "label"]

_CONTRADICTING = frozenset({"CLM203", "CLM204", "CLM205", "CLM210", "CLM212", "CLM213"})


def compare(
    text: str, claims: Sequence[Claim], of: str, words: Words
) -> tuple[Status, tuple[Fault, ...]]:
    """Whether a mark's text says what its claims hold.

    `of` names the family that a superlative speaks of, empty where there is none.
    """
    values = [claim for claim in claims if claim.kind in (Kind.VALUE, Kind.GIVEN)]
    senses = senses_of(text, words.language)
    found = numbers(text, claims, words, said_senses(senses))
    faults = list(found.faults)
    for claim in claims:
        if claim.kind is Kind.TEST and claim.value is not True:
            faults.append(whole(text, "CLM203", claim, {"text": text}))
        if claim.kind is Kind.TEXT:
            faults += _text_value(text, claim, words)
    faults += directions(senses, text, values, found.pairs, words)
    if of and not all(claim.kind is Kind.DOCUMENTARY for claim in claims):
        ranked = [claim for claim in claims if claim.kind is not Kind.DOCUMENTARY]
        faults += superlative(text, ranked, of, words)
    else:
        faults += shares(text, values, words)
    return _status(faults), tuple(faults)


def _status(faults: Sequence[Fault]) -> Status:
    codes = {fault.code for fault in faults}
    if codes & _CONTRADICTING:
        return Status.CONTRADICTED
    return Status.STALE if codes else Status.HOLDS


def _text_value(text: str, claim: Claim, words: Words) -> list[Fault]:
    faults = []
    items = claim.value if isinstance(claim.value, tuple) else (str(claim.value),)
    for item in items:
        word = label(item, words)
        if not _says(text, word, words) and item not in _days(text, words.language):
            faults.append(whole(text, "CLM209", claim, {"text": text, "evidence": word}))
    return faults


def _days(text: str, language: str) -> tuple[str, ...]:
    days = (quantity.day for quantity in parse_quantities(text, language))
    return tuple(day.isoformat() for day in days if day is not None)


def _says(text: str, word: str, words: Words) -> bool:
    """Whether a text holds a word, and not only as a part of a longer label ("Papua Barat")."""
    wanted, rest = word.casefold(), text.casefold()
    others = {each.get(words.language, "").casefold() for each in words.labels.values()}
    for longer in others:
        if wanted in longer and wanted != longer:
            rest = rest.replace(longer, "\n")
    return wanted in rest


def hedge_outside(text_before: str, text: str, claims: Sequence[Claim], words: Words) -> str | None:
    """The hedge that stands just before a mark, where the mark begins with a value's number.

    None for given values, which may be thresholds ("more than 15 hours"), and without a hedge.
    """
    quantities = parse_quantities(text, words.language)
    begins = bool(quantities) and not text[: quantities[0].whole_start].strip()
    if not begins or not any(claim.kind is Kind.VALUE for claim in claims):
        return None
    return hedge_before(text_before, words.language)
