"""Whether the front matters have the same parts and declarations."""

from __future__ import annotations

from collections.abc import Iterator

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.ledger.join import EditionRecord
from bukti.ledger.parity_counts import unpaired
from bukti.ledger.passages import span_of


def front_disparities(edition: EditionRecord, other: EditionRecord) -> Iterator[Diagnostic]:
    """What the front matter of one edition has and that of the other lacks, by name or number."""
    yield from _missing("PAR112", "parts", "name", edition, other)
    if edition.whole and other.whole:
        yield from _missing("PAR111", "statements", "key", edition, other)
    yield from unpaired(edition, other)


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
