"""Whole numbers in words, read and written by the grammar that a language's file holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from bukti.base.quantity_words import NumberGrammar, QuantityWords, quantity_words

HUNDRED = 100


class _Kind(Enum):
    VALUE = 1
    MULTIPLIER = 2
    TEEN = 3
    ARTICLE = 4
    JOINER = 5
    UNIT_FIRST = 6
    ORDINAL = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    kind: _Kind
    value: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """A part of a sum; what follows must be smaller than `room`. `first` is its first piece."""

    value: int
    room: int
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WordNumber:
    """A whole number in words with its offsets in the text."""

    value: int
    ordinal: bool
    start: int
    end: int


def read_words(text: str, language: str) -> tuple[WordNumber, ...]:
    """Every whole number that a text has in words, in reading order; none inside a longer word."""
    pattern = _run(language)
    if pattern is None:
        return ()
    return tuple(
        number
        for match in pattern.finditer(masked(text, quantity_words(language).grammar.never))
        for number in _numbers(match, language)
    )


def masked(text: str, phrases: Sequence[str]) -> str:
    """A text with every one of the phrases replaced by as many signs that say nothing."""
    pattern = phrase_pattern(tuple(phrases))
    return pattern.sub(lambda match: "_" * len(match[0]), text) if pattern else text


@cache
def phrase_pattern(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the phrases, the longest first, as whole words in any case; None without phrases."""
    if not phrases:
        return None
    return re.compile(rf"(?<!\w)(?:{_any(phrases)})(?!\w)", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    """Words as a pattern, in which a space stands for any space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in ordered)


@cache
def _pieces_of(language: str) -> dict[str, tuple[_Kind, int]]:
    words = quantity_words(language)
    grammar = words.grammar
    found = {word: (_Kind.ORDINAL, value) for word, value in words.ordinal_words.items()}
    found |= {word: (_Kind.VALUE, value) for word, value in grammar.values.items()}
    found |= {word: (_Kind.MULTIPLIER, value) for word, value in grammar.multipliers.items()}
    found |= dict.fromkeys(grammar.articles, (_Kind.ARTICLE, 1))
    found |= dict.fromkeys(grammar.joiners, (_Kind.JOINER, 0))
    found |= {grammar.teen: (_Kind.TEEN, 10)} if grammar.teen else {}
    found |= {grammar.unit_first: (_Kind.UNIT_FIRST, 0)} if grammar.unit_first else {}
    return {word.lower(): piece for word, piece in found.items()}


@cache
def _piece(language: str) -> re.Pattern[str]:
    words = _any(_pieces_of(language))
    end = "" if quantity_words(language).grammar.compound else r"(?!\w)"
    return re.compile(rf"(?:{words}){end}", re.IGNORECASE)


@cache
def _run(language: str) -> re.Pattern[str] | None:
    """A run of words that numbers are made of, with the prefix of an ordinal before it."""
    words = quantity_words(language)
    if not words.grammar.values:
        return None
    piece = _piece(language).pattern
    gap = r"[-\s]*" if words.grammar.compound else r"[-\s]+"
    prefix = f"(?P<prefix>{_any(words.ordinal_prefixes)})?" if words.ordinal_prefixes else ""
    return re.compile(rf"(?<![\w-]){prefix}(?P<run>{piece}(?:{gap}{piece})*)(?!\w)", re.IGNORECASE)


def _numbers(match: re.Match[str], language: str) -> Iterator[WordNumber]:
    known = _pieces_of(language)
    offset = match.start("run")
    pieces = []
    for each in _piece(language).finditer(match["run"]):
        kind, value = known[" ".join(each[0].lower().split())]
        start, end = offset + each.start(), offset + each.end()
        pieces.append(_Piece(kind=kind, value=value, start=start, end=end))
    prefixed = "prefix" in match.re.groupindex and bool(match["prefix"])
    first = 0
    while first < len(pieces):
        terms, after = _Sum(pieces, first).read()
        if terms:
            ordinal = pieces[after - 1].kind is _Kind.ORDINAL
            with_prefix = prefixed and first == 0
            yield WordNumber(
                value=sum(term.value for term in terms),
                ordinal=ordinal or with_prefix,
                start=match.start() if with_prefix else pieces[first].start,
                end=pieces[after - 1].end,
            )
        first = max(after, first + 1)


class _Sum:
    """Reads the longest number that begins at a piece, as terms that grow smaller."""

    def __init__(self, pieces: Sequence[_Piece], first: int) -> None:
        self.pieces = pieces
        self.at = first
        self.terms: list[_Term] = []

    def read(self) -> tuple[list[_Term], int]:
        """The terms, and the place of the piece behind the last of them."""
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            if not self._step(piece):
                break
            if piece.kind is _Kind.ORDINAL:
                break
        return self.terms, self.at

    def _step(self, piece: _Piece) -> bool:
        if piece.kind in (_Kind.VALUE, _Kind.ORDINAL):
            return self._add(piece.value, 1)
        if piece.kind is _Kind.MULTIPLIER:
            return self._multiply(piece.value)
        if piece.kind is _Kind.TEEN:
            return self._replace_unit(10, 1)
        if piece.kind is _Kind.ARTICLE:
            return self._next(_Kind.MULTIPLIER) is not None and self._add(1, 1)
        following = self._next(_Kind.VALUE)
        if following is None or not self.terms:
            return False
        if piece.kind is _Kind.JOINER:
            return self.terms[-1].room >= HUNDRED and self._add(following.value, 2)
        tens = 20 <= following.value < HUNDRED and following.value % 10 == 0
        return tens and self._replace_unit(following.value, 2)

    def _next(self, kind: _Kind) -> _Piece | None:
        after = self.at + 1
        fits = after < len(self.pieces) and self.pieces[after].kind is kind
        return self.pieces[after] if fits else None

    def _add(self, value: int, used: int) -> bool:
        if (self.terms and value >= self.terms[-1].room) or (self.terms and not value):
            return False
        self.terms.append(_Term(value=value, room=_room(value), first=self.at))
        self.at += used
        return True

    def _replace_unit(self, more: int, used: int) -> bool:
        """The last term, from one to nine, grows by the ten or tens that are said behind it."""
        if not self.terms or not 0 < self.terms[-1].value < 10:
            return False
        unit = self.terms.pop()
        value = unit.value + more
        if self.terms and value >= self.terms[-1].room:
            self.at = unit.first
            return False
        self.terms.append(_Term(value=value, room=1, first=unit.first))
        self.at += used
        return True

    def _multiply(self, by: int) -> bool:
        """The terms that are smaller are multiplied; where they cannot be, the number ends."""
        kept = next((at for at, term in enumerate(self.terms) if term.value < by), len(self.terms))
        part = self.terms[kept:]
        product = by * sum(term.value for term in part)
        if not product or (kept and product >= self.terms[kept - 1].room):
            self.at = part[0].first if part and kept else self.at
            del self.terms[kept if kept else len(self.terms) :]
            return False
        self.terms[kept:] = [_Term(value=product, room=by, first=part[0].first)]
        self.at += 1
        return True


def _room(value: int) -> int:
    """What may be added in words to a number: units to twenty, nothing to ten."""
    if value < 20:
        return 1
    room = 1
    while value % (room * 10) == 0:
        room *= 10
    return room


def spelled(number: int, language: str, *, joined: bool = True) -> str | None:
    """A whole number in words; None where the language's file does not say how.

    `joined` is false where a joiner ("and") is to be left out.
    """
    words = quantity_words(language)
    if number < 0 or not words.grammar.values:
        return None
    text = _Speller(words, joined).say(number)
    read = read_words(text, language) if text else ()
    whole = len(read) == 1 and read[0].value == number and read[0].end == len(text or "")
    return text if whole else None


class _Speller:
    def __init__(self, words: QuantityWords, joined: bool) -> None:
        self.grammar: NumberGrammar = words.grammar
        self.joined = joined
        self.usual: dict[int, str] = {}
        for word, value in words.grammar.values.items():
            self.usual.setdefault(value, word)

    def say(self, number: int) -> str | None:
        """The words; None where the grammar has none."""
        if number in self.usual:
            return self.usual[number]
        if self.grammar.teen and 10 < number < 20:
            return self._with(number - 10, self.grammar.between, self.grammar.teen)
        usual: dict[int, str] = {}
        for word, value in self.grammar.multipliers.items():
            usual.setdefault(value, word)
        for value in sorted(usual, reverse=True):
            if value <= number:
                return self._multiplied(number, value, usual[value])
        return self._tens(number)

    def _with(self, number: int, gap: str, behind: str | None) -> str | None:
        """A smaller number in the form that it has before another word, and that word."""
        said = self.say(number)
        if said is None or behind is None:
            return None
        return self.grammar.combining.get(said, said) + gap + behind

    def _multiplied(self, number: int, value: int, word: str) -> str | None:
        times, rest = divmod(number, value)
        one = self.usual.get(value) if times == 1 else None
        head = one or self._with(times, self.grammar.between, word)
        if not rest or head is None:
            return head
        gap = self.grammar.between
        if self.joined and self.grammar.joiners and value >= HUNDRED > rest:
            gap += self.grammar.joiners[0] + self.grammar.between
        said = self.say(rest)
        return None if said is None else head + gap + said

    def _tens(self, number: int) -> str | None:
        tens = self.usual.get(number - number % 10)
        if tens is None or number < 20:
            return None
        if self.grammar.unit_first:
            return self._with(number % 10, self.grammar.unit_first, tens)
        unit = self.say(number % 10)
        return None if unit is None else tens + self.grammar.before_units + unit
