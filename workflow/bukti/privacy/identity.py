"""Indonesian identity numbers (NIK) and numbers of family cards (KK)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bukti.privacy.contacts import without_addresses
from bukti.privacy.finds import IDENTITY, Find

_SIGN = r"[ .\-/\u00a0\u2009\u202f\u2010-\u2013]"
_GROUPS = ((6, 6, 4), (4, 4, 4, 4), (2, 2, 2, 6, 4), (2, 2, 2, 2, 2, 2, 4), (6, 2, 2, 2, 4))
_BEFORE, _AFTER = r"(?<![^\W_])(?<!\d[.,\-])", r"(?![^\W_]|[.,\-]\d)"


def _grouped(groups: tuple[int, ...]) -> str:
    first, second, *others = (rf"\d{{{count}}}" for count in groups)
    return f"{first}(?P<s>{_SIGN}){second}" + "".join(f"(?P=s){each}" for each in others)


_PATTERNS = tuple(
    re.compile(f"{_BEFORE}{written}{_AFTER}")
    for written in (r"\d{16}", *(_grouped(groups) for groups in _GROUPS))
)
_PERHAPS = re.compile(rf"(?<![^\W_])\d(?=\d{{15}}|\d{{1,5}}{_SIGN}\d{{2,6}}{_SIGN}\d\d)")


def identity_numbers(text: str) -> Iterator[Find]:
    """Every number of a person or family card in a text, with or without separators.

    The sixteen digits are six of the region, day, month and year of birth (40 is added to the day
    of a woman) and four in series, as in the annex of Government Regulation 40 of 2019 on the Law
    on Population Administration.
    """
    if not _PERHAPS.search(text):
        return
    hidden = without_addresses(text)
    for perhaps in _PERHAPS.finditer(hidden):
        start = perhaps.start()
        for match in filter(None, (each.match(hidden, start) for each in _PATTERNS)):
            digits = "".join(filter(str.isdigit, match.group()))
            if is_plausible(digits):
                yield Find(kind=IDENTITY, key=digits, text=match.group(), start=start)


def is_plausible(digits: str) -> bool:
    """Whether sixteen digits have a province, a day and a month, and are not the zeroth."""
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    in_range = 11 <= province <= 96 and 1 <= month <= 12
    return in_range and (1 <= day <= 31 or 41 <= day <= 71) and digits[12:] != "0000"
