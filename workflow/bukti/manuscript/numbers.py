"""The numbers of a mark against the values of its claims."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from bukti.base.claims import Claim, Kind
from bukti.base.hedges import hedged_holds
from bukti.base.language import language_of
from bukti.base.numbers import format_number, states
from bukti.base.quantity import Form, Sort
from bukti.manuscript.readings import Item, Reading, readings, said_elsewhere
from bukti.manuscript.saying import Fault, Words, claimed, of_one_unit, whole
from bukti.manuscript.stating import correction, differing_unit, evidence, says

Pair = tuple[Item, Claim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What is wrong with the numbers of a mark, and which of them states which claim."""

    faults: tuple[Fault, ...]
    pairs: tuple[Pair, ...]


def numbers(text: str, claims: Sequence[Claim], words: Words, senses: frozenset[str]) -> Numbers:
    """The numbers of a mark's text, taken in the way in which most of them hold.

    `senses` holds `up` and `down` as far as the words around speak of a rise or a fall.
    """
    found = [
        _judged(text, reading, claims, words, senses)
        for reading in readings(text, claims, words, senses)
    ]
    return min(found, key=lambda each: len(each.faults))


def _judged(
    text: str, reading: Reading, claims: Sequence[Claim], words: Words, senses: frozenset[str]
) -> Numbers:
    items = list(reading.items)
    faults = [_unreadable(item, words) for item in items if item.quantity.value is None]
    values = [claim for claim in claims if claim.kind in (Kind.VALUE, Kind.GIVEN)]
    if faults:
        return Numbers(faults=tuple(faults), pairs=())
    if not values:
        loose = [item for item in items if not said_elsewhere(item, claims, words)]
        faults += [_loose(text, item, claims) for item in loose if claims]
        return Numbers(faults=tuple(faults), pairs=())
    for item in reading.multiples:
        faults += _multiple(text, item, values, words, senses)
    pairs, loose = _pair(items, values, claims, words)
    for item in loose:
        faults += _loose_faults(text, item, values, words)
    certain = len(pairs) + len(loose) <= len(values)
    for item, claim in pairs:
        faults += _pair_faults(text, item, claim, words, certain=certain)
    if pairs and len(pairs) < len(values) and not reading.multiples:
        said = {claim.id for _, claim in pairs}
        missing = next((claim for claim in values if claim.id not in said), values[-1])
        faults.append(whole(text, "CLM207", missing, {"text": text}))
    return Numbers(faults=tuple(faults), pairs=tuple(pairs))


def _loose_faults(text: str, item: Item, values: Sequence[Claim], words: Words) -> list[Fault]:
    """None for a number said again, as in "1.27 million (1.3 million)"."""
    if any(says(item, claim, words) for claim in values):
        return []
    if item.quantity.sort is Sort.FRACTION and len(values) > 1:
        return _part(text, item, values, words)
    return [_loose(text, item, values)]


def _loose(text: str, item: Item, claims: Sequence[Claim]) -> Fault:
    quantity = item.quantity
    return Fault(
        code="CLM206",
        start=quantity.start,
        end=quantity.end,
        arguments={
            "text": text[quantity.whole_start : quantity.whole_end],
            "ids": ", ".join(claim.id for claim in claims),
        },
        claim=claims[0].id,
    )


def _unreadable(item: Item, words: Words) -> Fault:
    quantity = item.quantity
    decimal = language_of(words.language).decimal
    arguments = {"text": quantity.text, "language": words.language, "decimal": decimal}
    return Fault(
        code="CLM202", start=quantity.start, end=quantity.end, arguments=arguments, claim=""
    )


def _pair(
    items: Sequence[Item], values: Sequence[Claim], claims: Sequence[Claim], words: Words
) -> tuple[list[Pair], list[Item]]:
    """Numbers with the claims they state, in reading order; what is said elsewhere needs none.

    Where there are fewer numbers than claims only those are paired that state one: which claim
    another number was to state cannot be told, so that nothing may be corrected to it.
    """
    elsewhere = {item for item in items if said_elsewhere(item, claims, words)}
    stating = {item for item in items if any(says(item, claim, words) for claim in values)}
    kept = [item for item in items if item not in elsewhere or item in stating]
    surplus = max(0, len(kept) - len(values))
    needless = set([item for item in kept if item in elsewhere][:surplus])
    kept = [item for item in kept if item not in needless]
    pairs, loose = _stated(kept, values, words)
    if len(pairs) == len(values) or len(kept) < len(values):
        return pairs, loose
    chosen = _in_digits_first(kept, stating, len(values))
    taken = set(chosen)
    left = [item for item in kept if item not in taken]
    return list(zip(chosen, values, strict=False)), left


