"""What is to be rebuilt: all, or only what the claims that were asked for rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bukti.base.diagnostic import Diagnostic, Problem, diagnose
from bukti.verify.built import Built


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The goals of a rebuild, all where there are none, and the notebooks that run in it.

    `notebooks` are names; None stands for all of them.
    """

    goals: tuple[str, ...] = ()
    notebooks: tuple[str, ...] | None = None


def targets_of(theirs: Built, claims: Sequence[str]) -> Targets:
    """The goals for some claims; raises Problem where one is none of the archive's.

    A value needs its notebook and the tables behind it; what documents say needs the ledger.
    """
    if not claims:
        return Targets()
    known = {name: entry for (_, name), entry in theirs.entries().items()}
    unknown = [name for name in claims if name not in known]
    if unknown:
        raise Problem(*(_unknown(name, list(known)) for name in unknown))
    paths = {known[name]["evidence"]["notebook"] for name in claims}
    if None in paths:
        return Targets(goals=("ledger",))
    notebooks = tuple(
        name for name, result in sorted(theirs.results.items()) if result["notebook"] in paths
    )
    return Targets(goals=tuple(f"analyse.{name}" for name in notebooks), notebooks=notebooks)


def _unknown(name: str, known: list[str]) -> Diagnostic:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return diagnose("VER123", name=name, known=", ".join(near) or "-")
