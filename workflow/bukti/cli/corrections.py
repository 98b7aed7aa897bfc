"""Writes corrections into the author's files, touching nothing else."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable

from bukti.manuscript.marks import Fix


def corrected(data: bytes, fixes: Iterable[Fix]) -> bytes:
    """The bytes of a file with corrections; its byte order mark and line ends stay as they are.

    The offsets of the corrections count each line end as one character.
    """
    text = data.decode("utf-8-sig")
    places = [match.start() for match in re.finditer(r"\r\n|.", text, re.DOTALL)]
    places.append(len(text))
    for fix in sorted(fixes, key=lambda item: item.start, reverse=True):
        text = text[: places[fix.start]] + fix.new + text[places[fix.end] :]
    return order_mark(data) + text.encode("utf-8")


def order_mark(data: bytes) -> bytes:
    """The byte order mark that a file begins with, if it does."""
    return BOM_UTF8 if data.startswith(BOM_UTF8) else b""
