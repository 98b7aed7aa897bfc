"""Where a passage stands: from the counting of the tool that wrote it to code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

CODE_POINTS, UTF_16, UTF_8 = "code points", "UTF-16", "UTF-8"
AS_STORED, AS_ONE, AS_TWO = "as stored", "as one", "as two"
ELLIPSES = ("…", "...", "[...]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A text as it is kept, one line feed for each line end.

    `paired` are the offsets of line ends that were stored as carriage return and line feed;
    `marked` says that a byte order mark stood at the beginning.
    """

    text: str
    paired: frozenset[int] = frozenset()
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """How a tool counts: in which units, its line ends, and whether a byte order mark counts."""

    unit: str = CODE_POINTS
    line_ends: str = AS_STORED
    mark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A passage as a tool counts it, with the text that it recorded, if any."""

    start: int
    end: int
    said: str = ""


def source_text(stored: str) -> SourceText:
    """A text as it was stored, with its line ends made one and its byte order mark noted."""
    marked = stored.startswith("\ufeff")
    lines = stored.removeprefix("\ufeff").split("\r\n")
    ends = list(accumulate(len(line) + 1 for line in lines))[:-1]
    text = "\n".join(lines).replace("\r", "\n")
    return SourceText(text=text, paired=frozenset(end - 1 for end in ends), marked=marked)


class Ruler:
    """The positions of a text in one counting, against code points of the text as it is kept."""

    def __init__(self, source: SourceText, counting: Counting) -> None:
        self._length = len(source.text)
        self._start = (3 if counting.unit == UTF_8 else 1) if counting.mark and source.marked else 0
        self._after: list[int] = []  # the place behind each character that is longer than one
        self._ends: list[int] = []  # and the position there
        more = 0
        for found in _LONGER[counting.unit].finditer(source.text):
            place = found.start()
            size = _size(source, place, counting)
            if size > 1:
                more += size - 1
                self._after.append(place + 1)
                self._ends.append(self._start + place + 1 + more)

    def position(self, place: int) -> int:
        """The position of a place in code points, from 0 to the text's length."""
        before = bisect_right(self._after, place)
        if not before:
            return self._start + place
        return self._ends[before - 1] + place - self._after[before - 1]

    def place(self, position: int) -> int | None:
        """The place of a position; None beyond the text or within a character."""
        before = bisect_right(self._ends, position)
        if before:
            place = self._after[before - 1] + position - self._ends[before - 1]
        else:
            place = position - self._start
        longer = self._after[before] if before < len(self._after) else self._length + 1
        return place if 0 <= place <= min(self._length, longer - 1) else None

    def located(self, spot: Spot) -> tuple[int, int] | None:
        """A passage in code points; None where it is backwards or begins or ends nowhere."""
        start, end = self.place(spot.start), self.place(spot.end)
        return None if start is None or end is None or start > end else (start, end)


_LONGER = {
    CODE_POINTS: re.compile("\n"),
    UTF_16: re.compile("[\n\U00010000-\U0010ffff]"),
    UTF_8: re.compile("[\n\u0080-\U0010ffff]"),
}


def _size(source: SourceText, place: int, counting: Counting) -> int:
    character = source.text[place]
    if character == "\n":
        stored = counting.line_ends == AS_STORED and place in source.paired
        return 2 if stored or counting.line_ends == AS_TWO else 1
    if counting.unit == UTF_16:
        return 2
    return len(character.encode("utf-8", "surrogatepass"))


def same_words(text: str, said: str) -> bool:
    """Whether a passage begins with the words that were recorded, which tools often shorten."""
    words = " ".join(said.split())
    for mark in ELLIPSES:
        words = words.removesuffix(mark).rstrip()
    return bool(words) and " ".join(text.split()).startswith(words)


def countings(sources: Sequence[SourceText], units: Sequence[str]) -> Iterator[Counting]:
    """The ways of counting that can differ for these texts, the likeliest first."""
    beyond = any(not source.text.isascii() for source in sources)
    pairs = any(source.paired for source in sources)
    single = any(source.text.count("\n") > len(source.paired) for source in sources)
    ends = [AS_STORED, *([AS_ONE] if pairs else []), *([AS_TWO] if single else [])]
    for mark in (False, True) if any(source.marked for source in sources) else (False,):
        for line_ends in ends:
            for unit in units if beyond else units[:1]:
                yield Counting(unit=unit, line_ends=line_ends, mark=mark)


def counting_of(
    texts: Sequence[tuple[SourceText, Sequence[Spot]]],
    units: Sequence[str] = (CODE_POINTS, UTF_16),
) -> tuple[Counting, bool]:
    """How the tool counts, and whether that is beyond doubt.

    The recorded texts decide; where there are none, the counting by which most passages are
    possible. In doubt are passages that would lie elsewhere by another counting as good.
    """
    used = [(source, spots) for source, spots in texts if spots]
    tried: list[tuple[tuple[int, int], Counting, list[tuple[int, int] | None]]] = []
    for counting in countings([source for source, _ in used], units):
        places: list[tuple[int, int] | None] = []
        agreeing = 0
        for source, spots in used:
            ruler = Ruler(source, counting)
            here = [ruler.located(spot) for spot in spots]
            agreeing += sum(
                at is not None and same_words(source.text[at[0] : at[1]], spot.said)
                for at, spot in zip(here, spots, strict=True)
            )
            places += here
        tried.append(((agreeing, sum(at is not None for at in places)), counting, places))
    best = max((score for score, _, _ in tried), default=(0, 0))
    first, *others = [each for each in tried if each[0] == best] or [((0, 0), Counting(), [])]
    return first[1], all(each[2] == first[2] for each in others)
