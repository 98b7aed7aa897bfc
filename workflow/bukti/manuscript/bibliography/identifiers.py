"""DOIs, ISBNs, ISSNs and addresses of sources: whether they are well formed."""

from __future__ import annotations

import re

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s/.]+(?:\.[^\s/.]+)+(?:[/?#:]\S*)?")
_DASH = "[- \u2010-\u2013]?"
_ISBN = re.compile(rf"\b(?:97[89]{_DASH})?\d(?:{_DASH}\d){{8}}{_DASH}[\dX]\b", re.IGNORECASE)
_ISSN = re.compile(r"\b\d{4}[-\u2010-\u2013]?\d{3}[\dX]\b", re.IGNORECASE)
_SHORT_ISBN = 10


def bare_doi(text: str) -> str:
    """A DOI without an address or `doi:` before it."""
    return _DOI_PREFIX.sub("", text.strip(), count=1)


def is_doi(text: str) -> bool:
    """Whether a text is a DOI: the registrant's number after `10.`, a slash and a name."""
    return _DOI.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether a text is an address of the web with its scheme."""
    return _ADDRESS.fullmatch(text) is not None


def holds_isbn(text: str) -> bool:
    """Whether a text holds an ISBN whose check digit is right (ISO 2108)."""
    return any(_isbn_holds(_digits(found)) for found in _ISBN.findall(text))


def holds_issn(text: str) -> bool:
    """Whether a text holds an ISSN whose check digit is right (ISO 3297)."""
    return any(_weighted(_digits(found)) % 11 == 0 for found in _ISSN.findall(text))


def _isbn_holds(digits: list[int]) -> bool:
    if len(digits) == _SHORT_ISBN:
        return _weighted(digits) % 11 == 0
    return sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def _weighted(digits: list[int]) -> int:
    """The sum of the digits, the last once, the one before it twice and so on."""
    return sum(weight * digit for weight, digit in enumerate(reversed(digits), start=1))


def _digits(text: str) -> list[int]:
    return [10 if sign in "xX" else int(sign) for sign in re.sub(r"[^\dXx]", "", text)]
