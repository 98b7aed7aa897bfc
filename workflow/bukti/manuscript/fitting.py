"""The claims that a number of the text could state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bukti.base.claims import Claim, Kind, Status, shown_value
from bukti.base.numbers import exact
from bukti.base.quantity import Quantity
from bukti.manuscript.compare import Words, compare
from bukti.manuscript.pool import Pool

_SHARES = ("percent", "percentage_point")
_FACTORS = (Decimal(1), Decimal(100), Decimal("0.01"))
_YEARS = range(1500, 2200)
_NEAR = Decimal("0.1")  # no rounding of a written number is farther from its value


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A claim that a number states: `scheme` is that of its mark."""

    scheme: str
    claim: Claim

    @property
    def address(self) -> str:
        """What stands in the mark's brackets."""
        return f"{self.scheme}:{self.claim.id}"

    @property
    def origin(self) -> str:
        """Where the value comes from: a row of a table, a notebook, a source."""
        evidence = self.claim.evidence
        if evidence.count is not None:
            return f"{evidence.table}: {evidence.count.path}".removesuffix(": ")
        if evidence.table and evidence.row_numbers:
            return f"{evidence.table}:{evidence.row_numbers[0]}"
        return evidence.notebook or ", ".join(evidence.sources)

    @property
    def shown(self) -> str:
        """The claim with its value and origin, as messages show it."""
        parts = (shown_value(self.claim.value, self.claim.unit), self.origin)
        return f"{self.address} ({'; '.join(filter(None, parts))})"


@dataclass(slots=True)
class Fitting:
    """The claims with a value of a paper, and what comparisons need to know."""

    words: Words
    fits: Sequence[Fit] = field(default_factory=tuple)

    @property
    def years(self) -> frozenset[int]:
        """Whole values that could be taken for a year."""
        stated = (fit.claim for fit in self.fits if fit.scheme == "claim")
        values = (_value(claim) for claim in stated if claim.evidence.count is None)
        return frozenset(int(value) for value in values if value is not None and value in _YEARS)

    def of(self, quantity: Quantity, text: str) -> tuple[Fit, ...]:
        """The claims that a quantity states, written as `text`; the likeliest first.

        Of several that fit those with the written unit come first, then those of more digits; the
        counts of the coded corpus, which are many and small, come last.
        """
        numbers = [part.number for part in (quantity, *quantity.parts) if part.number is not None]
        near = [
            fit
            for fit in self.fits
            if _has_unit_of(fit.claim, quantity)
            and any(_near(fit.claim, number) for number in numbers)
        ]
        found = [fit for fit in near if self._states(text, fit.claim)]
        return tuple(sorted(found, key=lambda fit: _order(fit, quantity)))

    def _states(self, text: str, claim: Claim) -> bool:
        status, faults = compare(text, (claim,), "", self.words)
        return status is Status.HOLDS and not faults


def fitting_of(pool: Pool, words: Words) -> Fitting:
    """The claims of a pool that a number can state."""
    return Fitting(
        words=words,
        fits=(
            *_fits("claim", pool.claims.values()),
            *_fits("given", pool.given.values()),
            *_fits("claim", pool.counts.offered),
        ),
    )


def _fits(scheme: str, claims: Iterable[Claim]) -> Iterable[Fit]:
    return (
        Fit(scheme=scheme, claim=claim)
        for claim in claims
        if claim.kind in (Kind.VALUE, Kind.GIVEN) and _value(claim) is not None
    )


def _value(claim: Claim) -> Decimal | None:
    value = claim.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = exact(value)
    return number if number.is_finite() else None


def _near(claim: Claim, number: Decimal) -> bool:
    value = _value(claim)
    if value is None:
        return False
    return any(abs(value * factor - number) <= _NEAR * abs(number) for factor in _FACTORS)


def _has_unit_of(claim: Claim, quantity: Quantity) -> bool:
    """Whether a share is written as one: "12" beside a noun is no 12 per cent."""
    return claim.unit not in _SHARES or quantity.unit == claim.unit or bool(quantity.parts)


def _order(fit: Fit, quantity: Quantity) -> tuple[bool, bool, int, str]:
    same_unit = bool(quantity.unit) and fit.claim.unit == quantity.unit
    counted = fit.claim.evidence.count is not None
    return (counted, not same_unit, -len(str(fit.claim.value)), fit.address)
