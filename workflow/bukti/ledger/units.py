"""Passages that belong together, section by section, as they are aligned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bukti.ledger.contents import Contents
from bukti.ledger.passages import PassageRecord
from bukti.project.inventory import ABSTRACT, FRONT

_ATTACHED = ("note", "alt")
_WORD = re.compile(r"[^\W_]{4,}|\d+")
_COGNATE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A passage with its notes and its alternative text, or all cells of a table.

    `passages` are the indices of the passage, or of a table's caption and cells; `attached` those
    of notes and alternative texts; `length` counts characters, `anchors` the items that are the
    same in every language and `cognates` words by which two languages may know each other:
    numbers and first letters. `name` is the id of a heading; a `stray` unit is of a section that
    the other edition lacks.
    """

    kind: str
    passages: tuple[int, ...]
    attached: tuple[int, ...]
    length: int
    anchors: Counter[tuple[str, str]]
    cognates: frozenset[str]
    name: str = ""
    stray: bool = False


def groups_of(
    passages: Sequence[PassageRecord], shared: frozenset[str]
) -> Mapping[str, tuple[int, ...]]:
    """The indices of passages by the section that both editions have, in reading order.

    A section that only one edition has belongs to the one before. Title block and abstract have
    the names of their files.
    """
    groups: dict[str, list[int]] = {}
    current = ""
    for index, passage in enumerate(passages):
        name = passage.span.path.rpartition("/")[2]
        if name in (FRONT, ABSTRACT):
            groups.setdefault(name, []).append(index)
            continue
        if passage.section in shared:
            current = passage.section
        groups.setdefault(current, []).append(index)
    return {name: tuple(found) for name, found in groups.items()}


def units_of(
    passages: Sequence[PassageRecord],
    indices: Iterable[int],
    contents: Contents,
    shared: frozenset[str],
) -> tuple[Unit, ...]:
    """The units of some passages; `shared` are the sections that both editions have."""
    return tuple(
        replace(unit, stray=passages[hosts[0]].section not in shared | {""})
        for hosts, attached in _bundles(passages, indices)
        for unit in [unit_of(passages, hosts, contents, attached)]
    )


def _bundles(
    passages: Sequence[PassageRecord], indices: Iterable[int]
) -> Iterator[tuple[list[int], list[int]]]:
    hosts: list[int] = []
    attached: list[int] = []
    for index in indices:
        kind = passages[index].kind
        if hosts and kind in _ATTACHED:
            attached.append(index)
        elif hosts and kind == "cell" and passages[hosts[-1]].kind in (kind, "caption"):
            hosts.append(index)
        else:
            if hosts:
                yield hosts, attached
            hosts, attached = [index], []
    if hosts:
        yield hosts, attached


def unit_of(
    passages: Sequence[PassageRecord],
    hosts: Sequence[int],
    contents: Contents,
    attached: Sequence[int] = (),
) -> Unit:
    """Some passages as one unit."""
    first = passages[hosts[0]]
    texts = [passages[index].text for index in hosts]
    return Unit(
        kind="table" if passages[hosts[-1]].kind == "cell" else first.kind,
        passages=tuple(hosts),
        attached=tuple(attached),
        length=sum(map(len, texts)),
        anchors=contents.names([*hosts, *attached]),
        cognates=frozenset(
            word[:_COGNATE] if word.isalpha() else word
            for text in texts
            for word in _WORD.findall(text.casefold())
        ),
        name=first.section if first.kind == "heading" else "",
    )
