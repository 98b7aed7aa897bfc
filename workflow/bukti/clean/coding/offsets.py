"""Where a passage stands: from the counting of the tool that wrote it to code points."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

CODE_POINTS, UTF_16, UTF_8 = "code points", "UTF-16", "UTF-8"
AS_STORED, AS_ONE, AS_TWO = "as stored", "as one", "as two"
_ELLIPSES = ("…", "...", "[...]")


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


def boundaries(source: SourceText, counting: Counting) -> list[int]:
    """The position of every boundary between characters, before the first and after the last."""
    start = (3 if counting.unit == UTF_8 else 1) if counting.mark and source.marked else 0
    sizes = (
        _line_end(source, place, counting.line_ends)
        if character == "\n"
        else _size(character, counting.unit)
        for place, character in enumerate(source.text)
    )
    return list(accumulate(sizes, initial=start))


def _line_end(source: SourceText, place: int, line_ends: str) -> int:
    two = line_ends == AS_TWO or (line_ends == AS_STORED and place in source.paired)
    return 2 if two else 1


def _size(character: str, unit: str) -> int:
    if character.isascii() or unit == CODE_POINTS:
        return 1
    if unit == UTF_16:
        return 2 if ord(character) > 0xFFFF else 1
    return len(character.encode("utf-8", "surrogatepass"))


def located(bounds: Sequence[int], spot: Spot) -> tuple[int, int] | None:
    """A passage in code points; None where it is backwards, beyond the end, or cuts a character."""
    if spot.start > spot.end:
        return None
    start, end = bisect_left(bounds, spot.start), bisect_left(bounds, spot.end)
    if end >= len(bounds) or bounds[start] != spot.start or bounds[end] != spot.end:
        return None
    return start, end


def same_words(text: str, said: str) -> bool:
    """Whether a passage begins with the words that were recorded, which tools often shorten."""
    words = " ".join(said.split())
    for mark in _ELLIPSES:
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
            bounds = boundaries(source, counting)
            here = [located(bounds, spot) for spot in spots]
            agreeing += sum(
                at is not None and same_words(source.text[at[0] : at[1]], spot.said)
                for at, spot in zip(here, spots, strict=True)
            )
            places += here
        tried.append(((agreeing, sum(at is not None for at in places)), counting, places))
    best = max((score for score, _, _ in tried), default=(0, 0))
    first, *others = [each for each in tried if each[0] == best] or [((0, 0), Counting(), [])]
    return first[1], all(each[2] == first[2] for each in others)
