"""Telephone numbers and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bukti.privacy.finds import EMAIL, TELEPHONE, Find

_GAP = r"[ .()\-\u00a0\u2009\u202f\u2010-\u2013]"
_BEFORE, _AFTER = r"(?<![^\W_])(?<![.,+\-])(?<!\d/)", r"(?![^\W_]|[.,\-/]\d)"
_PHONES = (
    re.compile(rf"(?<![\w+])\+[1-9](?:{_GAP}{{0,3}}\d){{7,14}}{_AFTER}"),
    re.compile(rf"{_BEFORE}0062(?:{_GAP}{{0,2}}\d){{7,12}}{_AFTER}"),
    re.compile(rf"{_BEFORE}08[1-9]\d?(?:[ .\-\u00a0\u2010-\u2013]?\d){{6,10}}{_AFTER}"),
    re.compile(rf"{_BEFORE}\(0[2-9]\d{{1,2}}\) ?\d{{3,4}}[ .\-]?\d{{3,5}}{_AFTER}"),
    re.compile(rf"{_BEFORE}0[2-9]\d{{1,2}}[\-\u2013]\d{{3,4}}[ \-]?\d{{3,4}}{_AFTER}"),
    re.compile(r"(?<=wa\.me/)\+?[1-9]\d{7,14}(?!\d)"),
    re.compile(r"(?<=tel:)\+?\d[\d\-.() ]{6,16}\d(?!\d)"),
)
_PERHAPS = re.compile(  # the first character of each of these, or the one before it
    r"\+(?=[1-9])|0(?=062|8[1-9]|[2-9]\d{1,2}[\-\u2013])|\((?=0[2-9])|(?<=wa\.me)/|(?<=tel):"
)
_GROUPED_NUMBER = re.compile(r"\+\d{1,3}(?:([.\u00a0\u2009\u202f ])\d{3})(?:\1\d{3})+")
_ADDRESS = re.compile(r"\b(?:https?://|www\.|doi:\s?|10\.\d{4,9}/)[^\s<>\"]+")
_ISBN = re.compile(r"IS[BS]N(?:-1[03])?:?\s*[\d\-\u2010-\u2013 ]{8,20}[xX]?")
_AT = re.compile(r"@|\s?[\[({](?:at|@)[\])}]\s?", re.IGNORECASE)
_DOT = re.compile(r"\s?[\[({](?:dot|titik|\.)[\])}]\s?", re.IGNORECASE)
_LOCAL = re.compile(r"[\w.!#$%&*+/=?^|~-]{1,64}$")
_DOMAIN = re.compile(
    r"[^\W_][\w-]{0,62}(?:(?:\.|\s?[\[({](?:dot|titik|\.)[\])}]\s?)[^\W_][\w-]{0,62}){1,6}",
    re.IGNORECASE,
)
_TOP = re.compile(r"[^\W\d_]{2,24}|xn--[\w-]+", re.IGNORECASE)
_FILES = frozenset(
    (
        *("png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "css", "js", "mjs", "json"),
        *("html", "xml", "woff", "ttf", "otf"),
    )
)


def without_addresses(text: str) -> str:
    """A text with lines in the place of web addresses and DOIs, whose digits are no numbers."""
    return _ADDRESS.sub(_blanks_but_phones, text)


def telephone_numbers(text: str) -> Iterator[Find]:
    """Every telephone number in a text: international with its plus sign, or an Indonesian one."""
    if not _PERHAPS.search(text):
        return
    hidden = _ISBN.sub(_blanks, without_addresses(text))
    for perhaps in _PERHAPS.finditer(hidden):
        start = perhaps.start() + (perhaps.group() in "/:")
        match = next(filter(None, (each.match(hidden, start) for each in _PHONES)), None)
        written = match.group() if match else ""
        is_number = _GROUPED_NUMBER.fullmatch(written) and not written.startswith("+62")
        if written and not is_number:
            yield Find(kind=TELEPHONE, key=_national(written), text=written, start=start)


def _blanks(match: re.Match[str]) -> str:
    return "_" * len(match.group())


def _blanks_but_phones(match: re.Match[str]) -> str:
    return match.group() if "wa.me/" in match.group() else _blanks(match)


def _national(written: str) -> str:
    """The digits of a number, those of Indonesia without code and zero."""
    digits = "".join(filter(str.isdigit, written)).removeprefix("00")
    national = digits.removeprefix("62") if written.startswith(("+62", "0062", "62")) else digits
    return national.lstrip("0")


def email_addresses(text: str) -> Iterator[Find]:
    """Every e-mail address in a text, also those that are spelt out: `name [at] place.org`."""
    done = 0
    for at in _AT.finditer(text):
        local = _LOCAL.search(text[max(done, at.start() - 64) : at.start()])
        domain = _DOMAIN.match(text, at.end())
        if local is None or domain is None:
            continue
        name, place = local.group().lstrip("./=|"), _DOT.sub(".", domain.group()).casefold()
        place, dot, top = place.rpartition(".")
        if top not in _FILES:
            place = f"{place}{dot}{top}"
        if name and "." in place and _TOP.fullmatch(place.rpartition(".")[2]):
            start, done = at.start() - len(name), domain.end()
            yield Find(
                kind=EMAIL,
                key=f"{name.casefold()}@{place}",
                text=text[start:done],
                start=start,
            )
