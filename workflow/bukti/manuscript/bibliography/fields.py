"""What is wrong with the fields of an entry: missing, malformed, or printed as nobody means it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from bukti.base.diagnostic import Diagnostic, Note, diagnose, note
from bukti.base.language import is_language
from bukti.base.span import Span
from bukti.manuscript.bibliography.identifiers import (
    bare_doi,
    holds_isbn,
    holds_issn,
    is_address,
    is_doi,
)
from bukti.manuscript.bibliography.scan import Entry

Place = Callable[[int, int], Span]

YEAR = ("year", "date")
LANGUAGE = ("langid", "hyphenation")
_WHO = ("author", "editor")
_BODY = (*_WHO, "institution", "organization", "school", "publisher")
_JOURNAL = ("journal", "journaltitle")
_NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "article": (_WHO, _JOURNAL, YEAR),
    "book": (_BODY, YEAR),
    "mvbook": (_BODY, YEAR),
    "collection": (_BODY, YEAR),
    "proceedings": (YEAR,),
    "inbook": (_WHO, YEAR),
    "incollection": (_WHO, ("booktitle",), YEAR),
    "inproceedings": (_WHO, ("booktitle", "eventtitle"), YEAR),
    "thesis": (_WHO, ("institution", "school"), YEAR),
    "phdthesis": (_WHO, ("school", "institution"), YEAR),
    "mastersthesis": (_WHO, ("school", "institution"), YEAR),
    "report": (_BODY, YEAR),
    "techreport": (_BODY, YEAR),
    "manual": (YEAR,),
    "unpublished": (_WHO,),
    "legislation": (YEAR,),
    "legal": (YEAR,),
    "jurisdiction": (YEAR,),
}
_OTHERS = (
    "artwork audio bookinbook booklet dataset electronic image inreference letter misc"
    " movie music mvcollection mvproceedings mvreference newsarticle online patent"
    " performance periodical reference review software suppbook suppcollection"
    " suppperiodical standard video www bibnote commentary set xdata"
)
KINDS = (*_NEEDED, *_OTHERS.split())
"""The types of entries that pandoc's reader of BibLaTeX knows."""

