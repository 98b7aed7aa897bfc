"""Numbers of a table's column set by their decimal sign: what each lacks behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bukti.base.language import language_of

_ABSENT = re.compile(r"[-\u2010-\u2015\u2212]{1,3}|\.{2,3}|\u2026|[Nn]\.?/?[Aa]\.?|")
_BEFORE = r"(?:[(\[<>=\u2264\u2265\u2248~\u00b1+\u2212-]|Rp\s?|(?:US)?\$\s?|\u20ac\s?)*"
_BEHIND = r"[\s)\]%\u2030*\u2020\u2021\u00a7]*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pad:
    """What a number lacks on its right: characters of the column's widest, and raised marks."""

    text: str = ""
    marks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A cell's words without the raised marks at its end, and the width of these in letters."""

    text: str
    marks: int = 0


def pads(entries: Sequence[Entry], language: str) -> list[Pad] | None:
    """What each cell of a column of numbers lacks; None for a column of words.

    The cells may hold one number each, signs before and behind it, or a dash for a missing one.
    """
    pattern = _number(language)
    found = [pattern.fullmatch(entry.text.strip()) for entry in entries]
    absent = [_ABSENT.fullmatch(entry.text.strip()) for entry in entries]
    if not any(found) or not all(map(_either, found, absent)):
        return None
    fraction = max((match["fraction"] for match in found if match), key=len)
    behind = max((match["behind"].strip() for match in found if match), key=len)
    widest = max(entry.marks for entry in entries)
    return [
        Pad(text=_rest(match, fraction, behind), marks=widest - entry.marks)
        for match, entry in zip(found, entries, strict=True)
    ]


def _either(first: object, second: object) -> bool:
    return bool(first or second)


def _rest(match: re.Match[str] | None, fraction: str, behind: str) -> str:
    own = match["fraction"] if match else ""
    after = match["behind"].strip() if match else ""
    return re.sub(r"\d", "0", fraction[len(own) :]) + behind[len(after) :]


@cache
def _number(language: str) -> re.Pattern[str]:
    speech = language_of(language)
    group = re.escape(speech.group) + "\u00a0\u2009\u202f"
    whole = rf"\d{{1,3}}(?:[{group}]\d{{3}})+|\d+"
    fraction = rf"(?:{re.escape(speech.decimal)}\d+)?"
    return re.compile(rf"{_BEFORE}(?:{whole})(?P<fraction>{fraction})(?P<behind>{_BEHIND})")
