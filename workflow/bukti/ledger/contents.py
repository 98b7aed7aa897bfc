"""What each passage of an edition contains that the other editions must have too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bukti.base.span import Span
from bukti.ledger.join import EditionRecord
from bukti.ledger.passages import PassageRecord, Places, span_of
from bukti.manuscript.products import PREFIX


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A use of a claim, product, citation, reference or formula, and the passage that holds it.

    `kind` is `claim`, `product`, `citation`, `reference`, `formula` or `equation`; `passage` is
    None for what lies in no passage, such as a number that is filled in within an empty cell.
    """

    kind: str
    name: str
    span: Span
    passage: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What it is compared by."""
        return self.kind, self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The items of an edition, and those of each passage by its index."""

    items: tuple[Item, ...]
    by_passage: Mapping[int, tuple[Item, ...]] = field(default_factory=dict)

    def of(self, passages: Iterable[int]) -> tuple[Item, ...]:
        """The items of some passages, in their order."""
        return tuple(item for index in passages for item in self.by_passage.get(index, ()))

    def names(self, passages: Iterable[int]) -> Counter[tuple[str, str]]:
        """How often some passages have each item."""
        return Counter(item.key for item in self.of(passages))


def contents_of(edition: EditionRecord) -> Contents:
    """The items of an edition, each with its passage."""
    places = Places(edition.passages)
    items = [
        Item(kind=kind, name=name, span=span, passage=places.passage_at(span))
        for kind, name, span in _uses(edition)
    ]
    items += _formulas(edition.passages)
    by_passage: dict[int, list[Item]] = {}
    for item in items:
        if item.passage is not None:
            by_passage.setdefault(item.passage, []).append(item)
    return Contents(
        items=tuple(items),
        by_passage={index: tuple(found) for index, found in by_passage.items()},
    )


def _uses(edition: EditionRecord) -> Iterator[tuple[str, str, Span]]:
    for mark in edition.marks:
        for name in mark.claims:
            yield "claim", f"{mark.scheme}:{name}", mark.span
    for use in edition.products:
        yield "product", f"{use['kind']}:{use['id']}", span_of(use)
    for use in edition.citations:
        yield "citation", f"@{use['key']}", span_of(use)
    for use in edition.references:
        yield "reference", f"@{use['key']}", span_of(use)


def targets_of(edition: EditionRecord) -> frozenset[str]:
    """What references can lead to in an edition: sections, figures, tables and equations."""
    found = {f"@{section['id']}" for section in edition.sections}
    found |= {f"@{PREFIX[use['kind']]}:{use['id']}" for use in edition.products}
    equations = (part for each in edition.passages for part in each.within("equation"))
    return frozenset(found | {f"@{part.name}" for part in equations})


def _formulas(passages: Iterable[PassageRecord]) -> Iterator[Item]:
    for index, passage in enumerate(passages):
        for part in passage.within("math", "equation"):
            kind = "formula" if part.kind == "math" else "equation"
            name = part.name and f"@{part.name}"
            yield Item(kind=kind, name=name, span=passage.span, passage=index)
