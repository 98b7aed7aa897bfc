"""What the paper rests on, source by source, and how that agrees with the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bukti.base.claims import Claim
from bukti.base.diagnostic import Diagnostic, diagnose
from bukti.base.span import Span
from bukti.manuscript.pool import Pool
from bukti.project.register import Register

Cleaning = Mapping[str, Mapping[str, Any]]


def unknown_sources(register: Register, cleaning: Cleaning) -> tuple[Diagnostic, ...]:
    """Sources that rows of data name and the register does not hold, each once a table.

    `cleaning` maps a table to its cleaning ledger.
    """
    return tuple(
        diagnose("SRC112", Span(path=named["path"], line=named["line"]), source=named["id"])
        for ledger in cleaning.values()
        for named in ledger["sources"]
        if named["id"] not in register.sources
    )


def unused_sources(
    register: Register, cleaning: Cleaning, pool: Pool, cited: Iterable[str]
) -> tuple[Diagnostic, ...]:
    """Sources that no raw file, row of data, claim or citation of the text names."""
    used = {str(entry.get("source")) for entry in register.raw.values()}
    used |= {named["id"] for ledger in cleaning.values() for named in ledger["sources"]}
    used |= {name for claim in _claims(pool) for name in claim.evidence.sources}
    keys = set(cited)
    return tuple(
        diagnose("SRC115", register.places.get(name), name=name)
        for name, source in register.sources.items()
        if name not in used and not {name, source.get("cite")} & keys
    )


def _claims(pool: Pool) -> Iterable[Claim]:
    return (*pool.claims.values(), *pool.given.values())
