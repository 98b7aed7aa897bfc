"""What a bare number could be bound to, and the mark that would bind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bukti.base.hedges import hedge_at
from bukti.base.quantity import Quantity
from bukti.manuscript.bare_numbers import BareNumber
from bukti.manuscript.edition import Edition
from bukti.manuscript.fitting import Fit
from bukti.manuscript.marks import Fix
from bukti.manuscript.number_findings import fits_of
from bukti.manuscript.passages import Passage

_CLEAR_DIGITS = 3  # figures that two values hardly share by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A bare number with the claims that it states, the likeliest first.

    `start` and `end` are offsets in the passage, the hedge before the number included; `order` is
    the place of the number among those of its section.
    """

    language: str
    bare: BareNumber
    fits: tuple[Fit, ...]
    start: int
    end: int
    order: int

    @property
    def text(self) -> str:
        """The words that a mark would hold."""
        return self.passage.text[self.start : self.end]

    @property
    def passage(self) -> Passage:
        """The passage that the number stands in."""
        return self.bare.passage

    @property
    def clear(self) -> bool:
        """Whether one claim alone fits, and hardly by chance."""
        if len(self.fits) != 1:
            return False
        quantity, unit = self.bare.quantity, self.fits[0].claim.unit
        same_unit = quantity.unit is not None and quantity.unit == unit
        return same_unit or _figures(quantity) >= _CLEAR_DIGITS

    def fix(self, fit: Fit) -> Fix | None:
        """The correction that puts the words into a mark; None where markup stands among them."""
        places = [
            place for place in self.passage.places[self.start : self.end] if place is not None
        ]
        if not places:
            return None
        start, end = min(places), max(places) + 1
        old = self.passage.source.text[start:end]
        if old.split() != self.text.split():
            return None
        new = f"[{old}]({fit.address})"
        return Fix(path=self.passage.source.path, start=start, end=end, old=old, new=new)


def _figures(quantity: Quantity) -> int:
    """How many figures a number has without the zeros around them."""
    digits = "".join(sign for sign in quantity.text if sign.isdigit())
    return len(digits.strip("0"))


def suggestions_of(edition: Edition) -> tuple[Suggestion, ...]:
    """The bare numbers of an edition in the order of the text, also those that fit no claim."""
    found: list[Suggestion] = []
    counts: dict[str, int] = {}
    for bare in edition.numbers.bare:
        text = bare.passage.text
        hedge = hedge_at(text, bare.quantity.whole_start, edition.language)
        section = bare.passage.section
        counts[section] = counts.get(section, 0) + 1
        found.append(
            Suggestion(
                language=edition.language,
                bare=bare,
                fits=fits_of(bare, edition.fitting) if edition.fitting else (),
                start=hedge.start if hedge else bare.quantity.whole_start,
                end=bare.quantity.whole_end,
                order=counts[section],
            )
        )
    return tuple(found)


def twin_of(
    suggestion: Suggestion,
    fit: Fit,
    others: Sequence[Suggestion],
    is_open: Callable[[Suggestion], bool],
) -> Suggestion | None:
    """The number of another edition that states the same claim in the same section.

    Of several the one that stands at the nearest place of the section; None where there is none.
    """
    fitting = [
        other
        for other in others
        if is_open(other)
        and other.passage.section == suggestion.passage.section
        and fit.address in {each.address for each in other.fits}
    ]
    return min(fitting, key=lambda other: abs(other.order - suggestion.order), default=None)