def _in_digits_first(kept: Sequence[Item], stating: Set[Item], count: int) -> list[Item]:
    """As many items as there are claims; one in words only where digits do not suffice."""
    if len(kept) == count:
        return list(kept)
    first = [item for item in kept if item.quantity.form is Form.DIGITS or item in stating]
    return first[:count] if len(first) >= count else list(kept[:count])


def _stated(
    items: Sequence[Item], claims: Sequence[Claim], words: Words
) -> tuple[list[Pair], list[Item]]:
    """The numbers that state a claim, in the order of both; and those that are left."""
    pairs: list[Pair] = []
    loose: list[Item] = []
    done = 0
    for item in items:
        fits = (place for place in range(done, len(claims)) if says(item, claims[place], words))
        place = next(fits, None)
        if place is None:
            loose.append(item)
        else:
            pairs.append((item, claims[place]))
            done = place + 1
    return pairs, loose


def _pair_faults(
    text: str, item: Item, claim: Claim, words: Words, *, certain: bool
) -> list[Fault]:
    if differing_unit(item, claim, words):
        return [_unit_fault(text, item, claim)]
    if says(item, claim, words):
        return []
    if item.hedge:
        return [_hedge_fault(text, item, claim, words)]
    quantity = item.quantity
    shown = text[quantity.whole_start : quantity.whole_end]
    known = evidence(text, item, claim, words)
    return [
        Fault(
            code="CLM201",
            start=quantity.start,
            end=quantity.end,
            arguments={"id": claim.id, "text": shown, "evidence": known},
            claim=claim.id,
            correction=correction(item, claim, words) if certain or quantity.unit else None,
        )
    ]


def _unit_fault(text: str, item: Item, claim: Claim) -> Fault:
    start, end = item.quantity.whole_start, item.quantity.whole_end
    arguments = {"id": claim.id, "text": text[start:end], "unit": claim.unit or ""}
    return Fault(code="CLM208", start=start, end=end, arguments=arguments, claim=claim.id)


def _hedge_fault(text: str, item: Item, claim: Claim, words: Words) -> Fault:
    start, end = item.start, item.quantity.whole_end
    known = evidence(text, item, claim, words)
    arguments = {"id": claim.id, "text": text[start:end], "evidence": known}
    return Fault(code="CLM210", start=start, end=end, arguments=arguments, claim=claim.id)


def _multiple(
    text: str, item: Item, claims: Sequence[Claim], words: Words, senses: frozenset[str]
) -> list[Fault]:
    """Whether the first and the last claim stand to each other as "twofold" says.

    What rose twofold ends at the double, what fell at the half; where neither is said, either
    of the two may be the larger.
    """
    first, last = _ends(claims, words)
    ways = {"up": (last, first), "down": (first, last)}
    wanted = [ways[sense] for sense in sorted(senses)] or list(ways.values())
    factors = [large / small for large, small in wanted if small]
    if any(_is_factor(item, factor, words) for factor in factors):
        return []
    return [_factor_fault(text, item, claims, words, max(factors, default=None))]


def _part(text: str, item: Item, claims: Sequence[Claim], words: Words) -> list[Fault]:
    """Whether "fell by a third" or "fell to a third" is true of the first and the last claim."""
    first, last = _ends(claims, words)
    parts = [last / first, abs(last - first) / abs(first)] if first else []
    parts += [first / last] if last else []
    if any(_is_factor(item, part, words) for part in parts):
        return []
    return [_factor_fault(text, item, claims, words, parts[0] if parts else None)]


def _ends(claims: Sequence[Claim], words: Words) -> tuple[Decimal, Decimal]:
    compared = of_one_unit(claims, words.language)
    return claimed(compared[0], words.language), claimed(compared[-1], words.language)


def _factor_fault(
    text: str, item: Item, claims: Sequence[Claim], words: Words, factor: Decimal | None
) -> Fault:
    first, last = _ends(claims, words)
    start, end = item.start, item.quantity.whole_end
    arguments = {
        "id": claims[-1].id,
        "text": text[start:end],
        "first": format_number(first, words.language),
        "last": format_number(last, words.language),
        "factor": "\u2013" if factor is None else format_number(factor, words.language, digits=2),
    }
    return Fault(code="CLM212", start=start, end=end, arguments=arguments, claim=claims[-1].id)


def _is_factor(item: Item, factor: Decimal, words: Words) -> bool:
    stated = item.quantity.value
    if stated is None:
        return False
    if item.hedge:
        return hedged_holds(item.hedge.kind, stated, factor, words.tolerances)
    near = words.tolerances.fraction * stated
    return states(item.quantity, factor, words.rounding) or (
        item.loose_measure and abs(factor - stated) <= near
    )
