"""Numbers as they are written: read in the one way that their contract states, or refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from bukti.clean.writing import SPACES, Writing

_MINUS = "-\u2212"
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_INNER = re.compile(r"^(?P<before>[^0-9(]*)(?P<core>[0-9].*[0-9]|[0-9])(?P<after>[^0-9]*|\s.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number that was read, exactly, and the footnote mark behind it."""

    value: Decimal
    mark: str | None = None


def numeral(text: str, writing: Writing) -> Numeral | None:
    """The number that a text is in this writing; None where it is none, or could be two."""
    body, mark = unmarked(text.strip(), writing)
    digits, negative = _bare(body, writing)
    if not writing.stated and _EITHER.fullmatch(digits):
        return None
    value = _plain(digits, writing.decimal, writing.group)
    if value is None:
        return None
    return Numeral(value=value.copy_negate() if negative else value, mark=mark)


def readings(text: str, writing: Writing) -> tuple[str, ...]:
    """The two numbers that `13.305` or `1,234` is where nobody says what its mark means."""
    digits, negative = _bare(unmarked(text.strip(), writing)[0], writing)
    if writing.stated or not _EITHER.fullmatch(digits):
        return ()
    sign = "-" if negative else ""
    return (sign + re.sub("[.,]", "", digits), sign + digits.replace(",", "."))


def unmarked(text: str, writing: Writing) -> tuple[str, str | None]:
    """A text without the footnote mark behind it, and that mark where there is one."""
    if writing.parentheses and text.startswith("(") and text.endswith(")"):
        return text, None
    for mark in sorted(writing.marks, key=lambda mark: (-len(mark), mark)):
        body = text.removesuffix(mark)
        if body == text:
            continue
        apart = body.rstrip()
        if apart and (apart != body or mark[0] not in "0123456789"):
            return apart, mark
    return text, None


def _bare(text: str, writing: Writing) -> tuple[str, bool]:
    """The digits of a number with their marks, without sign and units; and whether below zero."""
    if writing.parentheses and text.startswith("(") and text.endswith(")"):
        return _without_units(text[1:-1].strip(), writing), True
    body, sign = _sign(text)
    digits = _without_units(body, writing)
    if not sign and digits != body:
        digits, sign = _sign(digits)
    return digits, sign == "-"


def _sign(text: str) -> tuple[str, str]:
    if text[:1] and text[0] in _MINUS:
        return text[1:].lstrip(), "-"
    return (text[1:].lstrip(), "+") if text[:1] == "+" else (text, "")


def _without_units(text: str, writing: Writing) -> str:
    for prefix in writing.prefix:
        if text.startswith(prefix):
            text = text[len(prefix) :].lstrip()
            break
    for suffix in writing.suffix:
        if text.endswith(suffix):
            return text[: -len(suffix)].rstrip()
    return text


@lru_cache(maxsize=16)
def _shape(decimal: str, group: str) -> re.Pattern[str]:
    grouped = ""
    if group:
        mark = f"[{SPACES}]" if group == " " else re.escape(group)
        grouped = rf"[1-9][0-9]{{0,2}}(?P<mark>{mark})[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*|"
    fraction = rf"(?:{re.escape(decimal)}[0-9]+)?"
    return re.compile(rf"(?:{grouped}[0-9]+){fraction}|[0-9]+{fraction}[eE][-+\u2212]?[0-9]+")


def _plain(text: str, decimal: str, group: str) -> Decimal | None:
    if not _shape(decimal, group).fullmatch(text):
        return None
    if group:
        text = re.sub(f"[{SPACES}]" if group == " " else re.escape(group), "", text)
    try:
        return Decimal(text.replace(decimal, ".").replace("\u2212", "-"))
    except ArithmeticError:
        return None


def elsewhere(text: str, writing: Writing) -> str | None:
    """The number that the text is where point and comma change places; None where it is none."""
    for decimal, group in ((".", ","), (",", ".")):
        other = replace(writing, decimal=decimal, group=group, stated=True)
        read = numeral(text, other)
        if read is not None:
            return f"{read.value:f}" if abs(read.value.adjusted()) < 30 else f"{read.value}"
    return None


def around(text: str, writing: Writing) -> str | None:
    """The signs before or behind a number that the writing does not name; None without such."""
    found = _INNER.match(text.strip())
    if found is None:
        return None
    before, core, after = (found[part].strip() for part in ("before", "core", "after"))
    signs = " ".join(sign for sign in (before.strip(_MINUS + "+ "), after) if sign)
    for body in _shorter(core):
        if _plain(body, writing.decimal, writing.group) is not None:
            rest = core[len(body) :].strip()
            return " ".join(part for part in (rest, signs) if part) or None
    return None


def _shorter(core: str) -> Iterator[str]:
    """The core, and what is left of it before its last space: `12,3 1` may be 12,3 with a mark."""
    yield core
    head, space, _ = core.rpartition(" ")
    if space:
        yield head.rstrip()


def is_grouped_oddly(text: str) -> bool:
    """Whether a text has digits with points or commas between them that are no groups of three."""
    return re.fullmatch(r"[-\u2212+]?[0-9]+(?:[.,][0-9]+){2,}", text.strip()) is not None
