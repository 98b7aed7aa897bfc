"""The search for personal details in texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bukti.privacy.contacts import email_addresses, telephone_numbers
from bukti.privacy.finds import EMAIL, Find, Piece
from bukti.privacy.identity import identity_numbers
from bukti.privacy.letters import plain
from bukti.privacy.names import NameList, NameSearch
from bukti.privacy.own_patterns import own_finds


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is searched: the names of a list, and `patterns` of the settings by their names.

    `others` are short forms of names that are allowed, `allowed` the details that are public
    already.
    """

    names: NameList = field(default_factory=NameList)
    patterns: Mapping[str, str] = field(default_factory=dict)
    others: frozenset[tuple[str, str]] = frozenset()
    allowed: frozenset[tuple[str, str]] = frozenset()


class Search:
    """Searches texts; what was searched once is known. Offsets are those of the plain text."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._names = NameSearch(wanted.names, wanted.others)
        self._known: dict[tuple[str, bool], tuple[Find, ...]] = {}

    def finds(self, pieces: Iterable[Piece]) -> list[tuple[Piece, tuple[Find, ...]]]:
        """The pieces that hold something, with what they hold."""
        pieces = list(pieces)
        new = list(dict.fromkeys((piece.text, piece.numbers) for piece in pieces))
        new = [each for each in new if each not in self._known]
        self._known |= zip(new, self._searched(new), strict=True)
        found = [(piece, self._known[piece.text, piece.numbers]) for piece in pieces]
        return [each for each in found if each[1]]

    def _searched(self, texts: Sequence[tuple[str, bool]]) -> Iterator[tuple[Find, ...]]:
        bare = [plain(text) for text, _ in texts]
        own: dict[int, list[Find]] = {}
        for number, find in own_finds(self._wanted.patterns, bare):
            own.setdefault(number, []).append(find)
        for number, (_, numbers) in enumerate(texts):
            found = [*self._names.finds(bare[number]), *personal_details(bare[number], numbers)]
            found += own.get(number, [])
            found = [each for each in found if each.about not in self._wanted.allowed]
            unique = {(each.start, *each.about): each for each in found}
            yield tuple(unique[place] for place in sorted(unique))


def personal_details(text: str, numbers: bool = True) -> Iterator[Find]:
    """Identity numbers, telephone numbers and e-mail addresses of a text, at its own offsets."""
    if numbers:
        cards = tuple(identity_numbers(text))
        yield from cards
        taken = [range(card.start, card.start + len(card.text)) for card in cards]
        for phone in telephone_numbers(text):
            if not any(phone.start in place for place in taken):
                yield phone
        yield from email_addresses(text)


def public_details(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The e-mail addresses and telephone numbers that texts for everybody give themselves."""
    found = (each for text in texts for each in personal_details(plain(text)))
    return frozenset(each.about for each in found if each.kind in (EMAIL, "telephone"))
