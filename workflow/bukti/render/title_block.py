"""The lines above the abstract, the same words in every format: title, byline, history, rights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bukti.base.language import written_date
from bukti.base.tree import Node, Nodes, attributes
from bukti.render.front import Author, Front, Journal, Publication
from bukti.render.nodes import span, string

WHOLE = "whole"
"""The class of words that stay on one line."""
_NO_BREAK = "\u00a0"
_CORRESPONDING, _EQUAL = "*", "\u2020"
_CREATIVE_COMMONS = re.compile(r"CC-(?P<terms>BY(?:-NC)?(?:-SA|-ND)?)-(?P<version>\d\.\d)")


class Role(StrEnum):
    """What a line of the title block is."""

    IMPRINT = "imprint"
    TITLE = "title"
    SUBTITLE = "subtitle"
    AUTHORS = "authors"
    AFFILIATION = "affiliation"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the title block."""

    role: Role
    inlines: Nodes


def title_block(front: Front) -> tuple[Line, ...]:
    """The lines of a title block in their order, without those that have nothing to say."""
    lines = [
        *((Role.IMPRINT, inlines) for inlines in _imprint(front)),
        (Role.TITLE, front.title or [string("\u2014")]),
        (Role.SUBTITLE, front.subtitle),
        (Role.AUTHORS, _byline(front)),
        *((Role.AFFILIATION, inlines) for inlines in _affiliations(front)),
        *((Role.NOTE, inlines) for inlines in _notes(front)),
    ]
    return tuple(Line(role=role, inlines=inlines) for role, inlines in lines if inlines)


def license_of(publication: Publication) -> tuple[str, str]:
    """The licence as it is printed, and its address, empty where it is not a known one.

    Creative Commons licences are given by their SPDX ids, such as CC-BY-4.0.
    """
    text = publication.license
    if text == "CC0-1.0":
        return "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _CREATIVE_COMMONS.fullmatch(text)
    if not found:
        return text, ""
    terms, version = found["terms"], found["version"]
    address = f"https://creativecommons.org/licenses/{terms.lower()}/{version}/"
    return f"CC {terms} {version}", address


def _imprint(front: Front) -> Iterator[Nodes]:
    publication, words = front.publication, front.words
    if publication.journal:
        yield _journal(publication.journal, front)
    parts: list[Nodes] = []
    if publication.doi:
        address = f"https://doi.org/{publication.doi}"
        parts.append([_link(address, address)])
    if publication.version:
        parts.append([string(f"{words['version']}{_NO_BREAK}{publication.version}")])
    if publication.date:
        parts.append([string(_written(publication.date, front.language))])
    yield _joined(parts, " \u00b7 ")


def _journal(journal: Journal, front: Front) -> Nodes:
    words = front.words
    volume = f"{words['volume']}{_NO_BREAK}{journal.volume}" if journal.volume else ""
    issue = f"{words['issue']}{_NO_BREAK}{journal.issue}" if journal.issue else ""
    numbers = ", ".join(part for part in (volume, issue) if part)
    year = f"({journal.year})" if journal.year else ""
    where = " ".join(part for part in (numbers, year) if part)
    parts: list[Nodes] = [[{"t": "Emph", "c": [string(journal.name)]}]]
    parts += [[string(where)]] if where else []
    if journal.pages:
        pages = re.sub(r"(?<=\w)(?:--?|\u2013)(?=\w)", "\u2013", journal.pages)
        label = f"{words['pages']}{_NO_BREAK}" if "\u2013" in pages else ""
        parts.append([_whole([string(label + pages)])])
    issn = [_whole([string(f"ISSN{_NO_BREAK}{journal.issn}")])] if journal.issn else []
    return [*_joined(parts, ", "), *([string(" \u00b7 "), *issn] if issn else [])]


