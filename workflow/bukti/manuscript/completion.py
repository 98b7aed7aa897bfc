"""What an edition still needs once its chapters are assembled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bukti.base.diagnostic import Diagnostic, Severity
from bukti.base.span import Span
from bukti.manuscript.byline import Byline
from bukti.manuscript.document import Imprint
from bukti.manuscript.edition import Edition
from bukti.manuscript.foreign import explained, foreign_findings, superseded
from bukti.manuscript.front import FrontMatter, missing_declarations
from bukti.project import CONFIG
from bukti.project.config import Config, Level
from bukti.project.inventory import FRONT

ReaderOf = Callable[[str], Callable[[str], dict[str, Any]]]


def wanted_declarations(config: Config, front: FrontMatter, language: str) -> Iterator[Diagnostic]:
    """The declarations that journals ask for and a front matter has not, at its file."""
    authors = config.authors
    path = f"manuscript/{language}/{FRONT}"
    for finding in missing_declarations(
        front,
        language,
        several_authors=len(authors) > 1,
        roles=any(author.roles for author in authors),
    ):
        yield finding if finding.span else replace(finding, span=Span(path=path))


def explain_foreign(
    edition: Edition, chapters: Mapping[str, str], keys: frozenset[str], reader_of: ReaderOf
) -> None:
    """Add what another program's notation explains, in place of what followed from it."""
    foreign = [
        finding
        for path, text in chapters.items()
        for finding in foreign_findings(path, text, edition.language, keys, reader_of(path))
    ]
    within = explained(foreign)
    edition.findings = [each for each in edition.findings if not superseded(each, within)] + foreign
    edition.citations = [each for each in edition.citations if not within(each.span)]


def imprint_of(
    config: Config, findings: Iterable[Diagnostic], editions: Iterable[Edition]
) -> Imprint:
    """What is printed besides the text of editions that share a title block.

    A draft where the level is below `submit`, or an edition or the title block has an error;
    `findings` are those of the settings.
    """
    wrong = any(
        finding.severity is Severity.ERROR and finding.span and finding.span.path == CONFIG
        for finding in findings
    )
    sound = not wrong and all(edition.sound for edition in editions)
    return Imprint(
        version=config.version,
        date=config.date,
        draft=config.level is not Level.SUBMIT or not sound,
        byline=Byline(
            authors=config.authors,
            affiliations=config.affiliations,
            publication=config.publication,
        ),
    )
