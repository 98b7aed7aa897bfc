"""Words of direction, comparison, majority and rank in a mark, against the values of its claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bukti.base.claims import Claim, Kind
from bukti.base.hedges import hedge_at
from bukti.base.language import language_of
from bukti.base.number_words import masked, phrase_pattern
from bukti.base.numbers import format_number
from bukti.base.quantities import parse_quantities
from bukti.base.quantity import Sort
from bukti.base.quantity_words import QuantityWords, quantity_words
from bukti.manuscript.numbers import Pair
from bukti.manuscript.saying import Fault, Words, claimed, of_one_unit, share_of, whole
from bukti.manuscript.stating import shown

_FEW_WORDS = r"(?:\s+[^\s.,;:()]+){0,2}\s*$"
_NEARLY_ALL = Decimal("0.9")
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """A word that says `up`, `down` or `same`, whether it is denied, and its place."""

    sense: str
    denied: bool
    text: str
    start: int
    end: int


def senses_of(text: str, language: str) -> tuple[Sense, ...]:
    """The words of direction in a text, in reading order; the longest where they overlap."""
    speech, words = language_of(language), quantity_words(language)
    lists = {
        "up": (*speech.up, *words.higher),
        "down": (*speech.down, *words.lower),
        "same": words.same,
    }
    open_text = masked(text, words.never)
    found = [
        (match.start(), -match.end(), sense)
        for sense, phrases in lists.items()
        for match in _matches(open_text, phrases)
    ]
    kept: list[Sense] = []
    for start, minus_end, sense in sorted(found):
        if not kept or start >= kept[-1].end:
            kept.append(
                Sense(
                    sense=sense,
                    denied=_denied(text[kept[-1].end if kept else 0 : start], words),
                    text=text[start:-minus_end],
                    start=start,
                    end=-minus_end,
                )
            )
    return tuple(kept)


def _matches(text: str, phrases: Sequence[str]) -> Iterator[re.Match[str]]:
    pattern = phrase_pattern(tuple(phrases))
    yield from pattern.finditer(text) if pattern else ()


def _denied(before: str, words: QuantityWords) -> bool:
    """Whether a word of negation stands up to two words before the end of a text."""
    pattern = phrase_pattern(words.negations)
    if pattern is None:
        return False
    open_text = masked(before, words.not_negating)
    return re.search(pattern.pattern + _FEW_WORDS, open_text, re.IGNORECASE) is not None


def said_senses(senses: Sequence[Sense]) -> frozenset[str]:
    """Which of `up` and `down` a text says without denying it."""
    return frozenset(each.sense for each in senses if not each.denied) - {"same"}


def directions(
    senses: Sequence[Sense], text: str, values: Sequence[Claim], pairs: Sequence[Pair], words: Words
) -> list[Fault]:
    """Words of direction that the first and the last claim contradict; at most one fault.

    Both directions in one mark ("fell, then rose") say nothing of first against last, and "still"
    beside a direction is none. Only claims of one unit are compared: there is nothing to compare in
    "fell by 2 points to 5 percent".
    """
    values = of_one_unit(values, words.language)
    if len(values) < 2:
        return []
    said = said_senses(senses)
    for each in senses:
        other = {"up", "down"} <= said and not each.denied
        if other or (each.sense == "same" and said):
            continue
        first, last = _sides(each, text, values, pairs, words)
        if first is not None and last is not None and not _goes(each, first, last, words):
            return [_direction_fault(each, text, first, last, words)]
    return []


def _sides(
    each: Sense, text: str, values: Sequence[Claim], pairs: Sequence[Pair], words: Words
) -> tuple[Claim | None, Claim | None]:
    """What is compared: first and last, or what stands before and behind "higher than".

    "12 percent, higher than the 9 percent of 2019" goes up from the second to the first, and "fell
    to 9 percent from 12" from the number behind "from".
    """
    known = quantity_words(words.language)
    if _plain(each.text) in (*known.higher, *known.lower):
        behind = next(_matches(text[each.end :], known.than), None)
        if behind is not None and not text[each.end : each.end + behind.start()].strip():
            left = [claim for item, claim in pairs if item.quantity.end <= each.start]
            right = [claim for item, claim in pairs if item.quantity.start >= each.end]
            if left and right:
                return right[0], left[-1]
    speech = language_of(words.language)
    origin, goal = (_led_by(text, pairs, leading) for leading in (known.origin, known.goal))
    if origin and goal:
        return origin, goal
    if each.sense != "same" and _plain(each.text) not in (*speech.up, *speech.down):
        return None, None
    return values[0], values[-1]


def _led_by(text: str, pairs: Sequence[Pair], words: tuple[str, ...]) -> Claim | None:
    """The claim of the first number that stands behind one of the words, up to two words behind."""
    pattern = phrase_pattern(words)
    done = 0
    for item, claim in pairs if pattern else ():
        head = text[done : item.start]
        done = item.quantity.whole_end
        if pattern and re.search(pattern.pattern + _FEW_WORDS, head, re.IGNORECASE):
            return claim
    return None


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _goes(each: Sense, first: Claim, last: Claim, words: Words) -> bool:
    before, after = claimed(first, words.language), claimed(last, words.language)
    if each.sense == "same":
        near = abs(after - before) <= words.tolerances.about * abs(before)
        return before != after if each.denied else near
    rises = after > before if each.sense == "up" else after < before
    return rises != each.denied


def _direction_fault(each: Sense, text: str, first: Claim, last: Claim, words: Words) -> Fault:
    start = _start_of_denial(each, text, words) if each.denied else each.start
    return Fault(
        code="CLM204",
        start=start,
        end=each.end,
        arguments={
            "id": last.id,
            "text": text[start : each.end],
            "first": format_number(claimed(first, words.language), words.language),
            "last": format_number(claimed(last, words.language), words.language),
        },
        claim=last.id,
    )


def _start_of_denial(each: Sense, text: str, words: Words) -> int:
    starts = [
        match.start()
        for match in _matches(text[: each.start], quantity_words(words.language).negations)
    ]
    return starts[-1] if starts else each.start


def shares(text: str, values: Sequence[Claim], words: Words) -> list[Fault]:
    """Words such as "most" that the one claim of a mark, a share, contradicts.

    Beside a number they count only where it follows in brackets or behind a comma: in "in most
    provinces 2.3 percent" they are about something else.
    """
    share = share_of(values[0], words.language) if len(values) == 1 else None
    if share is None:
        return []
    known, quantities = quantity_words(words.language), parse_quantities(text, words.language)
    alone = known.alone if not quantities else ()
    holds = {
        (*known.most, *alone): share > _HALF,
        known.least: share < _HALF,
        known.nearly_all: _NEARLY_ALL <= share < 1,
    }
    for phrases, right in holds.items():
        for match in _matches(text, phrases):
            denied = _denied(text[: match.start()], known)
            behind = [each.whole_start for each in quantities if each.start >= match.end()]
            between = text[match.end() : behind[0]] if behind else ""
            about = not quantities or re.fullmatch(r"(?:\s+\w+){0,4}\s*[(,]\s*", between)
            if about and right == denied:
                evidence = shown(values[0], words)
                arguments = {"id": values[0].id, "text": match[0], "evidence": evidence}
                return [
                    Fault(
                        code="CLM213",
                        start=match.start(),
                        end=match.end(),
                        arguments=arguments,
                        claim=values[0].id,
                    )
                ]
    return []


def superlative(text: str, claims: Sequence[Claim], of: str, words: Words) -> list[Fault]:
    """Words such as "highest" or "second lowest" that a family's other members contradict."""
    speech = language_of(words.language)
    members = [claim for claim in words.families.get(of, ()) if claim.kind is Kind.VALUE]
    claim = claims[0]
    if not members or claim.kind is not Kind.VALUE:
        return [whole(text, "CLM107", claim, {"family": of})]
    open_text = _without_hedges(text, words.language)
    known = quantity_words(words.language)
    for candidates, descending in ((speech.highest, True), (speech.lowest, False)):
        found = next(_matches(open_text, candidates), None)
        if found is None or _denied(text[: found.start()], known):
            continue
        best = _ranked(members, _rank(text, found, words.language), descending, words.language)
        value = claimed(best, words.language)
        if value != claimed(claim, words.language):
            shown_value = format_number(value, words.language)
            return [
                whole(text, "CLM205", claim, {"text": text, "best": best.id, "value": shown_value})
            ]
    return []


def _rank(text: str, word: re.Match[str], language: str) -> int:
    """The place that an ordinal beside a superlative says: 2 for "second highest"; else 1."""
    for quantity in parse_quantities(text, language):
        between = text[quantity.whole_end : word.start()] + text[word.end() : quantity.whole_start]
        if quantity.sort is Sort.ORDINAL and quantity.value and not between.strip(" \u00a0-"):
            return int(quantity.value)
    return 1


def _ranked(members: Sequence[Claim], rank: int, descending: bool, language: str) -> Claim:
    """The member at a place of the order; members with one value share a place."""
    ordered = sorted(members, key=lambda each: claimed(each, language), reverse=descending)
    values = list(dict.fromkeys(claimed(each, language) for each in ordered))
    value = values[min(rank, len(values)) - 1]
    return next(each for each in ordered if claimed(each, language) == value)


def _without_hedges(text: str, language: str) -> str:
    """The text without the hedges of its numbers: "at least 5" is no superlative."""
    for quantity in parse_quantities(text, language):
        hedge = hedge_at(text, quantity.whole_start, language)
        if hedge is not None:
            text = text[: hedge.start] + "_" * (hedge.end - hedge.start) + text[hedge.end :]
    return text
