"""References to the paper's own parts as they are printed: "Figures 1–3", "Tabel 2 dan A1"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bukti.base.language import Language, language_of
from bukti.base.tree import Nodes
from bukti.manuscript.numbering import KINDS, Label
from bukti.manuscript.tree import link, words

_PARTS = re.compile(r"(.*?)(\d+)$")
_SHORTEST_RANGE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One part referred to: its id, whether only its number is printed, the words around it."""

    key: str
    number_only: bool
    prefix: Nodes
    suffix: Nodes

    @property
    def bare(self) -> bool:
        """Whether it has no words of its own and so may share a label."""
        return not self.prefix and not self.suffix


def reference_key(key: str) -> str | None:
    """The id that a key refers to, `@Fig:x` as `@fig:x`; None for the key of a source."""
    kind, colon, rest = key.partition(":")
    kind = kind[:1].lower() + kind[1:]
    return f"{kind}:{rest}" if colon and kind in KINDS else None


def reference_inlines(
    references: Sequence[Reference], labels: Mapping[str, Label], language: str
) -> Nodes:
    """What is printed for references that stand together, as pandoc-crossref groups them.

    Neighbours of one kind share a word in the plural and are sorted by number; three or more
    numbers in a row become a range. A key that is not in `labels` stays as it was written.
    """
    speech = language_of(language)
    parts: list[Nodes] = []
    for key, group in groupby(references, key=lambda each: _sharing(each, labels)):
        members = list(group)
        if not key[0] or len(members) == 1:
            parts += [_single(each, labels.get(each.key), language) for each in members]
            continue
        head = [] if key[2] else words(speech.words[f"{key[1]}-plural"] + "\u00a0")
        parts.append([*head, *_numbers(members, labels, speech)])
    return _joined(parts, ", ", ", ")


def _sharing(reference: Reference, labels: Mapping[str, Label]) -> tuple[bool, str, bool]:
    label = labels.get(reference.key)
    if label is None or not label.number or not reference.bare:
        return False, "", False
    return True, label.kind, reference.number_only


def _single(reference: Reference, label: Label | None, language: str) -> Nodes:
    if label is None:
        return words(f"@{reference.key}")
    shown = label.shown_number if reference.number_only else ""
    text = [{"t": "Str", "c": shown or label.text(language)}]
    space = [{"t": "Space"}] if reference.prefix else []
    target = link(text, f"#{reference.key}", ["reference"])
    return [*reference.prefix, *space, target, *reference.suffix]


def _numbers(members: Sequence[Reference], labels: Mapping[str, Label], speech: Language) -> Nodes:
    keys = sorted({each.key for each in members}, key=lambda key: labels[key].place)
    parts: list[Nodes] = []
    for run in _runs(keys, labels):
        shown = [
            link([{"t": "Str", "c": labels[key].shown_number}], f"#{key}", ["reference"])
            for key in run
        ]
        if len(run) >= _SHORTEST_RANGE:
            parts.append([shown[0], {"t": "Str", "c": "\u2013"}, shown[-1]])
        else:
            parts += [[each] for each in shown]
    comma = "," if len(parts) > 2 else ""
    return _joined(parts, ", ", f"{comma} {speech.conjunction or '&'} ")


def _runs(keys: Sequence[str], labels: Mapping[str, Label]) -> Iterator[list[str]]:
    run: list[str] = []
    for key in keys:
        if run and not _follows(labels[run[-1]].number, labels[key].number):
            yield run
            run = []
        run.append(key)
    if run:
        yield run


def _follows(first: str, second: str) -> bool:
    one, two = _PARTS.fullmatch(first), _PARTS.fullmatch(second)
    return bool(one and two and one[1] == two[1] and int(one[2]) + 1 == int(two[2]))


def _joined(parts: Sequence[Nodes], between: str, last: str) -> Nodes:
    inlines: Nodes = []
    for place, part in enumerate(parts):
        if place:
            inlines += words(last if place == len(parts) - 1 else between)
        inlines += part
    return inlines
