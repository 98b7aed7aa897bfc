"""What a mark says against what its claims hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bukti.base.claims import Claim, Kind, Status
from bukti.base.language import Language, language_of
from bukti.base.numbers import NumberToken, exact, format_number, parse_numbers, states


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that a mark says and its claims do not.

    `start` and `end` are offsets in the mark's text; `correction` is what the digits should be,
    where that is certain.
    """

    code: str
    start: int
    end: int
    arguments: Mapping[str, str]
    claim: str
    correction: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a comparison needs to know: language, rounding, labels by key, families by name."""

    language: str
    rounding: str
    labels: Mapping[str, Mapping[str, str]]
    families: Mapping[str, Sequence[Claim]]


def compare(
    text: str, claims: Sequence[Claim], of: str, words: Words
) -> tuple[Status, tuple[Fault, ...]]:
    """Whether a mark's text says what its claims hold.

    `of` names the family that a superlative speaks of, empty where there is none.
    """
    faults: list[Fault] = []
    values = [claim for claim in claims if claim.kind in (Kind.VALUE, Kind.GIVEN)]
    faults += _numbers(text, values, words)
    for claim in claims:
        if claim.kind is Kind.TEST and claim.value is not True:
            faults.append(_whole(text, "CLM203", claim, {"text": text}))
        if claim.kind is Kind.TEXT:
            faults += _text_value(text, claim, words)
    faults += _direction(text, values, words)
    if of:
        faults += _superlative(text, claims, of, words)
    return _status(faults), tuple(faults)


def _status(faults: Sequence[Fault]) -> Status:
    codes = {fault.code for fault in faults}
    if codes & {"CLM203", "CLM204", "CLM205"}:
        return Status.CONTRADICTED
    return Status.STALE if codes else Status.HOLDS


def _whole(text: str, code: str, claim: Claim, arguments: Mapping[str, str]) -> Fault:
    return Fault(
        code=code, start=0, end=len(text), arguments={"id": claim.id, **arguments}, claim=claim.id
    )


def _numbers(text: str, claims: Sequence[Claim], words: Words) -> list[Fault]:
    tokens = parse_numbers(text, words.language)
    faults = [_unreadable(token, words) for token in tokens if token.value is None]
    if faults or not claims or not tokens:
        return faults
    pairs, loose = _pair(list(tokens), claims, words.rounding)
    for token in loose:
        if _states_any(token, claims, words.rounding):
            continue  # a number said again, as in "1.27 million (1.3 million)"
        shown = text[token.start : token.whole_end]
        arguments = {"text": shown, "ids": ", ".join(claim.id for claim in claims)}
        fault = Fault(
            code="CLM206", start=token.start, end=token.end, arguments=arguments, claim=claims[0].id
        )
        faults.append(fault)
    for token, claim in pairs:
        faults += _pair_faults(text, token, claim, words)
    unstated = len(claims) - len(pairs)
    if pairs and unstated:
        said = {claim.id for _, claim in pairs}
        missing = next(claim for claim in claims if claim.id not in said)
        faults.append(_whole(text, "CLM207", missing, {"text": text}))
    return faults


def _unreadable(token: NumberToken, words: Words) -> Fault:
    speech = language_of(words.language)
    arguments = {"text": token.text, "language": words.language, "decimal": speech.decimal}
    return Fault(code="CLM202", start=token.start, end=token.end, arguments=arguments, claim="")


def _pair(
    tokens: list[NumberToken], claims: Sequence[Claim], rounding: str
) -> tuple[list[tuple[NumberToken, Claim]], list[NumberToken]]:
    """Numbers with the claims they state, in reading order; keys of a family need no claim.

    Where there are fewer numbers than claims only those are paired that state one: which claim
    another number was to state cannot be told, so that nothing may be corrected to it.
    """
    keys = {key for claim in claims for key in claim.keys}
    named = [token for token in tokens if token.text in keys and not (token.scale or token.unit)]
    needless = [token for token in named if not _states_any(token, claims, rounding)]
    kept = [token for token in tokens if token not in needless]
    surplus = max(0, len(kept) - len(claims))
    needless = [token for token in named if token in kept][:surplus]
    kept = [token for token in kept if token not in needless]
    pairs, loose = _stated(kept, claims, rounding)
    if len(pairs) == len(claims) or len(kept) < len(claims):
        return pairs, loose
    return list(zip(kept, claims, strict=False)), kept[len(claims) :]


def _stated(
    tokens: list[NumberToken], claims: Sequence[Claim], rounding: str
) -> tuple[list[tuple[NumberToken, Claim]], list[NumberToken]]:
    """The numbers that state a claim, in the order of both; and those that are left."""
    pairs: list[tuple[NumberToken, Claim]] = []
    loose: list[NumberToken] = []
    done = 0
    for token in tokens:
        fits = (
            place
            for place in range(done, len(claims))
            if states(token, _number(claims[place]), rounding)
        )
        place = next(fits, None)
        if place is None:
            loose.append(token)
        else:
            pairs.append((token, claims[place]))
            done = place + 1
    return pairs, loose


def _states_any(token: NumberToken, claims: Sequence[Claim], rounding: str) -> bool:
    return any(states(token, _number(claim), rounding) for claim in claims)


def _number(claim: Claim) -> int | float:
    value = claim.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(claim.id)
    return value


def _pair_faults(text: str, token: NumberToken, claim: Claim, words: Words) -> list[Fault]:
    shown = text[token.start : token.whole_end]
    if token.unit and claim.unit and token.unit != claim.unit:
        arguments = {"id": claim.id, "text": shown, "unit": claim.unit}
        return [
            Fault(
                code="CLM208",
                start=token.start,
                end=token.whole_end,
                arguments=arguments,
                claim=claim.id,
            )
        ]
    if states(token, _number(claim), words.rounding):
        return []
    correction = format_number(
        _number(claim),
        words.language,
        digits=token.digits,
        scale=token.scale,
        rounding=words.rounding,
    )
    follows = text[token.end : token.whole_end]
    arguments = {"id": claim.id, "text": shown, "evidence": correction + follows}
    return [
        Fault(
            code="CLM201",
            start=token.start,
            end=token.end,
            arguments=arguments,
            claim=claim.id,
            correction=correction,
        )
    ]


def _text_value(text: str, claim: Claim, words: Words) -> list[Fault]:
    faults = []
    items = claim.value if isinstance(claim.value, tuple) else (str(claim.value),)
    for item in items:
        word = label(item, words)
        if not _says(text, word, words):
            faults.append(_whole(text, "CLM209", claim, {"text": text, "evidence": word}))
    return faults


def _says(text: str, word: str, words: Words) -> bool:
    """Whether a text holds a word, and not only as a part of a longer label ("Papua Barat")."""
    wanted, rest = word.casefold(), text.casefold()
    others = {each.get(words.language, "").casefold() for each in words.labels.values()}
    for longer in others:
        if wanted in longer and wanted != longer:
            rest = rest.replace(longer, "\n")
    return wanted in rest


def label(value: str, words: Words) -> str:
    """The word for a text value in the language; the value itself where it needs none."""
    return words.labels.get(value, {}).get(words.language, value)


def _direction(text: str, claims: Sequence[Claim], words: Words) -> list[Fault]:
    if len(claims) < 2:
        return []
    speech = language_of(words.language)
    first, last = exact(_number(claims[0])), exact(_number(claims[-1]))
    for words_of, wrong, sense in (
        (speech.up, last <= first, "up"),
        (speech.down, last >= first, "down"),
    ):
        found = _find_word(text, words_of)
        if found and wrong and not _opposed(text, speech, sense):
            arguments = {
                "id": claims[-1].id,
                "text": found.group(),
                "first": format_number(first, words.language),
                "last": format_number(last, words.language),
            }
            return [
                Fault(
                    code="CLM204",
                    start=found.start(),
                    end=found.end(),
                    arguments=arguments,
                    claim=claims[-1].id,
                )
            ]
    return []


def _opposed(text: str, speech: Language, sense: str) -> bool:
    """Both directions in one mark ("fell, then rose") say nothing of first against last."""
    return _find_word(text, speech.down if sense == "up" else speech.up) is not None


def _find_word(text: str, candidates: Sequence[str]) -> re.Match[str] | None:
    for word in sorted(candidates, key=len, reverse=True):
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
        if match:
            return match
    return None


def _superlative(text: str, claims: Sequence[Claim], of: str, words: Words) -> list[Fault]:
    speech = language_of(words.language)
    members = [claim for claim in words.families.get(of, ()) if claim.kind is Kind.VALUE]
    claim = claims[0]
    if not members or claim.kind is not Kind.VALUE:
        return [_whole(text, "CLM107", claim, {"family": of})]
    for candidates, extreme in ((speech.highest, max), (speech.lowest, min)):
        if not _find_word(text, candidates):
            continue
        best = extreme(members, key=_number)
        if _number(best) != _number(claim):
            arguments = {
                "text": text,
                "best": best.id,
                "value": format_number(_number(best), words.language),
            }
            return [_whole(text, "CLM205", claim, arguments)]
    return []
