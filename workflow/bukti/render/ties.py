"""What stays on one line: a number and its unit, a word such as "Figure" and its number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bukti.base.language import language_of
from bukti.base.tree import is_node

NO_BREAK = "\u00a0"
_NUMBER = re.compile(r"\(?[^\W\d_]{0,3}\$?\d[\d.,\u2013/]*")
_NUMBER_FIRST = re.compile(r"\d")


def tied(value: Any, languages: Iterable[str]) -> Any:
    """A copy of a tree in which the spaces between numbers and their words do not break."""
    known = [language_of(language) for language in languages]
    after = {word for each in known for word in (*each.percent, *each.scales)}
    after |= {words.split()[0] for each in known for words in each.percentage_point}
    before = {word for each in known for word in (*each.currency, *each.tied)}
    return _tied(value, after, before)


def _tied(value: Any, after: set[str], before: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: _tied(item, after, before) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    result = [_tied(item, after, before) for item in value]
    place = 1
    while place < len(result) - 1:
        left, space, right = result[place - 1 : place + 2]
        if _is_space(space) and _belongs(_words(left), _words(right), after, before):
            result[place - 1 : place + 2] = [_string(left["c"] + NO_BREAK + right["c"])]
        else:
            place += 1
    return result


def _belongs(left: str, right: str, after: set[str], before: set[str]) -> bool:
    if not left or not right:
        return False
    if _NUMBER.fullmatch(left.rpartition(NO_BREAK)[2]):
        return right.rstrip(".,;:)") in after
    return left.lstrip("(") in before and _NUMBER_FIRST.match(right) is not None


def _is_space(value: Any) -> bool:
    return is_node(value) and value["t"] in ("Space", "SoftBreak")


def _words(value: Any) -> str:
    return str(value["c"]) if is_node(value) and value["t"] == "Str" else ""


def _string(text: str) -> dict[str, str]:
    return {"t": "Str", "c": text}
