"""Whether the editions say the same: the same sections, claims, figures, tables and citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.ledger.join import EditionRecord, span_of
from bukti.ledger.parity_counts import unpaired
from bukti.project.inventory import ABSTRACT

Item = tuple[str, Span]
Items = Callable[[EditionRecord], list[Item]]


def disparities(editions: Sequence[EditionRecord]) -> tuple[Diagnostic, ...]:
    """What one edition has and another has not, at the place where it stands.

    Where one of two has a title and an abstract alone, only these are compared.
    """
    found: list[Diagnostic] = []
    for code, items in KINDS:
        for edition, other in _pairs(editions):
            here, there = _comparable(items, edition, other)
            found.extend(_missing(code, here, there, edition, other))
    for edition, other in _pairs(editions):
        found.extend(unpaired(edition, other))
    return tuple(found)


def _pairs(editions: Sequence[EditionRecord]) -> Iterator[tuple[EditionRecord, EditionRecord]]:
    for edition in editions:
        for other in editions:
            if other is not edition:
                yield edition, other


def _comparable(
    items: Items, edition: EditionRecord, other: EditionRecord
) -> tuple[list[Item], list[Item]]:
    """The items of two editions, as far as both are to have them."""
    here, there = items(edition), items(other)
    if items is _parts or (edition.whole and other.whole):
        return here, there
    return _in_abstract(here), _in_abstract(there)


def _in_abstract(items: list[Item]) -> list[Item]:
    return [item for item in items if item[1].path.rpartition("/")[2] == ABSTRACT]


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


def _statements(edition: EditionRecord) -> list[Item]:
    given = edition.front.get("statements", ())
    return [(each["key"], span_of(each)) for each in given if each["key"]]


def _parts(edition: EditionRecord) -> list[Item]:
    return [(each["name"], span_of(each)) for each in edition.front.get("parts", ())]


KINDS: tuple[tuple[str, Items], ...] = (
    ("PAR101", _sections),
    ("PAR102", _claims),
    ("PAR103", _products),
    ("PAR104", _citations),
    ("PAR111", _statements),
    ("PAR112", _parts),
)