_MEANT = {
    "conference": "inproceedings",
    "treaty": "legal",
    "convention": "legal",
    "law": "legislation",
    "regulation": "legislation",
    "statute": "legislation",
    "webpage": "online",
    "website": "online",
    "newspaper": "newsarticle",
    "magazine": "article",
    "case": "jurisdiction",
}
_BABEL = (
    "english usenglish american british ukenglish canadian australian newzealand"
    " afrikaans arabic basque bulgarian catalan croatian czech danish dutch finnish"
    " canadien acadian french francais austrian naustrian german germanb ngerman greek"
    " polutonikogreek hebrew hungarian icelandic italian japanese latvian lithuanian"
    " magyar mongolian norsk nynorsk farsi polish brazil brazilian portugues portuguese"
    " romanian russian serbian serbianc slovak slovene spanish swedish thai turkish"
    " ukrainian vietnamese latin estonian"
)
_NUMERIC_YEAR = re.compile(r"-?\d{4}[~?%]?(?:\s*(?:[-/]|--|\u2013)\s*\d{2,4})?")
_DAY = r"-?\d{2}[\dX]{2}(?:-[\dX]{2}){0,2}[~?%]?|\.\."
_DATE = re.compile(rf"(?:{_DAY})?(?:/(?:{_DAY})?)?(?:T[\d:+Z-]+)?")
_TO_COME = re.compile(
    r"in press|forthcoming|to appear|submitted|accepted|(?:akan|segera) terbit|sedang dicetak"
    r"|dalam proses(?: terbit| cetak)?|siap terbit", re.IGNORECASE
)  # fmt: skip
_PAGE_WORD = re.compile(r"(?:pp?|pages?|hal|hlm|hh?|halaman)\b\.?\s*(?P<rest>\S.*)", re.IGNORECASE)
_PERCENT = re.compile(r"(?<!\\)%[^\n]*")
_VERBATIM = ("url", "doi", "eprint", "file", "abstract", "keywords", "pdf", "urlraw")
_FEWEST_LETTERS = 10
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A field that holds an identifier: its test, and what the test is to be given."""

    field: str
    name: str
    holds: Callable[[str], bool]
    bare: Callable[[str], str] = str.strip


def _address(text: str) -> str:
    found = re.fullmatch(r"\\url\s*(.*)", text.strip())
    return found[1] if found else text.strip()


_IDENTIFIERS = (
    Identifier(field="doi", name="DOI", holds=is_doi, bare=bare_doi),
    Identifier(field="isbn", name="ISBN", holds=holds_isbn),
    Identifier(field="issn", name="ISSN", holds=holds_issn),
    Identifier(field="url", name="URL", holds=is_address, bare=_address),
)


def field_findings(entry: Entry, place: Place, *, draft: bool) -> Iterator[Diagnostic]:
    """What is wrong with an entry by itself; in a draft a language that is not said is let pass."""
    yield from _kind(entry, place)
    yield from _missing(entry, place)
    yield from _identifiers(entry, place)
    yield from _language(entry, place, draft=draft)
    yield from _title(entry, place)
    yield from _year(entry, place)
    yield from _pages(entry, place)
    yield from _number_of_law(entry, place)
    yield from _abbreviations(entry, place)
    yield from _comments(entry, place)


def _kind(entry: Entry, place: Place) -> Iterator[Diagnostic]:
    if entry.kind not in KINDS:
        meant = _MEANT.get(entry.kind)
        hint = note("bib-type", meant=meant) if meant else None
        where = place(entry.start, entry.end)
        yield diagnose("REF111", where, hint=hint, key=entry.key, kind=entry.kind)


def _missing(entry: Entry, place: Place) -> Iterator[Diagnostic]:
    if entry.kind in ("xdata", "set") or {"crossref", "xdata"} & entry.fields.keys():
        return
    needed = (("title", "maintitle", "booktitle"), *_NEEDED.get(entry.kind, ()))
    lacking = [
        names for names in needed if entry.first(*names) is None and not _to_come(entry, names)
    ]
    if lacking:
        fields = ", ".join("/".join(names[:2]) for names in lacking)
        where = place(entry.start, entry.end)
        yield diagnose("REF112", where, key=entry.key, kind=entry.kind, fields=fields)


def _to_come(entry: Entry, names: Collection[str]) -> bool:
    return names == YEAR and entry.says("pubstate")


def _identifiers(entry: Entry, place: Place) -> Iterator[Diagnostic]:
    for known in _IDENTIFIERS:
        field = entry.first(known.field)
        if field is None:
            continue
        bare = known.bare(field.address)
        where, value = place(field.start, field.end), field.address
        if not known.holds(bare):
            lacks_scheme = known.field == "url" and is_address(f"https://{value}")
            hint = note("bib-address", value=value) if lacks_scheme else None
            yield diagnose("REF113", where, hint=hint, key=entry.key, kind=known.name, value=value)
        elif known.field == "doi" and bare != value:
            yield diagnose("REF114", where, key=entry.key, value=value, doi=bare)


def _language(entry: Entry, place: Place, *, draft: bool) -> Iterator[Diagnostic]:
    field = entry.first(*LANGUAGE)
    if field is not None:
        value = field.plain.lower()
        if value not in _BABEL.split() and not is_language(value):
            hint = _perhaps_indonesian(value)
            where = place(field.start, field.end)
            yield diagnose("REF115", where, hint=hint, key=entry.key, value=field.plain)
    elif not draft and entry.says("title"):
        yield diagnose("REF116", place(entry.start, entry.end), key=entry.key)


def _perhaps_indonesian(value: str) -> Note | None:
    if value.startswith(("indo", "bahasa")):
        return note("bib-language", code="id")
    return note("bib-language", code="ms") if value.startswith(("malay", "melayu")) else None


def _title(entry: Entry, place: Place) -> Iterator[Diagnostic]:
    field = entry.first("title")
    if field is None:
        return
    letters = [sign for sign in field.plain if sign.isalpha() and sign.lower() != sign.upper()]
    if len(field.plain.split()) < _FEWEST_WORDS or len(letters) < _FEWEST_LETTERS:
        return
    if all(map(str.isupper, letters)):
        yield diagnose("REF118", place(field.start, field.end), key=entry.key)


def _year(entry: Entry, place: Place) -> Iterator[Diagnostic]:
    for name, pattern in (("year", _NUMERIC_YEAR), ("date", _DATE)):
        field = entry.first(name)
        if field is None or pattern.fullmatch(field.plain) or _TO_COME.fullmatch(field.plain):
            continue
        where = place(field.start, field.end)
        hint = note("bib-date") if name == "date" else None
        yield diagnose("REF119", where, hint=hint, key=entry.key, field=name, value=field.plain)


def _pages(entry: Entry, place: Place) -> Iterator[Diagnostic]:
    field = entry.first("pages")
    found = _PAGE_WORD.fullmatch(field.plain) if field else None
    if field and found:
        where = place(field.start, field.end)
        pages = re.sub(r"\s*[-\u2010-\u2014]+\s*", "--", found["rest"])
        yield diagnose("REF120", where, key=entry.key, value=field.plain, pages=pages)


def _number_of_law(entry: Entry, place: Place) -> Iterator[Diagnostic]:
    field = entry.first("number") if entry.kind == "legislation" else None
    if field:
        where = place(field.start, field.end)
        yield diagnose("REF126", where, key=entry.key, value=field.plain)


def _abbreviations(entry: Entry, place: Place) -> Iterator[Diagnostic]:
    for name, field in entry.fields.items():
        for word, start in field.unknown:
            where = place(start, start + len(word))
            yield diagnose("REF121", where, key=entry.key, field=name, word=word)


def _comments(entry: Entry, place: Place) -> Iterator[Diagnostic]:
    for name, field in entry.fields.items():
        found = None if name in _VERBATIM else _PERCENT.search(field.value)
        if found:
            where = place(field.start, field.end)
            yield diagnose("REF128", where, key=entry.key, field=name, lost=found[0])
