"""What two editions must have equally often, without a name to compare it by."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.ledger.join import EditionRecord
from bukti.ledger.passages import span_of


def unpaired(edition: EditionRecord, other: EditionRecord) -> Iterator[Diagnostic]:
    """Keywords and declarations with titles of their own that have no partner in the other."""
    yield from _more("PAR110", _keywords, edition, other)
    if edition.whole and other.whole:
        yield from _more("PAR113", _titled, edition, other)


def _more(
    code: str,
    places: Callable[[EditionRecord], list[Span]],
    edition: EditionRecord,
    other: EditionRecord,
) -> Iterator[Diagnostic]:
    """What stands more often here, at the first that is too many."""
    here, there = places(edition), places(other)
    if len(here) > len(there):
        yield diagnose(
            code,
            here[len(there)],
            language=edition.language,
            other=other.language,
            count=len(here),
            other_count=len(there),
        )


def _keywords(edition: EditionRecord) -> list[Span]:
    return [span_of(each) for each in edition.front.get("keywords", ())]


def _titled(edition: EditionRecord) -> list[Span]:
    given = edition.front.get("statements", ())
    return [span_of(each) for each in given if not each["key"]]
