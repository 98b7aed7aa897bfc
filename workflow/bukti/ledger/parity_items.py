"""Claims, products, citations, references and formulas: each as often, in the same passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bukti.base.diagnostic import Diagnostic, Note, diagnose
from bukti.ledger.alignment import Pair, Side
from bukti.ledger.comparison import Comparison, Half, told
from bukti.ledger.contents import Item, targets_of
from bukti.ledger.parity_sections import lacking
from bukti.project.inventory import ABSTRACT

_CODES = {"claim": "PAR102", "product": "PAR103", "citation": "PAR104", "reference": "PAR105"}
_BOUND = ("claim", "citation")  # what belongs to its passage
_Key = tuple[str, str]


@dataclass(slots=True)
class _Left:
    """Items of one edition without a counterpart in their pair.

    `told` are those that a finding about their passage names, `loose` others outside all pairs.
    """

    free: list[tuple[Item, Pair]] = field(default_factory=list)
    loose: list[Item] = field(default_factory=list)
    told: list[Item] = field(default_factory=list)


def item_disparities(
    both: Comparison, told_here: Iterable[int], told_there: Iterable[int]
) -> Iterator[Diagnostic]:
    """Items that one edition lacks or has in another passage.

    `told_here` and `told_there` are the passages that other findings name with their contents.
    """
    here = _left(both, both.here, both.there, frozenset(told_here))
    there = _left(both, both.there, both.here, frozenset(told_there))
    keys = sorted({*here, *there})
    for key in keys:
        ours, theirs = here.get(key, _Left()), there.get(key, _Left())
        while ours.free and theirs.free:
            yield from _elsewhere(both, ours.free.pop(0), theirs.free.pop(0))
        _cancel(ours, theirs)
        yield from _lacking(both, both.here, both.there, ours)
        yield from _lacking(both, both.there, both.here, theirs)
    yield from _formulas(both)


def _cancel(ours: _Left, theirs: _Left) -> None:
    """Take away what has a counterpart outside any pair of passages."""
    pools: tuple[tuple[list[Item], list[tuple[Item, Pair]], list[Item]], ...] = (
        (ours.loose, theirs.free, theirs.loose),
        (theirs.loose, ours.free, ours.loose),
        (ours.told, theirs.free, theirs.loose),
        (theirs.told, ours.free, ours.loose),
    )
    for pool, free, loose in pools:
        while pool and (free or loose):
            pool.pop(0)
            if free:
                free.pop(0)
            else:
                loose.pop(0)


def _left(both: Comparison, side: Side, other: Side, told: frozenset[int]) -> Mapping[_Key, _Left]:
    found: dict[_Key, _Left] = {}
    known = _known(side, other)
    for pair in both.pairs:
        half = both.half(pair, side)
        for item in _surplus(half, known) if pair.matched else ():
            if _comparable(both, item):
                found.setdefault(item.key, _Left()).free.append((item, pair))
    paired = {index for pair in both.pairs if pair.matched for index in both.half(pair, side).here}
    for item in side.contents.items:
        if item.kind in _CODES and item.passage not in paired and _comparable(both, item):
            left = found.setdefault(item.key, _Left())
            named = item.passage in told and not _told_by_itself(side, other, item)
            (left.told if named else left.loose).append(item)
    return found


def _known(side: Side, other: Side) -> frozenset[str]:
    """References that lead somewhere, or stand in both editions; others are told of elsewhere."""
    names = [
        {item.name for item in each.contents.items if item.kind == "reference"}
        for each in (side, other)
    ]
    targets = targets_of(side.edition) | targets_of(other.edition)
    return targets | (names[0] & names[1])


def _told_by_itself(side: Side, other: Side, item: Item) -> bool:
    """Whether the finding about a product tells of its caption, and not the other way round."""
    if item.kind != "product" or item.passage is None:
        return False
    return side.edition.passages[item.passage].section not in lacking(side, other)


def _surplus(half: Half, known: frozenset[str]) -> Iterator[Item]:
    """The items that stand more often here; of references it counts whether they stand there.

    Each citation or reference there that leads nowhere takes the place of one that is missing.
    """
    rest = half.other.contents.names(half.there)
    unknown = _unknown(half, known)
    seen: Counter[_Key] = Counter()
    for item in half.side.contents.of(half.here):
        seen[item.key] += 1
        if item.kind not in _CODES or not _lacks(item, seen[item.key], rest[item.key], known):
            continue
        if unknown[item.kind]:
            unknown[item.kind] -= 1
        else:
            yield item


def _lacks(item: Item, number: int, there: int, known: frozenset[str]) -> bool:
    if item.kind != "reference":
        return number > there
    return not there and number == 1 and item.name in known


def _unknown(half: Half, known: frozenset[str]) -> Counter[str]:
    """How many citations and references in the passages there lead nowhere."""
    found: Counter[str] = Counter()
    for index in half.there:
        names = {item.name for item in half.other.contents.of([index])}
        for part in half.other.edition.passages[index].within("citation", "reference"):
            name = f"@{part.name}"
            found[part.kind] += name not in (known if part.kind == "reference" else names)
    return found


def _comparable(both: Comparison, item: Item) -> bool:
    return both.whole or item.span.path.rpartition("/")[2] == ABSTRACT


def _elsewhere(
    both: Comparison, ours: tuple[Item, Pair], theirs: tuple[Item, Pair]
) -> Iterator[Diagnostic]:
    """An item that stands in another passage of the other edition, where that matters."""
    item, pair = theirs
    if item.kind not in _BOUND:
        return
    counterpart = both.here.edition.passages[ours[0].passage or 0]
    yield diagnose(
        "PAR121",
        item.span,
        notes=[told(both.here.edition.language, counterpart)],
        item=item.name,
        language=both.there.edition.language,
        other=both.here.edition.language,
        section=pair.group,
    )


def _lacking(both: Comparison, side: Side, other: Side, left: _Left) -> Iterator[Diagnostic]:
    for item, pair in left.free:
        half = both.half(pair, side)
        note = told(other.edition.language, half.counterparts[0])
        yield _finding(both, side, other, item, pair.group, [note])
    for item in left.loose:
        section = "" if item.passage is None else side.edition.passages[item.passage].section
        yield _finding(both, side, other, item, section, [])


def _finding(
    both: Comparison, side: Side, other: Side, item: Item, section: str, notes: list[Note]
) -> Diagnostic:
    return diagnose(
        _CODES[item.kind],
        item.span,
        notes=notes,
        item=item.name,
        language=side.edition.language,
        other=other.edition.language,
        count=_number(both, side, item),
        other_count=_number(both, other, item),
        section=section,
    )


def _number(both: Comparison, side: Side, item: Item) -> int:
    items = side.contents.items
    return sum(each.key == item.key and _comparable(both, each) for each in items)


def _formulas(both: Comparison) -> Iterator[Diagnostic]:
    """Pairs of passages whose formulas differ in number or id."""
    for pair in both.pairs:
        if not pair.matched:
            continue
        half = both.half(pair, both.there)
        here = _formulas_of(half.other, half.there)
        there = _formulas_of(half.side, half.here)
        if here != there:
            yield diagnose(
                "PAR106",
                half.passages[0].span,
                notes=[told(half.other.edition.language, half.counterparts[0])],
                language=half.side.edition.language,
                other=half.other.edition.language,
                formulas=there,
                other_formulas=here,
                section=pair.group,
            )


def _formulas_of(side: Side, passages: tuple[int, ...]) -> str:
    """The number of formulas, and the ids that they have."""
    items = side.contents.of(passages)
    ids = sorted(item.name for item in items if item.kind == "equation")
    number = sum(item.kind == "formula" for item in items)
    return f"{number} ({', '.join(ids)})" if ids else str(number)
