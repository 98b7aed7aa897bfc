"""Where two texts in passages differ, whatever divides them into passages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate

from bukti.printed.plain import Plain, made_plain
from bukti.printed.records import PrintedPassage

_NEAR = 2  # words alike between two differences that are told as one
_MOST_WORDS = 4000  # of a stretch that is compared word by word


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Characters of a passage, the end exclusive; an empty one is a place between characters."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one text has and the other has not: where, and the words of each."""

    wanted: tuple[Stretch, ...]
    found: tuple[Stretch, ...]


@dataclass(slots=True)
class Side:
    """One of two texts: its passages, each made plain."""

    passages: Sequence[PrintedPassage]
    plain: list[Plain] = field(init=False)
    _places: list[list[int]] = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.plain = [made_plain(each.text) for each in self.passages]
        self._places = [
            [place for place, letter in zip(each.origins, each.text, strict=True) if letter != " "]
            for each in self.plain
        ]
        self._starts = [0, *accumulate(map(len, self._places))]

    def letters_before(self, passage: int, place: int) -> int:
        """How many letters of the whole text stand before a character of a passage."""
        if not self.passages:
            return 0
        return self._starts[passage] + bisect_left(self._places[passage], place)

    def letters(self, stretches: Iterable[Stretch]) -> int:
        """How many letters some stretches have."""
        return sum(
            self.letters_before(each.passage, each.end)
            - self.letters_before(each.passage, each.start)
            for each in stretches
        )

    def stretch(self, start: int, end: int) -> Stretch:
        """The letters from one up to another of the whole text, as far as they are in a passage."""
        passage = max(bisect_right(self._starts, start) - 1, 0)
        places = self._places[passage][start - self._starts[passage] : end - self._starts[passage]]
        if not places:
            return Stretch(passage=passage, start=0, end=0)
        return Stretch(passage=passage, start=places[0], end=places[-1] + 1)

    def words(self, first: int, end: int) -> list[tuple[str, Stretch]]:
        """The words of some passages, made plain, each with its place."""
        return [word for number in range(first, end) for word in self._words(number)]

    def _words(self, number: int) -> Iterator[tuple[str, Stretch]]:
        text, start = self.passages[number].text, 0
        for word in text.split():
            start = text.index(word, start)
            shown = made_plain(word).text
            if shown:
                yield shown, Stretch(passage=number, start=start, end=start + len(word))
            start += len(word)


def differences(wanted: Side, found: Side) -> tuple[Difference, ...]:
    """Every difference of two texts, in their order.

    Passages that are alike are set against each other first, then the words between them.
    """
    matcher = SequenceMatcher(
        None,
        [each.text for each in wanted.plain],
        [each.text for each in found.plain],
        autojunk=False,
    )
    result: list[Difference] = []
    for tag, w0, w1, f0, f1 in matcher.get_opcodes():
        if tag != "equal":
            result += _within(wanted.words(w0, w1), found.words(f0, f1), (wanted, w0), (found, f0))
    return tuple(result)


_Words = list[tuple[str, Stretch]]
_Where = tuple[Side, int]


def _within(wanted: _Words, found: _Words, before: _Where, after: _Where) -> Iterator[Difference]:
    """The differences of two stretches; what only divides its words otherwise is none."""
    if "".join(word for word, _ in wanted) == "".join(word for word, _ in found):
        return
    first = _alike(wanted, found)
    last = _alike(wanted[first:][::-1], found[first:][::-1])
    inner = wanted[first : len(wanted) - last], found[first : len(found) - last]
    for w0, w1, f0, f1 in _changes(*inner):
        ours, theirs = inner[0][w0:w1], inner[1][f0:f1]
        if "".join(word for word, _ in ours) == "".join(word for word, _ in theirs):
            continue
        yield Difference(
            wanted=_stretches(ours) or (_between(wanted, first + w0, before),),
            found=_stretches(theirs) or (_between(found, first + f0, after),),
        )


def _alike(wanted: _Words, found: _Words) -> int:
    """How many words are alike at the beginning."""
    number = 0
    for one, other in zip(wanted, found, strict=False):
        if one[0] != other[0]:
            break
        number += 1
    return number


def _changes(wanted: _Words, found: _Words) -> Iterator[tuple[int, int, int, int]]:
    """The changed stretches of words, those near each other as one."""
    if max(len(wanted), len(found)) > _MOST_WORDS:
        yield 0, len(wanted), 0, len(found)
        return
    ours, theirs = [word for word, _ in wanted], [word for word, _ in found]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    open_change: tuple[int, int, int, int] | None = None
    for tag, w0, w1, f0, f1 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if open_change and w0 - open_change[1] <= _NEAR and _same_passage(wanted, open_change, w0):
            open_change = (open_change[0], w1, open_change[2], f1)
            continue
        if open_change:
            yield open_change
        open_change = (w0, w1, f0, f1)
    if open_change:
        yield open_change


def _same_passage(words: _Words, change: tuple[int, int, int, int], behind: int) -> bool:
    if not words:
        return True
    before = words[max(change[1] - 1, 0)][1].passage
    return words[min(behind, len(words) - 1)][1].passage == before


def _stretches(words: _Words) -> tuple[Stretch, ...]:
    """The words as one stretch for each passage."""
    found: dict[int, Stretch] = {}
    for _, each in words:
        start = found[each.passage].start if each.passage in found else each.start
        found[each.passage] = Stretch(passage=each.passage, start=start, end=each.end)
    return tuple(found.values())


def _between(words: _Words, place: int, where: _Where) -> Stretch:
    """The place before a word, or behind the one before it."""
    side, passage = where
    if place and place <= len(words):
        before = words[place - 1][1]
        return Stretch(passage=before.passage, start=before.end, end=before.end)
    if place < len(words):
        behind = words[place][1]
        return Stretch(passage=behind.passage, start=behind.start, end=behind.start)
    passage = min(passage, len(side.passages) - 1)
    return Stretch(passage=max(passage, 0), start=0, end=0)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which characters of one text are which of the other, outside their differences."""

    wanted: Side
    found: Side
    changes: tuple[Difference, ...]

    def differs(self, stretch: Stretch) -> Difference | None:
        """The first difference that touches a stretch of the wanted text."""
        for change in self.changes:
            for each in change.wanted:
                if each.passage == stretch.passage and _touch(each, stretch):
                    return change
        return None

    def counterpart(self, stretch: Stretch) -> Stretch:
        """The same characters in the found text; the stretch must touch no difference.

        Up to a place both texts have as many letters, but for those of the differences before it.
        """
        start = self.wanted.letters_before(stretch.passage, stretch.start)
        end = self.wanted.letters_before(stretch.passage, stretch.end)
        for change in self.changes:
            first = change.wanted[0]
            if (first.passage, first.start) <= (stretch.passage, stretch.start):
                more = self.found.letters(change.found) - self.wanted.letters(change.wanted)
                start, end = start + more, end + more
        return self.found.stretch(start, end)


def _touch(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches of a passage have a character in common, or one lies in the other."""
    if one.start == one.end:
        return other.start < one.start < other.end
    return one.start < other.end and other.start < one.end


def aligned(wanted: Sequence[PrintedPassage], found: Sequence[PrintedPassage]) -> Alignment:
    """Two texts set against each other."""
    ours, theirs = Side(wanted), Side(found)
    return Alignment(ours, theirs, differences(ours, theirs))
