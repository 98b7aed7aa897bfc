"""The names on a list, in the ways in which texts write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bukti.privacy.finds import NAME, Find
from bukti.privacy.letters import divided_offset, plain, undivided, words

_BETWEEN = r"[\s._'’\-\u2010]{0,6}"
_BEFORE, _AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_DEGREES = re.compile(r",(?!\s*\w\.\s*$)\s*[^,]*\.[^,]*")
_TITLES = frozenset(["prof", "dr", "drs", "dra", "drg", "ir", "apt", "hj", "kh", "mr", "mrs", "ms"])
_TITLE_OF_ONE_LETTER = "h"
_PARTS = re.compile(r"[^\s._,;:|()\[\]\-\u2010\"“”]+")
_APOSTROPHES = "'’‘ʼ`"
_ANY = ""
_QUOTED = ('"', "“", "”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One way in which the person on a line of the list is called.

    `parts` are the words of the name; `exact` says that capitals count.
    """

    line: int
    parts: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """The names of a list, and the numbers of the lines that hold none that can be searched."""

    names: tuple[Name, ...] = ()
    unusable: tuple[int, ...] = ()


def read_names(text: str) -> NameList:
    """The names of a list: one a line, then a tab or `|` and other names, divided by `;`.

    `#` begins a comment. A name in quotation marks counts only as it is written. Titles before
    the name and degrees behind its comma are left out; `Family, Given` is turned round.
    """
    names: list[Name] = []
    unusable: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        first, _, others = line.partition("#")[0].replace("\t", "|").partition("|")
        for written in (first, *others.replace("|", ";").split(";")):
            parts = _parts(written)
            if sum(map(len, parts)) > 1:
                exact = written.strip().startswith(_QUOTED)
                names.append(Name(line=number, parts=parts, exact=exact))
            elif written.strip():
                unusable.append(number)
    return NameList(names=tuple(names), unusable=tuple(dict.fromkeys(unusable)))


def _parts(written: str) -> tuple[str, ...]:
    name = _DEGREES.sub("", plain(written.strip(' "“”')))
    family, comma, given = name.partition(",")
    parts = _PARTS.findall(f"{given} {family}" if comma else name)
    parts = [part for part in parts if any(sign.isalpha() for sign in part)]
    while len(parts) > 1 and parts[0].casefold() in _TITLES:
        parts = parts[1:]
    if len(parts) > 2 and parts[0].casefold() == _TITLE_OF_ONE_LETTER:
        parts = parts[1:]
    return tuple(parts)


def short_forms(people: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The initial and the last part of each name, such as those of the paper's own authors."""
    return frozenset(_short(parts) for parts in map(_parts, people) if parts)


def _short(parts: tuple[str, ...]) -> tuple[str, str]:
    return parts[0][0].casefold(), parts[-1].casefold()


class NameSearch:
    """Finds the names of a list; a short form that is also one of `others` is left alone."""

    def __init__(self, listed: NameList, others: Collection[tuple[str, str]] = ()) -> None:
        self._names = listed.names
        self._others = frozenset(others)
        self._patterns: dict[int, re.Pattern[str]] = {}
        self._by_word: dict[str, list[int]] = {}
        for number, name in enumerate(listed.names):
            for word in _hints(name.parts):
                self._by_word.setdefault(word, []).append(number)

    def finds(self, bare: str) -> Iterator[Find]:
        """Every name in a plain text."""
        if not self._names:
            return
        whole = undivided(bare)
        there = (words(whole) | {_ANY}) & self._by_word.keys()
        for number in sorted({number for word in there for number in self._by_word[word]}):
            for match in self._pattern(number).finditer(whole):
                start = divided_offset(bare, match.start())
                key = str(self._names[number].line)
                yield Find(kind=NAME, key=key, text=match.group(), start=start)

    def _pattern(self, number: int) -> re.Pattern[str]:
        if number not in self._patterns:
            name = self._names[number]
            short = _short(name.parts) not in self._others
            flags = re.NOFLAG if name.exact else re.IGNORECASE
            self._patterns[number] = re.compile("|".join(_forms(name.parts, short=short)), flags)
        return self._patterns[number]


def _hints(parts: tuple[str, ...]) -> frozenset[str]:
    """Words of which each text with the name holds at least one; `_ANY` where all may hold it.

    They are the last part, whole and by its longest word, and the ends of the name in one word.
    """
    last = words(parts[-1])
    if not all(part.isalpha() for part in parts[:-1]) or not last:
        return frozenset({_ANY})
    letters = ["".join(filter(str.isalpha, part)).casefold() for part in parts]
    ends = {"".join(letters[number:]) for number in range(len(letters))}
    return frozenset({*ends, max(sorted(last), key=len)})


def _forms(parts: tuple[str, ...], *, short: bool) -> Iterator[str]:
    """The patterns of a name: in full, turned round, shortened."""
    written = [_written(part) for part in parts]
    last = written[-1]
    yield _bounded(_BETWEEN.join(written))
    if len(parts) == 1:
        return
    given = r"\s{1,3}".join(written[:-1])
    yield _bounded(rf"{last},\s{{1,3}}{given}")
    if len(parts) > 2:
        yield _bounded(rf"{written[0]}\s{{1,3}}{last}")
    if short and len(parts[-1]) > 1:
        yield from _initials(parts, written)


def _initials(parts: tuple[str, ...], written: list[str]) -> Iterator[str]:
    """With initials, which are capitals with a point before a name that begins with a capital."""
    initials = [rf"{re.escape(part[0].upper())}\." for part in parts[:-1]]
    family = f"(?-i:{re.escape(parts[-1][0].upper())}){_written(parts[-1][1:])}"
    heads = [r"\s?".join(initials), initials[0]]
    if len(parts) > 2:
        heads.append(rf"{written[0]}\s{{1,3}}" + r"\s?".join(initials[1:]))
    for head in dict.fromkeys(heads):
        yield _bounded(rf"(?-i:{head})\s{{0,3}}{family}")
    yield _bounded(rf"{family},\s{{0,3}}(?-i:{initials[0]})", after="")


def _written(part: str) -> str:
    return "".join(
        f"[{_APOSTROPHES}]?" if sign in _APOSTROPHES else re.escape(sign) for sign in part
    )


def _bounded(pattern: str, after: str = _AFTER) -> str:
    return f"{_BEFORE}{pattern}{after}"
