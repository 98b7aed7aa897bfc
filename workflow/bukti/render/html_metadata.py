"""What the head of a page tells machines: authors and keywords, and the tags of Highwire Press.

Google Scholar and reference managers read the latter (Google Scholar, Inclusion Guidelines for
Webmasters, "Indexing").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from bukti.render.front import Front, Journal
from bukti.render.nodes import plain_text
from bukti.render.title_block import license_of


def head_metadata(front: Front) -> str:
    """The tags of the page's head, one a line, in an order that never changes."""
    return _tags((*_plain(front), *_highwire(front)))


def plain_metadata(front: Front) -> str:
    """The tags without those of Highwire Press, which name a work of its own."""
    return _tags(_plain(front))


def _tags(values: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f'<meta name="{name}" content="{escape(content)}">\n' for name, content in values if content
    )


def _plain(front: Front) -> Iterator[tuple[str, str]]:
    for author in front.authors:
        yield "author", author.name
    yield "keywords", ", ".join(map(plain_text, front.summary.keywords))
    yield "description", plain_text(front.summary.abstract)
    name, address = license_of(front.publication)
    yield "DC.rights", address or name


def _highwire(front: Front) -> Iterator[tuple[str, str]]:
    publication = front.publication
    yield "citation_title", ": ".join(filter(None, (front.title_text, plain_text(front.subtitle))))
    for author in front.authors:
        yield "citation_author", author.sorted_name
        for number in author.affiliations:
            yield "citation_author_institution", front.affiliations[number - 1].name
        yield "citation_author_orcid", f"https://orcid.org/{author.orcid}" if author.orcid else ""
    day = publication.published or publication.date
    yield "citation_publication_date", day.replace("-", "/")
    yield "citation_language", front.language
    yield "citation_keywords", "; ".join(map(plain_text, front.summary.keywords))
    yield "citation_doi", publication.doi
    if publication.journal:
        yield from _journal(publication.journal)


def _journal(journal: Journal) -> Iterator[tuple[str, str]]:
    first, *rest = re.split(r"\s*(?:--|-|\u2013)\s*", journal.pages)
    yield "citation_journal_title", journal.name
    yield "citation_issn", journal.issn
    yield "citation_volume", journal.volume
    yield "citation_issue", journal.issue
    yield "citation_firstpage", first
    yield "citation_lastpage", rest[-1] if rest else ""