def _byline(front: Front) -> Nodes:
    numbered = len(front.affiliations) > 1
    names: list[Nodes] = []
    for author in front.authors:
        marks = [str(number) for number in sorted(author.affiliations) if numbered]
        marks += _signs(author, front)
        raised = [{"t": "Superscript", "c": [string(",".join(marks))]}] if marks else []
        names.append([string(_tied(author.name)), *raised])
    return _joined(names, ", ")


def _tied(name: str) -> str:
    """A name whose initials and short words stay with the word behind them."""
    return re.sub(r"(?<!\S)(\S{1,2}) ", rf"\1{_NO_BREAK}", name)


def _signs(author: Author, front: Front) -> list[str]:
    several = len(front.authors) > 1
    signs = [_CORRESPONDING] if several and author in _reachable(front) else []
    return signs + ([_EQUAL] if several and author.equal else [])


def _reachable(front: Front) -> list[Author]:
    return [author for author in front.authors if author.corresponding and author.email]


def _affiliations(front: Front) -> Iterator[Nodes]:
    numbered = len(front.affiliations) > 1
    for number, place in enumerate(front.affiliations, start=1):
        name = _link(place.name, place.ror) if place.ror else string(place.name)
        mark: Nodes = []
        if numbered:
            mark = [{"t": "Superscript", "c": [string(str(number))]}, string(_NO_BREAK)]
        yield [*mark, name]


def _notes(front: Front) -> Iterator[Nodes]:
    yield _correspondence(front)
    if len(front.authors) > 1 and any(author.equal for author in front.authors):
        yield [string(f"{_EQUAL} {front.words['equal-contribution']}")]
    yield _orcids(front)
    yield _history(front)
    yield _rights(front)


def _correspondence(front: Front) -> Nodes:
    several = len(front.authors) > 1
    addresses: list[Nodes] = []
    for author in _reachable(front):
        address = _whole([_link(author.email, f"mailto:{author.email}")])
        addresses.append([string(f"{_tied(author.name)}, "), address] if several else [address])
    sign = f"{_CORRESPONDING} " if several else ""
    return _led(f"{sign}{front.words['correspondence']}: ", _joined(addresses, "; "))


def _orcids(front: Front) -> Nodes:
    several = len(front.authors) > 1
    found: list[Nodes] = []
    for author in front.authors:
        if author.orcid:
            orcid = _whole([_link(author.orcid, f"https://orcid.org/{author.orcid}")])
            found.append([string(f"{_tied(author.name)} "), orcid] if several else [orcid])
    return _led("ORCID: ", _joined(found, "; "))


def _history(front: Front) -> Nodes:
    steps = {
        "received": front.publication.received,
        "accepted": front.publication.accepted,
        "published": front.publication.published,
    }
    shown = [
        [string(f"{front.words[key]} {_written(day, front.language)}")]
        for key, day in steps.items()
        if day
    ]
    return _joined(shown, " \u00b7 ")


def _rights(front: Front) -> Nodes:
    name, address = license_of(front.publication)
    parts: list[Nodes] = []
    if front.publication.copyright:
        parts.append([string(front.publication.copyright)])
    if name:
        shown = _link(name, address) if address else string(name)
        parts.append([string(f"{front.words['license']}: "), shown])
    return _joined(parts, " \u00b7 ")


def _written(day: str, language: str) -> str:
    return written_date(date.fromisoformat(day), language).replace(" ", _NO_BREAK)


def _led(words: str, inlines: Nodes) -> Nodes:
    return [string(words), *inlines] if inlines else []


def _joined(parts: list[Nodes], between: str) -> Nodes:
    inlines: Nodes = []
    for part in parts:
        inlines += [*([string(between)] if inlines else []), *part]
    return inlines


def _whole(inlines: Nodes) -> Node:
    return span(attributes(classes=[WHOLE]), inlines)


def _link(text: str, address: str) -> Node:
    return {"t": "Link", "c": [attributes(), [string(text)], [address, ""]]}
