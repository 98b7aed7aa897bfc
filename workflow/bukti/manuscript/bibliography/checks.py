"""What is wrong with the list of sources: entry by entry, name by name, and between entries."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bukti.base.diagnostic import Diagnostic, diagnose, note
from bukti.base.language import language_of
from bukti.base.span import LineIndex, Span
from bukti.manuscript.bibliography.fields import YEAR, Place, field_findings
from bukti.manuscript.bibliography.identifiers import bare_doi
from bukti.manuscript.bibliography.names import (
    has_degree,
    is_divided_body,
    names_of,
    stands_for_others,
)
from bukti.manuscript.bibliography.scan import Entry, broken_entries, entries_of
from bukti.project.inventory import BIBLIOGRAPHY

_PEOPLE = ("author", "editor", "translator")
_PARTS = ("volume", "number", "pages", "chapter", "edition", "isbn", "entrysubtype", "type")


def bibliography_findings(
    text: str, languages: Collection[str], *, draft: bool
) -> tuple[Diagnostic, ...]:
    """What is wrong in a BibTeX file, each at its entry or field.

    `languages` are those whose words for bodies are looked for; English is always one.
    """
    entries = entries_of(text)
    lines = LineIndex(text)

    def place(start: int, end: int) -> Span:
        return lines.span(BIBLIOGRAPHY, start, end)

    known = [language_of(code) for code in dict.fromkeys(("en", *languages))]
    words = {word for each in known for word in each.bodies}
    heads = {word for each in known for word in each.body_heads}
    found = [*_broken(broken_entries(text), text, place), *_twice(entries, place)]
    for entry in entries:
        found += field_findings(entry, place, draft=draft)
        found += _name_findings(entry, place, words, heads)
    return (*found, *_same_works(entries, place))


def _name_findings(
    entry: Entry, place: Place, words: Collection[str], heads: Collection[str]
) -> Iterator[Diagnostic]:
    for role in _PEOPLE:
        field = entry.first(role)
        for name in names_of(field.value) if field else ():
            assert field is not None
            start = field.start + name.offset
            where = place(start, start + len(name.text))
            if stands_for_others(name):
                yield diagnose("REF122", where, key=entry.key, name=name.text)
            elif has_degree(name):
                yield diagnose("REF123", where, key=entry.key, name=name.text)
            elif is_divided_body(name, words, heads):
                yield diagnose("REF124", where, key=entry.key, name=name.text)


def _broken(entries: Sequence[Entry], text: str, place: Place) -> Iterator[Diagnostic]:
    for entry in entries:
        start = entry.broken or 0
        line = text[start:].partition("\n")[0].rstrip()
        yield diagnose("REF127", place(start, start + len(line)), key=entry.key or f"@{entry.kind}")


def _twice(entries: Sequence[Entry], place: Place) -> Iterator[Diagnostic]:
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.key in first:
            line = place(first[entry.key].start, first[entry.key].end).line
            notes = [note("bib-first", line=line)]
            where = place(entry.start, entry.end)
            yield diagnose("REF110", where, notes=notes, key=entry.key)
        first.setdefault(entry.key, entry)


def _same_works(entries: Sequence[Entry], place: Place) -> Iterator[Diagnostic]:
    """Entries with another key for a work that stands above: the same DOI, or title and year."""
    for number, entry in enumerate(entries):
        for other in entries[:number]:
            if other.key != entry.key and _same(entry, other):
                where = place(entry.start, entry.end)
                yield diagnose("REF125", where, key=entry.key, other=other.key)
                break


def _same(entry: Entry, other: Entry) -> bool:
    doi, other_doi = (_said(each, "doi") for each in (entry, other))
    if doi and other_doi:
        return bare_doi(doi).lower() == bare_doi(other_doi).lower()
    title, other_title = (_letters(_said(each, "title")) for each in (entry, other))
    years = [_said(each, *YEAR)[:4] for each in (entry, other)]
    if not title or title != other_title or not years[0] or years[0] != years[1]:
        return False
    if _letters(_said(entry, "author"))[:8] != _letters(_said(other, "author"))[:8]:
        return False
    return all(
        _said(entry, part) == _said(other, part)
        for part in _PARTS
        if entry.says(part) and other.says(part)
    )


def _said(entry: Entry, *names: str) -> str:
    field = entry.first(*names)
    return field.plain if field else ""


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()
