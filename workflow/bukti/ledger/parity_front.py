"""Whether the front matters say the same: parts, declarations and keywords."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.ledger.join import EditionRecord
from bukti.ledger.passages import span_of


def front_disparities(edition: EditionRecord, other: EditionRecord) -> Iterator[Diagnostic]:
    """What the front matter of one edition has and that of the other lacks, by name or number."""
    yield from _missing("PAR112", "parts", "name", edition, other)
    yield from _more("PAR110", _keywords, edition, other)
    if edition.whole and other.whole:
        yield from _missing("PAR111", "statements", "key", edition, other)
        yield from _more("PAR113", _titled, edition, other)


def _missing(
    code: str, part: str, key: str, edition: EditionRecord, other: EditionRecord
) -> Iterator[Diagnostic]:
    there = [each[key] for each in other.front.get(part, ())]
    for each in edition.front.get(part, ()):
        if each[key] and each[key] not in there:
            yield diagnose(
                code,
                span_of(each),
                item=each[key],
                language=edition.language,
                other=other.language,
                count=1,
                other_count=0,
            )


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
