"""Whether the editions say the same: the same sections, claims, figures, tables and citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.ledger.join import EditionRecord, span_of

Item = tuple[str, Span]


def disparities(editions: Sequence[EditionRecord]) -> tuple[Diagnostic, ...]:
    """What one edition has and another has not, at the place where it stands."""
    found: list[Diagnostic] = []
    for code, items in KINDS:
        for edition in editions:
            for other in editions:
                if other is not edition:
                    found.extend(_missing(code, items(edition), items(other), edition, other))
    return tuple(found)


def _missing(
    code: str,
    items: Sequence[Item],
    other_items: Iterable[Item],
    edition: EditionRecord,
    other: EditionRecord,
) -> Iterator[Diagnostic]:
    there = Counter(name for name, _ in other_items)
    here: Counter[str] = Counter()
    for name, where in items:
        here[name] += 1
        if here[name] > there[name]:
            yield diagnose(
                code,
                where,
                item=name,
                language=edition.language,
                other=other.language,
                count=sum(key == name for key, _ in items),
                other_count=there[name],
            )


def _sections(edition: EditionRecord) -> list[Item]:
    return [(section["id"], span_of(section)) for section in edition.sections]


def _claims(edition: EditionRecord) -> list[Item]:
    return [(f"{mark.scheme}:{name}", mark.span) for mark in edition.marks for name in mark.claims]


def _products(edition: EditionRecord) -> list[Item]:
    return [(f"{use['kind']}:{use['id']}", span_of(use)) for use in edition.products]


def _citations(edition: EditionRecord) -> list[Item]:
    return [(f"@{use['key']}", span_of(use)) for use in edition.citations]


KINDS: tuple[tuple[str, Callable[[EditionRecord], list[Item]]], ...] = (
    ("PAR101", _sections),
    ("PAR102", _claims),
    ("PAR103", _products),
    ("PAR104", _citations),
)
