"""The text of a mark that the author left empty, in the edition's language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bukti.base.claims import Claim
from bukti.base.language import language_of
from bukti.base.numbers import format_number, scale_power, scale_word
from bukti.manuscript.saying import Words, label

_DIGITS = re.compile(r"1?[0-9]")


def fill(claim: Claim, options: Mapping[str, str], words: Words) -> str | None:
    """What the claim says; None where it has no value to write or an option has no meaning.

    The options are `digits` (decimals) and `scale` (a scale word, which is then written too; one
    that the language has no word for cannot be used, since the number alone would be wrong).
    """
    value = claim.value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, tuple):
        return joined([label(item, words) for item in value], words.language)
    if isinstance(value, str):
        return label(value, words)
    power = scale_power(options["scale"], words.language) if "scale" in options else 0
    digits = options.get("digits")
    scale = scale_word(power, words.language) if power else ""
    if power is None or bool(power) != bool(scale) or not _DIGITS.fullmatch(digits or "0"):
        return None
    number = format_number(
        value,
        words.language,
        digits=int(digits) if digits else None,
        scale=power,
        rounding=words.rounding,
    )
    return f"{number}\u00a0{scale}" if scale else number


def joined(items: list[str], language: str) -> str:
    """A list in words: `a, b, and c`."""
    if len(items) < 2:
        return "".join(items)
    conjunction = language_of(language).conjunction or "&"
    comma = "," if len(items) > 2 else ""
    return f"{', '.join(items[:-1])}{comma} {conjunction} {items[-1]}"
